"""Dates of other calendars: the solar and the lunar one of Islam, and years of the Buddhist era."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache

from babel import Locale

from geodata.importing.values import lunar
from geodata.tongue import solar

__all__ = [
    "SHARED_YEARS", "either", "in_our_years", "is_told_solar", "kind_of_year", "month_of_era",
    "of_era", "of_parts", "other_parts", "other_than_ours",
]  # fmt: skip

# Years that are ours of long ago, or of the solar or lunar calendar today.
SHARED_YEARS = solar.YEARS
_BUDDHIST = 543
_FIRST_BUDDHIST = 2443
_LAST_MONTH = 12
_MONTHS = {
    **{name: ("solar", at) for at, names in enumerate(solar.MONTHS, 1) for name in names},
    **{name: ("lunar", at) for at, names in enumerate(lunar.MONTHS, 1) for name in names},
}
_DAYS: dict[str, Callable[[int, int, int], date | None]] = {
    "solar": solar.day_of_solar, "lunar": lunar.day_of_lunar,
}  # fmt: skip
_YEAR = r"(?P<y>1[2-4]\d\d)"
_NUMBERS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{_YEAR}(?:([-/.])(?P<m>\d{{1,2}})(?:\2(?P<d>\d{{1,2}}))?)?",
        rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)",
        rf"(?:(?P<d>\d{{1,2}})([-/.]))?(?P<m>\d{{1,2}})[-/.]{_YEAR}",
    )
)
_NAME = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_WORDED = re.compile(
    rf"(?:(?P<d>\d{{1,2}})[\s,-]+)?(?P<m>{_NAME})(?:\s+(?P<d2>\d{{1,2}}),?)?[\s,-]+(?P<y>1[2-4]\d\d)"
)
_PERSIAN = re.compile("[\u06f0-\u06f9]")
_HIJRI = re.compile(r"\s*(?:هـ?\.?\s?ق?\.?|\bah|\ba\.h\.?)$")
_LONG_AGO = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)|(?<!\d)(2[45]\d\d)(?=[01]\d[0-3]\d(?!\d))")
_TO_THE_NEXT = re.compile(r"(?<!\d)(2[45])(\d\d)([/–-])(?!0|1[0-2])(\d\d)(?![\d/.–-])")
_OF_THIS_ERA = re.compile(r"\s*(?:พ\.?\s?ศ\.?|\bb\.?e\.?(?=\s*\d)|\bb\.?e\.?$)\s*")
_SHORT = re.compile(r"^(\d{1,2}(?:([-/.\s])\d{1,2}\2|[\s-][^\W\d_]+[\s-]))(\d\d)$")


def is_told_solar(text: str) -> bool:
    """Whether a text has digits that only lands with the solar calendar write."""
    return bool(_PERSIAN.search(text))


def of_era(plain: str, era: str = "") -> str | None:
    """Return a day, month or year of a calendar as EDTF; `None` if there is no such one.

    Args:
        plain: A date with Latin digits, maybe with the name of a month; of another form it is
            nothing.
        era: `solar` or `lunar`; without it only what is told by the name of a month is read.

    Example:
        >>> of_era("1402/10/13", "solar"), of_era("دی 1402"), of_era("2024/1/3", "solar")
        ('2024-01-03', '2023-12-22/2024-01-20', '')
        >>> of_era("21 rajab 1445"), of_era("1445-06-21", "lunar"), of_era("1445/06/21 ah")
        ('2024-02-01~', '2024-01-03~', '2024-01-03~')
    """
    if len(plain) > 60:  # noqa: PLR2004 - no date is
        return ""
    if found := _HIJRI.search(plain):
        plain, era = plain[: found.start()], era or "lunar"
    if named := _WORDED.fullmatch(plain):
        told, month = _MONTHS[named["m"]]
        return _edtf(told, int(named["y"]), month, int(named["d"] or named["d2"] or 0))
    for pattern in _NUMBERS if era else ():
        if numbers := pattern.fullmatch(plain):
            parts = (int(numbers[one] or 0) if one in pattern.groupindex else 0 for one in "ymd")
            return _edtf(era, *parts)
    return ""


def of_parts(era: str, year: int, month: int, day: int) -> str | None:
    """Return a date of a calendar by its numbers, 0 where one is not known; see `of_era`."""
    return _edtf(era, year, month if month <= _LAST_MONTH else 0, day if month else 0)


def other_parts(year: int, month: int, day: int) -> str:
    """Return what numbers are of another calendar than ours, as `other_than_ours` does."""
    return _not_to_come(of_parts(era, year, month, day) for era in _DAYS)


def either(*dates: str) -> str:
    """Return one of several dates, of which some may be periods, as EDTF.

    Example:
        >>> either("1402-10", "2023-12-22/2024-01-20")
        '[1402-10,2023-12..2024-01]'
    """
    return f"[{','.join(sorted(map(_of_several, dates)))}]"


def _of_several(one: str) -> str:
    first, _, last = one.partition("/")
    if not last or first[:7] == last[:7]:
        return first[:7] if last else first.rstrip("~")
    return f"{first[:7]}..{last[:7]}"


def _edtf(era: str, year: int, month: int, day: int) -> str | None:
    find, hedge = _DAYS[era], "~" if era == "lunar" else ""
    if month and day:
        one = find(year, month, day)
        return f"{one.isoformat()}{hedge}" if one else None
    first = find(year, month or 1, 1)
    after = find(year + 1, 1, 1) if month in (0, _LAST_MONTH) else find(year, month + 1, 1)
    if first is None or after is None:
        return None
    last = after - timedelta(days=1)
    return f"{first.isoformat()}{hedge}/{last.isoformat()}{hedge}"


def other_than_ours(plain: str) -> str:
    """Return what a date with a year such as 1402 is if it is not ours of long ago, as EDTF.

    It is of the solar calendar, or, where that is yet to come, of the lunar one; else nothing.
    """
    return _not_to_come(of_era(plain, era) for era in _DAYS)


def _not_to_come(dates: Iterable[str | None]) -> str:
    today = date.today().isoformat()
    return next((one for one in dates if one and one[:10] <= today), "")


def month_of_era(word: str) -> tuple[str, int] | None:
    """Return which calendar has a month of that name, and its number.

    Example:
        >>> month_of_era("Mehr"), month_of_era("رجب"), month_of_era("May")
        (('solar', 7), ('lunar', 7), None)
    """
    return _MONTHS.get(" ".join(word.casefold().split()))


def kind_of_year(year: int) -> str:
    """Return of which calendars a year may be: `calendar` of several, `buddhist`, or `ours`.

    Example:
        >>> [kind_of_year(one) for one in (1402, 2567, 2024, 1950, 1789)]
        ['calendar', 'buddhist', 'ours', 'ours', 'ours']
    """
    if year in SHARED_YEARS:
        return "calendar"
    is_buddhist = _FIRST_BUDDHIST <= year <= date.today().year + _BUDDHIST
    return "buddhist" if is_buddhist else "ours"


def in_our_years(plain: str, *, is_short: bool = False) -> str:
    """Return a text with years of the Buddhist era as ours, and its months in English.

    Args:
        plain: The text, in small letters with Latin digits.
        is_short: Whether two digits at its end are a year of that era, too.

    Example:
        >>> in_our_years("3 มกราคม 2567"), in_our_years("28/12/66", is_short=True)
        ('3 jan 2024', '28/12/2023')
        >>> in_our_years("2567/68")
        '2024/2025'
    """
    text = _OF_THIS_ERA.sub(" ", plain).strip()
    if not text.isascii():
        for name, short in _thai().items():
            text = text.replace(name, f" {short} ")
        text = " ".join(text.split())
    text = _TO_THE_NEXT.sub(r"\1\2\3\1\4", text)
    text = _LONG_AGO.sub(lambda found: _ours(found[0]), text)
    return _SHORT.sub(lambda found: found[1] + _ours(f"25{found[3]}"), text) if is_short else text


def _ours(year: str) -> str:
    return str(int(year) - _BUDDHIST) if kind_of_year(int(year)) == "buddhist" else year


@cache
def _thai() -> dict[str, str]:
    found: dict[str, str] = {}
    thai, english = Locale("th").months["format"], Locale("en").months["format"]["abbreviated"]
    for width in ("wide", "abbreviated"):
        found |= {name: english[number].lower() for number, name in thai[width].items()}
    return found

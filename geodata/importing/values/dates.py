"""One text as an EDTF date, by strict forms: what a text does not say is never filled in.

Which of two numbers is the day is not a matter of one text: `order_of` says what a text proves,
`DateColumn` of `geodata.importing.datecolumns` what the column does.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from geodata.errors import RecordError
from geodata.importing.values.eras import (
    either,
    in_our_years,
    is_told_solar,
    kind_of_year,
    of_era,
    other_than_ours,
)
from geodata.importing.values.months import HEDGES, RANGES, SEASONS, month_number, plain_date
from geodata.importing.values.parts import day_of, from_parts, full_year, is_year, month_of
from geodata.records import parse_date

__all__ = ["Order", "edtf_of", "order_of"]


class Order(StrEnum):
    """In which order numbers stand in a date; or of which other calendar they are."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"
    SOLAR = "solar"
    LUNAR = "lunar"
    BUDDHIST = "buddhist"


_WORD = r"([^\W\d_]{3,12})\.?"
_YEAR = r"('?\d{2}|\d{4})"
_YMD = re.compile(r"(\d{4})([-/.\s])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YM = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_MY = re.compile(r"(\d{1,2})[/.](\d{4})", re.ASCII)
_NUMBERS = re.compile(
    r"(?<![\d/.-])(\d{1,2})([-/.\s])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d/.-])", re.ASCII
)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[ .\-/,]*(?:of |de )?{_WORD}(?: de)?[ .\-/,]*{_YEAR}")
_MONTH_FIRST = re.compile(rf"{_WORD}[ .\-/]*(\d{{1,2}})(?:[ ,.\-/]+){_YEAR}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[ .\-/,]+{_WORD}[ .\-/,]*(\d{{1,2}})")
_MONTH_YEAR = re.compile(rf"{_WORD}(?: of| de)?[ .,\-/]*{_YEAR}")
_YEAR_MONTH = re.compile(rf"(\d{{4}})[ .,\-/]+{_WORD}")
_SEASON = re.compile(rf"(?:the )?{_WORD}(?: of)?[ ,]*(\d{{4}})")
_WEEK = re.compile(r"(\d{4})-?w(\d{2})(?:-?([1-7]))?", re.ASCII)
# Chinese, Japanese and Korean put the same words behind year, month and day.
_PARTED = re.compile(r"(\d{4})\s?[年년]\s?(?:(\d{1,2})\s?[月월]\s?)?(?:(\d{1,2})\s?[日號号일])?")
_DECADE = re.compile(r"(?:the )?(\d{3})0'?s", re.ASCII)
_YEARS = re.compile(r"(\d{4})\s*[-/–]\s*(\d{4}|\d{2})", re.ASCII)
_DAYS_OF_MONTH = (
    re.compile(
        rf"(\d{{1,2}})\.?\s*(?:-|–|/|&|and|to|bis)\s*(\d{{1,2}})[ .\-]*{_WORD}[ ,.\-]*(\d{{4}})"
    ),
    re.compile(rf"{_WORD}[ .\-]*(\d{{1,2}})\s*(?:-|–|/|&|and|to)\s*(\d{{1,2}}),?[ \-]*(\d{{4}})"),
)
_DAYS_DOTTED = re.compile(r"(\d{1,2})\.?\s*(?:-|–|/|bis)\s*(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
# The first moment of the clocks of computers, in any zone: what a program writes for no date.
_EPOCH = re.compile(
    r"1969-12-31[T ](?:1[2-9]|2[0-3]):\d\d.*|1970-01-01T(?:0\d|1[0-2]):00(?::00(?:\.0+)?)?.*|0"
)
_UNKNOWN = re.compile(
    r"(?:9999[-/.]?99[-/.]?99|99[-/.]99[-/.]9999|0{1,4}[-/.]0{1,2}[-/.]0{1,4})", re.ASCII
)
_EDTF = re.compile(r"[\dX~?%./\[\],TZ:+-]{4,60}")
_OPEN = re.compile(r"([^/]+)/\.\.|\.\./([^/]+)")
# Days of a spreadsheet with a time of day; the decimals are parted by what the land writes.
_SERIAL = re.compile(r"(\d{5})[.,]\d+", re.ASCII)
_SERIALS = range(10_000, 80_000)
_EXCEL = date(1899, 12, 30)
_MONTHS = 12
_ANY_YEAR = re.compile(r"(?<!\d)(\d{4})(?=\D|$|[01]\d[0-3]\d(?:\D|$))", re.ASCII)
# No date is longer; of a whole page every form would be tried at every letter.
_MOST_LETTERS = 200


def edtf_of(text: str, order: Order | None = None) -> str | None:
    """Return a date as EDTF, as precise as the text is; empty if it says that none is known.

    Args:
        text: What a cell holds.
        order: That of the column; where it is not known and matters, both days are given.

    Returns:
        `None` if the text has no form that is known.

    Example:
        >>> [edtf_of(one) for one in ("Sep-2017", "03.04.2022 bis 05.04.2022", "9999/99/99")]
        ['2017-09', '2022-04-03/2022-04-05', '']
        >>> edtf_of("03/04/2022"), edtf_of("03/04/2022", Order.DMY), edtf_of("soon")
        ('[2022-03-04,2022-04-03]', '2022-04-03', None)
        >>> edtf_of("1399-05-01"), edtf_of("1399-05-01", Order.YMD)
        ('[1399-05-01,2020-07-22]', '1399-05-01')
        >>> edtf_of("2024-W03"), edtf_of("2024年1月3日")
        ('2024-01-15/2024-01-21', '2024-01-03')
        >>> edtf_of("Ca. 1983"), edtf_of("Reported 30-Apr-2018"), edtf_of("Before 1906")
        ('1983~', '2018-04~', '[..1905]')
        >>> edtf_of("2021-03-01T10:00:00Z/.."), edtf_of("44928,75")
        ('2021-03-01/..', '2023-01-02')
    """
    if len(text) > _MOST_LETTERS:
        return None
    opened = _OPEN.fullmatch(text.strip()) if ".." in text else None
    return _opened(opened, order) if opened else _edtf_of(text, order)


def _opened(found: re.Match[str], order: Order | None) -> str | None:
    """Return what begins or ends on a day, and nobody says when it ended or began."""
    one = _edtf_of(found[1] or found[2], order)
    if not one or not {"[", "/"}.isdisjoint(one):
        return None
    return _checked(f"{one}/.." if found[1] else f"../{one}")


@lru_cache(maxsize=200_000)
def _edtf_of(text: str, order: Order | None) -> str | None:
    plain, told = plain_date(text), text
    if order is Order.BUDDHIST or (order is None and _is_buddhist(plain)):
        plain = told = in_our_years(plain, is_short=order is Order.BUDDHIST)
        order = Order.DMY
    era = _ERAS.get(order, "solar" if is_told_solar(text) else "")
    if (other := of_era(plain, era)) != "":
        return other
    if _UNKNOWN.fullmatch(plain) or _EPOCH.fullmatch(text.strip()):
        return ""
    found = _checked(_hedged(plain, order)) or _edtf(told.strip())
    if found and order is not Order.YMD and (other := other_than_ours(plain)):
        return either(found, other)  # Ours long ago, or of another calendar: nothing says which.
    return found


_ERAS: dict[Order | None, str] = {Order.SOLAR: "solar", Order.LUNAR: "lunar"}


def _is_buddhist(plain: str) -> bool:
    """Whether a text has a year that is yet to come for long, but not in the Buddhist era."""
    found = _ANY_YEAR.findall(plain)
    return bool(found) and all(kind_of_year(int(one)) == "buddhist" for one in found)


def _checked(text: str | None) -> str | None:
    try:
        return text if text and parse_date(text) else None
    except RecordError:
        return None


def _edtf(text: str) -> str | None:
    return _checked(text) if _EDTF.fullmatch(text) and not text.startswith("0") else None


def _hedged(plain: str, order: Order | None) -> str | None:
    for kind, pattern in HEDGES:
        if found := pattern.match(plain):
            rest = plain[found.end() :].strip(" ,;:-–")
            inner = _hedged(rest, order) if rest else None
            return _with_hedge(kind, inner) if inner else None
    uncertain = plain.endswith("?") and _hedged(plain.rstrip(" ?"), order)
    if uncertain:
        return uncertain if _is_compound(uncertain) else f"{uncertain}?"
    return _range(plain, order) or _simple(plain, order)


def _is_compound(text: str) -> bool:
    return text[-1] in "~?]" or "/" in text


def _with_hedge(kind: str, inner: str) -> str | None:
    if kind in ("plain", "within", "month") or _is_compound(inner):
        return inner
    if kind == "about":
        return f"{inner}~"
    if kind == "reported":
        # It was by then, and nobody says how long before: about that month.
        return f"{inner[:7]}~"
    if kind == "by":
        return f"[..{inner}]"
    return f"[{inner}..]" if kind == "after" else _before(inner)


def _before(inner: str) -> str | None:
    checked = _checked(inner)
    if not checked:
        return None
    last = parse_date(checked).start - timedelta(days=1)
    return f"[..{last.isoformat()[: len(inner)]}]"


def _range(plain: str, order: Order | None) -> str | None:
    for word in ("between ", "zwischen ", "from "):
        plain = plain.removeprefix(word)
    if years := _YEARS.fullmatch(plain):
        first, last = years[1], years[2]
        last = last if len(last) == len(first) else first[:2] + last
        is_month = len(years[2]) == 2 and int(years[2]) <= _MONTHS  # noqa: PLR2004
        if not is_month and int(first) < int(last) and is_year(int(first)):
            return f"{first}/{last}"
    for index, pattern in enumerate(_DAYS_OF_MONTH):
        if found := pattern.fullmatch(plain):
            word, days = (
                (found[3], (found[1], found[2])) if index == 0 else (found[1], (found[2], found[3]))
            )
            ends = [day_of(int(found[4]), month_number(word), int(day)) for day in days]
            return _between(ends[0], ends[1])
    if found := _DAYS_DOTTED.fullmatch(plain):
        ends = [day_of(int(found[4]), int(found[3]), int(day)) for day in (found[1], found[2])]
        return _between(ends[0], ends[1])
    parts = (
        RANGES.split(plain) if RANGES.search(plain) else re.split(r"\s+(?:and|und|et|y)\s+", plain)
    )
    if len(parts) != 2:  # noqa: PLR2004 - a first and a last
        return None
    last_text = _simple(parts[1].strip(), order)
    if not last_text:
        return None
    return _between(_simple(_completed(parts[0].strip(), last_text), order), last_text)


def _completed(first: str, last: str) -> str:
    """Return the first of two dates with the year of the last, where it has none."""
    return first if re.search(r"\d{4}", first) else f"{first.rstrip('.')} {last[:4]}"


def _between(first: str | None, last: str | None) -> str | None:
    if not first or not last or "[" in first + last:
        return None
    return first if first == last else f"{first}/{last}"


def _simple(plain: str, order: Order | None) -> str | None:
    serial = _SERIAL.fullmatch(plain)
    if serial or (plain.isdecimal() and plain.isascii()):
        return _digits(serial[1] if serial else plain)
    if found := _YMD.fullmatch(plain):
        return from_parts(found[1], found[3], found[4])
    if (found := _YM.fullmatch(plain)) and int(found[2]) <= _MONTHS:
        return from_parts(found[1], found[2], "")
    if (found := _MY.fullmatch(plain)) and int(found[1]) <= _MONTHS:
        return from_parts(found[2], found[1], "")
    if found := _NUMBERS.fullmatch(plain):
        return _numbers(found, order)
    return _worded(plain)


def _week(plain: str) -> str | None:
    """Return the days of a week, numbered as ISO 8601 does."""
    found = _WEEK.fullmatch(plain)
    if not found:
        return None
    year, week, day = int(found[1]), int(found[2]), int(found[3] or 1)
    try:
        first = date.fromisocalendar(year, week, day)
    except ValueError:
        return None
    if found[3]:
        return first.isoformat()
    return f"{first.isoformat()}/{(first + timedelta(days=6)).isoformat()}"


def _parted(plain: str) -> str | None:
    found = _PARTED.fullmatch(plain)
    return found and from_parts(found[1], found[2] or "", (found[3] or "") if found[2] else "")


def _worded(plain: str) -> str | None:
    return next((one for one in (form(plain) for form in _WORDED) if one), None)


def _day_first(plain: str) -> str | None:
    found = _DAY_FIRST.fullmatch(plain)
    return found and day_of(full_year(found[3]), month_number(found[2]), int(found[1]))


def _month_first(plain: str) -> str | None:
    found = _MONTH_FIRST.fullmatch(plain)
    return found and day_of(full_year(found[3]), month_number(found[1]), int(found[2]))


def _year_first(plain: str) -> str | None:
    found = _YEAR_FIRST.fullmatch(plain)
    return found and day_of(int(found[1]), month_number(found[2]), int(found[3]))


def _season(plain: str) -> str | None:
    found = _SEASON.fullmatch(plain)
    return f"{found[2]}-{SEASONS[found[1]]}" if found and found[1] in SEASONS else None


def _month_year(plain: str) -> str | None:
    found = _MONTH_YEAR.fullmatch(plain)
    return found and month_of(full_year(found[2]), month_number(found[1]))


def _year_month(plain: str) -> str | None:
    found = _YEAR_MONTH.fullmatch(plain)
    return found and month_of(int(found[1]), month_number(found[2]))


def _decade(plain: str) -> str | None:
    found = _DECADE.fullmatch(plain)
    return f"{found[1]}X" if found else None


_WORDED = (
    *(_day_first, _month_first, _year_first, _season, _month_year, _year_month),
    *(_decade, _week, _parted),
)


def _digits(text: str) -> str | None:
    """Return what a number is as a date: a year, yyyymm, yyyymmdd, a spreadsheet's or a clock's."""
    number = int(text[:14])
    if len(text) == 4:  # noqa: PLR2004
        return text if is_year(number) else None
    if len(text) == 6:  # noqa: PLR2004
        return month_of(int(text[:4]), int(text[4:]))
    if len(text) == 8:  # noqa: PLR2004
        return from_parts(text[:4], text[4:6], text[6:])
    if number in _SERIALS and len(text) == 5:  # noqa: PLR2004
        return (_EXCEL + timedelta(days=number)).isoformat()
    if len(text) in (9, 10, 12, 13):
        seconds = number / (1000 if len(text) > 10 else 1)  # noqa: PLR2004
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return None


def _numbers(found: re.Match[str], order: Order | None) -> str | None:
    a, b, year_text = int(found[1]), int(found[3]), found[4]
    if order is Order.YMD and len(year_text) == 2:  # noqa: PLR2004
        return day_of(full_year(found[1]), b, int(year_text))
    year = full_year(year_text)
    proved = _proved(a, b, found[2])
    day_first, month_first = day_of(year, b, a), day_of(year, a, b)
    if proved is Order.DMY or (proved is None and order is Order.DMY):
        return day_first
    if proved is Order.MDY or (proved is None and order is Order.MDY):
        return month_first
    if a == b:
        return day_first
    both = sorted(one for one in (day_first, month_first) if one)
    return f"[{','.join(both)}]" if both else None


def _proved(a: int, b: int, separator: str) -> Order | None:
    if a > _MONTHS >= b or (separator == "." and b <= _MONTHS):
        return Order.DMY
    return Order.MDY if b > _MONTHS >= a else None


def order_of(text: str) -> Order | str | None:
    """Return which order a text proves, "either" if it could be both, `None` without such a form.

    Of a year such as 1402 it is "calendar": ours long ago, or that of another calendar; of one
    such as 2567 it is that of the Buddhist era.

    Example:
        >>> [str(order_of(one)) for one in ("17/1/1974", "1/17/1974", "3/4/1974", "3 May 1974")]
        ['dmy', 'mdy', 'either', 'None']
    """
    return _all_orders_of(text) if len(text) <= _MOST_LETTERS else None


@lru_cache(maxsize=200_000)
def _all_orders_of(text: str) -> Order | str | None:
    plain = plain_date(text)
    if told := of_era(plain, "solar" if is_told_solar(text) else ""):
        return Order.LUNAR if told.endswith("~") else Order.SOLAR
    if _is_buddhist(plain):
        return Order.BUDDHIST
    if other_than_ours(plain):
        return "calendar"
    orders = {_order_of(found) for found in _NUMBERS.finditer(plain)} - {None}
    return min(orders, key=lambda one: one == "either") if orders else None


def _order_of(found: re.Match[str]) -> Order | str | None:
    a, b = int(found[1]), int(found[3])
    if a > _MONTHS and b > _MONTHS:
        return None
    return _proved(a, b, found[2]) or ("either" if a != b else None)

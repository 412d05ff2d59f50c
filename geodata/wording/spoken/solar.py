"""Days of the calendar of Iran and Afghanistan in a text, as ours."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from geodata.tongue.catalogue import locale, speaking
from geodata.tongue.days import day_words, month_words, year_words
from geodata.tongue.solar import MONTHS, day_of_solar
from geodata.wording.spoken.tables import plain, words_of

__all__ = ["BESIDE", "SOLAR", "beside", "day_in_ours"]

_LAST_DAY = 31
_SOLAR_MONTHS = {plain(name): n for n, names in enumerate(MONTHS, start=1) for name in names}
# Days in words, such as "بیست و دوم"; the longer ones are tried first.
_DAY_WORDS = {
    word: int(n)
    for word, n in [
        *((word, n) for (word,), n in words_of("fa").ordinals.items()),
        *words_of("fa").numbers.items(),
    ]
    if 0 < n <= _LAST_DAY
}
_PERSIAN_DAYS = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
_PERSIAN_TENS = "|".join(word for word, n in _DAY_WORDS.items() if n in {20, 30})
SOLAR = re.compile(
    rf"(?<!\w)(?P<tens>(?:{_PERSIAN_TENS}) و )?(?P<day>\d{{1,2}}|{_PERSIAN_DAYS})(?:م|ام)? "
    rf"(?P<month>{'|'.join(_SOLAR_MONTHS)})(?: ماه)?(?: سال)? (?P<year>1[2-4]\d\d)(?!\d)"
)
"""A day of that calendar."""
BESIDE = re.compile(
    r"(?<!\w)(?:(?P<day>\d{1,2}) )?(?:(?P<month>[^\W\d_]{2,9}) )?(?P<year>\d{4})"
    r"(?P<beside> \((?P<solar>[^()]{4,40})\))"
)
"""A day, month or year of ours with something in brackets behind it."""


def day_in_ours(match: re.Match[str]) -> str:
    """Return a day of that calendar in ours; what is none stays as it is."""
    said = match["day"]
    n = int(said) if said.isdecimal() else _DAY_WORDS[said]
    if match["tens"]:
        n += _DAY_WORDS[match["tens"].split()[0]]
    day = day_of_solar(int(match["year"]), _SOLAR_MONTHS[match["month"]], n)
    return f"{day.day} {day:%B} {day.year}" if day else match.group()


def beside(match: re.Match[str]) -> str:
    """Return a day, month or year without the same in that calendar behind it.

    What is not the same stays, and is held against the records like all else.
    """
    month = _months().get(match["month"] or "")
    year, whole = int(match["year"]), match.group()
    if match["day"] and not month:
        return whole
    try:
        with speaking("fa"):
            if month and match["day"]:
                said = day_words(date(year, month, int(match["day"])))
            else:
                said = month_words(year, month) if month else year_words(year)
    except ValueError:
        return whole
    same = plain(said).endswith(match["beside"])
    return whole.removesuffix(match["beside"]) if same else whole


@cache
def _months() -> dict[str, int]:
    names = locale("fa").months["format"]["wide"]
    return {plain(str(name)): int(n) for n, name in names.items()}

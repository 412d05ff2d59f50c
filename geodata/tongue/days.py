"""Days, months, seasons and years in words; in Persian the solar calendar stands beside ours."""

from __future__ import annotations

import calendar
from datetime import date

from geodata.tongue.catalogue import digits, is_english, language, locale, say
from geodata.tongue.solar import MONTHS, solar_day

__all__ = ["day_words", "month_words", "season_words", "short_day", "span_words", "year_words"]

_SEASONS = {
    "21": "spring {year}",
    "22": "summer {year}",
    "23": "autumn {year}",
    "24": "winter {year}",
}
# What Russian says after "from" and "not before" has another ending.
BOUND = "after a preposition"


def day_words(day: date) -> str:
    """Return a day in words, which has one form everywhere.

    Example:
        >>> day_words(date(2024, 1, 3))
        '3 January 2024'
    """
    words = say("{day} {month} {year}", **_parts(day, _month(day.month, of_day=True)))
    return _beside(words, day, day)


def short_day(day: date) -> str:
    """Return a day in as few letters as can be read.

    Example:
        >>> short_day(date(2024, 9, 3))
        '3 Sep 2024'
    """
    if is_english():
        return f"{day.day} {calendar.month_abbr[day.month]} {day.year}"
    return day_words(day)


def month_words(year: int, month: int, *, bound: bool = False) -> str:
    """Return a month in words.

    Example:
        >>> month_words(202, 10)
        'October 202'
    """
    first = date(year, month, 1)
    words = say(
        "{month} {year}",
        month=_month(month, of_day=bound or language() == "fa"),
        year=digits(str(year)),
    )
    return _beside(words, first, first.replace(day=calendar.monthrange(year, month)[1]))


def season_words(season: str, year: int, *, bound: bool = False) -> str:
    """Return a season in words; it is one of EDTF's numbers from 21 to 24.

    Example:
        >>> season_words("23", 2016)
        'autumn 2016'
    """
    context = BOUND if bound else ""
    return say(_SEASONS[season], context, year=digits(str(year)))


def year_words(year: int) -> str:
    """Return a year in words.

    Example:
        >>> year_words(2015)
        '2015'
    """
    return _beside(digits(str(year)), date(year, 1, 1), date(year, 12, 31))


def span_words(first: str, last: str) -> str:
    """Return from when to when, both in words.

    Example:
        >>> span_words("2015", "2016")
        '2015 – 2016'
    """
    return say("{first} – {last}", first=first, last=last)


def _parts(day: date, month: str) -> dict[str, str]:
    # The first of a month has a number of its own in French.
    ordinal = "er" if day.day == 1 and language() == "fr" else ""
    return {"day": digits(str(day.day)) + ordinal, "month": month, "year": digits(str(day.year))}


def _month(month: int, *, of_day: bool) -> str:
    if is_english():
        return calendar.month_name[month]
    names = locale(language()).months["format" if of_day else "stand-alone"]["wide"]
    name = str(names[month])
    # The names of months are no names of persons in Tajik, and small there.
    return name.lower() if language() == "tg" else name


def _beside(words: str, first: date, last: date) -> str:
    """Return words with the same days in the solar calendar, where its readers are spoken to."""
    if language() != "fa":
        return words
    ends = solar_day(first), solar_day(last)
    if ends[0] is None or ends[1] is None:
        return words
    return f"{words} ({_solar(ends[0], ends[1], is_year=(last - first).days > 300)})"  # noqa: PLR2004


def _solar(first: tuple[int, int, int], last: tuple[int, int, int], *, is_year: bool) -> str:
    names = [MONTHS[month - 1][0] for _, month, _ in (first, last)]
    years = [str(first[0]), str(last[0])]
    if first == last:
        return digits(f"{first[2]} {names[0]} {years[0]}")
    if is_year:
        return digits("–".join(dict.fromkeys(years)))
    if years[0] == years[1]:
        return digits(f"{names[0]}–{names[1]} {years[0]}")
    return digits(f"{names[0]} {years[0]}–{names[1]} {years[1]}")

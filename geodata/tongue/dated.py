"""Dates as sources give them, in words: as precise as they are and no more."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from geodata.edtf import days_of, without_hedges
from geodata.errors import RecordError
from geodata.tongue.catalogue import comma, language, say
from geodata.tongue.days import day_words, month_words, season_words, span_words, year_words

__all__ = ["describe_date", "describe_days", "describe_month", "describe_term"]

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_SEASON = re.compile(r"(\d{4})-(2[1-4])", re.ASCII)
_OPEN = ("", "..", "XXXX")
# One of the dates up to, or from, one that is named.
_UP_TO = re.compile(r"\[\.\.([^,.]+)\]")
_FROM = re.compile(r"\[([^,.]+)\.\.\]")


def describe_date(text: str) -> str:
    """Return an EDTF date in words, as precise as it is and no more.

    Args:
        text: EDTF, as `parse_date` takes it.

    Example:
        >>> describe_date("2024-01-03"), describe_date("2022-10"), describe_date("2016-23")
        ('3 January 2024', 'October 2022', 'autumn 2016')
        >>> describe_date("2022-04-17/2022-05-03"), describe_date("2018/..")
        ('17 April 2022 – 3 May 2022', 'from 2018 on')
        >>> describe_date("2015~"), describe_date("XXXX"), describe_date("[..2016]")
        ('about 2015', 'date unknown', 'by 2016')
    """
    return _describe(text.strip(), language())


@lru_cache(maxsize=10_000)
def _describe(text: str, spoken: str, *, bound: bool = False) -> str:
    """Return a date in words; one that is bound stands after a word such as "from"."""
    if one := _UP_TO.fullmatch(text):
        return say("by {date}", date=_describe(one[1], spoken, bound=True))
    if one := _FROM.fullmatch(text):
        return say("in or after {date}", date=_describe(one[1], spoken, bound=True))
    if "/" in text:
        first, _, last = ("" if one in _OPEN else one for one in text.partition("/"))
        return _describe_ends(first, last)
    if text == "XXXX":
        return say("date unknown")
    words = _describe_simple(without_hedges(text), bound=bound)
    if "~" in text or "%" in text:
        return say("about {date}", date=words)
    return say("{date} (uncertain)", date=words) if "?" in text else words


def _describe_ends(first: str, last: str) -> str:
    """Return from when to when, of which either end may be open."""
    if not first and not last:
        return say("date unknown")
    if not first:
        # It holds of an event, which does not go on until then, and of what lasted alike.
        return say("by {date}", date=_describe(last, language(), bound=True))
    if last:
        return span_words(describe_date(first), describe_date(last))
    return say("from {date} on", date=_describe(first, language(), bound=True))


def describe_term(valid_from: str, valid_to: str) -> str:
    """Return from when to when something held, in words; what is not stated is said to be so.

    An end of a term that is itself an interval is one day in it, so "by 2007" is not "until 2007".

    Args:
        valid_from: EDTF; empty when not stated.
        valid_to: EDTF; empty when not stated.

    Example:
        >>> describe_term("2015", "2016-23"), describe_term("2011/2014", "")
        ('2015 to autumn 2016', 'begun at some time in 2011 – 2014, end not stated')
        >>> describe_term("", "../2007"), describe_term("", "2007"), describe_term("", "")
        ('ended by 2007, start not stated', 'until 2007, start not stated', 'period not stated')
    """
    begun, ended = _describe_turn(valid_from, is_end=False), _describe_turn(valid_to, is_end=True)
    if begun and ended and not any(map(_is_within, (valid_from, valid_to))):
        return say(
            "{first} to {last}", first=describe_date(valid_from), last=describe_date(valid_to)
        )
    if begun:
        return f"{begun}{comma()}{ended or say('end not stated')}"
    return f"{ended}{comma()}{say('start not stated')}" if ended else say("period not stated")


def _describe_turn(text: str, *, is_end: bool) -> str:
    """Return when something began or ended; nothing where that is not stated."""
    if text in _OPEN:
        return ""
    first, slash, last = text.partition("/")

    def bound(one: str) -> str:
        return _describe(one, language(), bound=True)

    if not slash and not _is_within(text):
        date_ = bound(text)
        return say("until {date}", date=date_) if is_end else say("from {date}", date=date_)
    if slash and first in _OPEN:
        date_ = bound(last)
        return say("ended by {date}", date=date_) if is_end else say("begun by {date}", date=date_)
    if slash and last in _OPEN:
        date_ = bound(first)
        return (
            say("ended in or after {date}", date=date_)
            if is_end
            else say("begun in or after {date}", date=date_)
        )
    date_ = describe_date(text)
    return (
        say("ended at some time in {date}", date=date_)
        if is_end
        else say("begun at some time in {date}", date=date_)
    )


def _is_within(text: str) -> bool:
    """Whether a date names days of which one is meant, such as a decade."""
    return "/" in text or "X" in text or text.startswith(("[", "{"))


def _describe_simple(bare: str, *, bound: bool = False) -> str:
    if day := _DAY.fullmatch(bare):
        return day_words(date(int(day[1]), int(day[2]), int(day[3])))
    if season := _SEASON.fullmatch(bare):
        return season_words(season[2], int(season[1]), bound=bound)
    if month := _MONTH.fullmatch(bare):
        return month_words(int(month[1]), int(month[2]), bound=bound)
    return year_words(int(bare)) if bare.isdigit() else _describe_span(bare)


def _describe_span(bare: str) -> str:
    try:
        days = days_of(bare)
    except ValueError as error:
        raise RecordError(str(error)) from error
    if days.unit == "unknown":
        return say("year unknown")
    if days.first and days.last:
        return describe_days(days.first, days.last)
    return _describe_ends(*(one.isoformat() if one else "" for one in (days.first, days.last)))


def describe_month(year: int, month: int) -> str:
    """Return a month in words.

    Example:
        >>> describe_month(202, 10)
        'October 202'
    """
    return month_words(year, month)


def describe_days(start: date, end: date) -> str:
    """Return days from one to another in words, as years or months where they are whole.

    Example:
        >>> describe_days(date(1990, 1, 1), date(1999, 12, 31))
        '1990 – 1999'
        >>> describe_days(date(2015, 1, 1), date(2024, 6, 30))
        'January 2015 – June 2024'
        >>> describe_days(date(2018, 7, 29), date(2018, 7, 29))
        '29 July 2018'
    """
    ends = [start.isoformat(), end.isoformat()]
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        is_years = (start.month, end.month) == (1, 12)
        ends = [one[:4] if is_years else one[:7] for one in ends]
    words = list(dict.fromkeys(map(describe_date, ends)))
    return span_words(*words) if len(words) > 1 else words[0]

"""Words of dates in several languages: months, seasons, days of the week, hedges."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from geodata.importing.values.cells import plain_digits

__all__ = ["HEDGES", "RANGES", "SEASONS", "month_number", "plain_date", "without_weekday"]

_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "tr", "ar", "fa")
_MORE = {"sept": 9, "juin": 6, "juil": 7, "mrz": 3, "märz": 3, "jänner": 1, "avr": 4}
# What they are in EDTF.
SEASONS = {
    "spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24",
    "frühling": "21", "frühjahr": "21", "sommer": "22", "herbst": "23",
}  # fmt: skip
_ABOUT = r"ca|circa|c|about|around|approx|approximately|approx\. date|um|etwa|vers|около|~|≈"
# A word before a date, and what it does to the date.
HEDGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("about", re.compile(rf"(?:{_ABOUT})\.?[ :]*(?=[\w'\"])")),
    ("reported", re.compile(r"(?:reported|published|posted)(?: on)?[ :,\-]+")),
    ("before", re.compile(r"(?:before|prior to|vor|avant|antes de|до)[ :]+")),
    ("by", re.compile(r"(?:no later than|not later than|by|spätestens)[ :]+")),
    ("after", re.compile(r"(?:after|since|from|nach|seit|après|depuis|после)[ :]+")),
    ("within", re.compile(r"(?:early|mid|late|anfang|mitte|ende|début|fin)[ \-]+(?:in )?")),
    ("within", re.compile(r"(?:beginning|middle|end|first half|second half) of[ ]+")),
    ("month", re.compile(r"(?:exact )?(?:date|day) (?:unknown|unclear|not known)[ \-–:,;]*")),
    ("plain", re.compile(r"(?:on|in|am|le|el|the|night of|evening of|datum:?|date:?)[ ]+")),
)
_NOTES = re.compile(r"\[\s*(?:\d{1,3}|[a-z]|note \d+|citation needed)\s*\]|[*†‡§]+|\(\s*\?\s*\)")
_TIME = re.compile(
    r"(?:[ ,;]*(?:\bat|\bum|\bgegen|\bzeit:?|\bà|\bca\.?)?[ T]*)"
    r"\b\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?(?:\s*uhr|\s*hrs?|\s*h)?"
    r"(?:\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?(?:\s*\([^)]*\))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"[ ,;]*(?:\bum|\bgegen|\bzeit:?|\bat)?\s*\b\d{1,2}\s*(?:uhr|[ap]\.?m\.?|hrs)\b"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|\.?º|er)\b")
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}(?::?\d{2}).*", re.ASCII)
# What parts the first and the last day of a range.
RANGES = re.compile(r"\s*(?:\b(?:bis(?: zum)?|to|until|through|thru|au|hasta|по)\b|–|—|\s-\s)\s*")


@cache
def _months() -> dict[str, int]:
    found = dict(_MORE)
    for language in _LANGUAGES:
        months = Locale(language).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[use][width].items():
                    found.setdefault(name.casefold().strip("."), int(number))
    return found


def month_number(word: str) -> int | None:
    """Return the number of a month by its name or the beginning of an English one.

    Example:
        >>> [month_number(one) for one in ("Sept", "März", "января", "Smarch")]
        [9, 3, 1, None]
    """
    return _months().get(word.casefold().strip("."))


@cache
def _weekdays() -> re.Pattern[str]:
    names = {"tues", "wednes", "thur", "thurs"}
    for language in _LANGUAGES[:11]:
        days = Locale(language).days["format"]
        names |= {name.casefold().strip(".") for name in days["wide"].values()}
        names |= {name.casefold().strip(".") for name in days["abbreviated"].values()}
    # Months that are spelt alike, as March and Tuesday in Spanish, are months.
    words = sorted((one for one in names if one not in _months()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b\.?[\s,\-–]*")


def without_weekday(text: str) -> str:
    """Return a text in small letters without a day of the week.

    Example:
        >>> without_weekday("sunday-november 19-1995")
        'november 19-1995'
    """
    return _weekdays().sub("", text)


def plain_date(text: str) -> str:
    """Return a date in small letters with Latin digits, without notes, weekday and time of day.

    Example:
        >>> plain_date("Friday, 3 May 2024 [2], at 14:05"), plain_date("2024-05-03T10:00:00Z")
        ('3 may 2024', '2024-05-03')
    """
    text = " ".join(_NOTES.sub(" ", plain_digits(text)).split())
    if stamp := _STAMP.fullmatch(text):
        return stamp[1]
    text = without_weekday(text.casefold())
    text = _CLOCK.sub("", _TIME.sub("", text))
    return _ORDINAL.sub("", text).strip(" ,;:.-–")

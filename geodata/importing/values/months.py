"""Words of dates in several languages: months, seasons, days of the week, hedges."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

__all__ = ["HEDGES", "RANGES", "SEASONS", "month_number", "without_weekday"]

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

"""Numbers in a text, in digits and in English words, with where they stand and how they are hedged.

Of a year or a day nothing is said here: what is a date is found first and left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Hedge", "Numeral", "numerals"]


class Hedge(StrEnum):
    """How a writer hedges a number."""

    NONE = ""
    AT_LEAST = "at least"
    AT_LEAST_ABOUT = "at least about"
    OVER = "over"
    AT_MOST = "at most"
    UNDER = "under"
    NEARLY = "nearly"
    ABOUT = "about"


@dataclass(frozen=True)
class Numeral:
    """A number as it is written.

    Attributes:
        start: Where it begins in the text, its hedge among it.
        end: Where it ends.
        at: Where the number itself begins.
        low: The number, or the least that words like "dozens" may mean.
        high: The number, or the most.
        hedge: How it is hedged.
        is_share: Whether it is a percentage.
    """

    start: int
    end: int
    at: int
    low: float
    high: float
    hedge: Hedge = Hedge.NONE
    is_share: bool = False


_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {
    word: 10 * n for n, word in enumerate(_TENS, start=2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
_HUNDRED = 100
_TIMES = {"hundred": _HUNDRED, "dozen": 12}
_ADDED: dict[str, float] = {**_SMALL, "half": 0.5}
_LOOSE = {
    "tens of thousands": (20_000, 119_999), "hundreds of thousands": (200_000, 999_999),
    "dozens": (24, 119), "scores": (40, 199), "tens": (20, 119), "hundreds": (200, 999),
    "thousands": (2_000, math.inf),
}  # fmt: skip
_WORD = "|".join([*_SMALL, *_SCALES, *_LOOSE, "dozen"])
# Digits that belong to a name, as in F-16 or A4, are none.
_DIGITS = (
    r"(?<!\w)(?<![^\W\d_][-/])(?<!\d[./])(?:\d{1,3}(?:[,\u202f\u00a0' ]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
)
_TOKEN = re.compile(
    rf"(?P<digits>{_DIGITS})(?!\w)"
    rf"|(?P<word>\b(?:a |an |half a )?(?:{_WORD})(?:-(?:{'|'.join(_UNITS[1:10])}))?\b)"
    r"|(?P<none>\b(?:no one|nobody|none|no)\b)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s+(?:and\s+)?|-", re.IGNORECASE)
_SHARE = re.compile(r"\s*(?:%|per\s?cent\b)", re.IGNORECASE)
_AT_LEAST = r"at least|not? (?:fewer|less) than|a minimum of|as many as"
_ABOUT = r"about|around|some|approximately|roughly|circa|ca\.?|c\.|~|an estimated|estimated"
_BEFORE = (
    (
        Hedge.AT_LEAST_ABOUT,
        rf"(?:{_AT_LEAST}) (?:{_ABOUT})|(?:{_ABOUT}) at least",
    ),
    (Hedge.AT_LEAST, _AT_LEAST),
    (
        Hedge.AT_MOST,
        r"at most|(?<!add )(?<!adds )(?<!added )up to|(?:no|not) more than|a maximum of",
    ),
    (Hedge.OVER, r"more than|over|above|upwards of|in excess of|exceed(?:s|ed|ing)?|well over"),
    (Hedge.UNDER, r"fewer than|less than|under|below"),
    (Hedge.NEARLY, r"nearly|almost|close to|just under"),
    (Hedge.ABOUT, _ABOUT),
    (Hedge.NONE, r"exactly|precisely"),
)
_HEDGES = tuple(
    (hedge, re.compile(rf"(?<!\w)(?:{words})\s*(?:the )?$", re.IGNORECASE))
    for hedge, words in _BEFORE
)
_AFTER = (
    (Hedge.AT_LEAST, re.compile(r"\s*\+|\s+or more\b", re.IGNORECASE)),
    (Hedge.AT_MOST, re.compile(r"\s+or (?:fewer|less)\b", re.IGNORECASE)),
)
_PERSONS = (
    r"killed|dead|deaths?|died|fatalit\w+|casualt\w+|injur\w+|wounded|victims?|arrest\w*|people|"
    r"persons?|civilians?|soldiers?|women|men|man|woman|child|children|leaders?|militants?|"
    r"fighters?|officers?|members?|polic\w+|suspects?|others?|more|"
    r"events?|incidents?|attacks?|campaigns?|counts?|base areas?|bombings?|raids?|battles?|plots?|"
    r"assaults?|countr\w+|provinces?|places?|sources?|documents?|groups?|hav?e?s? no figure"
)
# What makes "one" and "no" a number, and not a pronoun or an answer.
_ONE = re.compile(rf"\s+(?:[^\W\d_-]+\s+)?(?:{_PERSONS})\b", re.IGNORECASE)
_NO = re.compile(
    r"\s+(?:(?:people|one|civilians?)\s+)?(?:(?:was|were|is|are|has|have|been|reported)\s+)*"
    r"(?:killed|dead|deaths?|died|fatalit\w+|casualt\w+|injur\w+|wounded|victims?|arrest\w+|"
    r"events?\b|incidents?\b|attacks?\b)",
    re.IGNORECASE,
)
_LONGEST_HEDGE = 36


def numerals(text: str) -> tuple[Numeral, ...]:
    """Return the numbers of a text in order.

    Example:
        >>> [(int(one.low), str(one.hedge)) for one in numerals("nearly 1,200, two hundred six")]
        [(1200, 'nearly'), (206, '')]
        >>> [(one.low, one.high) for one in numerals("Dozens died; nobody was hurt in an F-16.")]
        [(24, 119)]
    """
    found = []
    for group in _groups(text):
        first, last = group[0], group[-1]
        low, high = _value(group)
        start, end = first.start(), last.end()
        words = text[start:end].casefold()
        if first["none"] and not _NO.match(text, end):
            continue
        if words == "one" and not (_ONE.match(text, end) or _is_counted(text, start)):
            continue
        share = _SHARE.match(text, end)
        end = share.end() if share else end
        hedge, start_with, end_with = _hedged(text, start, end)
        found.append(Numeral(start_with, end_with, start, low, high, hedge, bool(share)))
    return tuple(found)


def _is_counted(text: str, start: int) -> bool:
    return bool(
        re.search(r"(?:kill|wound|injur|arrest|detain)\w*\s+$", text[max(0, start - 14) : start])
    )


def _groups(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield tokens that make one number together."""
    group: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if group and _goes_on(group, token, text[group[-1].end() : token.start()]):
            group.append(token)
            continue
        if group:
            yield group
        group = [token]
    if group:
        yield group


def _goes_on(group: Sequence[re.Match[str]], token: re.Match[str], between: str) -> bool:
    word = token.group().casefold()
    if token["none"] or group[-1]["none"] or not _JOINT.fullmatch(between) or word in _LOOSE:
        return False
    before = group[-1].group().casefold().removeprefix("a ")
    if word in _SCALES or word == "dozen":
        return before not in _LOOSE and (before not in _SCALES or _SCALES[before] < 10**3)
    if token["digits"]:
        return False
    if "and" in between or before in _SCALES:
        return before in _SCALES
    return before in _TENS and word in _UNITS[1:10] and not group[-1]["digits"]


def _value(group: Sequence[re.Match[str]]) -> tuple[float, float]:
    words = group[0].group().casefold()
    if words in _LOOSE:
        return _LOOSE[words]
    if group[0]["none"]:
        return 0, 0
    total, current = 0.0, 0.0
    for token in group:
        for word in [token.group()] if token["digits"] else re.split(r"[ -]", _words_of(token)):
            if token["digits"]:
                current += _digits(word)
            elif word in _SCALES and _SCALES[word] > _HUNDRED:
                total += (current or 1) * _SCALES[word]
                current = 0
            elif word in _TIMES:
                current = (current or 1) * _TIMES[word]
            else:
                current += _ADDED.get(word, 0)
    value = total + current
    return value, value


def _words_of(token: re.Match[str]) -> str:
    return token.group().casefold()


def _digits(text: str) -> float:
    bare = re.sub(r"[,\u202f\u00a0' ]", "", text)
    return float(bare)


def _hedged(text: str, start: int, end: int) -> tuple[Hedge, int, int]:
    before = text[max(0, start - _LONGEST_HEDGE) : start]
    for hedge, pattern in _AFTER:
        if found := pattern.match(text, end):
            return hedge, start, found.end()
    for hedge, pattern in _HEDGES:
        if found := pattern.search(before):
            return hedge, start - len(before) + found.start(), end
    return Hedge.NONE, start, end

"""Figures of a sentence: a number or a range, how it is hedged, and what it is said to count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geodata.records import ClaimAbout, EventType, plural
from geodata.wording.numerals import Hedge, Numeral, numerals

__all__ = ["Figure", "figures"]


@dataclass(frozen=True)
class Figure:
    """A number or a range as a sentence says it.

    Attributes:
        start: Where it begins in the sentence.
        end: Where it ends.
        low: The number, or the lower end.
        high: The number, or the upper end.
        hedge: How the number, or the lower end, is hedged.
        hedge_high: How the upper end is.
        is_range: Whether two numbers are given, or a word such as "dozens".
        abouts: Tolls that it may count.
        noun: What else it counts, in the singular; empty where nothing says so.
        types: Event types that it counts.
        is_share: Whether it is a percentage.
        is_loose: Whether it is a word such as "dozens".
    """

    start: int
    end: int
    low: float
    high: float
    hedge: Hedge = Hedge.NONE
    hedge_high: Hedge = Hedge.NONE
    is_range: bool = False
    abouts: frozenset[ClaimAbout] = frozenset()
    noun: str = ""
    types: frozenset[EventType] = frozenset()
    is_share: bool = False
    is_loose: bool = False


_TO = re.compile(r"\s*(?:–|—|-|\bto)\s*", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_KILLED, _HURT = ClaimAbout.FATALITIES, ClaimAbout.INJURED
_TOLLS: tuple[tuple[frozenset[ClaimAbout], str], ...] = (
    (
        frozenset({ClaimAbout.CASUALTIES}),
        r"(?:killed|dead) (?:or|and) (?:injured|wounded)|casualt\w+",
    ),
    (frozenset({_KILLED, ClaimAbout.CASUALTIES}), r"victims?"),
    (
        frozenset({_KILLED}),
        (
            r"kill\w*|dead|deaths?|died|dying|dies|fatalit\w+|lives|slain|murder\w*|massacred|"
            r"perished|tolls?"
        ),
    ),
    (frozenset({_HURT}), r"injur\w+|wound\w+|hurt"),
    (frozenset({ClaimAbout.ARRESTED}), r"arrest(?!s?\b)\w*|detain\w*|captured"),
    (frozenset({ClaimAbout.DISPLACED}), r"displac\w+|fled|homeless"),
)
_TOLL = re.compile(
    r"\b(?:" + "|".join(f"(?P<t{n}>{words})" for n, (_, words) in enumerate(_TOLLS)) + r")\b",
    re.IGNORECASE,
)
# After these a number is the object: "killing 94", "a toll of 94", "Killed: 94".
_ACTIVE = re.compile(
    r"(?:(?:of|at|was|is|to|stood|stands|rose|the|lives|lives of|:|that)\s*)*$", re.IGNORECASE
)
_TYPES = {
    name.casefold(): one for one in EventType for name in (one.value, plural(one), f"{one.value}s")
}
_NOUNS = {
    "event": r"events?",
    "incident": r"incidents?|of (?:them|these|those|which)",
    "attack": r"attacks?",
    "aggregate": r"campaigns? (?:or|and) counts?|campaigns?|counts?",
    "area": r"base areas?",
    "country": r"countr(?:y|ies)",
    "province": r"provinces?",
    "group": r"groups?",
    "source": r"sources?|documents?",
    "without": r"(?:have|has) no (?:known )?figure",
    "more": r"more\b(?! than)|others?",
}
_LISTED = "|".join(sorted(map(re.escape, _TYPES), key=len, reverse=True))
_COUNTED = re.compile(
    r"\s+(?:(?!(?:in|of|on|at|from|by|to|and|or|were|was|are|is|people|persons|who|have|has)\b)"
    r"[^\W\d_-]+\s+){0,2}?"
    rf"(?:(?P<type>{_LISTED})|" + "|".join(f"(?P<{n}>{w})" for n, w in _NOUNS.items()) + r")\b",
    re.IGNORECASE,
)
_TYPE_BEFORE = re.compile(rf"({_LISTED})\s*\(\s*$", re.IGNORECASE)
_STOP = re.compile(r"[;:)]|\. ")
_OF_PEOPLE = re.compile(r"\s*(?:people|persons|civilians|others)\b", re.IGNORECASE)
# "4 events in Iran and 3 in Russia".
_GOES_ON = re.compile(r"\s+(?:in|of|on)\s+¤|\s+without\b|\s+on the\b", re.IGNORECASE)
_FAR = 80


@lru_cache(maxsize=4)
def figures(sentence: str) -> tuple[Figure, ...]:
    """Return the figures of a sentence, in which dates and names are blanked out.

    Example:
        >>> (found,) = figures("94 to nearly 100 were killed")
        >>> [(int(found.low), int(found.high), *found.abouts)]
        [(94, 100, <ClaimAbout.FATALITIES: 'fatalities'>)]
        >>> [(int(one.low), one.noun) for one in figures("Three events, two of them in 1 incident")]
        [(3, 'event'), (2, 'incident'), (1, 'incident')]
    """
    ranges = list(_ranges(sentence, numerals(sentence)))
    consumed: set[int] = set()
    found: list[Figure] = []
    for index, (first, last) in enumerate(ranges):
        following = ranges[index + 1][0].start if index + 1 < len(ranges) else len(sentence)
        before = ranges[index - 1][1].end if index else 0
        abouts, noun, types = _counted(sentence, (before, first, last, following), consumed)
        if found and found[-1].noun and not (abouts or noun) and _GOES_ON.match(sentence, last.end):
            noun, types = found[-1].noun, found[-1].types
        found.append(
            Figure(
                first.start,
                last.end,
                first.low,
                last.high,
                first.hedge,
                last.hedge if first is not last else Hedge.NONE,
                first is not last or first.low != first.high,
                abouts,
                noun,
                types,
                first.is_share or last.is_share,
                first is last and first.low != first.high,
            )
        )
    return tuple(found)


def _ranges(text: str, found: Sequence[Numeral]) -> Iterator[tuple[Numeral, Numeral]]:
    at = 0
    while at < len(found):
        one, after = found[at], found[at + 1] if at + 1 < len(found) else None
        if after and _joins(text, one, after):
            yield one, after
            at += 2
        else:
            yield one, one
            at += 1


def _joins(text: str, one: Numeral, after: Numeral) -> bool:
    between = text[one.end : after.start]
    if _AND.fullmatch(between):
        return bool(_BETWEEN.search(text[max(0, one.start - _FAR) : one.start]))
    return bool(_TO.fullmatch(between))


_Found = tuple[frozenset[ClaimAbout], str, frozenset[EventType]]


def _counted(text: str, place: tuple[int, Numeral, Numeral, int], consumed: set[int]) -> _Found:
    """Return what a figure counts: what stands beside it, after it, or before it."""
    before, first, last, following = place
    nothing: frozenset[EventType] = frozenset()
    begin = max(0, first.start - _FAR)
    if type_before := _TYPE_BEFORE.search(text, begin, first.start):
        return frozenset(), "type", frozenset({_TYPES[type_before[1].casefold()]})
    leading = list(_TOLL.finditer(text, before, first.start))
    if leading and leading[-1].start() not in consumed:
        gap = text[leading[-1].end() : first.start]
        if _ACTIVE.match(gap.strip()) and not _OF_PEOPLE.match(gap):
            return _about(leading[-1]), "", nothing
    beside = _COUNTED.match(text, last.end, following)
    if beside:
        if beside["type"] and beside["type"].casefold() not in ("killing", "arrest"):
            return frozenset(), "type", frozenset({_TYPES[beside["type"].casefold()]})
        noun = next((name for name in _NOUNS if beside[name]), "")
        if noun and not (noun == "more" and _TOLL.match(text, beside.end() + 1)):
            return frozenset(), noun, nothing
    stop = _STOP.search(text, last.end, following)
    end = min(stop.start() if stop else following, last.end + _FAR)
    for one in _TOLL.finditer(text, last.end, end):
        is_of_next = one.end() <= following and not text[one.end() : following].strip(" ¤:")
        if is_of_next and following < len(text):
            continue
        consumed.add(one.start())
        return _about(one), "", nothing
    earlier = _last_toll(text, first.start)
    return (_about(earlier) if earlier else frozenset()), "", nothing


def _last_toll(text: str, before: int) -> re.Match[str] | None:
    """Return the last word of a toll before a place in a text."""
    tolls, ends = _tolls(text)
    at = bisect_right(ends, before)
    return tolls[at - 1] if at else None


@lru_cache(maxsize=4)
def _tolls(text: str) -> tuple[list[re.Match[str]], list[int]]:
    found = list(_TOLL.finditer(text))
    return found, [one.end() for one in found]


def _about(match: re.Match[str]) -> frozenset[ClaimAbout]:
    return next(abouts for n, (abouts, _) in enumerate(_TOLLS) if match[f"t{n}"])

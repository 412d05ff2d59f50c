"""A sentence taken apart: which incidents it names where, which days, and what is left of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from geodata.wording.days import Written, written_dates
from geodata.wording.names import Kind, Mention, Names
from geodata.wording.spans import Span
from geodata.wording.spoken import glossed, is_spoken

__all__ = ["Sentence", "sentences"]

_END = re.compile(r"(?<=[.!?؟۔])[\"”»)]?\s+(?=[\"“«(]?[^\W\d_a-z])|(?<=\w{4}[.!?])\s+(?=\d)|\n+")
# Between two names of one place: "Kerman, Iran", "Kabul in Afghanistan".
_BESIDE = re.compile(r"[\s,(]*(?:\b(?:in|at|near|of|the)\b\s*)*")
_CLAUSE = re.compile(r"[;:]|(?<=[.!?])\s")
_BLANK = "¤"
_FAR = 200


@dataclass(frozen=True)
class Sentence:
    """A sentence with what it names.

    Attributes:
        text: The sentence; of another language with what is held against records in English.
        at: Where it begins in the whole text.
        places: Names of places and incidents; names beside one another are one.
        groups: Names of groups.
        dates: Dates outside of these.
        blanked: The text with all that is named, dated or taken blanked out, as long as it was.
        written: The sentence as it is written.
        back: Gives where a part of the text, from start to end, stands in what is written.
    """

    text: str
    at: int
    places: tuple[Mention, ...]
    groups: tuple[Mention, ...]
    dates: tuple[Written, ...]
    blanked: str
    written: str
    back: Callable[[int, int], tuple[int, int]]

    @classmethod
    def of(cls, whole: str, part: slice, names: Names, words: Iterable[str]) -> Sentence:
        """Take a sentence apart, which is a part of a whole text."""
        written, words, at = whole[part], tuple(words), part.start
        # What has no word of another language may still name a place as one writes it.
        is_abroad = is_spoken(whole) or not written.isascii()
        known = names.find(written, is_abroad=is_abroad)
        kept = [*_taken(written, words), *(o for o in known if o.kind is not Kind.DATE)]
        found = glossed(written, [(one.start, one.end) for one in kept], whole)
        text = found.text
        all_dates = written_dates(text)
        # Of "17 August 2019" the year is no "2019" of the program's own words.
        taken = [one for one in _taken(text, words) if not _is_within(one, all_dates)]
        found_names = names.find(text, is_abroad=is_abroad)
        mentions = [one for one in found_names if not _overlaps(one, taken)]
        named = [one for one in mentions if one.kind is not Kind.DATE]
        dates = [one for one in all_dates if not _overlaps(one, (*taken, *named))]
        # What is a date in itself, such as "about 2015" or a range of days, is no shorter one.
        blanked = _blank(text, (*taken, *named, *dates))
        places = _together(text, [one for one in named if one.kind is Kind.PLACE])
        groups = tuple(one for one in named if one.kind is Kind.GROUP)
        return cls(text, at, places, groups, tuple(dates), blanked, written, found.back)

    def as_written(self, span: Span) -> Span:
        """Return what was found in the text with the words and places of what is written."""
        start, end = self.back(span.start, span.end)
        return replace(span, start=start, end=end, text=self.written[start:end])

    def clause(self, at: int) -> tuple[int, int]:
        """Return where the clause around a place in the sentence begins and ends."""
        breaks = self._breaks
        after = bisect_left(breaks, at)
        start = breaks[after - 1] + 1 if after else 0
        return start, breaks[after] if after < len(breaks) else len(self.text)

    @cached_property
    def _breaks(self) -> list[int]:
        return [one.start() for one in _CLAUSE.finditer(self.blanked)]

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.places]

    @cached_property
    def _ends(self) -> list[int]:
        return [one.end for one in self.places]

    def place_at(self, at: int) -> Mention | None:
        """Return the place that a figure or a date speaks of: the last before it, or the next."""
        before, after = self._nearest(at)
        return before or after

    def places_near(self, at: int) -> tuple[Mention, ...]:
        """Return the same, or also the next where the last does not stand beside it."""
        before, after = self._nearest(at)
        if before:
            between = self.text[before.end : at] if at - before.end < _FAR else _BLANK
            if _BESIDE.fullmatch(re.sub(r"\bon\b|–", "", between)):
                return (before,)
        return tuple(one for one in (before, after) if one)

    def _nearest(self, at: int) -> tuple[Mention | None, Mention | None]:
        """Return the last place before another and the first behind it."""
        before, after = bisect_right(self._ends, at), bisect_left(self._starts, at)
        return (
            self.places[before - 1] if before else None,
            self.places[after] if after < len(self.places) else None,
        )

    def dates_between(self, start: int, end: int) -> tuple[Written, ...]:
        """Return the dates of a part of it."""
        return tuple(one for one in self.dates if start <= one.start and one.end <= end)

    @cached_property
    def has_names(self) -> bool:
        """Whether it names a place or an incident."""
        return bool(self.places)


def sentences(text: str, names: Names, taken: Iterable[str]) -> Iterator[Sentence]:
    """Yield the sentences of a text.

    Args:
        text: The text.
        names: What leads to incidents.
        taken: Words of the program, which are not held against anything.
    """
    at = 0
    for end in (*_END.finditer(text), None):
        stop = end.start() if end else len(text)
        if text[at:stop].strip():
            yield Sentence.of(text, slice(at, stop), names, taken)
        at = end.end() if end else stop


def _taken(text: str, words: Iterable[str]) -> Iterator[Mention]:
    for one in words:
        at = text.find(one) if one else -1
        while at >= 0:
            yield Mention(at, at + len(one), Kind.PLACE, frozenset())
            at = text.find(one, at + len(one))


def _overlaps(one: Mention | Written, others: Sequence[Mention | Written]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _is_within(one: Mention, longer: Iterable[Written]) -> bool:
    ends = one.start, one.end
    return any(o.start <= ends[0] and ends[1] <= o.end and (o.start, o.end) != ends for o in longer)


def _blank(text: str, parts: Sequence[Mention | Written]) -> str:
    letters = list(text)
    for one in parts:
        letters[one.start : one.end] = _BLANK * (one.end - one.start)
    return "".join(letters)


def _together(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for one in mentions:
        if found and _BESIDE.fullmatch(text[found[-1].end : one.start]):
            both = found[-1].ids & one.ids
            if both:
                found[-1] = replace(found[-1], end=one.end, ids=both)
                continue
        found.append(one)
    return tuple(found)

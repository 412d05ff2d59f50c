"""The annex: the slide before all that the briefing rests on, the sources, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from mapview.briefing.content import Briefing, SourceLine
from mapview.briefing.office import (
    labelled,
    no_source,
    reading_notes,
    say,
    say_many,
    shorten,
    site_of,
)
from mapview.briefing.slides.boxes import Box, Para, add_text, balanced, fitted, flow
from mapview.briefing.slides.deck import Deck, part_of

__all__ = ["MOST_SOURCE_SLIDES", "Annex", "add_reading", "add_sources"]

MOST_SOURCE_SLIDES = 4
_MOST_SOURCE = 400
_GAP = 28.0
_CONTENTS_SIZE = 16.0
# How much smaller the notes on reading may get before they take a second slide.
_SHRINKS = (0.92, 0.85)


class Annex:
    """A slide that is written when all that follow it are there."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._slide: Any = deck.add(say("Annex"))
        self._parts: list[tuple[str, int]] = []

    def part(self, heading: str) -> None:
        """Say what the next slides hold; what turns out to have none is left out."""
        self._parts.append((heading, self._deck.count + 1))

    def close(self) -> None:
        """Write what it holds."""
        box = self._deck.content
        said = [Para(one, _CONTENTS_SIZE, before=6) for one in self._lines()]
        add_text(self._slide.shapes, box, fitted(said, box, self._deck.face), "What follows")

    def _lines(self) -> Iterator[str]:
        ends = [first - 1 for _, first in self._parts[1:]] + [self._deck.count]
        for (heading, first), last in zip(self._parts, ends, strict=True):
            if last > first:
                yield labelled(heading, say("slides {first} to {last}", first=first, last=last))
            elif last == first:
                yield labelled(heading, say("slide {n}", n=first))


def add_sources(deck: Deck, briefing: Briefing) -> None:
    """Add the sources, numbered as the table refers to them."""
    if not briefing.sources:
        slide = deck.add(say("Sources"))
        said = [Para(no_source(), 14)]
        add_text(slide.shapes, deck.content, said, "Sources")
        return
    slides = flow(_listed(briefing), _columns(deck), deck.face)
    shown = slides[:MOST_SOURCE_SLIDES]
    for index, columns in enumerate(shown, 1):
        slide = deck.add(f"{say('Sources')}{part_of(index, len(shown))}")
        if index == MOST_SOURCE_SLIDES < len(slides):
            more = sum(bool(one.mark) for rest in slides[index:] for col in rest for one in col)
            columns[-1] = _with_rest(columns[-1], more)
        _write(deck, slide, columns)


def _listed(briefing: Briefing) -> list[Para]:
    paras = [
        _source(one, 13, before=5, mark=f"[{number}]", hang=34)
        for number, one in enumerate(briefing.sources, 1)
    ]
    if briefing.cited:
        heading = say("Sources that these documents name")
        paras.append(Para(heading, 13, is_bold=True, before=14, is_heading=True))
        paras += [_source(one, 11, before=3, mark="–", hang=12) for one in briefing.cited]
    return paras


def _source(line: SourceLine, size: float, **how: Any) -> Para:
    text = shorten(line.text, _MOST_SOURCE)
    return Para(text, size, link=line.url, site=site_of(line.url), is_of_records=True, **how)


def _with_rest(column: Sequence[Para], more: int) -> list[Para]:
    """Return a column whose last entry gives way to how many are missing."""
    said = say_many(
        "{n} more is in the data of the same filter.",
        "{n} more are in the data of the same filter.",
        more + 1,
    )
    return [*column[:-1], Para(said, 11, is_bold=True, before=3)]


def add_reading(deck: Deck, briefing: Briefing) -> None:
    """Add how the briefing is read, what was changed in it, and its credits."""
    paras = []
    for reading in reading_notes(briefing):
        paras.append(Para(reading.heading, 14, is_bold=True, before=12, is_heading=True))
        paras += [Para(note, 12, before=3, mark="•", hang=12) for note in reading.notes if note]
    slides = balanced(paras, _columns(deck), deck.face)
    for share in _SHRINKS:
        if len(slides) == 1:
            break
        smaller = [replace(one, size=one.size * share) for one in paras]
        slides = balanced(smaller, _columns(deck), deck.face)
    for index, columns in enumerate(slides, 1):
        slide = deck.add(f"{say('How to read this')}{part_of(index, len(slides))}")
        _write(deck, slide, columns)


def _columns(deck: Deck) -> list[Box]:
    return deck.content.columns(2, _GAP)


def _write(deck: Deck, slide: Any, columns: Sequence[Sequence[Para]]) -> None:
    for box, paras in zip(_columns(deck), columns, strict=False):
        add_text(slide.shapes, box, paras, "Text")

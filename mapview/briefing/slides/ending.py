"""The slides after the table: the timeline, the sources, how all of it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mapview.briefing.content import Briefing, SourceLine
from mapview.briefing.office import NO_SOURCE, ranges, reading_notes, shorten, site_of, timeline
from mapview.briefing.slides.boxes import (
    Box,
    Para,
    add_text,
    balanced,
    describe,
    fitted,
    flow,
    paras_height,
)
from mapview.briefing.slides.deck import Deck

__all__ = ["MOST_SOURCE_SLIDES", "add_ranges", "add_reading", "add_sources", "add_timeline"]

MOST_SOURCE_SLIDES = 4
_MOST_SOURCE = 400
_GAP = 28.0
_CHART_LETTERS = 12.0
# How much smaller the notes on reading may get before they take a second slide.
_SHRINKS = (0.92, 0.85)


def add_timeline(deck: Deck, briefing: Briefing) -> None:
    """Add the timeline as a native chart, whose data can be edited."""
    slide = deck.add("Timeline")
    box = deck.content
    said = [Para(one, 13, before=2) for one in timeline.notes(briefing)]
    if not briefing.histogram.bins:
        add_text(slide.shapes, box, fitted(said, box, deck.face), "About the timeline")
        return
    from pptx.enum.chart import XL_CHART_TYPE

    high = paras_height(said, box.width, deck.face)
    place = Box(box.left, box.top, box.width, box.height - high - 8)
    data = timeline.chart_data(briefing)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_STACKED, *place.emu, data)
    timeline.dress(frame.chart, briefing, size=_CHART_LETTERS, width=place.width)
    describe(frame, "Timeline", timeline.describe(briefing))
    _fix_workbook(frame.chart)
    lower = Box(box.left, place.bottom + 8, box.width, high)
    add_text(slide.shapes, lower, said, "About the timeline")


def add_ranges(deck: Deck, briefing: Briefing) -> None:
    """Add the tolls on which sources disagree as a native chart, if there are any."""
    if not briefing.ranges:
        return
    from pptx.enum.chart import XL_CHART_TYPE

    slide, box = deck.add("Sources disagree on tolls"), deck.content
    said = [Para(ranges.notes(briefing.ranges), 13)]
    high = paras_height(said, box.width, deck.face)
    place = Box(box.left, box.top, box.width, box.height - high - 8)
    data = ranges.chart_data(briefing.ranges)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place.emu, data)
    ranges.dress(frame.chart, size=_CHART_LETTERS)
    describe(frame, "Tolls", ranges.describe(briefing.ranges))
    _fix_workbook(frame.chart)
    lower = Box(box.left, place.bottom + 8, box.width, high)
    add_text(slide.shapes, lower, said, "About the tolls")


def _fix_workbook(chart: Any) -> None:
    part = chart.part.chart_workbook.xlsx_part
    part._blob = timeline.stable_workbook(part.blob)  # noqa: SLF001 - it can only be replaced


def add_sources(deck: Deck, briefing: Briefing) -> None:
    """Add the sources, numbered as the table refers to them."""
    if not briefing.sources:
        slide = deck.add("Sources")
        said = [Para(NO_SOURCE, 14)]
        add_text(slide.shapes, deck.content, said, "Sources")
        return
    slides = flow(_listed(briefing), _columns(deck), deck.face)
    shown = slides[:MOST_SOURCE_SLIDES]
    for index, columns in enumerate(shown, 1):
        part = f" ({index} of {len(shown)})" if len(shown) > 1 else ""
        slide = deck.add(f"Sources{part}")
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
        heading = "Sources that these documents name"
        paras.append(Para(heading, 13, is_bold=True, before=14, is_heading=True))
        paras += [_source(one, 11, before=3, mark="–", hang=12) for one in briefing.cited]
    return paras


def _source(line: SourceLine, size: float, **how: Any) -> Para:
    text = shorten(line.text, _MOST_SOURCE)
    return Para(text, size, link=line.url, site=site_of(line.url), **how)


def _with_rest(column: Sequence[Para], more: int) -> list[Para]:
    """Return a column whose last entry gives way to how many are missing."""
    said = f"{more + 1:,} more are in the data of the same filter."
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
        part = f" ({index} of {len(slides)})" if len(slides) > 1 else ""
        slide = deck.add(f"How to read this{part}")
        _write(deck, slide, columns)


def _columns(deck: Deck) -> list[Box]:
    return deck.content.columns(2, _GAP)


def _write(deck: Deck, slide: Any, columns: Sequence[Sequence[Para]]) -> None:
    for box, paras in zip(_columns(deck), columns, strict=False):
        add_text(slide.shapes, box, paras, "Text")

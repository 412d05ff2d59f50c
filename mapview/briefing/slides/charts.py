"""The slides with charts: when and what, where, on which tolls sources disagree.

All are native, with data that can be edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from mapview.bounds import TollRange
from mapview.briefing.content import Briefing
from mapview.briefing.office import charts, clean, comma, labelled, parted, say
from mapview.briefing.slides.boxes import Box, Para, add_text, describe, fitted, paras_height
from mapview.briefing.slides.deck import Deck

__all__ = ["add_overview", "add_ranges", "add_where"]

_LETTERS: Final = 12.0
_GAP: Final = 24.0
_HEADING: Final = 14.0
_NOTE: Final = 12.0
# Of the slide's height: more on who gives which figure would leave the bars too little.
_MOST_TOLD: Final = 0.5


def add_overview(deck: Deck, briefing: Briefing) -> None:
    """Add when the incidents were, beside what kind of events they are."""
    slide = deck.add(say("When, and what"))
    left, right = deck.content.columns(2, _GAP)
    chart = charts.timeline_chart(briefing)
    if chart:
        _add_chart(deck, slide, left, chart)
    else:
        said = [Para(one, 13, before=2) for one in charts.timeline_notes(briefing)]
        add_text(slide.shapes, left, fitted(said, left, deck.face), "About the timeline")
    _add_chart(deck, slide, right, charts.type_chart(briefing))


def add_where(deck: Deck, briefing: Briefing) -> None:
    """Add in which countries the events were, and how many of them the map cannot show."""
    _add_chart(deck, deck.add(say("Where")), deck.content, charts.country_chart(briefing))


def add_ranges(deck: Deck, briefing: Briefing) -> None:
    """Add the tolls that are ranges, if there are any."""
    chart = charts.range_chart(briefing)
    if chart:
        said = [Para(one, 13) for one in chart.notes]
        told = [_who(one) for one in briefing.ranges[: charts.MOST_RANGES]]
        if paras_height(told, deck.content.width, deck.face) <= deck.content.height * _MOST_TOLD:
            said = [*told, *said]
        _add_chart(deck, deck.add(chart.heading), deck.content, chart, said, has_heading=False)


def _who(one: TollRange) -> Para:
    what = comma().join((clean(one.title), one.words))
    return Para(f"{labelled(what, parted(one.said))}.", 13, before=3)


def _add_chart(
    deck: Deck,
    slide: Any,
    box: Box,
    chart: charts.NativeChart,
    said: Sequence[Para] = (),
    *,
    has_heading: bool = True,
) -> None:
    """Put a chart into a box, between a heading and what has to be known of it."""
    said = said or [Para(one, _NOTE, before=2) for one in chart.notes]
    head = [Para(chart.heading, _HEADING, is_bold=True)] if has_heading else []
    above = paras_height(head, box.width, deck.face) + (4 if head else 0)
    below = paras_height(said, box.width, deck.face)
    if head:
        add_text(slide.shapes, Box(box.left, box.top, box.width, above), head, chart.heading)
    place = Box(box.left, box.top + above, box.width, box.height - above - below - 8)
    frame = slide.shapes.add_chart(chart.kind, *place.emu, chart.data())
    chart.dress(frame.chart, _LETTERS, place.width)
    describe(frame, chart.name, chart.words)
    _fix_workbook(frame.chart)
    if said:
        lower = Box(box.left, place.bottom + 8, box.width, below)
        add_text(slide.shapes, lower, said, f"About the {chart.name.casefold()}")


def _fix_workbook(chart: Any) -> None:
    part = chart.part.chart_workbook.xlsx_part
    part._blob = charts.stable_workbook(part.blob)  # noqa: SLF001 - it can only be replaced

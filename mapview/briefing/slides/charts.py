"""The slides with charts: when and what, where, on which tolls sources disagree.

All are native, with data that can be edited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from mapview.briefing.content import Briefing
from mapview.briefing.office import ranges, tallies, timeline
from mapview.briefing.slides.boxes import Box, Para, add_text, describe, fitted, paras_height
from mapview.briefing.slides.deck import Deck

__all__ = ["add_overview", "add_ranges", "add_where"]

_LETTERS: Final = 12.0
_GAP: Final = 24.0
_HEADING: Final = 14.0
_NOTE: Final = 12.0


def add_overview(deck: Deck, briefing: Briefing) -> None:
    """Add when the incidents were, beside what kind of events they are."""
    slide = deck.add("When, and what")
    left, right = deck.content.columns(2, _GAP)
    if briefing.histogram.bins:
        _add_timeline(deck, slide, briefing, left)
    else:
        said = [Para(one, 13, before=2) for one in timeline.notes(briefing)]
        add_text(slide.shapes, left, fitted(said, left, deck.face), "About the timeline")
    _add_tally(deck, slide, tallies.by_type(briefing), right, "Types")


def add_where(deck: Deck, briefing: Briefing) -> None:
    """Add in which countries the events were, and how many of them the map cannot show."""
    _add_tally(deck, deck.add("Where"), tallies.by_country(briefing), deck.content, "Countries")


def add_ranges(deck: Deck, briefing: Briefing) -> None:
    """Add the tolls on which sources disagree, if there are any."""
    if not briefing.ranges:
        return
    from pptx.enum.chart import XL_CHART_TYPE

    _add_chart(
        deck,
        deck.add("Sources disagree on tolls"),
        deck.content,
        kind=XL_CHART_TYPE.BAR_STACKED,
        data=ranges.chart_data(briefing.ranges),
        dress=lambda chart, _: ranges.dress(chart, size=_LETTERS),
        name="Tolls",
        words=ranges.describe(briefing.ranges),
        said=[Para(ranges.notes(briefing.ranges), 13)],
    )


def _add_timeline(deck: Deck, slide: Any, briefing: Briefing, box: Box) -> None:
    from pptx.enum.chart import XL_CHART_TYPE

    def dress(chart: Any, width: float) -> None:
        timeline.dress(chart, briefing, size=_LETTERS, width=width)

    _add_chart(
        deck,
        slide,
        box,
        kind=XL_CHART_TYPE.COLUMN_STACKED,
        data=timeline.chart_data(briefing),
        dress=dress,
        name="Timeline",
        words=timeline.describe(briefing),
        said=[Para(one, _NOTE, before=2) for one in timeline.notes(briefing)],
        heading="Incidents by time",
    )


def _add_tally(deck: Deck, slide: Any, tally: tallies.Tally, box: Box, name: str) -> None:
    from pptx.enum.chart import XL_CHART_TYPE

    _add_chart(
        deck,
        slide,
        box,
        kind=XL_CHART_TYPE.BAR_STACKED,
        data=tally.chart_data(),
        dress=lambda chart, _: tally.dress(chart, size=_LETTERS),
        name=name,
        words=tally.describe(),
        said=[Para(one, _NOTE, before=2) for one in tally.notes],
        heading=tally.heading,
    )


def _add_chart(  # noqa: PLR0913 - all of them are its own
    deck: Deck,
    slide: Any,
    box: Box,
    *,
    kind: Any,
    data: Any,
    dress: Callable[[Any, float], None],
    name: str,
    words: str,
    said: Sequence[Para],
    heading: str = "",
) -> None:
    """Put a chart into a box, between a heading and what has to be known of it."""
    head = [Para(heading, _HEADING, is_bold=True)] if heading else []
    above = paras_height(head, box.width, deck.face) + (4 if head else 0)
    below = paras_height(said, box.width, deck.face)
    if head:
        add_text(slide.shapes, Box(box.left, box.top, box.width, above), head, heading)
    place = Box(box.left, box.top + above, box.width, box.height - above - below - 8)
    frame = slide.shapes.add_chart(kind, *place.emu, data)
    dress(frame.chart, place.width)
    describe(frame, name, words)
    _fix_workbook(frame.chart)
    if said:
        lower = Box(box.left, place.bottom + 8, box.width, below)
        add_text(slide.shapes, lower, said, f"About the {name.casefold()}")


def _fix_workbook(chart: Any) -> None:
    part = chart.part.chart_workbook.xlsx_part
    part._blob = timeline.stable_workbook(part.blob)  # noqa: SLF001 - it can only be replaced

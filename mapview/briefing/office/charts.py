"""The native charts of slides and documents, each with its data, its looks and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mapview.briefing.content import Briefing
from mapview.briefing.office import ranges, tallies, timeline

__all__ = [
    "MOST_RANGES", "NativeChart", "country_chart", "range_chart", "stable_workbook",
    "timeline_chart", "timeline_notes", "type_chart",
]  # fmt: skip

stable_workbook = timeline.stable_workbook
MOST_RANGES = ranges.MOST


@dataclass(frozen=True)
class NativeChart:
    """A chart whose data can be edited.

    Attributes:
        name: What it is called among the shapes of a file.
        heading: What it shows.
        is_upright: Whether its bars stand, or lie.
        data: Makes its data as python-pptx takes them.
        dress: Gives it its looks: the chart, its letters in points, its width in points.
        words: What it shows, for who does not see it.
        notes: What a reader has to know of it, a sentence each.
    """

    name: str
    heading: str
    is_upright: bool
    data: Callable[[], Any]
    dress: Callable[[Any, float, float], None]
    words: str
    notes: tuple[str, ...]

    @property
    def kind(self) -> Any:
        """The kind of chart as python-pptx names it."""
        from pptx.enum.chart import XL_CHART_TYPE

        return XL_CHART_TYPE.COLUMN_STACKED if self.is_upright else XL_CHART_TYPE.BAR_STACKED


def timeline_chart(briefing: Briefing) -> NativeChart | None:
    """Return the incidents by time; none where nothing is dated."""
    if not briefing.histogram.bins:
        return None
    return NativeChart(
        "Timeline",
        timeline.heading(),
        is_upright=True,
        data=lambda: timeline.chart_data(briefing),
        dress=lambda chart, size, width: timeline.dress(chart, briefing, size=size, width=width),
        words=timeline.describe(briefing),
        notes=timeline_notes(briefing),
    )


def timeline_notes(briefing: Briefing) -> tuple[str, ...]:
    """Return what has to be known of the timeline, where nothing is dated, too."""
    return tuple(timeline.notes(briefing))


def type_chart(briefing: Briefing) -> NativeChart:
    """Return the events by type."""
    return _of_tally("Types", tallies.by_type(briefing))


def country_chart(briefing: Briefing) -> NativeChart:
    """Return the events by country."""
    return _of_tally("Countries", tallies.by_country(briefing))


def _of_tally(name: str, tally: tallies.Tally) -> NativeChart:
    return NativeChart(
        name,
        tally.heading,
        is_upright=False,
        data=tally.chart_data,
        dress=lambda chart, size, _: _turned(tally.dress, chart, size=size),
        words=tally.describe(),
        notes=tally.notes,
    )


def _turned(dress: Callable[..., None], chart: Any, *how: Any, size: float) -> None:
    """Give a chart its looks, and turn it where the language is read from the right."""
    dress(chart, *how, size=size)
    timeline.turn(chart)


def range_chart(briefing: Briefing) -> NativeChart | None:
    """Return the tolls that are ranges; none where there are none."""
    if not briefing.ranges:
        return None
    return NativeChart(
        "Tolls",
        ranges.heading(briefing.ranges),
        is_upright=False,
        data=lambda: ranges.chart_data(briefing.ranges),
        dress=lambda chart, size, _: _turned(ranges.dress, chart, briefing.ranges, size=size),
        words=ranges.describe(briefing.ranges),
        notes=(ranges.notes(briefing.ranges),),
    )

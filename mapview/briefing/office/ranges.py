"""Tolls that are ranges as a native chart: bars from the lowest to the highest figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from mapview.bounds import TollRange, ranges_heading
from mapview.briefing.office.colors import rgb
from mapview.briefing.office.text import clean, labelled, parted, say, say_many, shorten

__all__ = ["MOST", "NOTE", "chart_data", "describe", "dress", "heading", "notes"]

MOST: Final = 8
HEADING: Final = "Sources disagree on tolls"
NOTE: Final = "Bars run from the lowest to the highest figure that sources give."
_MOST_LABEL: Final = 60
_LEAST_TITLE: Final = 20
# Between bars, in percent of one: few are no thicker for it.
_GAP: Final = 80
_GAPS: Final = {1: 400, 2: 300, 3: 200, 4: 150}
_INK: Final = "575D64"
_PAPER: Final = "FFFFFF"


def heading(ranges: Sequence[TollRange]) -> str:
    """Return what the chart shows in few words."""
    return ranges_heading(ranges[:MOST], HEADING)


def chart_data(ranges: Sequence[TollRange]) -> Any:
    """Return the bars as a chart takes them, the first at the top."""
    from pptx.chart.data import CategoryChartData

    shown = ranges[:MOST]
    data: Any = cast("Any", CategoryChartData)(number_format="#,##0")
    data.categories = [_label(one) for one in shown]
    data.add_series(say("Lowest figure"), [one.low for one in shown])
    data.add_series(say("From there to the highest"), [one.high - one.low for one in shown])
    return data


def _label(one: TollRange) -> str:
    """Return what stands beside a bar: of what is long the place is cut, never the figures."""
    words = clean(one.told)
    title = shorten(clean(one.title), max(_LEAST_TITLE, _MOST_LABEL - len(words)))
    return labelled(title, words)


def dress(chart: Any, ranges: Sequence[TollRange], *, size: float) -> None:
    """Give a chart made of `chart_data` its looks: nothing is seen below the lowest figure.

    A bar is hollow, as its symbol on the map, where the event was not carried out for certain.
    """
    from pptx.util import Pt

    chart.has_title = False
    chart.has_legend = False
    chart.font.size = Pt(size)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = _GAPS.get(len(ranges), _GAP), 100
    lowest, apart = plot.series
    lowest.format.fill.background()
    lowest.format.line.fill.background()
    apart.format.fill.solid()
    apart.format.fill.fore_color.rgb = rgb(_INK)
    apart.format.line.color.rgb = rgb(_INK)
    for index, one in enumerate(ranges[:MOST]):
        if one.is_hollow:
            fill = apart.points[index].format.fill
            fill.solid()
            fill.fore_color.rgb = rgb(_PAPER)
            apart.points[index].format.line.color.rgb = rgb(_INK)
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = rgb("8A9098")
    values = chart.value_axis
    values.minimum_scale = 0
    values.tick_labels.number_format = "#,##0"
    values.tick_labels.number_format_is_linked = False
    values.major_gridlines.format.line.color.rgb = rgb("D9DCE0")


def describe(ranges: Sequence[TollRange]) -> str:
    """Return what the chart shows, in words."""
    return f"{_note()} {parted(labelled(one.title, one.told) for one in ranges[:MOST])}."


def notes(ranges: Sequence[TollRange]) -> str:
    """Return what a reader has to know of the bars."""
    more = len(ranges) - MOST
    if more <= 0:
        return _note()
    return f"{_note()} {say_many('{n} more is in the data.', '{n} more are in the data.', more)}"


def _note() -> str:
    return say(NOTE)

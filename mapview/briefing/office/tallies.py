"""How many events there are by type and by country, as native charts with bars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from geodata.records import country_name, is_english, labelled, parted, say
from geodata.scope import Count, describe_kinds
from mapview.briefing.content import Briefing, IncidentLine
from mapview.briefing.office.colors import rgb
from mapview.briefing.office.text import clean, shorten

__all__ = ["MOST", "Tally", "by_country", "by_type"]

MOST: Final = 10
_MOST_LABEL: Final = 40


@dataclass(frozen=True)
class _Series:
    """A part of all bars: what it counts, in which colour, and how many in each bar."""

    words: str
    color: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Tally:
    """A chart of counts.

    Attributes:
        heading: What it shows.
        labels: What stands beside each bar, with its count within bounds; the longest comes first,
            and the rest together last.
        series: Parts of the bars that are not empty everywhere.
        notes: What a reader has to know of it, a sentence each.
    """

    heading: str
    labels: tuple[str, ...]
    series: tuple[_Series, ...]
    notes: tuple[str, ...]

    def chart_data(self) -> Any:
        """Return the bars as a chart takes them."""
        from pptx.chart.data import CategoryChartData

        data: Any = cast("Any", CategoryChartData)(number_format="#,##0")
        data.categories = self.labels
        for one in self.series:
            data.add_series(one.words, one.values)
        return data

    def dress(self, chart: Any, *, size: float) -> None:
        """Give a chart made of them its looks."""
        from pptx.enum.chart import XL_LEGEND_POSITION
        from pptx.util import Pt

        chart.has_title = False
        chart.font.size = Pt(size)
        chart.has_legend = len(self.series) > 1
        if chart.has_legend:
            chart.legend.position = XL_LEGEND_POSITION.TOP
            chart.legend.include_in_layout = False
        plot = chart.plots[0]
        plot.gap_width, plot.overlap = 60, 100
        for series, one in zip(plot.series, self.series, strict=True):
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = rgb(one.color)
            series.format.line.color.rgb = rgb("575D64")
            series.format.line.width = Pt(0.5)
        chart.category_axis.reverse_order = True
        chart.category_axis.format.line.color.rgb = rgb("8A9098")
        values = chart.value_axis
        values.minimum_scale = 0
        values.tick_labels.number_format = "#,##0"
        values.tick_labels.number_format_is_linked = False
        values.format.line.fill.background()
        values.major_gridlines.format.line.color.rgb = rgb("D9DCE0")

    def describe(self) -> str:
        """Return what the chart shows, in words."""
        return f"{labelled(self.heading, parted(self.labels))}."


def by_type(briefing: Briefing) -> Tally:
    """Return how many events there are by the type that leads each."""
    events = [line for line in briefing.incidents if line.is_event]
    parts = (
        (say("Certainly what was asked for"), "4A6785", lambda one: one.id in briefing.certain),
        (say("Possibly"), "C9D5E1", lambda one: one.id not in briefing.certain),
    )
    heading = say("Events by type")
    tally = _tally(briefing, heading, lambda one: one.leading_type, parts, "{n} other types")
    if any(len(one.event_types) > 1 for one in events):
        note = say("An event of several types is counted by the one that leads it.")
        return replace(tally, notes=(*tally.notes, note))
    return tally


def by_country(briefing: Briefing) -> Tally:
    """Return how many events there are by country, on the map and not on it."""

    def key(one: IncidentLine) -> str:
        return country_name(one.country) if one.country else _unnamed()

    parts = (
        (say("On the map"), "4A6785", lambda one: one.is_placed),
        (say("Not on the map"), "B9BEC4", lambda one: not one.is_placed),
    )
    tally = _tally(briefing, say("Events by country"), key, parts, "{n} other countries")
    if not briefing.counts.unplaced:
        return tally
    note = say("An event of which no more than the country is known is not on the map.")
    return replace(tally, notes=(*tally.notes, note))


def _unnamed() -> str:
    """Return what has no country of its own: none is given, or there are several."""
    return say("no single country")


_Part = tuple[str, str, Callable[[IncidentLine], bool]]


def _tally(
    briefing: Briefing,
    heading: str,
    key: Callable[[IncidentLine], str],
    parts: Iterable[_Part],
    others: str,
) -> Tally:
    found: dict[str, list[IncidentLine]] = defaultdict(list)
    for line in briefing.incidents:
        if line.is_event:
            found[key(line)].append(line)
    ranked = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    if len(ranked) > MOST:
        # What has no country is none of the others.
        nowhere = _unnamed()
        last = [(nowhere, found.pop(nowhere))] if nowhere in found else []
        named = [pair for pair in ranked if pair[0] != nowhere]
        first, left = named[: MOST - 1 - len(last)], named[MOST - 1 - len(last) :]
        rest = [line for _, lines in left for line in lines]
        ranked = [*first, (say(others, n=len(left)), rest), *last]
    series = (
        _Series(words, color, tuple(sum(map(holds, lines)) for _, lines in ranked))
        for words, color, holds in parts
    )
    return Tally(
        heading,
        tuple(_label(name, lines, briefing) for name, lines in ranked),
        tuple(one for one in series if any(one.values)),
        tuple(_notes(briefing)),
    )


def _label(name: str, lines: list[IncidentLine], briefing: Briefing) -> str:
    sure = sum(one.id in briefing.certain for one in lines)
    return labelled(shorten(clean(name), _MOST_LABEL), Count(sure, len(lines)).words)


def _notes(briefing: Briefing) -> Iterable[str]:
    counts = briefing.counts
    if counts.uncertain_events:
        yield say("Where two numbers stand, the lower one is certainly what was asked for.")
    if counts.aggregates:
        said = describe_kinds(0, counts.aggregates, unsure_aggregates=counts.uncertain_aggregates)
        if is_english():
            yield f"{said} {'is' if counts.aggregates == 1 else 'are'} not counted here."
        else:
            yield say("Not counted here: {what}.", what=said)

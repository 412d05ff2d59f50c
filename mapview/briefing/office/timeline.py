"""The timeline as a native chart, which its readers can edit: its data, its looks, its words."""

from __future__ import annotations

import io
import math
import zipfile
from typing import Any, Final, cast

from geodata.archives import stable_zip
from geodata.queries import spread_of
from geodata.records import is_english, is_from_right, language, parse_date, say, say_many
from geodata.scope import Count
from mapview.briefing.content import Briefing
from mapview.briefing.office.colors import rgb
from mapview.briefing.office.measure import ARIAL, width_pt
from mapview.briefing.office.packages import MOMENT
from mapview.briefing.office.xml import add_child, parse, serialised

__all__ = [
    "EXACT",
    "INEXACT",
    "chart_data",
    "describe",
    "dress",
    "heading",
    "notes",
    "stable_workbook",
    "turn",
]

EXACT: Final = "4A6785"
INEXACT: Final = "C9D5E1"
_MONTH_DAYS: Final = 31
_YEAR_DAYS: Final = 366
_MOST_LABELS: Final = 14
_MOST_STEPS: Final = 6
_FEW: Final = 3
# What axis and margins leave of the width.
_PLOT_SHARE: Final = 0.95
_LEAST_LETTERS: Final = 10.0
# The code of number formats for the digits and the language of Iran.
_PERSIAN: Final = "[$-3000429]"


def heading() -> str:
    """Return what the chart shows in few words."""
    return say("Incidents by time")


def chart_data(briefing: Briefing) -> Any:
    """Return the bars as a chart takes them, one category a bar."""
    from pptx.chart.data import CategoryChartData

    data: Any = cast("Any", CategoryChartData)(number_format="0")
    bins = briefing.histogram.bins
    data.categories = [_label(one.words) for one in bins]
    data.add_series(say("Known to lie within the bar"), [one.certain for one in bins])
    data.add_series(say("May lie within the bar"), [one.possible - one.certain for one in bins])
    return data


def _label(words: str) -> str:
    """Return what a bar is called without the years of another calendar, which find no room."""
    return words if is_english() else words.partition(" (")[0]


def notes(briefing: Briefing) -> list[str]:
    """Return what a reader has to know of the bars, a sentence each."""
    if not briefing.histogram.bins:
        return [say("No incident of this briefing has a date that a timeline could show.")]
    first = briefing.histogram.bins[0]
    days = (first.end - first.start).days + 1
    length = (
        say("A bar is one month.")
        if days <= _MONTH_DAYS
        else say("A bar is one year.")
        if days <= _YEAR_DAYS
        else say("A bar is one span of years.")
    )
    said = [
        length,
        say(
            "An incident whose date is not known so exactly counts in each bar that it may lie in."
        ),
    ]
    if far := briefing.histogram.far_words:
        said.append(far)
    missing = briefing.counts.shown - _dated(briefing)
    if missing:
        said.append(
            say_many(
                "{n} of the incidents has no date and no bar.",
                "{n} of the incidents have no date and no bar.",
                missing,
            )
        )
    return said


def _dated(briefing: Briefing) -> int:
    spans = (parse_date(line.event_date) for line in briefing.incidents)
    return sum(spread_of(span) is not None for span in spans)


def describe(briefing: Briefing) -> str:
    """Return what the chart shows, in words."""
    if not briefing.histogram.bins:
        return say("Timeline without bars.")
    bins = briefing.histogram.bins
    most = max(bins, key=lambda one: one.possible)
    drawn = _dated(briefing) - sum(n for _, n in briefing.histogram.far)
    return say(
        "Timeline of {n} incidents from {first} to {last}. Most, {most}, are in {when}.",
        n=drawn,
        first=bins[0].words,
        last=bins[-1].words,
        most=Count(most.certain, most.possible).words,
        when=most.words,
    )


def dress(chart: Any, briefing: Briefing, *, size: float, width: float) -> None:
    """Give a chart the looks of the timeline in the app.

    Args:
        chart: A python-pptx chart made of `chart_data`.
        briefing: What it shows.
        size: Size of its letters, in points.
        width: Its width in points.
    """
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.has_title = False
    chart.font.size = Pt(size)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    plot = chart.plots[0]
    # A bar alone would fill the chart.
    plot.gap_width = 12 if len(briefing.histogram.bins) > _FEW else 400
    plot.overlap = 100
    for series, fill in zip(plot.series, (EXACT, INEXACT), strict=True):
        _paint(series.format, fill)
    _dress_axes(chart, briefing, width)
    _write(chart)
    if is_from_right():
        chart.category_axis.reverse_order = True


def turn(chart: Any) -> None:
    """Let lying bars begin at the side from which the language is read, in its digits."""
    _write(chart)
    if is_from_right():
        chart.value_axis.reverse_order = True


def _write(chart: Any) -> None:
    """Let words and numbers of a chart be written as the language writes them."""
    root = chart._chartSpace  # noqa: SLF001 - python-pptx knows no direction
    for one in root.iterfind(".//{*}txPr/{*}p/{*}pPr") if is_from_right() else ():
        one.set("rtl", "1")
    if language() == "fa":
        labels = chart.value_axis.tick_labels
        labels.number_format = f"{_PERSIAN}{labels.number_format}"


def _paint(form: Any, fill: str) -> None:
    from pptx.util import Pt

    form.fill.solid()
    form.fill.fore_color.rgb = rgb(fill)
    form.line.color.rgb = rgb(EXACT)
    form.line.width = Pt(0.75)


def _dress_axes(chart: Any, briefing: Briefing, width: float) -> None:
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.util import Pt

    highest = max(one.possible for one in briefing.histogram.bins)
    values = chart.value_axis
    values.minimum_scale = 0
    values.major_unit = _step(highest)
    values.tick_labels.number_format = "#,##0"
    values.tick_labels.number_format_is_linked = False
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = rgb("D9DCE0")
    values.major_gridlines.format.line.width = Pt(0.5)
    categories = chart.category_axis
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = rgb("8A9098")
    slot = width * _PLOT_SHARE / len(briefing.histogram.bins)
    labels = {_label(one.words) for one in briefing.histogram.bins}
    if max(width_pt(label, _LEAST_LETTERS, ARIAL) for label in labels) < slot:
        categories.tick_labels.font.size = Pt(_LEAST_LETTERS)
        categories._element.txPr.bodyPr.set("rot", "0")  # noqa: SLF001 - no public name
        categories._element.txPr.bodyPr.set("vert", "horz")  # noqa: SLF001 - no public name
    else:
        _skip_labels(categories, math.ceil(len(briefing.histogram.bins) / _MOST_LABELS))


def _step(highest: int) -> int:
    """Return a round step between the lines, so that there are few of them.

    Example:
        >>> [_step(highest) for highest in (1, 19, 300)]
        [1, 5, 50]
    """
    power = 1
    while True:
        for step in (power, power * 2, power * 5):
            if highest <= step * _MOST_STEPS:
                return step
        power *= 10


def _skip_labels(axis: Any, every: int) -> None:
    """Write every n-th label only; python-pptx has no name for it."""
    element = axis._element  # noqa: SLF001 - see above
    after = element.find("{*}noMultiLvlLbl")
    for name in ("tickLblSkip", "tickMarkSkip"):
        after.addprevious(add_child(element, name, val=str(every)))


def stable_workbook(workbook: bytes) -> bytes:
    """Return a chart's workbook without the moment at which it was made."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    moment = f"{MOMENT:%Y-%m-%dT%H:%M:%SZ}"
    members[core] = _with_moment(members[core], moment)
    return stable_zip(members)


def _with_moment(core: bytes, moment: str) -> bytes:
    root = parse(core)
    for name in ("created", "modified"):
        for one in root.iter(f"{{*}}{name}"):
            one.text = moment
    return serialised(root)

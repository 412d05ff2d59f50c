"""Tolls on which sources disagree as a native chart: what its bars, labels and words say."""

from __future__ import annotations

from dataclasses import replace

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE

from mapview.bounds import TollRange
from mapview.briefing.office import ranges

KERMAN = TollRange("Kerman, 3 January 2024", "94 to nearly 100 killed", 94, 100, (94, 100), ())
LONG = TollRange("A place of a very long name " * 5, "1 to 3 killed", 1, 3, (1, 3), ())


def test_bars_begin_at_the_lowest_figure() -> None:
    data = ranges.chart_data([KERMAN, LONG])
    lowest, apart = (list(one.values) for one in data)
    assert (lowest, apart) == ([94, 1], [6, 2])


def test_what_was_not_carried_out_for_certain_is_hollow_and_says_so() -> None:
    from mapview.briefing.document.charts import _drawn

    foiled = replace(KERMAN, doubts=("foiled",), is_hollow=True)
    both = (KERMAN, foiled)
    chart, _ = _drawn(ranges.chart_data(both), XL_CHART_TYPE.BAR_STACKED)
    ranges.dress(chart, both, size=9)
    apart = chart.plots[0].series[1]
    assert apart.format.fill.fore_color.rgb == RGBColor.from_string("575D64")
    points = apart._element.findall("{*}dPt")
    assert [one.find("{*}idx").get("val") for one in points] == ["1"]
    assert points[0].find(".//{*}solidFill/{*}srgbClr").get("val") == "FFFFFF"
    labels = [one.label for one in ranges.chart_data(both).categories]
    assert labels[1] == "Kerman, 3 January 2024: 94 to nearly 100 killed; foiled"
    assert "94 to nearly 100 killed; foiled" in ranges.describe(both)


def test_figures_are_never_cut_from_a_label() -> None:
    labels = [one.label for one in ranges.chart_data([KERMAN, LONG]).categories]
    assert labels[0] == "Kerman, 3 January 2024: 94 to nearly 100 killed"
    assert labels[1].endswith("…: 1 to 3 killed")
    assert len(labels[1]) < 70


def test_what_is_left_out_is_counted() -> None:
    assert ranges.notes([KERMAN] * ranges.MOST) == ranges.NOTE
    assert ranges.notes([KERMAN] * (ranges.MOST + 1)).endswith("1 more is in the data.")
    assert ranges.notes([KERMAN] * (ranges.MOST + 2)).endswith("2 more are in the data.")
    assert "Kerman, 3 January 2024: 94 to nearly 100 killed" in ranges.describe([KERMAN])

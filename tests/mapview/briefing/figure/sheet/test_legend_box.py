"""The legend as drawn: nothing cut, no heading left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from figure_parts import Pen

from mapview.briefing.figure.paper.fonts import Face
from mapview.briefing.figure.sheet.legend_box import (
    brief_items,
    draw_legend,
    legend_items,
    set_legend,
)
from mapview.cartography.legend import AREAS, CERTAINTY, GROUND, INCIDENTS, LegendEntry
from mapview.cartography.style import HATCHES, KINDS

LONG = "Armed or unspecified attack, assassination, hostage taking"


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_no_heading_ends_a_column(columns: int, count: int) -> None:
    entries = [LegendEntry(INCIDENTS, "symbol", LONG)]
    entries += [LegendEntry(AREAS, "hatch", f"Group {i}") for i in range(count)]
    key = set_legend(legend_items(entries, 9), Face(9), 60 * columns, columns)
    assert sum(map(len, key.columns)) == len(entries) + 2
    assert all(column[-1].item.form != "heading" for column in key.columns)


def test_no_label_is_cut_in_a_narrow_column() -> None:
    key = set_legend(legend_items([LegendEntry(INCIDENTS, "symbol", LONG)], 9), Face(9), 35, 1)
    assert " ".join(key.columns[0][1].lines) == LONG


def test_groups_left_out_are_counted_before_what_all_areas_share() -> None:
    entries = [LegendEntry(AREAS, "hatch", f"Group {i}") for i in range(5)]
    entries.append(LegendEntry(AREAS, "edge", "Wide"))
    forms = [one.form for one in legend_items(entries, 2)]
    assert forms == ["heading", "hatch", "hatch", "more", "edge"]
    assert "and 3 more" in legend_items(entries, 2)[3].words


def drawn(entry: LegendEntry) -> Pen:
    pen = Pen()
    draw_legend(pen, set_legend(legend_items([entry], 9), Face(9), 60, 1), (10, 10))
    return pen


def test_a_disputed_border_is_one_dashed_line_and_no_hatch() -> None:
    [line] = drawn(LegendEntry(GROUND, "border", "Disputed border")).drawn
    assert line.how["line"] == "border"
    assert line.how["dash"]
    assert "fill" not in line.how


@pytest.mark.parametrize("form", ["hatch", "faded", "edge"])
def test_base_areas_are_shown_by_the_hatch_of_their_group(form: str) -> None:
    pen = drawn(LegendEntry(AREAS, form, "G", hatch=2))  # type: ignore[arg-type]
    assert {one.how["line"] for one in pen.drawn if "line" in one.how} == {HATCHES[2].color.light}
    assert any(one.how.get("cap") == "round" for one in pen.drawn) is (form == "faded")
    assert any("fill" in one.how for one in pen.drawn) is (form != "edge")


def test_certainty_is_shown_as_on_the_map() -> None:
    ring = drawn(LegendEntry(CERTAINTY, "ring", "Ring", kind=2))
    assert ring.lines("ring")[0].how["dash"]
    assert ring.drawn[-1].how == {"fill": KINDS[2].color.light}
    hollow = drawn(LegendEntry(CERTAINTY, "hollow", "Hollow", status=1))
    assert hollow.drawn[-1].how["fill"] == "paper"
    province = drawn(LegendEntry(CERTAINTY, "province", "Shaded"))
    assert province.drawn[0].how["fill"] == "tint"


def test_circles_stand_beside_each_other_with_their_numbers() -> None:
    entry = LegendEntry(INCIDENTS, "discs", "Several", circles=((2, 1.5), (30, 3), (1200, 4)))
    pen = drawn(entry)
    assert [words for words in pen.words if words[0].isdigit()] == ["2", "30", "1.2k"]
    boxes = [one.shape.bounds for one in pen.drawn]
    assert [round(right - left, 2) for left, _, right, _ in boxes] == [3, 6, 8]
    assert all(one[2] < other[0] for one, other in pairwise(boxes))


def test_few_words_have_no_headings_and_one_line_for_all_groups() -> None:
    entries = [LegendEntry(INCIDENTS, "symbol", "Bombing")]
    entries += [LegendEntry(AREAS, "hatch", f"Group {i}") for i in range(3)]
    entries.append(LegendEntry(AREAS, "edge", "Wide"))
    words = [one.words for one in brief_items(entries)]
    assert words == ["Bombing", "Base areas: Group 0 and 2 more"]

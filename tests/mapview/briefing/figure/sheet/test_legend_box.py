"""The legend as drawn: nothing cut, no heading left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from figure_parts import Pen

from mapview.briefing.figure.paper.fonts import Face
from mapview.briefing.figure.scene import DiscScale
from mapview.briefing.figure.sheet.contents import Contents
from mapview.briefing.figure.sheet.legend_box import (
    brief_items,
    draw_legend,
    legend_items,
    set_legend,
    with_counts,
)
from mapview.cartography.icons import icon
from mapview.cartography.legend import AREAS, INCIDENTS, LegendEntry, every_entry
from mapview.cartography.style import DRAWN, OTHER

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


@pytest.mark.parametrize("entry", every_entry(), ids=lambda one: one.label[:30])
def test_an_icon_is_its_primitives(entry: LegendEntry) -> None:
    pen = drawn(entry)
    shapes = [one for one in pen.drawn if one.how.get("line") != "halo"]
    wanted = icon(entry)
    assert [
        (one.how.get("fill", ""), one.how.get("line", ""), bool(one.how.get("dash")))
        for one in shapes
    ] == [(one.fill, one.stroke, bool(one.dash)) for one in wanted if one.shape != "letter"]
    letters = [one.name for one in wanted if one.shape == "letter"]
    assert [words for words in pen.words if len(words) == 1 or words in letters] == letters


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


KINDS = [LegendEntry(INCIDENTS, "symbol", f"Kind {kind}", kind=kind) for kind in (0, 1, OTHER)]


def counted(red: tuple[str, int] | None = None) -> Pen:
    counts = {0: (2, 3), 1: (6, 6), OTHER: (9, 9)}
    contents = Contents((), DiscScale.of([], 4.4, 1.75, 1), 1, tuple(KINDS), counts, red)
    pen = Pen()
    items = with_counts(legend_items(KINDS, 9), contents.counts, contents.red)
    draw_legend(pen, set_legend(items, Face(9), 60, 1), (10, 10))
    return pen


def test_kinds_are_counted_the_most_first_and_any_other_last() -> None:
    said = [
        one for one in counted().words if one.startswith(("Kind", "Incidents")) or "0" < one < ":"
    ]
    assert said == ["Incidents on the map", "6", "Kind 1", "2–3", "Kind 0", "9", f"Kind {OTHER}"]


def test_a_bar_is_as_long_as_its_number_and_pale_where_that_is_not_certain() -> None:
    bars = [
        (one.how["fill"], round(right - left, 2), one.how["fill_alpha"])
        for one in counted().drawn
        if (bounds := one.shape.bounds) and bounds[3] - bounds[1] < 0.6
        for left, right in [(bounds[0], bounds[2])]
        if one.how.get("fill_alpha", 1) < 1
    ]
    long, [first, *others] = 60 - 8 - 6, bars
    assert first == (DRAWN[1].color.light, round(long * 6 / 9, 2), 0.6)
    assert others == [
        (DRAWN[0].color.light, round(long * 2 / 9, 2), 0.6),
        (DRAWN[0].color.light, round(long * 1 / 9, 2), 0.25),
        (DRAWN[OTHER].color.light, long, 0.6),
    ]


def test_a_single_kind_is_not_counted() -> None:
    one = legend_items(KINDS[:1], 9)
    contents = Contents((), DiscScale.of([], 4.4, 1.75, 1), 1, tuple(KINDS[:1]), {0: (1, 1)})
    assert with_counts(one, contents.counts, contents.red) == one


def test_what_is_red_is_said_first_by_a_red_mark() -> None:
    pen = counted(("Red: chosen", 1))
    assert pen.words[:2] == ["Incidents on the map", "Red: chosen"]
    assert "alert" in {one.how.get("fill") for one in pen.drawn}
    assert "alert" not in {one.how.get("fill") for one in counted().drawn}

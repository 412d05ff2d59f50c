"""The legend as drawn: nothing cut, no heading left alone."""

from __future__ import annotations

import pytest

from mapview.briefing.figure.legend import AREAS, INCIDENTS, LegendEntry
from mapview.briefing.figure.paper.fonts import Face
from mapview.briefing.figure.sheet.legend_box import key_items, set_key

LONG = "Armed or unspecified attack, assassination, hostage taking"


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_no_heading_ends_a_column(columns: int, count: int) -> None:
    entries = [LegendEntry(INCIDENTS, "symbol", LONG)]
    entries += [LegendEntry(AREAS, "hatch", f"Group {i}") for i in range(count)]
    key = set_key(key_items(entries, 9), Face(9), 60 * columns, columns)
    assert sum(map(len, key.columns)) == len(entries) + 2
    assert all(column[-1].item.form != "heading" for column in key.columns)


def test_no_label_is_cut_in_a_narrow_column() -> None:
    key = set_key(key_items([LegendEntry(INCIDENTS, "symbol", LONG)], 9), Face(9), 35, 1)
    assert " ".join(key.columns[0][1].lines) == LONG


def test_groups_left_out_are_counted_before_what_all_areas_share() -> None:
    entries = [LegendEntry(AREAS, "hatch", f"Group {i}") for i in range(5)]
    entries.append(LegendEntry(AREAS, "edge", "Wide"))
    forms = [one.form for one in key_items(entries, 2)]
    assert forms == ["heading", "hatch", "hatch", "more", "edge"]
    assert "and 3 more" in key_items(entries, 2)[3].words

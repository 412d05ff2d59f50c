from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from geodata.records import AreaKind
from mapview.cartography.icons import drawn_mark, icon
from mapview.cartography.legend import LegendEntry
from mapview.cartography.outlines import SHAPES
from mapview.cartography.primitives import Primitive
from mapview.cartography.standings import STANDINGS, standing_of
from mapview.cartography.style import HATCHES, KINDS

TOLD_APART = ("headquarters", "camp", "control", "presence", "lost", "faded", "hatch")


@pytest.mark.parametrize("kind", AreaKind)
def test_each_kind_of_area_is_one_thing(kind: AreaKind) -> None:
    assert [kind in one.kinds for one in STANDINGS].count(True) == 1
    assert kind in STANDINGS[standing_of(kind)].kinds


def form_of(name: str) -> list[Primitive]:
    """Return an icon without its hues."""
    primitives = icon(LegendEntry("", name, ""))  # type: ignore[arg-type]
    return [replace(one, fill="x" * bool(one.fill), stroke="x" * bool(one.stroke))
            for one in primitives]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [*combinations(TOLD_APART, 2)])
def test_what_areas_were_is_told_apart_by_form_alone(one: str, other: str) -> None:
    parts = [[(part.shape, part.name, part.at, part.dash) for part in form_of(name)]
             for name in (one, other)]  # fmt: skip
    assert parts[0] != parts[1]


def test_a_mark_has_the_hue_of_its_group_and_the_outline_of_no_incident() -> None:
    marks = [drawn_mark(standing, 7) for standing in range(len(STANDINGS))]
    assert [len(one) for one in marks] == [1, 1, 0, 0]
    assert {one.fill for [*found] in marks for one in found} == {HATCHES[7].color.light}
    names = {one.mark for one in STANDINGS if one.mark}
    assert names <= set(SHAPES)
    assert not names & {kind.shape for kind in KINDS}

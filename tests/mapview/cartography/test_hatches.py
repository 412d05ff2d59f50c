"""Hatches: one a group by its name, and lines that fill what they should."""

from __future__ import annotations

import pytest
import shapely
from fixed_records import base_area

from geodata.records.model import BaseArea
from mapview.cartography.hatches import group_hatches, hatch_lines
from mapview.cartography.style import HATCHES

POINT = {"type": "Point", "coordinates": [69.0, 34.0]}


def areas_of(*groups: str) -> list[BaseArea]:
    return [
        base_area(f"a{index}", group=group, geometry=POINT, radius_km=5, geo_precision="district")
        for index, group in enumerate(groups)
    ]


def test_hatches_go_by_name_and_not_by_the_order_of_the_file() -> None:
    wanted = {"g-a": 0, "g-b": 1, "g-c": 2}
    assert group_hatches(areas_of("g-c", "g-a", "g-b")) == wanted
    assert group_hatches(areas_of("g-b", "g-c", "g-a", "g-c")) == wanted


def test_after_the_last_hatch_comes_the_first_again() -> None:
    many = group_hatches(areas_of(*(f"g{index:02}" for index in range(len(HATCHES) + 1))))
    assert many["g00"] == many[f"g{len(HATCHES):02}"] == 0


def test_a_group_that_no_map_can_draw_takes_no_hatch() -> None:
    country = base_area("c", group="g-a", geometry=POINT, radius_km=300, geo_precision="country")
    assert group_hatches([country, *areas_of("g-b")]) == {"g-b": 0}


@pytest.mark.parametrize("angle", [0, 15, 45, 90, 135])
def test_lines_are_parallel_evenly_apart_and_inside(angle: int) -> None:
    shape = shapely.Point(3, 4).buffer(20)
    parts = shapely.get_parts(hatch_lines(shape, angle, 5))
    assert len(parts) == 8
    assert shape.buffer(1e-9).contains(shapely.MultiLineString(list(parts)))
    turned = [shapely.affinity.rotate(part, -angle, origin=(0, 0)).bounds for part in parts]
    assert all(top == pytest.approx(bottom) for _, top, _, bottom in turned)
    rows = sorted(top / 5 for _, top, _, _ in turned)
    assert rows == pytest.approx([round(row) for row in rows], abs=1e-9)


def test_lines_of_neighbours_line_up() -> None:
    both = hatch_lines(shapely.box(-10, 0, 10, 20), 45, 6)
    halves = [hatch_lines(shapely.box(*box), 45, 6) for box in ((-10, 0, 0, 20), (0, 0, 10, 20))]
    assert both.length == pytest.approx(sum(half.length for half in halves))


def test_nothing_has_no_lines() -> None:
    assert hatch_lines(shapely.Polygon(), 45, 6).is_empty
    assert hatch_lines(shapely.box(1, 1, 2, 2), 0, 6).is_empty

"""Each group has one hatch, by its name, whatever is shown."""

from __future__ import annotations

from fixed_records import base_area

from geodata.records.model import BaseArea
from mapview.cartography.groups import group_hatches
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

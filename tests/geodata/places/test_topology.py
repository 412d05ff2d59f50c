"""TopoJSON read as shapes: steps, shared arcs in either direction, repaired polygons."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import translate
from shapely.geometry import shape

from geodata.errors import GeodataError
from geodata.places.topology import (
    arc_numbers,
    arcs_of,
    chained,
    load_labels,
    load_topology,
    load_waters,
    steps_of,
    to_lines,
    to_polygons,
    to_positions,
)

# Two squares side by side; arc 0 is the edge that they share, from the top to the bottom.
SQUARES: dict[str, Any] = {
    "transform": {"scale": [0.5, 0.25], "translate": [10, 20]},
    "arcs": [
        [[4, 8], [0, -8]],
        [[4, 0], [-4, 0], [0, 8], [4, 0]],
        [[4, 8], [4, 0], [0, -8], [-4, 0]],
    ],
}
LEFT = {"type": "Polygon", "arcs": [[0, 1]]}
RIGHT = {"type": "Polygon", "arcs": [[~0, 2]]}


def test_squares_share_an_edge_in_both_directions() -> None:
    arcs = arcs_of(SQUARES)
    left, right = to_polygons(LEFT, arcs), to_polygons(RIGHT, arcs)
    assert left.equals(shapely.box(10, 20, 12, 22))
    assert right.equals(shapely.box(12, 20, 14, 22))
    assert left.intersection(right).length == 2


def test_shared_ends_stand_once() -> None:
    assert chained([0, 1], arcs_of(SQUARES)).tolist() == [
        [12, 22], [12, 20], [10, 20], [10, 22], [12, 22],
    ]  # fmt: skip


def test_several_parts_and_holes() -> None:
    arcs = arcs_of(SQUARES)
    both = to_polygons({"type": "MultiPolygon", "arcs": [[[0, 1]], [[~0, 2]]]}, arcs)
    assert both.area == 8
    lines = to_lines({"type": "MultiLineString", "arcs": [[0], [1]]}, arcs)
    assert len(shapely.get_parts(lines)) == 2
    assert to_lines({"type": "LineString", "arcs": [0]}, arcs).length == 2


def test_a_shape_that_crosses_itself_is_repaired() -> None:
    bow = {**SQUARES, "arcs": [[[0, 0], [4, 8], [0, -8], [-4, 8], [0, -8]]]}
    found = to_polygons({"type": "Polygon", "arcs": [[0]]}, arcs_of(bow))
    assert found.is_valid
    assert found.area > 0


@given(st.lists(st.tuples(*[st.integers(-(10**6), 10**6)] * 2), min_size=1, max_size=20))
def test_steps_are_read_as_they_were_written(steps: list[tuple[int, int]]) -> None:
    arc = [list(step) for step in steps]
    assert steps_of(to_positions(arc)) == arc


def test_arcs_are_numbered_whichever_way_they_run() -> None:
    assert list(arc_numbers([[0, ~1], [[~2], 3]])) == [0, 1, 2, 3]
    assert list(arc_numbers([])) == []


def test_labels_have_a_place_and_a_rank() -> None:
    labels = load_labels()
    assert {"Kabul", "Tokyo"} <= {one["name"] for one in labels}
    assert all(abs(one["lon"]) <= 180 and abs(one["lat"]) <= 90 for one in labels)


def test_unknown_topology_says_what_there_is() -> None:
    with pytest.raises(
        GeodataError, match="must be one of detail, outlook, provinces, world, got 'moon'"
    ):
        load_topology("moon")


def test_waters_have_shapes_that_share_nothing() -> None:
    kinds = [one["kind"] for one in load_waters()]
    assert set(kinds) == {"ocean", "sea", "lake"}
    assert kinds == sorted(kinds, key=["ocean", "sea", "lake"].index)
    shapes = [shape(one["geometry"]) for one in load_waters()]
    assert all(one.is_valid and not one.is_empty for one in shapes)
    tree = shapely.STRtree(shapes)
    for turn in (-360, 0, 360):
        for index, one in enumerate(shapes):
            turned = translate(one, turn)
            for other in tree.query(turned, predicate="intersects"):
                is_same = int(other) == index and not turn
                assert is_same or turned.intersection(shapes[other]).area < 0.01


def test_no_water_has_a_name_that_states_dispute() -> None:
    names = " ".join(one["name"] for one in load_waters())
    for word in ("Persian", "Arabian Gulf", "The Gulf", "Japan", "East Sea", "South China",
                 "West Philippine", "Mexico", "America", "Malawi", "Nyasa"):  # fmt: skip
        assert word not in names


def test_every_lake_that_is_named_is_drawn() -> None:
    world = load_topology("world")
    arcs = arcs_of(world)
    drawn = [to_polygons(one, arcs) for one in world["objects"]["lakes"]["geometries"]]
    for one in load_waters():
        if one["kind"] == "lake":
            held = [lake for lake in drawn if lake.intersects(shape(one["geometry"]))]
            assert max(lake.area for lake in held) > 0.1, one["name"]

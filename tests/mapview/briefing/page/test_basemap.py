"""The cut basemap: it still decodes, neighbours stay joined, and it is small."""

from __future__ import annotations

import gzip
import json
import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.places.topology import (
    arc_numbers,
    arcs_of,
    chained,
    load_topology,
    to_degrees,
    to_polygons,
    to_positions,
)
from mapview.briefing.page.basemap import (
    Region,
    cut_coarse_provinces,
    cut_detail,
    cut_labels,
    cut_provinces,
    cut_world,
    in_rows,
)

KABUL = (69.17, 34.53)
AROUND_KABUL = Region.around([KABUL])


def rings_of(topology: dict[str, Any], name: str) -> list[list[int]]:
    rings = []
    for item in topology["objects"][name]["geometries"]:
        polygons = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        rings += [ring for polygon in polygons for ring in polygon]
    return rings


def positions(topology: dict[str, Any], ring: list[int]) -> list[tuple[float, float]]:
    return [tuple(at) for at in chained(ring, arcs_of(topology)).tolist()]


def packed_size(value: object) -> int:
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return len(gzip.compress(text.encode(), 9, mtime=0))


def shapes_by_iso(topology: dict[str, Any]) -> dict[str, Any]:
    arcs = arcs_of(topology)
    return {
        item["properties"]["iso"]: to_polygons(item, arcs)
        for item in topology["objects"]["countries"]["geometries"]
    }


@pytest.mark.parametrize("places", [[], [KABUL], [KABUL, (-74.0, 40.7)], [(179.9, -17.0)]])
def test_every_ring_is_closed_and_has_room(places: list[tuple[float, float]]) -> None:
    topology = cut_world(Region.around(places))
    arcs = arcs_of(topology)
    for name in ("countries", "lakes"):
        for ring in rings_of(topology, name):
            points = chained(ring, arcs).tolist()
            assert len(points) >= 4
            assert points[0] == points[-1]
    used = {i if i >= 0 else ~i for name in topology["objects"] for i in flat(topology, name)}
    assert used == set(range(len(topology["arcs"])))


def flat(topology: dict[str, Any], name: str) -> list[int]:
    def walk(nested: Any) -> list[int]:
        return [nested] if isinstance(nested, int) else [i for one in nested for i in walk(one)]

    return walk([item["arcs"] for item in topology["objects"][name]["geometries"]])


def test_countries_near_the_content_keep_every_point() -> None:
    cut = shapes_by_iso(cut_world(Region.around([KABUL], (60.0, 29.0, 75.0, 39.0))))
    assert cut["AF"].equals_exact(shapes_by_iso(load_topology("world"))["AF"], 1e-9)


def test_far_countries_are_thinned_but_where_they_were() -> None:
    whole, cut = shapes_by_iso(load_topology("world")), shapes_by_iso(cut_world(AROUND_KABUL))
    assert set(cut) >= {"BR", "US", "FR", "NZ", "AQ"}
    for iso in ("BR", "FR", "AU"):
        assert len(cut[iso].wkb) < len(whole[iso].wkb) / 1.5
        assert cut[iso].symmetric_difference(whole[iso]).area < 0.05 * whole[iso].area


def test_neighbours_share_their_border_arc_by_arc() -> None:
    topology = cut_world(AROUND_KABUL)
    items = {
        item["properties"]["iso"]: item for item in topology["objects"]["countries"]["geometries"]
    }
    for one, other in (("FR", "ES"), ("AF", "PK"), ("BR", "AR")):
        arcs = [
            {i if i >= 0 else ~i for i in flat_item(items[iso]["arcs"])} for iso in (one, other)
        ]
        assert arcs[0] & arcs[1]


def flat_item(nested: Any) -> list[int]:
    return [nested] if isinstance(nested, int) else [i for one in nested for i in flat_item(one)]


def test_disputed_borders_stay_marked() -> None:
    def disputed(topology: dict[str, Any]) -> int:
        borders = topology["objects"]["borders"]["geometries"]
        return sum(int(item["properties"]["disputed"]) for item in borders)

    assert disputed(cut_world(AROUND_KABUL)) == disputed(load_topology("world"))


def test_only_drawn_provinces_and_near_lines_are_kept() -> None:
    topology = cut_provinces(AROUND_KABUL, ["AF.13", "US.NY", "XX.00"])
    codes = {item["properties"]["code"] for item in topology["objects"]["provinces"]["geometries"]}
    assert codes == {"AF.13", "US.NY"}
    assert all(positions(topology, ring) for ring in rings_of(topology, "provinces"))
    arcs = arcs_of(topology)
    (lines,) = topology["objects"]["province_lines"]["geometries"]
    for (index,) in lines["arcs"]:
        assert any(AROUND_KABUL.covers(lon, lat) for lon, lat in arcs[index])


def test_rivers_and_districts_are_kept_where_the_content_is() -> None:
    topology = cut_detail(AROUND_KABUL)
    arcs = arcs_of(topology)
    assert len(arcs) > 100
    assert set(topology["objects"]) == {"rivers", "district_lines"}
    assert all(any(AROUND_KABUL.covers(lon, lat) for lon, lat in arc) for arc in arcs)
    nothing = cut_detail(Region.around([]))
    assert nothing["arcs"] == []


def test_nothing_near_gives_no_lines() -> None:
    topology = cut_provinces(Region.around([]), [])
    assert [item["geometries"] for item in topology["objects"].values()] == [[], []]
    assert topology["arcs"] == []


def test_names_are_dense_near_and_sparse_far() -> None:
    labels = cut_labels(AROUND_KABUL)
    names = {label["name"] for label in labels}
    assert {"Kabul", "Jalalabad", "Khost", "Brazil", "Tokyo"} <= names
    far = [one for one in labels if not AROUND_KABUL.covers(one["lon"], one["lat"])]
    assert all(one["rank"] <= 1 or one["kind"] == "country" for one in far)


def test_the_region_goes_on_beyond_180_degrees() -> None:
    region = Region.around([(179.5, -17.0)])
    assert region.covers(-178.0, -17.0)
    assert region.covers(175.0, -17.0)
    assert not region.covers(0.0, -17.0)
    assert Region.around([], (170.0, -20.0, -170.0, -10.0)).covers(-172.0, -15.0)


def test_sizes() -> None:
    far_apart = [KABUL, (-74.0, 40.7), (18.0, 59.0), (37.6, 55.7), (100.0, 14.0)]
    region = Region.around(far_apart)
    total = sum(
        map(packed_size, (cut_world(region), cut_provinces(region, []), cut_labels(region)))
    )
    assert total < 110_000


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=0, max_size=4))
def test_any_places_give_a_region_that_covers_them(places: list[tuple[float, float]]) -> None:
    region = Region.around(places)
    assert all(region.covers(lon, lat) for lon, lat in places)


def test_thinned_lines_stay_within_the_tolerance() -> None:
    arc = [[20_000, 60_000], *([40, 30 * (-1) ** i] for i in range(300))]
    transform = load_topology("world")["transform"]
    from mapview.briefing.page import basemap

    points = to_positions(arc)
    thin = points[basemap._needed(to_degrees(points, transform), np.zeros(len(arc), dtype=bool))]
    assert len(thin) < len(arc)
    kept = [tuple(one) for one in thin]
    ends = [tuple(one) for one in points[[0, -1]]]
    assert [kept[0], kept[-1]] == ends
    scale = transform["scale"]
    for point in points:
        nearest = min(
            distance_to(
                point * scale,
                (a[0] * scale[0], a[1] * scale[1]),
                (b[0] * scale[0], b[1] * scale[1]),
            )
            for a, b in pairwise(kept)
        )
        assert nearest <= basemap._TOLERANCE + 1e-9


def distance_to(point: Any, start: tuple[float, float], end: tuple[float, float]) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = (
        0.0 if not length else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    )
    share = min(1.0, max(0.0, share))
    return math.hypot(point[0] - start[0] - share * dx, point[1] - start[1] - share * dy)


def test_coarse_provinces_are_as_exact_as_their_page_says() -> None:
    coarse, fine = cut_coarse_provinces(), load_topology("provinces")
    counts = [len(one["objects"]["provinces"]["geometries"]) for one in (coarse, fine)]
    assert counts[0] > 0.95 * counts[1]
    # In degrees: 8 km along a meridian, where they are longest.
    points = shapely.points(np.vstack(_lines_between_provinces(fine))[::23])
    tree = shapely.STRtree([shapely.LineString(one) for one in _lines_between_provinces(coarse)])
    _, distances = tree.query_nearest(points, return_distance=True)
    assert 0.02 < distances.max() < 8 / 111.2


def _lines_between_provinces(topology: dict[str, Any]) -> list[Any]:
    arcs = arcs_of(topology)
    lines = topology["objects"]["province_lines"]["geometries"]
    return [arcs[i] for i in sorted({i for one in lines for i in arc_numbers(one["arcs"])})]


def numbers_of(letters: str) -> list[int]:
    codes = [ord(one) - 35 - (ord(one) > 92) for one in letters]
    return [-(code + 1) // 2 if code % 2 else code // 2 for code in codes]


def test_arcs_in_one_row_are_those_of_the_topology_and_pack_smaller() -> None:
    topology = cut_coarse_provinces()
    packed = in_rows(topology)["arcs"]
    steps = np.array(numbers_of(packed["steps"])).reshape(-1, 2)
    ends = np.cumsum(numbers_of(packed["lengths"]))
    found = np.split(np.cumsum(steps, axis=0), ends[:-1])
    given = [np.cumsum(np.array(one), axis=0) for one in topology["arcs"]]
    assert all(np.array_equal(a, b) for a, b in zip(found, given, strict=True))
    assert packed_size(packed) < 0.66 * packed_size(topology["arcs"])

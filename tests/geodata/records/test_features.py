"""Tests of records as GeoJSON features: positions, rings as RFC 7946 asks, parties by role."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from fixed_records import base_area, claim, incident
from hypothesis import given
from strategies import incidents

from geodata.records.collection import Records
from geodata.records.describe import describe_responsibility
from geodata.records.features import (
    PARTY_COLUMNS,
    describe_parties,
    from_feature,
    to_area_feature,
    to_feature,
)
from geodata.records.model import Group
from geodata.records.parties import parties

CLOCKWISE = [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]
HOLE = [[2, 2], [4, 2], [4, 4], [2, 4], [2, 2]]
ELSEWHERE = [[20, 0], [20, 5], [25, 5], [25, 0], [20, 0]]


def turns(ring: list[list[float]]) -> int:
    """1 where a ring runs counter-clockwise, -1 where it runs clockwise."""
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
    return 1 if area > 0 else -1


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [("Polygon", [CLOCKWISE, HOLE]), ("MultiPolygon", [[CLOCKWISE, HOLE], [ELSEWHERE]])],
)
@pytest.mark.parametrize("is_turned", [False, True])
def test_outer_rings_run_counter_clockwise_and_holes_clockwise(kind, coordinates, is_turned):
    def turned(part: Any) -> Any:
        is_ring = isinstance(part[0][0], int)
        return part[::-1] if is_ring else [turned(one) for one in part]

    given = turned(coordinates) if is_turned else coordinates
    area = base_area(geometry={"type": kind, "coordinates": given})
    geometry = to_area_feature(area, Records((), (area,)))["geometry"]
    assert geometry["type"] == kind
    parts = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
    assert [[turns(ring) for ring in part] for part in parts] == (
        [[1, -1]] if kind == "Polygon" else [[1, -1], [1]]
    )


@pytest.mark.parametrize(
    ("points", "geometry"),
    [
        ((), None),
        (((69.123456789, 34.5),), {"type": "Point", "coordinates": [69.1234568, 34.5]}),
        (((1, 2), (3, 4)), {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}),
    ],
)
def test_places_are_positions_of_seven_decimals(points, geometry):
    one = incident(points=points)
    feature = to_feature(one, Records((one,)))
    assert feature["geometry"] == geometry
    again = from_feature(feature)
    assert [tuple(round(part, 7) for part in point) for point in points] == list(again.points)


@given(incidents())
def test_parties_stand_apart_by_role_in_every_feature(one):
    properties = to_feature(one, Records((one,)))["properties"]
    assert not set(properties["actors"]) & set(properties["accused"])
    for role, (ids, names) in PARTY_COLUMNS.items():
        assert tuple(properties[ids]) == parties(one.claims)[role]
        assert len(properties[names]) == len(properties[ids])
    assert not {"groups", "group_names"} & set(properties)
    assert properties["attribution_text"] == describe_responsibility(one, Records((one,)))


NAMED = Records(
    groups=(
        Group(id="iskp", name="Islamic State – Khorasan Province", short_name="IS-KP"),
        Group(id="houthis", name="Houthis"),
    )
)


def test_parties_stand_under_their_roles_with_their_caveats():
    one = incident(
        claims=(
            claim("attribution", "iskp", stance="claims", role="actor"),
            claim(
                "attribution",
                "houthis",
                stance="assigns to another party",
                role="accused",
                caveat="Without evidence.",
            ),
            claim("attribution", "third-party", stance="denies", role="cleared"),
            claim("involved", "somebody", role="target", caveat="Alleged."),
            claim("involved", "another", role="target"),
            claim("involved", "third"),
        )
    )
    assert describe_parties(one, NAMED) == (
        ("Actors", "IS-KP"),
        ("Accused", "Houthis (Without evidence.)"),
        ("Cleared", "third-party"),
        ("Targeted parties", "somebody (Alleged.), another"),
        ("Others named", "third"),
    )
    assert describe_parties(incident(), NAMED) == ()

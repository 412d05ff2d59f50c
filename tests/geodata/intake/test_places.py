"""Tests of places as other programs write them."""

from __future__ import annotations

import pytest
import shapely

from geodata.errors import RecordError
from geodata.intake.places import geometry_of, has_height, is_at, position_of

PLACED = shapely.Point(69.2, 34.5)
POINT = {"type": "Point", "coordinates": [69.2, 34.5]}


@pytest.mark.parametrize(
    "written",
    [
        "POINT (69.2 34.5)",
        "Point Z (69.2 34.5 1800)",
        "SRID=4326;POINT(69.2 34.5)",
        '{"type": "Point", "coordinates": [69.2, 34.5]}',
        shapely.to_wkb(shapely.Point(69.2, 34.5), hex=True),
        shapely.to_wkb(
            shapely.set_srid(shapely.Point(69.2, 34.5), 4326), hex=True, include_srid=True
        ),
        {"type": "GeometryCollection", "geometries": [POINT]},
    ],
)
def test_a_point_is_a_point_however_it_is_written(written):
    geometry = geometry_of(written)
    assert geometry["type"] == "Point"
    assert list(geometry["coordinates"][:2]) == [69.2, 34.5]


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        " ",
        "POINT EMPTY",
        "MULTIPOINT EMPTY",
        {"type": "GeometryCollection", "geometries": []},
        {"type": "MultiPoint", "coordinates": []},
    ],
)
def test_no_place_is_none(written):
    assert geometry_of(written) is None


def test_a_collection_of_one_kind_is_that_kind():
    many = {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}
    joined = geometry_of({"type": "GeometryCollection", "geometries": [POINT, many]})
    assert joined == {"type": "MultiPoint", "coordinates": [[69.2, 34.5], [1, 2], [3, 4]]}
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    with pytest.raises(RecordError, match="must be of one kind, got a collection of"):
        geometry_of({"type": "GeometryCollection", "geometries": [POINT, line]})


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("somewhere", "geometry must be GeoJSON or WKT, got 'somewhere'"),
        ("{", "geometry must be GeoJSON or WKT"),
        ("{" * 99_999, "geometry must be GeoJSON or WKT"),
        ("00" * 30, "geometry must be GeoJSON or WKT"),
        ("SRID=3857;POINT(7703310 4096000)", "must be in WGS 84 .EPSG:4326., got EPSG:3857"),
    ],
)
def test_what_is_no_place_is_told(written, message):
    with pytest.raises(RecordError, match=message):
        geometry_of(written)


def test_columns_of_their_own_make_a_place():
    assert position_of({}, None) is None
    assert position_of({}, POINT) == POINT
    assert position_of({"lat": "34,5", "lon": "69.2"}, None) == POINT
    assert position_of({"lat": "34.5", "lon": "69.2"}, POINT) == POINT


@pytest.mark.parametrize(
    ("values", "geometry", "message"),
    [
        ({"lat": "34.5"}, None, "lon and lat must both be given, got lat '34.5' alone"),
        ({"lon": "69.2"}, POINT, "lon and lat must both be given, got lon '69.2' alone"),
        ({"lon": "east", "lat": "1"}, None, "lon must be a number, got 'east'"),
        ({"lon": "69.3", "lat": "34.5"}, POINT, "must be those of the geometry, got .69.3, 34.5."),
    ],
)
def test_half_a_place_and_two_places_are_told(values, geometry, message):
    with pytest.raises(RecordError, match=message):
        position_of(values, geometry)


def test_an_outline_has_no_place_to_compare():
    square = {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]]}
    assert is_at({"lon": 5, "lat": 5}, square)
    assert not is_at({"lon": 5, "lat": 5}, {"type": "MultiPoint", "coordinates": [[1, 2]]})


@pytest.mark.parametrize(
    ("geometry", "has"),
    [
        (None, False),
        (POINT, False),
        ({"type": "Point", "coordinates": [1, 2, 3]}, True),
        ({"type": "Polygon", "coordinates": [[[1, 2, 3]]]}, True),
        ({"type": "Polygon", "coordinates": 7}, False),
    ],
)
def test_heights_are_seen(geometry, has):
    assert has_height(geometry) is has

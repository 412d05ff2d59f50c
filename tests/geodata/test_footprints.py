"""Tests of footprints: a place is never an area smaller, or other, than what is known of it."""

from __future__ import annotations

import pytest
from fixed_records import base_area, incident
from shapely import Point

from geodata.footprints import footprint
from geodata.geodesy import distance_km
from geodata.places.boundaries import provinces
from geodata.publication.prepare import Coarsening, Publication, prepare
from geodata.records import FORMS, GeoPrecision, Incident, drawn_radius_km

KABUL, FARYAB = (69.17, 34.53), (64.9, 36.0)


def placed(precision: str, radius_km: float, **fields: object) -> Incident:
    return incident(points=(KABUL,), geo_precision=precision, radius_km=radius_km, **fields)


@pytest.mark.parametrize(
    ("precision", "given", "drawn"),
    [
        (GeoPrecision.NEAR_SETTLEMENT, 0, 0),
        (GeoPrecision.NEAR_SETTLEMENT, None, 10),
        (GeoPrecision.DISTRICT, 60, 60),
        (GeoPrecision.PROVINCE, None, 80),
        (GeoPrecision.REGION, 0.0, 0),
        (GeoPrecision.SITE, None, 0),
    ],
)
def test_a_usual_radius_is_drawn_only_where_none_is_given(
    precision: GeoPrecision, given: float | None, drawn: float
) -> None:
    assert drawn_radius_km(precision, given) == drawn


@pytest.mark.parametrize("precision", ["site", "settlement"])
def test_a_point_has_none(precision):
    assert footprint(placed(precision, 5)) is None


def test_what_no_map_shows_has_none():
    assert footprint(incident()) is None
    assert footprint(placed("country", 400)) is None
    assert footprint(base_area(geometry=None)) is None


def test_a_ring_is_as_wide_as_the_record_says():
    found = footprint(placed("district", 40))
    assert (found.form, len(found.shape.geoms)) == ("ring", 1)
    for lon, lat in found.shape.geoms[0].exterior.coords:
        assert distance_km(*KABUL, lon, lat) == pytest.approx(40, rel=0.01)


def test_a_point_that_nobody_says_how_exact_has_a_ring_that_bounds_nothing():
    found = footprint(placed("not stated", None))
    assert found.form == "assumed"
    for lon, lat in found.shape.geoms[0].exterior.coords:
        assert distance_km(*KABUL, lon, lat) == pytest.approx(15, rel=0.01)
    point = {"type": "Point", "coordinates": list(KABUL)}
    area = base_area(geometry=point, geo_precision="not stated", radius_km=None)
    assert footprint(area).form == "assumed"


def test_each_of_several_places_has_a_ring():
    one = incident(points=(KABUL, FARYAB), geo_precision="near settlement", radius_km=10)
    shape = footprint(one).shape
    assert len(shape.geoms) == 2
    assert all(shape.covers(Point(at)) for at in (KABUL, FARYAB))


def test_a_province_is_its_outline_and_a_ring_where_none_is_known():
    found = footprint(placed("province", 80, admin1_code="AF.07"))
    assert found.form == "province"
    assert found.shape.equals(provinces()["AF.07"].geometry)
    assert footprint(placed("province", 80, admin1_code="AF.99")).form == "ring"


def test_a_base_area_is_always_an_area():
    assert footprint(base_area(geo_precision="settlement", radius_km=0.0)) is None
    assert footprint(base_area(geo_precision="settlement", radius_km=3)).form == "ring"
    inside = base_area(level="province", admin1_code="AF.18", geo_precision="province")
    assert footprint(inside).form == "province"


def test_an_outline_needs_none():
    ring = [[69, 34], [70, 34], [70, 35], [69, 34]]
    area = base_area(geometry={"type": "Polygon", "coordinates": [ring]})
    assert footprint(area) is None


@pytest.mark.parametrize("coarsen", Coarsening)
def test_what_was_coarsened_is_no_more_exact_for_it(coarsen, shipped):
    """Every place that is rounded is an area, and no ring is smaller than one of the grid."""
    records = prepare(shipped, Publication(coarsen=coarsen)).records
    found = [one for one in (*records.incidents, *records.base_areas) if one.is_mappable]
    assert len(found) > 50
    for one in found:
        print_ = footprint(one)
        assert print_ is not None, one
        if print_.form == "ring":
            assert one.radius_km >= 8
            _, south, _, north = print_.shape.bounds
            assert (north - south) * 111 >= 2 * one.radius_km * 0.98
    forms = {form for form, _ in FORMS.values()}
    assert forms == {"point", "ring", "assumed", "province", "none"}

"""Tests of rounding places: what is told always holds the true place, and never tells more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import Point
from strategies import countries, positions, radii

from geodata.geodesy import distances_km
from geodata.places.boundaries import provinces
from geodata.publication.rounding import (
    LEAST_LAND_KM2,
    Coarsening,
    Place,
    _shares,
    cell_at,
    is_as_coarse,
    round_place,
)
from geodata.records.vocabulary import GeoPrecision

KABUL = (69.1723, 34.5281)
DUSHANBE = (68.7790, 38.5358)
FIXED = ("", "AF.13", "IR.29", "TJ.04", "RU.47", "XX.00")
HERE = st.tuples(
    st.floats(60, 75, allow_nan=False).map(lambda x: round(x, 5)),
    st.floats(30, 42, allow_nan=False).map(lambda x: round(x, 5)),
)
levels = st.sampled_from(Coarsening)


@st.composite
def places(draw, points=positions):
    some = draw(st.lists(points | HERE, max_size=3, unique=True))
    precision = draw(st.sampled_from(GeoPrecision))
    if some and precision is GeoPrecision.UNKNOWN:
        precision = GeoPrecision.SITE
    return Place(
        points=tuple(some),
        precision=precision,
        radius_km=draw(radii | st.floats(0, 50)) if some else draw(st.none() | radii),
        admin1_code=draw(st.sampled_from(FIXED)),
        country=draw(countries | st.just("")),
        other_countries=tuple(draw(st.lists(countries, max_size=2))),
    )


def settled(point, country="", code="", radius_km=5.0, **fields):
    return Place((point,), GeoPrecision.SETTLEMENT, radius_km, code, country, **fields)


def nearest_km(point, place):
    return float(distances_km(point, np.array(place.points)).min())


@given(positions)
def test_a_point_lies_in_its_cell_and_within_the_radius_of_its_centre(point):
    lon, lat = point
    cell = cell_at(lon, lat)
    west, south, east, north = cell.bounds
    assert west - 1e-9 <= lon <= east + 1e-9
    assert south - 1e-9 <= lat <= north + 1e-9
    assert cell_at(*cell.centre) == cell
    assert distances_km(cell.centre, np.array([point]))[0] <= cell.radius_km + 0.02


def test_cells_are_about_as_large_as_a_district_wherever_they_are():
    areas = []
    for lat in np.arange(-89.75, 90, 0.5):
        west, south, east, north = np.radians(cell_at(12.3, lat).bounds)
        areas.append((np.sin(north) - np.sin(south)) * (east - west) * 6371.0088**2)
    assert min(areas) > 2_900
    assert max(areas) < 3_400
    assert {round(cell_at(0, lat).radius_km) for lat in range(-80, 81)} <= {39, 40}


@pytest.mark.parametrize("point", [(180, 90), (-180, -90), (180, 0), (-180, 0), (0, 90)])
def test_the_ends_of_the_world_have_a_cell(point):
    lon, lat = cell_at(*point).centre
    assert -180 <= lon <= 180
    assert -90 <= lat <= 90


@given(places(), levels)
def test_the_true_place_lies_in_what_is_told(place, level):
    told = round_place(place, level)
    if not told.points:
        return
    for point in place.points:
        assert nearest_km(point, told) <= told.radius_km
        if told.precision is GeoPrecision.DISTRICT and told != place:
            # The ring also holds the circle in which the place was known to be.
            assert min(nearest_km(point, told) + place.radius_km, 20_038) <= told.radius_km


@given(HERE, st.sampled_from(FIXED))
def test_a_told_province_is_that_of_the_true_place(point, code):
    told = round_place(settled(point, code=code), Coarsening.PROVINCE)
    for known in provinces().values():
        # Borders are simplified: the record's own province counts if it is that near.
        if known.code == told.admin1_code:
            assert known.geometry.distance(Point(point)) < 0.1


@given(places(), levels)
def test_nothing_is_told_more_exactly_than_before_or_than_asked(place, level):
    told = round_place(place, level)
    assert told.precision.rank >= max(level.precision.rank, place.precision.rank)
    assert len(told.points) <= len(place.points)
    if not is_as_coarse(place, level) and set(told.points) & set(place.points):
        assert set(told.points) & {cell_at(*point).centre for point in place.points}


@given(places(), levels)
def test_rounding_twice_changes_nothing_more(place, level):
    told = round_place(place, level)
    assert round_place(told, level) == told


@given(places())
def test_a_place_rounded_to_the_province_is_no_finer_than_one_rounded_to_the_district(place):
    assume(place.points)
    finer = round_place(place, Coarsening.DISTRICT)
    coarser = round_place(place, Coarsening.PROVINCE)
    assert coarser.precision.rank >= finer.precision.rank


@given(places(points=HERE))
def test_what_is_told_leaves_land_open(place):
    told = round_place(place, Coarsening.DISTRICT)
    assume(told.precision is GeoPrecision.DISTRICT and told.points != place.points)
    for lon, lat in told.points:
        shares = {
            code: km2
            for code, km2 in _shares(cell_at(lon, lat)).items()
            if not told.country or provinces()[code].country == told.country
        }
        assert not shares or sum(shares.values()) >= LEAST_LAND_KM2
        assert not told.admin1_code or min(shares.values()) >= LEAST_LAND_KM2


@given(HERE)
def test_a_province_is_kept_back_for_its_whole_cell_or_not_at_all(point):
    codes = [code for code in _shares(cell_at(*point)) if code.startswith("AF.")]
    told = [round_place(settled(point, "AF", code), Coarsening.DISTRICT) for code in codes]
    assume(all(place.precision is GeoPrecision.DISTRICT for place in told))
    assert [place.admin1_code for place in told] in (codes, [""] * len(codes))


def test_a_town_cannot_be_told_by_its_size():
    radii_told = {
        round_place(settled(KABUL, "AF", radius_km=km), Coarsening.DISTRICT).radius_km
        for km in (0.1, 1, 3, 5, 8, 10)
    }
    assert radii_told == {50}


def test_a_town_becomes_its_province():
    told = round_place(settled(KABUL, "AF", "AF.13"), Coarsening.PROVINCE)
    assert (told.precision, told.admin1_code) == ("province", "AF.13")
    assert told.points == ((69.3986, 34.6144),)
    assert told.radius_km == 58


def test_the_record_knows_its_province_better_than_the_simplified_border():
    kabul, logar = provinces()["AF.13"].geometry, provinces()["AF.17"].geometry
    border = kabul.intersection(logar).representative_point()
    middle = kabul.representative_point()
    point = (border.x + 0.02 * (middle.x - border.x), border.y + 0.02 * (middle.y - border.y))
    assert kabul.contains(Point(point))
    by_point = round_place(settled(point, "AF"), Coarsening.PROVINCE)
    by_record = round_place(settled(point, "AF", "AF.17"), Coarsening.PROVINCE)
    assert (by_point.admin1_code, by_record.admin1_code) == ("AF.13", "AF.17")


def test_a_place_stays_in_the_province_that_its_record_states():
    manhattan = settled((-73.9663, 40.7834), "US", "US.NY")
    assert not provinces()["US.NY"].geometry.contains(Point(manhattan.points[0]))
    assert round_place(manhattan, Coarsening.PROVINCE).admin1_code == "US.NY"
    assert round_place(manhattan, Coarsening.DISTRICT).admin1_code in ("US.NY", "")


def test_where_none_is_stated_the_nearest_town_tells_the_province():
    by_town = round_place(settled((-73.9663, 40.7834), "US"), Coarsening.PROVINCE)
    assert by_town.admin1_code == "US.NY"


def test_a_province_far_from_the_place_is_not_believed():
    told = round_place(settled(KABUL, "AF", "AF.10"), Coarsening.PROVINCE)
    assert told == Place((), GeoPrecision.COUNTRY, None, "", "AF")
    assert round_place(settled(KABUL, "AF", "AF.10"), Coarsening.DISTRICT).admin1_code == ""


@pytest.mark.parametrize(
    ("point", "country", "code"),
    [(DUSHANBE, "TJ", "TJ.04"), ((14.44, 35.89), "MT", ""), ((-30.0, 0.0), "BR", "")],
    ids=["a city that is a province", "a small island", "the open sea"],
)
def test_where_no_province_hides_a_place_the_country_alone_is_told(point, country, code):
    told = round_place(settled(point, country, code), Coarsening.PROVINCE)
    assert told == Place((), GeoPrecision.COUNTRY, None, "", country)
    nowhere = round_place(settled((-30.0, 0.0)), Coarsening.PROVINCE)
    assert nowhere == Place()


def test_a_small_island_is_not_told_by_its_cell():
    assert round_place(settled((14.44, 35.89), "MT"), Coarsening.DISTRICT).points == ()


def test_a_place_at_sea_keeps_its_cell():
    told = round_place(settled((50.0, 12.5), "SO"), Coarsening.DISTRICT)
    assert told.points
    assert told.admin1_code == ""


@pytest.mark.parametrize("precision", ["district", "province", "region", "country"])
def test_what_is_as_coarse_already_stays_where_it_is(precision):
    place = Place((KABUL,), GeoPrecision(precision), 40.0, "AF.13", "AF")
    assert round_place(place, Coarsening.DISTRICT) == place


@pytest.mark.parametrize("level", Coarsening)
@pytest.mark.parametrize("radius_km", [None, 15.0, 400.0])
def test_a_point_that_nobody_says_how_exact_may_be_a_doorstep(level, radius_km):
    place = Place((KABUL,), GeoPrecision.NOT_STATED, radius_km, "AF.13", "AF")
    told = round_place(place, level)
    assert told.points != (KABUL,)
    assert told.precision is level.precision


def test_a_circle_too_small_for_a_district_is_none():
    place = Place((KABUL,), GeoPrecision.DISTRICT, 0.5, "AF.13", "AF")
    assert round_place(place, Coarsening.DISTRICT).points == (cell_at(*KABUL).centre,)


@pytest.mark.parametrize("level", Coarsening)
def test_names_alone_leave_province_or_country(level):
    place = Place((), GeoPrecision.SITE, 3, "AF.13", "AF")
    assert round_place(place, level) == Place((), GeoPrecision.PROVINCE, None, "AF.13", "AF")
    tiny = Place((), GeoPrecision.SITE, 3, "TJ.04", "TJ")
    assert round_place(tiny, level) == Place((), GeoPrecision.COUNTRY, None, "", "TJ")
    known = Place((), GeoPrecision.PROVINCE, None, "TJ.04", "TJ")
    assert round_place(known, level).admin1_code == ""


def test_several_places_in_one_cell_are_one():
    near = (KABUL[0] + 0.01, KABUL[1])
    place = Place((KABUL, near), GeoPrecision.SITE, 1, "AF.13", "AF")
    assert len(round_place(place, Coarsening.DISTRICT).points) == 1
    far = Place((KABUL, (62.2, 34.34)), GeoPrecision.SITE, 1, "", "AF")
    told = round_place(far, Coarsening.PROVINCE)
    assert len(told.points) == 2
    assert told.admin1_code == ""


def test_a_province_across_the_antimeridian_has_its_middle_in_itself():
    told = round_place(settled((177.5, 64.7), "RU"), Coarsening.PROVINCE)
    assert told.admin1_code == "RU.15"
    assert 170 < told.points[0][0] < 180
    assert told.radius_km < 1_000

"""Coordinates in every spelling that was met, and what is none."""

from __future__ import annotations

import pytest

from geodata.importing.values import degrees_of, pair_of

SPELLINGS = [
    "35.47666667", "35,47666667", "35°28'36\"N", "35° 28′ 36″ N", "35º28'36''N", "35°28'36N",
    "35°28'36", "35 28 36", "35:28:36", "35d28m36s", "N 35° 28' 36\"", "35'28'36N", "35°28.6'N",
    "Lat: 35°28'36\"", "35°28'36\" North", "35-28-36N", "352836N", "۳۵٫۴۷۶۶۶۶۷",
]  # fmt: skip


@pytest.mark.parametrize("text", SPELLINGS)
def test_spellings_of_one_latitude_are_one(text):
    assert degrees_of(text, 0) == pytest.approx(35.4766667, abs=1e-6)


@pytest.mark.parametrize(
    "text",
    ["28'36N", "_71.456944", "36.12.30", "36.123.456", "36° 75' N", "35°5525.30N", "north", "36 E"],
)
def test_what_is_no_latitude_is_none(text):
    assert degrees_of(text, 0) is None


def test_hemispheres_give_the_sign():
    assert degrees_of("36°30'S", 0) == -36.5
    assert degrees_of("70 W", 1) == -70
    assert degrees_of("-70.5", 1) == -70.5


@pytest.mark.parametrize(
    "text",
    ["36.2, 37.1", "36.2,37.1", "36,2; 37,1", "36.2 37.1", "(36.2, 37.1)", "N36.2 E37.1",
     "37.1 E, 36.2 N", "N 36.2 E 37.1", "N36.2, E37.1", "E 37.1 N 36.2",
     "POINT (37.1 36.2)", "SRID=4326;POINT(37.1 36.2)", "36°12'N 37°6'E"],
)  # fmt: skip
def test_a_pair_in_one_cell_is_latitude_and_longitude(text):
    assert pair_of(text) == pytest.approx((36.2, 37.1))


@pytest.mark.parametrize(
    "text", ["Kabul, 5", "Aleppo, Syria", "36.2", "50,94", "0101000020E6100000", "1, 2, 3"]
)
def test_what_is_no_pair_is_none(text):
    assert pair_of(text) is None


def test_a_pair_may_begin_with_the_longitude_where_that_is_known():
    assert pair_of("37.1, 36.2", is_lon_first=True) == (36.2, 37.1)


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        # The Eiffel Tower and the opera of Sydney, as published.
        ("31U DQ 48251 11932", 48.85820, 2.29450),
        ("56HLH3487352279", -33.85688, 151.21500),
        ("56H 334873 6252279", -33.85688, 151.21500),
        ("31U 448251 5411932", 48.85820, 2.29450),
    ],
)
def test_places_on_the_grid_are_read(text, lat, lon):
    assert pair_of(text) == pytest.approx((lat, lon), abs=1e-4)


def test_a_square_of_the_grid_is_its_middle():
    assert pair_of("31U DQ 48 11") == pytest.approx(pair_of("31U DQ 48500 11500"), abs=1e-9)


@pytest.mark.parametrize("text", ["61U DQ 48251 11932", "31U IQ 1 1", "31U DQ 482 1", "42 WD"])
def test_what_is_no_place_on_the_grid_is_none(text):
    assert pair_of(text) is None

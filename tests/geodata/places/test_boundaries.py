"""The shipped basemap: complete, valid, small enough, and found by code and by name."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from geodata.places.boundaries import (
    UnknownCountryError,
    countries,
    country_codes,
    distance_km,
    province_code,
    province_codes,
    provinces,
)
from geodata.places.topology import BASEMAP_DIR, arcs_of, load_topology, to_lines, to_polygons

KABUL = (69.17, 34.53)
SIMFEROPOL = (34.10, 44.95)
FOCUS_PROVINCES = {"AF": 34, "IR": 31, "KG": 8, "KZ": 16, "PK": 7, "TJ": 5, "TM": 5, "UZ": 14}


@pytest.fixture(scope="module")
def labels() -> list[dict[str, Any]]:
    """Every shipped place label."""
    with gzip.open(BASEMAP_DIR / "labels.json.gz", "rt", encoding="utf-8") as file:
        found: list[dict[str, Any]] = json.load(file)
    return found


def line_points(name: str, member: str, **wanted: object) -> Iterator[tuple[float, float]]:
    """Decode the points of line objects with the wanted properties, without the module's help."""
    topology = load_topology(name)
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for item in topology["objects"][member]["geometries"]:
        if any(item["properties"][key] != value for key, value in wanted.items()):
            continue
        chains = item["arcs"] if item["type"] == "MultiLineString" else [item["arcs"]]
        for index in (index for chain in chains for index in chain):
            x = y = 0
            for step_x, step_y in topology["arcs"][max(index, ~index)]:
                x, y = x + step_x, y + step_y
                yield x * kx + dx, y * ky + dy


def test_checksums_name_every_file_and_match() -> None:
    lines = (BASEMAP_DIR / "CHECKSUMS").read_text(encoding="ascii").splitlines()
    stated = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in BASEMAP_DIR.glob("*.gz")
    }
    assert stated == found
    assert set(found) == {
        f"{name}.gz"
        for name in (
            "detail.topojson",
            "labels.json",
            "outlook.topojson",
            "provinces.topojson",
            "waters.json",
            "world.topojson",
        )
    }


@pytest.mark.parametrize(
    ("name", "limit_kb"),
    [
        ("world.topojson.gz", 170),
        ("provinces.topojson.gz", 500),
        ("outlook.topojson.gz", 160),
        ("labels.json.gz", 120),
        ("waters.json.gz", 5),
    ],
)
def test_files_stay_small(name: str, limit_kb: int) -> None:
    assert (BASEMAP_DIR / name).stat().st_size <= limit_kb * 1000


@pytest.mark.parametrize("name", ["world.topojson.gz", "provinces.topojson.gz", "labels.json.gz"])
def test_files_carry_no_time_stamp(name: str) -> None:
    assert (BASEMAP_DIR / name).read_bytes()[4:8] == bytes(4)


def test_countries_are_the_iso_list_with_kosovo() -> None:
    codes = [
        item["properties"]["iso"]
        for item in load_topology("world")["objects"]["countries"]["geometries"]
    ]
    assert len(codes) == len(set(codes)) == len(countries()) == 250
    assert {"AF", "OM", "RU", "TJ", "VA", "XK", "TW", "PS", "EH"} <= set(codes)


@pytest.mark.parametrize("outlines", [countries, provinces])
def test_every_outline_is_a_valid_polygon(outlines: Any) -> None:
    for key, outline in outlines().items():
        assert outline.geometry.is_valid, key
        assert not outline.geometry.is_empty, key
        assert outline.geometry.geom_type in {"Polygon", "MultiPolygon"}, key
        assert outline.name.strip() == outline.name != "", key


def test_large_countries_keep_their_land() -> None:
    """Shapes that a wrong repair turned inside out would lose or gain most of their area."""
    areas = {"AF": 63.0, "OM": 27.4, "TJ": 14.8, "PK": 83.0, "RU": 2930.0}
    for code, expected in areas.items():
        assert countries()[code].geometry.area == pytest.approx(expected, rel=0.05), code


def test_no_polygon_spans_the_antimeridian() -> None:
    for code, country in countries().items():
        west, south, east, north = country.geometry.bounds
        assert -180 <= west <= east <= 180, code
        assert -90 <= south <= north <= 90, code
        for part in shapely.get_parts(country.geometry):
            assert code == "AQ" or part.bounds[2] - part.bounds[0] < 180, code


def test_land_does_not_overlap_its_neighbours() -> None:
    afghanistan = countries()["AF"].geometry
    for code in ("PK", "IR", "TM", "UZ", "TJ", "CN"):
        neighbour = countries()[code].geometry
        assert afghanistan.intersects(neighbour), code
        assert afghanistan.intersection(neighbour).area < 1e-4, code


@pytest.mark.parametrize("code", [*sorted(FOCUS_PROVINCES), "RU", "IN"])
def test_provinces_fill_their_country(code: str) -> None:
    own = [province.geometry for province in provinces().values() if province.country == code]
    whole = countries()[code].geometry
    assert shapely.union_all(own).symmetric_difference(whole).area < 0.01 * whole.area


def test_focus_countries_have_their_provinces_under_different_names() -> None:
    counts = Counter(province.country for province in provinces().values())
    assert {code: counts[code] for code in FOCUS_PROVINCES} == FOCUS_PROVINCES
    for code in (*FOCUS_PROVINCES, "RU", "UA"):
        names = [province.name for province in provinces().values() if province.country == code]
        assert len(names) == len(set(names)), code


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [
        ("AF.42", "Panjshir", (69.52, 35.31)),
        ("AF.40", "Parwan", (69.17, 35.01)),
        ("AF.41", "Daykundi", (66.13, 33.72)),
        ("AF.39", "Uruzgan", (65.88, 32.63)),
        ("AF.18", "Nangarhar", (70.45, 34.43)),
        ("PK.03", "Khyber Pakhtunkhwa", (70.10, 33.90)),
        ("TJ.03", "Sughd", (69.62, 40.28)),
        ("TJ.04", "Dushanbe City", (68.78, 38.54)),
        ("RU.47", "Moscow Oblast", (38.45, 55.80)),
        ("RU.48", "Moscow City", (37.62, 55.75)),
        ("UZ.13", "Tashkent City", (69.28, 41.31)),
        ("KZ.14", "Kyzylorda", (63.30, 45.95)),
        ("UA.11", "Crimea", SIMFEROPOL),
        ("EH.00", "Western Sahara", (-13.2, 27.1)),
        ("GB.ENG", "England", (-1.5, 52.5)),
    ],
)
def test_provinces_lie_where_they_should(code: str, name: str, place: tuple[float, float]) -> None:
    assert provinces()[code].name == name
    assert provinces()[code].geometry.contains(Point(place))


def test_province_codes_carry_their_country() -> None:
    for code, province in provinces().items():
        assert code.startswith(f"{province.country}."), code
        assert province.country in countries(), code


def test_crimea_is_drawn_as_ukraine_and_fata_is_gone() -> None:
    assert countries()["UA"].geometry.contains(Point(SIMFEROPOL))
    assert not countries()["RU"].geometry.intersects(Point(SIMFEROPOL))
    assert "PK.01" not in provinces()


@pytest.mark.parametrize(
    ("what", "bounds"),
    [
        ("line of control in Kashmir", (73.5, 33.0, 77.5, 35.2)),
        ("Siachen", (76.8, 35.0, 77.8, 35.8)),
        ("Aksai Chin", (77.7, 32.5, 80.0, 35.6)),
        ("Arunachal Pradesh", (91.5, 27.3, 97.5, 29.5)),
        ("Crimea", (33.4, 45.8, 35.3, 46.3)),
        ("Abkhazia", (41.4, 42.3, 42.8, 43.4)),
        ("Northern Cyprus", (32.5, 34.9, 34.1, 35.3)),
        ("Somaliland", (48.5, 7.9, 49.3, 11.4)),
        ("Western Sahara", (-13.3, 27.6, -8.6, 27.8)),
        ("Kosovo", (20.0, 42.0, 21.9, 43.3)),
        ("West Bank", (34.8, 31.3, 35.6, 32.6)),
        ("Gaza", (34.1, 31.2, 34.6, 31.7)),
        ("Golan", (35.5, 32.6, 36.1, 33.5)),
    ],
)
def test_disputed_lines_are_marked(what: str, bounds: tuple[float, float, float, float]) -> None:
    west, south, east, north = bounds
    dashed = list(line_points("world", "borders", disputed=1))
    assert any(west <= lon <= east and south <= lat <= north for lon, lat in dashed), what


def test_undisputed_lines_are_not_marked() -> None:
    solid = set(line_points("world", "borders", disputed=0))
    dashed = set(line_points("world", "borders", disputed=1))
    durand = [(lon, lat) for lon, lat in solid if 69 < lon < 71.5 and 32 < lat < 36]
    assert len(durand) > 50
    assert len(dashed) < len(solid) / 5


def test_no_line_runs_along_the_antimeridian() -> None:
    for name, member in (("world", "borders"), ("provinces", "province_lines")):
        assert all(abs(lon) < 179.99 for lon, _ in line_points(name, member)), member


def test_province_lines_are_grouped_by_country() -> None:
    lines = load_topology("provinces")["objects"]["province_lines"]["geometries"]
    owners = [item["properties"]["country"] for item in lines]
    assert len(owners) == len(set(owners))
    assert set(FOCUS_PROVINCES) <= set(owners)
    hindu_kush = list(line_points("provinces", "province_lines", country="AF"))
    assert all(60 < lon < 75 and 29 < lat < 39 for lon, lat in hindu_kush)


def test_rivers_and_district_lines_are_there() -> None:
    objects = load_topology("detail")["objects"]
    assert len(objects["rivers"]["geometries"]) > 300
    assert len(objects["district_lines"]["geometries"]) > 300
    amu_darya = [(lon, lat) for lon, lat in line_points("detail", "rivers")
                 if 65 < lon < 69 and 36.8 < lat < 37.7]  # fmt: skip
    assert len(amu_darya) > 10
    districts = list(line_points("detail", "district_lines"))
    assert all(60 < lon < 75.1 and 29 < lat < 39 for lon, lat in districts)


def test_detail_is_small_enough_to_be_sent_when_it_is_needed() -> None:
    assert (BASEMAP_DIR / "detail.topojson.gz").stat().st_size < 250_000


def test_lakes_are_there() -> None:
    assert len(load_topology("world")["objects"]["lakes"]["geometries"]) > 50


@pytest.mark.parametrize(
    ("country", "name", "code"),
    [
        ("AF", "Nangarhar Province", "AF.18"),
        ("AF", "nangarhār", "AF.18"),
        ("AF", "Jowzjan", "AF.31"),
        ("AF", "Jawzjan", "AF.31"),
        ("AF", "Sar-e Pol", "AF.33"),
        ("AF", "Sar-i-Pul", "AF.33"),
        ("AF", "Kunar", "AF.34"),
        ("AF", "Kunarha", "AF.34"),
        ("AF", "Maidan Wardak", "AF.27"),
        ("IR", "Fars", "IR.07"),
        ("IR", "Ostān-e Kermān", "IR.29"),
        ("IR", "Sistan and Baluchestan", "IR.04"),
        ("PK", "Khyber-Pakhtunkhwa", "PK.03"),
        ("PK", "KPK", "PK.03"),
        ("PK", "FATA", "PK.03"),
        ("PK", "F.A.T.A.", "PK.03"),
        ("PK", "Balochistan", "PK.02"),
        ("PK", "Gilgit-Baltistan", "PK.07"),
        ("TJ", "Khatlon", "TJ.02"),
        ("TJ", "Gorno-Badakhshan", "TJ.01"),
        ("TJ", "Gorno-Badakhshan Autonomous Region", "TJ.01"),
        ("TJ", "Sughd", "TJ.03"),
        ("TJ", "Leninabad", "TJ.03"),
        ("TJ", "Dushanbe", "TJ.04"),
        ("UZ", "Surxondaryo", "UZ.12"),
        ("UZ", "Surkhandarya Region", "UZ.12"),
        ("UZ", "Tashkent", "UZ.13"),
        ("UZ", "Tashkent Region", "UZ.14"),
        ("RU", "Moscow", "RU.48"),
        ("RU", "Moscow Oblast", "RU.47"),
        ("RU", "Чечня", "RU.12"),
        ("KG", "Jalalabad", "KG.03"),
    ],
)
def test_province_names_are_understood(country: str, name: str, code: str) -> None:
    assert province_code(name, country) == code


@pytest.mark.parametrize(
    ("country", "name"), [("AF", "Atlantis"), ("AF", ""), ("AF", "Province"), ("ZZ", "Kabul")]
)
def test_unknown_province_names_give_none(country: str, name: str) -> None:
    assert province_code(name, country) is None


def test_every_shipped_name_in_the_focus_countries_finds_its_own_code() -> None:
    for code, province in provinces().items():
        if province.country in {*FOCUS_PROVINCES, "RU"}:
            assert province_code(province.name, province.country) == code
            assert province_code(province.name.upper(), province.country) == code


@given(st.text(), st.sampled_from(sorted(FOCUS_PROVINCES)))
def test_any_text_is_safe_to_look_up(text: str, country: str) -> None:
    code = province_code(text, country)
    assert code is None or provinces()[code].country == country


def test_distance_is_zero_inside_and_grows_outside() -> None:
    assert distance_km(*KABUL, "AF") == 0.0
    assert distance_km(71.58, 34.01, "AF") == pytest.approx(46, abs=8)
    assert distance_km(37.62, 55.75, "TJ") > 2500
    assert distance_km(*KABUL, "PK") == pytest.approx(110, abs=25)


def test_distance_sees_across_the_antimeridian() -> None:
    assert distance_km(-179.5, 66.0, "RU") < 60
    assert distance_km(179.9, 52.0, "US") < 500
    assert distance_km(-178.0, -16.0, "FJ") < 300


def test_codes_are_those_of_the_outlines() -> None:
    assert country_codes() == set(countries())
    assert province_codes() == set(provinces())


def test_distance_to_an_unknown_country_says_what_must_hold() -> None:
    with pytest.raises(UnknownCountryError, match=r"must be an ISO 3166-1 .* got 'Narnia'"):
        distance_km(*KABUL, "Narnia")


def test_labels_are_well_formed(labels: list[dict[str, Any]]) -> None:
    for label in labels:
        assert set(label) == {"name", "lon", "lat", "rank", "kind", "country"}
        assert label["name"].strip() == label["name"] != ""
        assert -180 <= label["lon"] <= 180
        assert -90 <= label["lat"] <= 90
        assert label["rank"] in range(7)
        assert label["kind"] in {"country", "city"}
    assert [label["rank"] for label in labels] == sorted(label["rank"] for label in labels)


def test_labels_rank_capitals_before_larger_towns(labels: list[dict[str, Any]]) -> None:
    ranks = {(label["country"], label["name"]): label["rank"] for label in labels}
    assert ranks["AF", "Kabul"] == ranks["TJ", "Dushanbe"] == ranks["AF", "Afghanistan"] == 0
    assert ranks["AF", "Kabul"] < ranks["AF", "Kandahar"] < ranks["AF", "Parun"] <= 3
    assert ranks["PK", "Islamabad"] < ranks["PK", "Karachi"] <= 1
    assert {("IQ", "Mosul"), ("RU", "Moscow"), ("US", "New York City")} <= set(ranks)


def test_countries_with_a_label_are_labelled_on_their_land(labels: list[dict[str, Any]]) -> None:
    named = [label for label in labels if label["kind"] == "country"]
    assert {label["country"] for label in named} == set(countries())
    for label in named:
        away_km = distance_km(label["lon"], label["lat"], label["country"])
        atolls = label["country"] == "MH"  # most of its rings are thinner than the grid
        assert away_km < (60 if atolls else 10), label["name"]


def test_provincial_capitals_of_the_focus_region_are_labelled(
    labels: list[dict[str, Any]],
) -> None:
    seats = [
        Point(label["lon"], label["lat"])
        for label in labels
        if label["kind"] == "city" and label["rank"] <= 3 and label["country"] in FOCUS_PROVINCES
    ]
    for code, province in provinces().items():
        if province.country in {"AF", "IR", "PK", "TM"}:
            assert any(province.geometry.buffer(0.05).contains(seat) for seat in seats), code


def test_the_outlook_is_that_of_the_provinces() -> None:
    """It is off by half a pixel at zoom 5 at most, which has 23 pixels to the degree."""
    near, stored = load_topology("outlook"), load_topology("provinces")
    arcs = arcs_of(near)
    shapes = near["objects"]["provinces"]["geometries"]
    assert {*FOCUS_PROVINCES, "SY"} <= {one["properties"]["code"][:2] for one in shapes}
    for one in shapes:
        code = one["properties"]["code"]
        seen, whole = to_polygons(one, arcs), provinces()[code].geometry
        away = shapely.distance(shapely.points(shapely.get_coordinates(seen)), whole.boundary)
        assert away.max() < 0.01, code
        assert seen.area == pytest.approx(whole.area, rel=0.03, abs=0.02), code
    [lines] = near["objects"]["province_lines"]["geometries"]
    drawn = to_lines(lines, arcs)
    shapely.prepare(drawn)
    whole_arcs = arcs_of(stored)
    every = stored["objects"]["province_lines"]["geometries"]
    points = shapely.points(np.vstack([
        shapely.get_coordinates(to_lines(one, whole_arcs))[::50] for one in every
    ]))  # fmt: skip
    assert shapely.dwithin(points, drawn, 0.03).mean() > 0.99

"""Tables of strangers that speak in ways of their own: what is read of each is what it says."""

from __future__ import annotations

import struct
from datetime import date, timedelta

import pytest
from importing_sheets import table_of

from geodata.errors import RequestError
from geodata.importing import Looked, RowKind, Settings, look, look_through
from geodata.records import ClaimAbout, GeoPrecision, RecordKind, derive_toll
from geodata.workspace import begin_file


def look_at(text: str) -> Looked:
    return look([table_of(text)], dataset="own", file="own.csv", keeps_all=True)


def point_of(looked: Looked, number: int = 0) -> tuple[float, float]:
    lon, lat = looked.records.incidents[number].points[0]
    return round(lat, 2), round(lon, 2)


@pytest.mark.parametrize(
    "cell",
    [
        "POINT (57.08 30.28)",
        "SRID=4326;POINT(57.08 30.28)",
        struct.pack("<BIdd", 1, 1, 57.08, 30.28).hex(),
        '{"type": "Point", "coordinates": [57.08, 30.28]}',
    ],
    ids=["WKT", "EWKT", "WKB", "GeoJSON"],
)
def test_geometry_in_a_cell_has_the_longitude_first(cell):
    looked = look_at(f"id | date | geom\n1 | 2024-01-03 | {cell}")
    assert point_of(looked) == (30.28, 57.08)
    assert "geometries written as text" in looked.plan.guesses[1].evidence


def test_an_outline_in_a_cell_is_a_circle_that_holds_it():
    looked = look_at("id | date | wkt\n1 | 2024-01-03 | POLYGON ((69 34, 70 34, 70 35, 69 34))")
    (found,) = looked.records.incidents
    assert found.geo_precision is GeoPrecision.PROVINCE
    assert found.radius_km > 50


@pytest.mark.parametrize(
    ("names", "cells", "expected"),
    [
        ("fecha | lugar | coordenadas", "3-1-2024 | Bogotá | 4°36'N 74°05'O", (4.6, -74.08)),
        ("Datum | Breite | Länge", "3.1.2024 | 50°56'N | 6°57'O", (50.93, 6.95)),
        ("date | latitude | longitude", "2024-01-03 | 4°36'N | 74°05'O", None),
    ],
    ids=["Spanish", "German", "neither"],
)
def test_an_o_is_west_or_east_by_the_language_and_else_neither(names, cells, expected):
    looked = look_at(f"{names}\n{cells}")
    assert (point_of(looked) if looked.account.with_point else None) == expected


def test_the_other_letter_of_a_column_shows_what_an_o_is():
    looked = look_at(
        "date | latitude | longitude\n2024-01-03 | 4°36'N | 74°05'O\n2024-01-04 | 4°36'N | 7°05'E"
    )
    assert [point_of(looked, one)[1] for one in (0, 1)] == [-74.08, 7.08]


def test_when_a_form_was_filled_in_is_no_end_of_what_happened():
    looked = look_at(
        "start | end | date_of_incident | lat | lon\n"
        "2024-01-03T10:00 | 2024-01-03T10:10 | 2024-01-02 | 15.5 | 32.5\n"
        "2024-01-05T10:00 | 2024-01-05T10:10 | 2024-01-04 | 15.6 | 32.6"
    )
    assert [one.event_date for one in looked.records.incidents] == ["2024-01-02", "2024-01-04"]


def test_columns_that_count_some_are_parts_and_never_the_whole():
    looked = look_at("id | date | lat | lon | killed_m | killed_f\n1 | 2024-01-03 | 1 | 2 | 1 | 2")
    claims = looked.records.incidents[0].claims
    assert {(one.part, one.value) for one in claims if one.part} == {("male", 1), ("female", 2)}
    assert derive_toll(claims, ClaimAbout.FATALITIES).low == 3


def test_of_parts_that_may_overlap_only_those_of_one_kind_are_taken():
    looked = look_at(
        "id | date | lat | lon | Civilians killed | Children killed\n1 | 2024-01-03 | 1 | 2 | 5 | 2"
    )
    claims = looked.records.incidents[0].claims
    assert [(one.part, one.value) for one in claims if one.part] == [("civilians", 5)]


def test_a_column_of_all_wins_over_those_of_some():
    looked = look_at("id | date | lat | lon | killed_m | killed\n1 | 2024-01-03 | 1 | 2 | 1 | 3")
    assert looked.plan.mapping["killed"] == "killed"


@pytest.mark.parametrize(
    "text",
    [
        (
            "WEEK|COUNTRY|ADMIN1|EVENT_TYPE|EVENTS|FATALITIES|CENTROID_LATITUDE|CENTROID_LONGITUDE\n"
            "2024-01-06|Afghanistan|Kabul|Battles|3|7|34.5|69.2"
        ),
        "country | year | best | low | high\nAfghanistan | 2022 | 1200 | 1100 | 1500",
    ],
    ids=["events of a week", "deaths of a year"],
)
def test_rows_that_count_are_no_incidents_until_somebody_says_so(text):
    looked = look_at(text)
    assert looked.plan.row is RowKind.COUNT
    assert {one.about for one in looked.plan.questions} == {"row"}
    (found,) = looked.records.incidents
    assert found.record_kind is RecordKind.AGGREGATE
    assert not found.points
    assert found.title in ("Battles, Kabul", "Afghanistan")


def test_the_middle_of_an_area_is_known_to_the_province():
    looked = look_at("date | city | centroid_lat | centroid_lon\n2024-01-03 | Kabul | 34.5 | 69.2")
    (found,) = looked.records.incidents
    assert found.geo_precision is GeoPrecision.PROVINCE


def test_coordinates_are_no_name_of_a_place():
    looked = look_at(
        "id | date | block | lat | lon | location\n1 | 2024-01-03 | W St | 41.8 | -87 | (41.8, -87)"
    )
    assert looked.plan.mapping["place"] == "block"


def test_a_province_wins_over_a_region_of_several_countries():
    looked = look_at("date | region | admin1\n2024-01-03 | Central Asia | Kabul")
    assert looked.plan.mapping["admin1"] == "admin1"


def test_a_place_is_found_with_its_country_behind_it():
    looked = look_at("date | location\n2024-01-03 | Kerman, Iran\n2024-01-04 | Nowhere, Iran")
    proposed = {name: found and found.country for name, _, found in looked.proposals}
    assert proposed == {"Kerman, Iran": "IR", "Nowhere, Iran": None}


def test_a_name_of_several_places_without_a_country_says_so():
    looked = look_at(
        "id | date | city | country\n1 | 2024-01-03 | Herat | \n2 | 2024-01-04 | Nowhere at all |\n"
        "3 | 2024-01-04 | Herat | Afghanistan"
    )
    told = {name: found is None and looked.why_unknown(name) for name, _, found in looked.proposals}
    count = looked.shared["Herat"]
    assert count >= 2
    assert told == {
        "Herat": f"{count} places of that name; no country is given",
        "Herat, AF": False,
        "Nowhere at all": "not known",
    }


def test_a_lone_zero_is_no_date_and_no_filled_cell():
    rows = "".join(f"0 | | | | {at}\n" for at in range(9))
    looked = look_at(
        "Date | Place | Lat | Lon | Killed\n2021-01-01 | A | 33 | 44 | 3\n"
        f"soon | B | 3 | 4 | 1\n{rows}"
    )
    assert looked.plan.guesses[0].evidence == "1 of 2 filled cells are dates"


def test_where_no_name_is_that_of_a_date_those_that_have_dates_are_named():
    looked = look_at("column 1 | column 2 | lat | lon\n17 | 20240103 | 30.3 | 57.1")
    (question,) = looked.plan.questions
    assert [given for given, _ in question.answers] == ["date=column 2", "date="]


def test_notes_of_an_encyclopedia_are_no_part_of_a_figure():
    looked = look_at("date | location | deaths\n2024-01-03 | Kerman | 94–100[1]")
    toll = derive_toll(looked.records.incidents[0].claims, ClaimAbout.FATALITIES)
    assert (toll.low, toll.high) == (94, 100)


@pytest.mark.parametrize(
    ("names", "cells", "expected"),
    [
        (
            "lat_deg | lat_min | lat_sec | lon_deg | lon_min | lon_sec",
            "34|30|0|69|12|36",
            (34.5, 69.21),
        ),
        ("lat | lat_dir | lon | lon_dir", "12.5 | S | 70.1 | W", (-12.5, -70.1)),
        ("lat | lat_dir | lon | lon_dir", "-12.5 | S | -70.1 | W", (-12.5, -70.1)),
        ("Latitude | N/S | Longitude | E/W", "12.5 | South | 70.1 | East", (-12.5, 70.1)),
        ("Lat Degrees|Lat Minutes|NS|Lon Degrees|Lon Minutes|EW", "12|30|S|70|6|W", (-12.5, -70.1)),
    ],
)
def test_minutes_seconds_and_hemispheres_of_other_columns_belong_to_the_degrees(
    names, cells, expected
):
    looked = look_at(f"date | {names}\n2024-01-03 | {cells}")
    assert point_of(looked) == expected


def test_numbers_that_are_no_minutes_are_not_taken_for_any():
    looked = look_at("date | lat | lat_m | lon\n2024-01-03 | 34.5 | 740 | 69.2")
    assert looked.plan.mapping["lat"] == "lat"


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ("BBC; Reuters", {"BBC", "Reuters"}),
        ('["a", "b"]', {"a", "b"}),
        (
            '[{"id": "S1", "path": "https://x.example/1", "description": ""}]',
            {"https://x.example/1"},
        ),
        ("[broken", {"[broken"}),
    ],
)
def test_each_source_of_a_cell_is_one(cell, titles):
    looked = look_at(f"date | city | sources\n2024-01-03 | Kabul | {cell}")
    assert {one.title for one in looked.records.sources} >= titles
    assert len(looked.records.sources) == len(titles) + 1


def test_a_date_after_today_is_doubtful():
    looked = look_at(
        f"date | city\n{date.today() + timedelta(days=2)} | Kabul\n{date.today()} | Herat"
    )
    assert looked.account.doubts == {"date_to_come": 1}


def test_text_that_was_read_twice_is_kept_and_doubted_with_what_it_was():
    looked = look_at(
        "id | date | lat | lon | place\n1 | 2021-05-01 | 15.9 | 2.4 | MÃ©naka\n"
        "2 | 2021-05-02 | 16.2 | 0.1 | Ménaka\n3 | 2021-05-02 | 36.2 | 37.1 | Ø\u00adÙ„Ø¨"
    )
    assert [one.place for one in looked.records.incidents][:2] == ["MÃ©naka", "Ménaka"]
    assert looked.account.doubts == {"text_read_twice": 2}
    assert looked.account.examples["text_read_twice"] == [
        "line 2, place: 'MÃ©naka' (meant: Ménaka?)",
        "line 4, place: 'Ø\\xadÙ„Ø¨' (meant: حلب?)",
    ]
    assert looked.account.broken["text_read_twice"][0].meant == ("Ménaka",)


def test_an_encoding_that_is_said_is_that_of_the_file(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("id,date,place\n1,2024-01-03,Łódź\n".encode("cp1250"))
    found = look_through(begin_file(path, Settings(given={"encoding": "cp1250"}), "own"))
    assert found.records.incidents[0].place == "Łódź"
    with pytest.raises(RequestError, match="encoding must be one such as"):
        Settings(given={"encoding": "hex"})


def test_an_encoding_that_is_said_holds_for_json_and_xml_too(tmp_path):
    texts = {
        "x.json": '[{"id": 1, "date": "2024-01-03", "place": "Łódź", "lat": 51.7, "lon": 19.4}]',
        "x.kml": "<kml><Placemark><name>Łódź</name><TimeStamp><when>2024-01-03</when></TimeStamp>"
        "<Point><coordinates>19.4,51.7</coordinates></Point></Placemark></kml>",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.write_bytes(text.encode("cp1250"))
        for given, word in (({"encoding": "cp1250"}, "Łódź"), ({"encoding": "cp1252"}, "£ódŸ")):
            found = look_through(begin_file(path, Settings(given=given), "own"))
            assert word in found.records.incidents[0].upstream.values()


def test_days_of_a_spreadsheet_with_a_decimal_comma_are_days():
    looked = look_at("id | when | lat | lon\n1 | 44927 | 10,5 | 20,5\n2 | 44928,75 | 11,5 | 21,5")
    days = [one.event_date for one in looked.records.incidents]
    assert days == ["2023-01-01", "2023-01-02"]


def test_a_pair_in_the_column_of_the_latitude_is_left_out_with_what_is_meant():
    good = "".join(f"{at} | 2021-05-01 | 33.{at} | 44.4\n" for at in range(1, 9))
    looked = look_at(f"id | date | lat | lon\n{good}9 | 2021-05-02 | 33.3N 44.4E |")
    assert looked.account.rules == {"coordinates_half": 1}
    (broken,) = looked.account.broken["coordinates_half"]
    assert broken.meant == ("33.3", "44.4")


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("6 killed, 8 injured", " (meant: 6 killed and 8 injured?)"),
        ("8 verletzte und 6 tote", " (meant: 6 killed and 8 injured?)"),
        ("6 killed, 8 killed", ""),
        ("6 killed and others", ""),
    ],
)
def test_two_tolls_in_a_cell_are_no_toll_and_both_are_proposed(cell, meant):
    looked = look_at(
        "date | lat | lon | Casualties\n2024-01-01 | 3 | 4 | 12\n2024-01-02 | 3 | 4 | 2\n"
        f"2024-01-03 | 33 | 44 | {cell}"
    )
    assert looked.account.examples["toll_unreadable"] == [f"line 4, Casualties: {cell!r}{meant}"]
    about = [one.about for one in looked.records.incidents[2].claims]
    assert ClaimAbout.CASUALTIES not in about

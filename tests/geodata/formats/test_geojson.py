"""Tests of GeoJSON: RFC 7946, and that what is written is read back as what it was."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import geopandas
import pyogrio
import pytest
from fixed_records import HOSTILE, base_area, claim, everything, incident
from hypothesis import example, given
from read_back import in_file_order
from shapely.geometry import Point, shape
from strategies import base_areas, record_sets

from geodata.errors import FormatError, RecordError
from geodata.formats.geojson import (
    parse_geojson,
    read_geojson,
    to_collection,
    to_feature,
    write_geojson,
)
from geodata.records.collection import Records
from geodata.records.describe import NO_RESPONSIBILITY
from geodata.records.features import from_feature
from geodata.records.model import Source


def text_of(records: Records, **options: Any) -> str:
    return "".join(to_collection(records, **options))


def positions(geometry: dict[str, Any] | None) -> list[list[float]]:
    def flatten(part: Any) -> list[list[float]]:
        return [part] if isinstance(part[0], int | float) else [q for p in part for q in flatten(p)]

    return flatten(geometry["coordinates"]) if geometry else []


def signed_area(ring: list[list[float]]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


@given(record_sets())
@example(everything())
@example(Records())
def test_what_is_written_is_read_back(records):
    for stored in (False, True):
        result = parse_geojson(text_of(records, stored=stored))
        assert result.problems == ()
        assert result.records == (records if stored else in_file_order(records))


def test_each_feature_of_an_export_is_a_line_and_of_a_file_to_edit_a_block():
    records = everything()
    exported, edited = (text_of(records, stored=stored).splitlines() for stored in (False, True))
    features = [json.loads(one.rstrip(",")) for one in exported if one.startswith('{"type"')]
    assert [one["id"] for one in features] == [one.id for one in records.placed_first]
    assert len(edited) > 20 * len(features)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_through_a_file(text, tmp_path):
    one = incident(title=text, summary=text, upstream={text: text}, claims=(claim("other", text),))
    records = Records((one,), sources=(Source(id="book", title=text),))
    path = tmp_path / "out.geojson"
    write_geojson(path, records)
    assert read_geojson(path).records == records
    assert read_geojson(path).problems == ()


@given(record_sets())
@example(everything())
def test_the_text_is_what_rfc_7946_asks(records):
    collection = json.loads(text_of(records, about={"filter": "q=x", "version": "1"}))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert (collection["filter"], collection["version"]) == ("q=x", "1")
    everywhere = []
    for feature in collection["features"]:
        assert list(feature) == ["type", "id", "geometry", "properties"]
        assert feature["type"] == "Feature"
        everywhere += positions(feature["geometry"])
    for lon, lat in everywhere:
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        assert (round(lon, 7), round(lat, 7)) == (lon, lat)
    assert ("bbox" in collection) == bool(everywhere)
    if everywhere:
        west, south, east, north = collection["bbox"]
        assert south == min(lat for _, lat in everywhere)
        assert north == max(lat for _, lat in everywhere)
        for lon, _ in everywhere:
            assert west <= lon <= east if west <= east else (lon >= west or lon <= east)


@given(base_areas())
@example(
    base_area(
        geometry={
            "type": "Polygon",
            "coordinates": [
                [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]],
                [[2, 2], [4, 2], [4, 4], [2, 4], [2, 2]],
            ],
        }
    )
)
def test_outer_rings_run_counter_clockwise_and_holes_clockwise(area):
    feature = json.loads(text_of(Records(base_areas=(area,))))["features"][0]
    geometry = feature["geometry"]
    if area.geometry is None:
        assert geometry is None
        return
    assert shape(geometry).equals(shape(area.geometry))
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for outer, *holes in polygons.get(geometry["type"], []):
        assert signed_area(outer) > 0
        assert all(signed_area(hole) < 0 for hole in holes)
        assert all(ring[0] == ring[-1] for ring in (outer, *holes))


def test_coordinates_have_at_most_seven_decimals():
    third = incident(points=((100 / 3, -100 / 3),))
    ring = [[1 / 3, 1 / 3], [10 / 3, 1 / 3], [1, 10 / 3], [1 / 3, 1 / 3]]
    area = base_area(geometry={"type": "Polygon", "coordinates": [ring]})
    collection = json.loads(text_of(Records((third,), (area,))))
    assert collection["features"][0]["geometry"]["coordinates"] == [33.3333333, -33.3333333]
    numbers = [n for f in collection["features"] for p in positions(f["geometry"]) for n in p]
    assert all(len(str(abs(n)).partition(".")[2]) <= 7 for n in (*numbers, *collection["bbox"]))


def rectangle(west: float, east: float) -> list[list[list[float]]]:
    return [[[west, 0], [east, 0], [east, 9], [west, 9], [west, 0]]]


@pytest.mark.parametrize(
    ("parts", "box"),
    [
        ([rectangle(-100, 100)], [-100, 0, 100, 9]),
        ([rectangle(-150, 150)], [-150, 0, 150, 9]),
        ([rectangle(20, 180), rectangle(-180, -170)], [20, 0, -170, 9]),
        ([rectangle(170, 180), rectangle(-180, -170)], [170, 0, -170, 9]),
    ],
)
def test_the_box_of_an_area_leaves_none_of_it_out(parts, box):
    area = base_area(geometry={"type": "MultiPolygon", "coordinates": parts})
    assert json.loads(text_of(Records(base_areas=(area,))))["bbox"] == box


def test_claims_and_sources_travel_with_the_feature(everything_records):
    feature = to_feature(everything_records.incidents[0], everything_records)
    properties = feature["properties"]
    assert len(properties["claims"]) == len(everything_records.incidents[0].claims)
    assert [one["id"] for one in properties["sources"]] == ["copy"]
    assert [one["id"] for one in properties["cited_sources"]] == ["book"]
    assert properties["sources"][0]["licence"]
    assert (properties["date_start"], properties["date_end"]) == ("2022-04-17", "2022-05-03")
    assert (properties["time_precision"], properties["attribution"]) == ("range", "claimed")
    assert properties["fatalities_text"].startswith("at least 96 (")  # with its caveat


def test_unknown_tolls_are_null_and_not_zero():
    properties = to_feature(incident(), Records())["properties"]
    assert [properties[f"fatalities_{one}"] for one in ("low", "high", "best")] == [None] * 3
    assert properties["fatalities_text"] == "not stated"


def test_derived_values_are_never_believed():
    feature = to_feature(incident(claims=(claim("fatalities", 3),)), Records())
    feature["properties"] |= {
        "fatalities_best": 99,
        "attribution": "claimed",
        "actors": ["iskp"],
        "groups": ["iskp"],
        "date_start": "1999-01-01",
    }
    again = to_feature(from_feature(feature), Records())["properties"]
    derived = ("fatalities_best", "attribution", "actors", "attribution_text")
    assert [again[name] for name in derived] == [3, "unattributed", [], NO_RESPONSIBILITY]
    assert not {"groups", "group_names"} & set(again), "no list may mix parties of all roles"
    assert again["date_start"] == "2020-05-12"


def test_geopandas_reads_the_file(tmp_path, everything_records):
    path = tmp_path / "out.geojson"
    write_geojson(path, everything_records)
    frame = geopandas.read_file(path)
    assert list(frame["id"]) == ["everything-2024-01-03", "plain", "area", "bare"]
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry[0].geoms[0].equals(Point(69.1723456, 34.5281234))
    assert frame.geometry[2].geom_type == "Polygon"
    assert frame.geometry[3] is None
    # GDAL, behind geopandas, ends a text at the character U+0000.
    assert frame["title"][0] == everything_records.incidents[0].title.partition("\0")[0]


def test_gdal_takes_it_for_points_which_come_first(shipped, tmp_path):
    path = tmp_path / "out.geojson"
    write_geojson(path, shipped)
    about, frame = pyogrio.read_info(path), pyogrio.read_dataframe(path)
    assert about["geometry_type"] == "MultiPoint"
    assert dict(zip(about["fields"], about["ogr_types"], strict=True))["date_end"] == "OFTDate"
    placed = [one for one in (*shipped.incidents, *shipped.base_areas) if one.is_mappable]
    assert list(frame["id"])[: len(placed)] == [one.id for one in placed]
    assert set(frame.geometry[: len(placed)].geom_type) == {"MultiPoint"}
    assert frame.geometry[len(placed) :].isna().all()
    years = {day.year for day in frame["date_start"].dropna()}
    assert min(years) > 1900
    assert {day.year for day in frame["date_end"].dropna()} <= set(range(1900, 2100))


def test_points_stay_single_where_no_record_has_several(tmp_path):
    records = Records((incident("bare"), incident(points=((60, 30),))), (base_area(),))
    features = json.loads(text_of(records))["features"]
    types = [one["geometry"] and one["geometry"]["type"] for one in features]
    assert types == ["Point", "Point", None]


def test_files_that_people_edit_keep_their_order():
    features = json.loads(text_of(everything(), stored=True))["features"]
    assert [one["id"] for one in features] == ["everything-2024-01-03", "bare", "area", "plain"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "in.geojson must be JSON, got: Expecting value"),
        ("{", "in.geojson must be JSON"),
        ("[" * 100_000, "in.geojson must be JSON"),
        ("[]", "in.geojson must be a GeoJSON FeatureCollection"),
        ('{"type": "Feature"}', "must be a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection"}', "features must be a list in in.geojson, got None"),
        ('{"type": "FeatureCollection", "features": {}}', "features must be a list"),
    ],
)
def test_what_is_no_geojson_is_refused(text, message):
    with pytest.raises(FormatError, match=message):
        parse_geojson(text, file="in.geojson")


def broken(**changes: Any) -> dict[str, Any]:
    feature = to_feature(incident("bad", points=((69, 34),)), Records())
    properties = {**feature["properties"], **changes.pop("properties", {})}
    return {**feature, "properties": properties, **changes}


@pytest.mark.parametrize(
    ("feature", "field", "message"),
    [
        (None, "", "a feature must be an object with properties"),
        ({"type": "Feature", "properties": None}, "", "a feature must be an object"),
        (broken(id=""), "id", "string should match pattern"),
        (broken(id=[7]), "id", "string should match pattern"),
        (broken(properties={"event_date": "soon"}), "event_date", "must be EDTF.*got 'soon'"),
        (broken(properties={"event_types": ["boom"]}), r"event_types\[0\]", "got 'boom'"),
        (broken(properties={"title": "\ud800"}), "title", "string"),
        (broken(properties={"claims": [{"about": "fatalities", "value": 1}]}),
         r"claims\[0\].source", "^must be given, got nothing$"),
        (broken(properties={"claims": [{"about": "other", "value": float("nan"), "source": "a"}]}),
         r"claims\[0\]", "value must be finite"),
        (broken(geometry={"type": "Polygon", "coordinates": []}), "geometry", "geometry must be"),
        (broken(geometry={"type": "Point", "coordinates": []}), "points", ""),
        (broken(geometry={"type": "Point", "coordinates": ["a", "b"]}), "points", ""),
        (broken(geometry={"type": "MultiPoint", "coordinates": [7]}), "points", ""),
        (broken(geometry="POINT (1 2)"), "geometry", "geometry must be a Point"),
        (broken(geometry={"type": "Point", "coordinates": [69, 91]}), "points", "90, got 91"),
    ],
)  # fmt: skip
def test_a_bad_feature_becomes_a_problem_beside_the_good_ones(feature, field, message):
    good = to_feature(incident("good"), Records())
    text = json.dumps({"type": "FeatureCollection", "features": [feature, good]})
    result = parse_geojson(text, file="in.geojson")
    assert [one.id for one in result.records.incidents] == ["good"]
    matching = [p for p in result.problems if re.match(field, p.field)]
    assert matching
    assert any(re.search(message, p.message) for p in matching)
    assert {p.file for p in result.problems} == {"in.geojson"}
    named = feature.get("id") if isinstance(feature, dict) else None
    # What cannot be an id names no record.
    named = named if isinstance(named, str) and named else "features[0]"
    assert {p.record for p in result.problems} == {named}


def test_all_faults_of_a_feature_are_told():
    feature = broken(properties={"event_date": "soon", "country": "XYZ", "title": ""})
    with pytest.raises(RecordError) as error:
        from_feature(feature)
    assert all(name in str(error.value) for name in ("event_date", "country", "title"))


def test_bad_groups_and_sources_become_problems():
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [],
            "groups": [{"id": "a", "name": "A"}, {"id": "b"}, "c"],
            "sources": {"id": "a"},
        }
    )
    result = parse_geojson(text)
    assert [one.id for one in result.records.groups] == ["a"]
    assert [(p.record, p.field) for p in result.problems] == [
        ("b", "name"),
        ("groups[2]", ""),
        ("sources", ""),
    ]


def test_a_third_coordinate_is_left_aside():
    feature = broken(geometry={"type": "Point", "coordinates": [69, 34, 1800]})
    assert from_feature(feature).points == ((69, 34),)


def test_one_feature_a_block():
    text = text_of(Records((incident("a"), incident("b"))), stored=True)
    assert [line for line in text.splitlines() if line.startswith(("{", "}"))] == [
        "{", "{", "},", "{", "}", "}",
    ]  # fmt: skip
    assert "fatalities" not in text
    assert "null" not in text.replace('"geometry": null', "")

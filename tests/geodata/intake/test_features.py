"""Tests of features in other programs' words."""

from __future__ import annotations

import pytest

from geodata.intake import features
from geodata.intake.features import field_name, identifier_of, understand

PLACE = {"type": "Point", "coordinates": [69.2, 34.5]}
PROPERTIES = {"title": "T", "event_date": "2020", "event_types": ["raid"]}


def properties_of(feature, **options):
    return understand(feature, **options).feature["properties"]


@pytest.mark.parametrize(
    ("given", "own", "identifier"),
    [
        ("a", None, "a"),
        (None, "a", "a"),
        (123, None, "123"),
        (None, 123, "123"),
        (None, 123.0, "123"),
        ("0", "kerman", "kerman"),
        (0, "kerman", "kerman"),
        ("0", 17, "17"),
        ("kerman", "17", "kerman"),
        ("", "", ""),
        (None, None, ""),
        ([1], None, ""),
    ],
)
def test_an_id_is_found_wherever_it_is(given, own, identifier):
    feature = {"id": given, "properties": {"id": own}}
    assert identifier_of(feature) == identifier
    assert identifier_of({"id": given, "properties": {"ID": own}}) == identifier
    assert understand(feature).feature["id"] == identifier


def test_another_id_is_kept():
    both = understand({"id": "kerman", "properties": {"id": 17, **PROPERTIES}})
    assert both.feature["properties"]["upstream"] == {"id": "17"}
    same = understand({"id": "kerman", "properties": {"id": "kerman", **PROPERTIES}})
    assert same.unknown == ()


def test_names_may_be_written_otherwise_and_what_is_no_field_is_kept():
    written = {"Title": "T", "EVENT DATE": "2020", "Event_Types": "raid", "Remark": "x", "n": 7}
    found = understand({"id": "a", "properties": written, "style": {"fill": "red"}})
    assert found.feature["properties"] == {
        **PROPERTIES,
        "upstream": {"Remark": "x", "n": "7", "style": '{"fill": "red"}'},
    }
    assert found.unknown == ("style", "Remark", "n")
    assert field_name(" Event\tdate ") == "event_date"


def test_of_two_spellings_the_right_one_counts_and_the_other_is_kept():
    for properties in ({"Title": "b", "title": "a"}, {"title": "a", "Title": "b"}):
        found = understand({"id": "a", "properties": properties})
        assert found.feature["properties"] == {"title": "a", "upstream": {"Title": "b"}}


def test_what_an_import_kept_before_stays():
    feature = {"id": "a", "properties": {"upstream": '{"row": "1"}', "more": "2"}}
    assert properties_of(feature)["upstream"] == {"row": "1", "more": "2"}


def test_what_is_derived_or_counts_rows_is_left_aside():
    derived = {"date_start": "2020-01-01", "claims_text": "x", "group_names": ["a"], "fid": 3}
    derived["as_known_on"] = "2021-11-04"
    assert understand({"id": "a", "properties": derived}).unknown == ()


@pytest.mark.parametrize(("lon", "lat"), [("longitude", "latitude"), ("X", "Y"), ("lng", "Lat")])
def test_longitude_and_latitude_may_be_called_otherwise(lon, lat):
    found = understand({"properties": {lon: "69.2", lat: "34,5"}}, is_table=True)
    assert found.feature["geometry"] == PLACE
    assert found.unknown == ()


def test_beside_a_place_other_names_are_no_place():
    beside = {"x": 512_345, "y": 3_812_345}
    found = understand({"geometry": PLACE, "properties": beside})
    assert (found.feature["geometry"], found.unknown) == (PLACE, ("x", "y"))
    rounded = understand({"geometry": PLACE, "properties": {"lon": 69, "lat": 35}})
    assert rounded.unknown == ("lon", "lat")
    same = understand({"geometry": PLACE, "properties": {"lon": 69.2, "lat": 34.5}})
    assert same.unknown == ()


def test_an_area_that_became_many_is_one_again():
    many = {"type": "MultiPoint", "coordinates": [[1, 2]]}
    area = understand({"geometry": many, "properties": {"record_kind": "base area"}})
    assert area.feature["geometry"] == {"type": "Point", "coordinates": [1, 2]}


def test_a_text_is_a_place_in_a_table_only():
    feature = {"geometry": "POINT (69.2 34.5)", "properties": {}}
    assert understand(feature, is_table=True).feature["geometry"]["type"] == "Point"
    assert understand(feature).feature["geometry"] == "POINT (69.2 34.5)"


def test_records_that_lost_their_claims_are_seen():
    assert understand({"properties": {"sources": ["a"]}}).lost_claims
    assert not understand(
        {"properties": {"sources": ["a"], "claims": [{"about": "x"}]}}
    ).lost_claims
    assert not understand({"properties": PROPERTIES}).lost_claims


def test_names_are_held_unless_they_are_very_many():
    few, many = ({f"n{one}": 1 for one in range(count)} for count in (20, 2_000))
    held = []
    for properties in (few, few, many, many):
        feature = {"type": "Feature", "geometry": None, "properties": {"Id": "a", **properties}}
        found = understand(feature)
        assert found.feature["id"] == "a"
        assert set(found.unknown) == set(properties)
        held.append(features._field_names.cache_info().currsize)
    assert held[0] == held[1] == held[2] == held[3] > 0
    assert held[0] <= features._field_names.cache_info().maxsize

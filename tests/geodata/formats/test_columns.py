"""Tests of the columns that typed formats share: complete, typed, and empty where unknown."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pytest
import shapely
from fixed_records import base_area, claim, everything, incident
from hypothesis import example, given
from strategies import record_sets

from geodata.formats.columns import (
    AREA,
    CLAIM,
    GROUP,
    INCIDENT,
    RECORD_CLAIM,
    SOURCE,
    about_rows,
    claim_row,
    claim_rows,
    group_rows,
    members,
    record_rows,
    source_rows,
    to_table,
)
from geodata.records.collection import Records
from geodata.records.features import to_area_feature, to_feature
from geodata.records.model import Claim, Group, Relation, Source

ADDED_TO_AREAS = {"date_start", "date_end"}


def row_of(record):
    (row,) = record_rows(Records.of([record]))
    return row


def test_every_property_of_a_feature_has_a_column():
    one, area = incident(), base_area()
    records = Records.of([one, area])
    assert set(INCIDENT) == {"id", *to_feature(one, records)["properties"]}
    assert set(AREA) - ADDED_TO_AREAS == {"id", *to_area_feature(area, records)["properties"]}


def test_every_field_of_claims_groups_and_sources_has_a_column():
    assert set(CLAIM) - {"number"} == set(Claim.model_fields)
    assert set(GROUP) == set(Group.model_fields) - {"claims"}
    assert set(SOURCE) == set(Source.model_fields)
    assert (SOURCE["is_document"], GROUP["aliases"]) == (pa.bool_(), pa.list_(pa.string()))


@pytest.mark.parametrize(
    ("valid_to", "end"),
    [("", None), ("2018/..", None), ("2018", date(2018, 12, 31)), ("9999-12-31", date.max)],
)
def test_end_of_a_base_area_is_empty_where_none_is_known(valid_to, end):
    row = row_of(base_area(valid_from="2015", valid_to=valid_to, last_cited="2016"))
    assert (row["date_start"], row["date_end"]) == (date(2015, 1, 1), end)


@given(record_sets())
@example(everything())
def test_all_tables_can_be_made(records):
    rows = list(record_rows(records))
    claims = list(claim_rows(rows, records))
    everyone = (*records.incidents, *records.base_areas, *records.groups, *records.relations)
    assert len(claims) == sum(len(one.claims) for one in everyone)
    for flat in (False, True):
        assert to_table(claims, RECORD_CLAIM, flat=flat).num_rows == len(claims)
        assert to_table(group_rows(records), GROUP, flat=flat).num_rows == len(records.groups)
        assert to_table(source_rows(records), SOURCE, flat=flat).num_rows == len(records.sources)
    table = to_table(rows, {**INCIDENT, **AREA}, geometry=True, flat=True)
    assert table.column("id").to_pylist() == [row["id"] for row in rows]
    text = [v for c in table.columns if pa.types.is_string(c.type) for v in c.to_pylist() if v]
    assert not [one for one in text if "\0" in one]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018/..", date(2018, 1, 1), None),
        ("../2018-07-29", None, date(2018, 7, 29)),
        ("XXXX", None, None),
    ],
)
def test_an_open_day_is_none(text, start, end):
    row = row_of(incident(event_date=text))
    assert (row["date_start"], row["date_end"]) == (start, end)


def test_a_base_area_has_the_days_on_which_it_may_have_been_used():
    row = row_of(base_area(valid_from="2015~", valid_to=""))
    assert (row["date_start"], row["date_end"]) == (date(2015, 1, 1), None)
    attested = row_of(base_area(last_cited="2018-11", valid_to="2019"))
    assert (attested["date_start"], attested["date_end"]) == (date(2018, 11, 1), date(2019, 12, 31))
    assert row_of(base_area(last_cited="XXXX"))["date_start"] is None


def test_unknown_is_none_and_zero_is_zero():
    row = row_of(incident())
    for name in ("fatalities_low", "place", "summary", "claims", "actors", "upstream", "geometry"):
        assert row[name] is None, name
    assert row_of(incident(claims=(claim("fatalities", 0),)))["fatalities_low"] == 0


def test_imported_rows_are_json_text():
    assert json.loads(row_of(incident(upstream={"a": ""}))["upstream"]) == {"a": ""}


@pytest.mark.parametrize(
    ("value", "text", "number"),
    [
        (94, "94", 94.0),
        (2.5, "2.5", 2.5),
        (0, "0", 0.0),
        ("94", "94", None),
        (None, None, None),
        (10**400, "1" + "0" * 400, None),
        (2**53 + 1, "9007199254740993", None),
    ],
)
def test_a_value_is_text_and_a_number_where_it_is_one(value, text, number):
    row = claim_row({"about": "other", "value": value, "source": "s"})
    assert (row["value"], row["number"]) == (text, number)


def test_claims_keep_their_order_and_their_record():
    said = tuple(claim("other", str(n)) for n in range(12))
    group = Group(id="g", name="G", claims=said[:2])
    relation = Relation(id="r", subject="g", kind="led by", object="A. B.", claims=said[:1])
    records = Records(
        (incident("a", claims=said),),
        (base_area("b", claims=said[:1]),),
        (group,),
        relations=(relation,),
    )
    rows = list(claim_rows(record_rows(records), records))
    assert [(row["record_id"], row["record_kind"], row["position"]) for row in rows] == [
        *(("a", "event", n) for n in range(1, 13)),
        ("b", "base area", 1),
        ("g", "group", 1),
        ("g", "group", 2),
        ("r", "relation", 1),
    ]
    assert [row["value"] for row in rows[:12]] == [str(n) for n in range(12)]


def test_geometry_is_well_known_binary():
    rows = record_rows(Records((incident(points=((60, 30), (61, 31))), incident("b"))))
    table = to_table(rows, {"id": INCIDENT["id"]}, geometry=True)
    first, second = table.column("geometry").to_pylist()
    assert shapely.from_wkb(first).equals(shapely.MultiPoint([(60, 30), (61, 31)]))
    assert second is None


def test_flat_lists_are_json():
    rows = list(record_rows(Records((incident(claims=(claim("other", "a\0b"),)),))))
    table = to_table(rows, INCIDENT, flat=True)
    assert json.loads(table.column("claims")[0].as_py()) == rows[0]["claims"]
    assert json.loads(table.column("event_types")[0].as_py()) == ["bombing"]


def test_what_a_file_says_of_itself_is_text():
    about = {"n": 3, "list": ["a", "b"], "none": [], "more": {"x": "ж"}}
    assert [(row["name"], row["value"]) for row in about_rows(about)] == [
        ("n", "3"),
        ("list", "a"),
        ("list", "b"),
        ("more", '{"x":"ж"}'),
    ]
    assert list(about_rows(None)) == []


def test_groups_and_sources_are_as_in_geojson(everything_records):
    found = members(everything_records)
    assert [Group(**one) for one in found["groups"]] == list(everything_records.groups)
    assert [Source(**one) for one in found["sources"]] == list(everything_records.sources)

"""Tests of the table behind the queries: rows and order."""

from __future__ import annotations

import math
from dataclasses import replace

import pyarrow as pa
from fixed_records import incident
from hypothesis import given
from hypothesis import strategies as st
from strategies import record_sets

from geodata.geodesy import WORLD_BITS
from geodata.queries.belonging import Belongings, found_by
from geodata.queries.columns import SCHEMA, to_list_text, values_of
from geodata.queries.table import morton_order, to_table
from geodata.records.collection import Records
from geodata.records.features import to_feature
from geodata.records.vocabulary import PARTY_COLUMNS


@given(record_sets())
def test_a_row_for_each_place_and_one_for_each_incident(records):
    table = to_table(records)
    assert table.schema == SCHEMA
    rows = table.to_pylist()
    assert len(rows) == sum(max(1, len(one.points)) for one in records.incidents)
    first = {row["id"]: row for row in rows if row["is_first"]}
    assert len(first) == sum(row["is_first"] for row in rows)
    assert set(first) == {one.id for one in records.incidents}
    for one in records.incidents:
        mine = [row for row in rows if row["id"] == one.id]
        places = [(row["lon"], row["lat"]) for row in mine if row["lon"] is not None]
        assert sorted(places) == sorted(one.points)
        assert {row["is_mappable"] for row in mine} == {one.is_mappable}
        assert first[one.id]["date_start"] == one.span.start
        assert first[one.id]["date_end"] == one.span.end
        properties = to_feature(one, records)["properties"]
        for name in ("fatalities_low", "fatalities_high", "fatalities_text", "injured_text"):
            assert first[one.id][name] == properties[name]
        named = [text.partition(":") for text in values_of("parties", first[one.id]["parties"])]
        for role, (ids, _) in PARTY_COLUMNS.items():
            mine = [group for one_role, _, group in named if one_role == role]
            assert to_list_text(mine) == to_list_text([i for i in properties[ids] if i])
        code = first[one.id]["attribution"]
        assert values_of("attribution", code) == [properties["attribution"]]


@given(record_sets())
def test_parties_are_found_as_if_groups_belonged_to_others(records):
    alone = replace(
        records, groups=tuple(one.but(parents=()) for one in records.groups), relations=()
    )
    belongings = Belongings(alone)
    assert not belongings.are_any
    rows = {row["id"]: row for row in to_table(alone).to_pylist()}
    for one in alone.incidents:
        found = found_by(one, belongings)
        throughout = to_list_text([key.text for key in found.throughout])
        assert (rows[one.id]["found_throughout"], rows[one.id]["found_at_times"]) == (
            throughout,
            "",
        )


def test_a_bar_in_a_value_parts_nothing():
    assert to_list_text(["a|b", "c"]) == "|a b|c|"
    assert to_list_text(["a\0b"]) == "|a b|"
    assert to_list_text(["", "c"]) == "||c|"
    assert to_list_text([]) == ""


def test_no_records_make_an_empty_table():
    assert to_table(Records()).num_rows == 0
    assert to_table(Records()).schema == SCHEMA


def test_the_extremes_of_the_calendar_fit():
    rows = to_table(Records((incident(event_date="XXXX"),))).to_pylist()
    assert (rows[0]["date_start"].year, rows[0]["date_end"].year) == (1, 9999)
    assert (rows[0]["has_start"], rows[0]["has_end"]) == (False, False)


@given(st.lists(st.none() | st.tuples(*[st.integers(0, 2**WORLD_BITS - 1)] * 2), max_size=30))
def test_the_order_is_that_of_interleaved_bits(places):
    def code(place):
        if place is None:
            return math.inf
        return sum(
            (place[0] >> bit & 1) << (2 * bit) | (place[1] >> bit & 1) << (2 * bit + 1)
            for bit in range(WORLD_BITS)
        )

    x, y = (
        pa.chunked_array([pa.array([p and p[axis] for p in places], pa.int64())]) for axis in (0, 1)
    )
    order = morton_order(x, y).to_pylist()
    assert sorted(order) == list(range(len(places)))
    codes = [code(places[index]) for index in order]
    assert codes == sorted(codes)

"""Tests of the columns: codes and lists, and what they stand for."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.queries.columns import (
    EVENT_TYPES,
    MOST_OWN,
    POINT_COLUMNS,
    SCHEMA,
    from_list_text,
    own_code,
    own_types_of,
    to_list_text,
    type_mask,
    values_of,
)
from geodata.records.vocabulary import Attribution, EventType, GeoPrecision, Status


def test_there_is_a_bit_for_every_event_type():
    bits = pa.int64().bit_width - 1  # the last one is the sign
    assert len(EVENT_TYPES) <= bits, "type_bits holds no more event types; make it a list of codes"


@given(st.lists(st.sampled_from(EventType)))
def test_a_mask_has_a_bit_for_each_type(types):
    mask = type_mask(types)
    assert {one for index, one in enumerate(EVENT_TYPES) if mask >> index & 1} == set(types)


@given(st.lists(st.from_regex(r"[a-z.-]{1,9}", fullmatch=True)))
def test_a_list_as_text_is_the_list(values):
    text = to_list_text(values)
    assert from_list_text(text) == values
    assert all(f"|{value}|" in text for value in values)


def test_no_value_of_a_list_can_pass_for_two():
    assert from_list_text(to_list_text(["a|b", "c\0d"])) == ["a b", "c d"]
    assert (to_list_text([]), from_list_text("")) == ("", [])


@pytest.mark.parametrize(
    ("column", "codes"),
    [("status", Status), ("attribution", Attribution), ("place_precision", GeoPrecision)],
)
def test_a_code_stands_for_one_word(column, codes):
    assert [values_of(column, number) for number in range(len(codes))] == [[str(c)] for c in codes]


OTHER = EVENT_TYPES.index(EventType.OTHER)


def test_the_most_frequent_types_without_a_word_stand_for_themselves():
    counts = {(OTHER, f"type {n}"): 100 - n for n in range(12)} | {(0, "Car bomb"): 500}
    own = own_types_of(counts)
    assert own == tuple(f"type {n}" for n in range(MOST_OWN))
    assert own_types_of(dict(reversed(counts.items()))) == own
    assert own_types_of({}) == own_types_of({(OTHER, ""): 9, (OTHER, " "): 9}) == ()


def test_equally_frequent_types_are_in_order_of_their_words():
    assert own_types_of({(OTHER, "b"): 2, (OTHER, "a"): 2, (OTHER, "c"): 3}) == ("c", "a", "b")


def test_what_is_no_type_stands_not_for_itself():
    """A column of free text has as many values as rows, and a long one is a text."""
    assert own_types_of({(OTHER, f"note {n}"): 1 for n in range(300)}) == ()
    assert own_types_of({(OTHER, "x" * 201): 9, (OTHER, "y" * 200): 1}) == ("y" * 200,)
    assert own_types_of({(OTHER, "Other"): 9, (OTHER, " unknown"): 9, (OTHER, "Theft"): 1}) == (
        "Theft",
    )


def test_a_type_stands_for_itself_only_without_a_word_of_ours():
    own = ("Theft", "")
    assert own_code(OTHER, "Theft", own) == len(EVENT_TYPES)
    assert own_code(0, "Theft", own) == 0
    assert own_code(OTHER, "", own) == own_code(OTHER, "Fraud", own) == OTHER


def test_values_of_types_and_lists():
    chosen = (EVENT_TYPES[-1], EVENT_TYPES[0])
    assert values_of("type_bits", type_mask(chosen)) == sorted(chosen, key=EVENT_TYPES.index)
    assert values_of("countries", "|AF|TJ|") == ["AF", "TJ"]
    assert values_of("group_ids", "") == []


def test_what_is_told_of_a_point_is_in_the_table():
    assert set(POINT_COLUMNS.values()) <= set(SCHEMA.names)

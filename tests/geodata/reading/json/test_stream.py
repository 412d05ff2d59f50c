"""Tests of JSON read from a window that is narrower than the text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading import Limits
from geodata.reading.json.stream import Broken, Cursor, events


def pieces(text: str, size: int):
    return (text[at : at + size] for at in range(0, len(text), size))


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(st.lists(VALUE, max_size=6), st.integers(1, 7))
def test_values_are_whole_wherever_pieces_end(values, size):
    found = events(Cursor(pieces(json.dumps(values), size), Limits()))
    assert [one.value for one in found] == values


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_number_is_not_cut(size, monkeypatch):
    monkeypatch.setattr("geodata.reading.json.stream._WINDOW", 1)
    found = events(Cursor(pieces("[12345, -1.5e10, true, null]", size), Limits()))
    assert [one.value for one in found] == [12345, -1.5e10, True, None]


def test_a_record_longer_than_the_limit_is_left_out():
    text = '[1,"' + "x" * 3_000_000 + '",2]'
    found = [one.value for one in events(Cursor(pieces(text, 1000), Limits(record=1_000_000)))]
    assert found[0] == 1
    assert isinstance(found[1], Broken)

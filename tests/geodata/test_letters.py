"""Tests of names in plain Latin letters."""

from __future__ import annotations

import pytest
from fixed_records import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from geodata.letters import to_latin


@given(st.one_of(st.text(), st.sampled_from(HOSTILE)))
def test_what_comes_out_is_ascii_in_lower_case(text):
    assert to_latin(text).isascii()
    assert to_latin(text) == to_latin(text).casefold()


@pytest.mark.parametrize("text", ["Kabul", "a-b_c", "O'Hara 12"])
def test_ascii_stays_but_for_its_case(text):
    assert to_latin(text) == text.lower()

"""Tests of names in plain Latin letters."""

from __future__ import annotations

import re

import pytest
from fixed_records import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from geodata.letters import letters_by_latin, to_latin


@given(st.one_of(st.text(), st.sampled_from(HOSTILE)))
def test_what_comes_out_is_ascii_in_lower_case(text):
    assert to_latin(text).isascii()
    assert to_latin(text) == to_latin(text).casefold()


@pytest.mark.parametrize("text", ["Kabul", "a-b_c", "O'Hara 12"])
def test_ascii_stays_but_for_its_case(text):
    assert to_latin(text) == text.lower()


@given(st.one_of(st.text(), st.sampled_from(HOSTILE)))
def test_other_letters_are_the_same_among_latin_ones(text):
    assert to_latin(f"Near {text} 12 Й") == f"near {to_latin(text)} 12 y"


def test_scripts_can_look_up_each_letter_by_itself():
    table = letters_by_latin()
    handed = [letter for letters in table.values() for letter in letters]
    assert len(handed) == len({*handed})
    assert not [latin for latin in table if re.search("[^0-9a-z ]", latin)]
    # Together they are what the letters are one by one, so words need no other rule.
    of = {letter: latin for latin, letters in table.items() for letter in letters}
    for word in ("Данғара", "Kundūz", "مُحَمَّد", "שָׁלוֹם", "ガザ"):
        assert "".join(of.get(one, one.lower()) for one in word) == to_latin(word)


@pytest.mark.parametrize("letter", "서京😀")
def test_letters_of_no_alphabet_are_not_handed_over(letter):
    assert letter not in "".join(letters_by_latin().values())

"""Tests of comparing names whatever their case, accents, dashes or script."""

from __future__ import annotations

import unicodedata

import pytest
from corpora import corpus
from fixed_records import HOSTILE, SCRIPTS
from hypothesis import given
from hypothesis import strategies as st

from geodata.letters import to_latin
from geodata.records.names import _PLAIN, normalise, normalise_once


@pytest.mark.parametrize(
    "spellings",
    [
        ("IS-KP", "is–kp", "IS KP", "is‑kp", " Is—Kp ", "IS/KP"),
        ("Kundūz", "KUNDUZ", "kunduz", "Kundu\u0304z"),
        ("O‘zbek", "Oʻzbek", "O'zbek", "ozbek"),
        ("Jalal-Abad", "jalal abad", "JALAL–ABAD"),
        ("Straße", "STRASSE", "strasse"),
    ],
)
def test_spellings_of_one_name_are_equal(spellings):
    assert len({normalise(one) for one in spellings}) == 1


SPELLINGS = corpus("search")


@pytest.mark.parametrize("case", SPELLINGS, ids=[one["name"] for one in SPELLINGS])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_what_people_type_is_in_what_is_written(case, form):
    written = normalise(unicodedata.normalize(form, case["written"]))
    for typed in case["typed"]:
        for one in (typed, unicodedata.normalize(form, typed)):
            for word in one.split():
                assert normalise(word) in written


def test_names_that_differ_stay_apart():
    assert normalise("Jalalabad") != normalise("Jalal-Abad")
    assert normalise("ETIM") != normalise("ETIP")
    assert normalise("محمد") != normalise("احمد محمود")
    assert normalise("й") != normalise("и")
    assert normalise("ガ") != normalise("カ")


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_has_latin_letters(text):
    assert normalise(text)
    assert normalise(text).isascii()


@given(st.one_of(st.text(), st.sampled_from(HOSTILE)))
def test_what_comes_out_is_plain_and_comes_out_of_itself(text):
    plain = normalise(text)
    assert set(plain) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert plain == plain.strip()
    assert "  " not in plain
    assert normalise(plain) == plain == normalise_once(text)


@given(st.text(), st.text())
def test_a_part_is_found_in_the_whole(start, end):
    assert normalise(end).replace(" ", "") in normalise(start + end).replace(" ", "")


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_read_as_all_others_are(text):
    assert normalise_once(text) == " ".join(to_latin(text).translate(_PLAIN).split())

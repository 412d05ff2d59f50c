"""Tests of plain English: labels of values, countries and lists of words."""

from __future__ import annotations

import pytest

from geodata.records.vocabulary import EventType, GeoPrecision, Stance
from geodata.records.words import PRECISION_WORDS, country_name, describe_stance, join_words, plural


def test_every_value_has_words():
    assert set(PRECISION_WORDS) == set(GeoPrecision)
    assert len({describe_stance(one) for one in Stance}) == len(Stance)
    assert len({plural(one) for one in EventType}) == len(EventType)


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_words_are_joined_as_english_does(words, text):
    assert join_words(words, "or") == text


def test_countries_have_english_names():
    assert country_name("IR") == "Iran"
    assert country_name("ZZZ") == "ZZZ"
    assert country_name("") == "country unknown"

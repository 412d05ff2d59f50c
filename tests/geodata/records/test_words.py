"""Tests of plain English: labels of values, countries and lists of words."""

from __future__ import annotations

import pytest

from geodata.records.vocabulary import ClaimAbout, EventType, GeoPrecision, Role, Stance
from geodata.records.words import (
    PRECISION_WORDS,
    ROLE_WORDS,
    country_name,
    describe_stance,
    join_words,
    plural,
)


def test_every_value_has_words():
    assert set(PRECISION_WORDS) == set(GeoPrecision)
    assert len({describe_stance(one) for one in Stance}) == len(Stance)
    assert len({plural(one) for one in EventType}) == len(EventType)
    assert set(ROLE_WORDS) == set(Role)
    assert len(set(ROLE_WORDS.values())) == len(Role)


@pytest.mark.parametrize("stance", Stance)
@pytest.mark.parametrize("about", ClaimAbout)
def test_one_speaker_and_several_said_it_alike(stance, about):
    verb = describe_stance(stance, about).split()[0]
    assert verb.endswith("ed") or verb == "said", "a present tense is wrong for one or for several"


def test_who_clears_a_party_does_not_deny_a_charge():
    assert describe_stance(Stance.DENIES, role=Role.CLEARED) == "cleared"
    assert describe_stance(Stance.DENIES, role=Role.ACCUSED) == "denied that it was"


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

"""Tests of which claims are about one matter, and of when they disagree."""

from __future__ import annotations

import pytest
from fixed_records import claim
from hypothesis import given
from hypothesis import strategies as st
from strategies import claims

from geodata.records.disagreement import by_matter, claims_differ
from geodata.records.model import Claim


def dates(*texts: str) -> list[Claim]:
    return [claim("date", text) for text in texts]


def killed(value: int, locator: str = "1", **fields) -> Claim:
    return claim("fatalities", value, **({"source": "s", "locator": locator} | fields))


@pytest.mark.parametrize(
    ("texts", "differ"),
    [
        (("2018-07", "2018-07-29"), False),
        (("2018", "2018-04"), False),
        (("2018", "2018-04", "2018-07"), True),
        (("2024-01-03", "2024-01-04"), True),
        (("2022-04-17/2022-05-03", "2022-04-17/2022-05-01"), True),
        (("2022-04-17/2022-05-03", "2022-04/2022-05"), False),
        (("2001/2021", "2001-09-11/.."), False),
        (("../2024-01-03", "2020"), False),
        (("../2019", "2020"), True),
        (("XXXX", "2020"), False),
        (("2020",), False),
    ],
)
def test_dates_differ_when_they_cannot_both_be_right(texts, differ) -> None:
    assert claims_differ(dates(*texts)) is differ


def test_single_dates_of_what_lasts_are_moments_of_its_time() -> None:
    moments, periods = dates("2014", "2016"), dates("2014/2015", "2014/2016")
    assert claims_differ(moments)
    assert not claims_differ(moments, is_lasting=True)
    assert claims_differ(periods, is_lasting=True)
    founded = [one.but(topic="Founding") for one in moments]
    assert claims_differ(founded, is_lasting=True)


@pytest.mark.parametrize(
    ("figures", "differ"),
    [
        ((killed(5), killed(5, "2", qualifier="at least")), False),
        ((killed(5), killed(6, "2")), True),
        ((killed(9), killed(4, part="police")), False),
        ((killed(9), killed(4, "2", part="police")), False),
        ((killed(4, part="police"), killed(5, part="guests"), killed(9, "2")), False),
        ((killed(4, part="police"), killed(6, part="guests"), killed(9, "2")), True),
        ((killed(4, part="police"), killed(5, "2", part="police")), True),
        ((killed(4, part="police"), killed(5, "2", part="guests")), False),
        (
            (killed(22, part="fighters", by="A"), killed(7, "2", part="civilians", by="B")),
            False,
        ),
        (
            (killed(200, as_of="2013"), killed(1400, as_of="2015-01"), killed(5)),
            False,
        ),
        ((killed(200, as_of="2013"), killed(1400, as_of="2013")), True),
        ((killed(200, qualifier="at least"), killed(250, qualifier="at most")), False),
        ((killed(1000, qualifier="about"), killed(1100, qualifier="about")), False),
        ((killed(8, qualifier="at least"), killed(9), killed(12, qualifier="at most")), False),
        ((killed(90, qualifier="over"), killed(94)), False),
        ((killed(90, qualifier="over"), killed(94, "2")), False),
        ((killed(94, qualifier="over"), killed(90, "2")), True),
        ((killed(90, qualifier="over"), killed(94, by="B")), True),
        ((killed(90, qualifier="over"), killed(94, source="t")), True),
        ((killed(8), killed(9)), True),
        ((killed(9, qualifier="at least"), killed(8)), True),
        ((killed(9, qualifier="at least"), killed(8, qualifier="at most")), True),
        ((killed(1000, qualifier="about"), killed(1100, "2", qualifier="about")), True),
    ],
)
def test_figures_differ_when_they_count_the_same(figures, differ) -> None:
    assert claims_differ(figures) is differ
    assert claims_differ(figures[::-1]) is differ


@given(claims())
def test_one_claim_without_a_stance_disagrees_with_nothing(one: Claim) -> None:
    assert not claims_differ([one.model_copy(update={"stance": None})] * 2)


@pytest.mark.parametrize(
    ("values", "differ"),
    [
        (("At the grave", "at the  grave"), False),
        (("At the grave", "In a procession"), True),
        (("At the grave",), False),
        ((), False),
    ],
)
def test_claims_on_one_topic_differ_in_what_they_say(values, differ) -> None:
    assert claims_differ([claim("place", one, topic="Where") for one in values]) is differ
    assert not claims_differ([claim("place", one) for one in values])


def test_topics_are_not_held_against_each_other() -> None:
    said = [claim("date", "2013", topic="Founding"), claim("date", "2015", topic="Merger")]
    assert not claims_differ(said)
    assert claims_differ([*said, claim("date", "2014", topic="Founding")])


def test_a_topic_joins_claims_of_different_kinds() -> None:
    said = [
        claim("fatalities", 4, topic="Toll"),
        claim("fatalities", 9),
        claim("casualties", 8, topic="Toll"),
    ]
    assert [(str(one.about), one.topic, len(one.claims)) for one in by_matter(said)] == [
        ("fatalities", "", 1),
        ("fatalities", "Toll", 2),
    ]
    assert claims_differ(by_matter(said)[1].claims)


def test_answers_of_different_times_are_a_series() -> None:
    stood = [claim("other", "an ally", topic="Stand", as_of="2015")]
    assert not claims_differ([*stood, claim("other", "an enemy", topic="Stand", as_of="2022")])
    assert claims_differ([*stood, claim("other", "an enemy", topic="Stand", as_of="2015")])


@given(st.lists(claims(), max_size=6))
def test_every_claim_belongs_to_one_matter(said: list[Claim]) -> None:
    found = [one for matter in by_matter(said) for one in matter.claims]
    assert sorted(map(repr, found)) == sorted(map(repr, said))

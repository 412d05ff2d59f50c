"""Tests of which claims are listed as contradictions, and under which heading."""

from __future__ import annotations

import pytest
from fixed_records import base_area, claim, incident
from hypothesis import given
from hypothesis import strategies as st
from strategies import claims

from geodata.account.contradictions import contradictions
from geodata.records.collection import Records
from geodata.records.model import Claim, Group, Relation
from geodata.records.vocabulary import ClaimAbout, Stance


def dates(*texts: str) -> list[Claim]:
    return [claim("date", text) for text in texts]


def killed(value: int, locator: str = "1", **fields) -> Claim:
    return claim("fatalities", value, **({"source": "s", "locator": locator} | fields))


def matters(*said: Claim, **fields) -> list[str]:
    record = incident(claims=said, **fields)
    return [one.heading for found in contradictions(Records((record,))) for one in found.matters]


@pytest.mark.parametrize(
    ("identifier", "heading", "values"),
    [
        ("krasnogorsk-2024-03-22", "Killed", {"144", "145"}),
        ("krasnogorsk-2024-03-22", "Responsibility", {"Ukraine"}),
        ("kerman-2024-01-03", "Killed", {"94", "96", "nearly 100"}),
        ("kerman-2024-01-03", "Injured", {"284", "over 300"}),
        ("darzab-2018-07", "Date", {"April 2018", "July 2018"}),
        (
            "two-sheikhs-campaign-2022-04-17--2022-05-03",
            "Date",
            {"17 April 2022 – 1 May 2022", "17 April 2022 – 3 May 2022"},
        ),
        ("termez-2022-04-18", "Whether and how it happened", {"An attack took place."}),
    ],
)
def test_known_contradictions_are_listed(
    identifier: str, heading: str, values: set[str], shipped: Records
) -> None:
    found = next(one for one in contradictions(shipped) if one.id == identifier)
    matter = next(one for one in found.matters if one.heading == heading)
    assert values <= {said.value for said in matter.said}
    assert all(said.source in shipped.sources_by_id and said.locator for said in matter.said)


def test_a_contested_incident_is_always_listed(shipped: Records) -> None:
    listed = {one.id for one in contradictions(shipped) if one.kind == "incident"}
    denied = {
        one.id
        for one in shipped.incidents
        if any(said.stance is Stance.DENIES and said.about == "attribution" for said in one.claims)
    }
    assert denied
    assert denied <= listed


def test_single_dates_of_an_area_are_moments_of_its_time() -> None:
    moments, periods = dates("2014", "2016"), dates("2014/2015", "2014/2016")
    assert contradictions(Records((), (base_area(claims=tuple(moments)),))) == ()
    (found,) = contradictions(Records((), (base_area(claims=tuple(periods)),)))
    assert found.kind == "base area"
    assert found.matters[0].heading == "Date"


def test_a_denial_is_a_contradiction() -> None:
    denied = claim("attribution", "x", stance="denies", by="Y")
    assert matters(denied) == ["Responsibility"]
    assert matters(claim("attribution", "x", stance="claims", by="X")) == []
    doubt = claim("involved", "x", stance="doubts")
    assert matters(doubt) == []
    assert matters(doubt, claim("involved", "x")) == ["Parties named"]


def test_only_a_document_of_its_own_voice_contradicts_itself() -> None:
    def is_inside(*said: Claim) -> bool:
        (found,) = contradictions(Records((incident(claims=said),)))
        return found.matters[0].in_one_document

    assert is_inside(killed(144), killed(145, "2"))
    assert not is_inside(killed(144), killed(145, source="t"))
    assert not is_inside(killed(144, by="X"), killed(145, "2", by="Y"))


def test_a_document_that_answers_one_question_twice_contradicts_itself() -> None:
    said = [claim("place", text, topic="Where", source="s") for text in ("at the grave", "in town")]
    (found,) = contradictions(Records((incident(claims=said),)))
    assert [(one.heading, one.in_one_document) for one in found.matters] == [("Where", True)]


def test_groups_are_compared_by_topic_and_figure_only() -> None:
    def listed(*said: Claim) -> list[str]:
        found = contradictions(Records(groups=(Group(id="g", name="G", claims=said),)))
        return [matter.heading for one in found for matter in one.matters]

    founded = [claim("date", year, topic="Founding") for year in ("2013", "2014")]
    assert listed(*founded) == ["Founding"]
    assert listed(claim("date", "2013"), claim("date", "2014")) == []
    assert listed(claim("other", "ally"), claim("other", "no ally", stance="denies")) == []
    strength = [claim("count", 200, as_of="2013"), claim("count", 1400, as_of="2015-01")]
    assert listed(*strength) == []
    assert listed(*strength, claim("count", 900, as_of="2013")) == ["Number"]


def test_a_denied_relation_and_two_dates_of_a_merger_are_listed() -> None:
    def listed(*said: Claim) -> list[tuple[str, str, str]]:
        one = Relation(id="r", subject="a", kind="merged into", object="b", claims=said)
        found = contradictions(Records(relations=(one,)))
        return [(o.kind, o.title, m.heading) for o in found for m in o.matters]

    title = "a, merged into b"
    assert listed(claim("date", "2015-01/.."), claim("date", "2015-03-06/..")) == [
        ("relation", title, "Date")
    ]
    assert listed(claim("date", "2015-01/.."), claim("date", "../2016")) == []
    assert listed(claim("occurrence", "It did not.", stance="denies")) == [
        ("relation", title, "What is said of it")
    ]


def test_a_caveat_stands_before_the_note() -> None:
    blamed = claim(
        "attribution",
        "x",
        stance="assigns to another party",
        caveat="Without evidence.",
        note="On the same day.",
    )
    (found,) = contradictions(Records((incident(claims=(blamed,)),)))
    assert found.matters[0].said[0].note == "Without evidence. On the same day."


@given(st.lists(claims(), max_size=6).map(tuple))
def test_a_matter_is_listed_with_all_its_claims_or_not_at_all(said: tuple[Claim, ...]) -> None:
    for found in contradictions(Records((incident(claims=said),))):
        for matter in found.matters:
            plain = {sum(one.about is a and not one.topic for one in said) for a in ClaimAbout}
            named = {sum(one.topic == topic for one in said) for topic in ("Founding", "Strength")}
            assert len(matter.said) in plain | named
            assert matter.said

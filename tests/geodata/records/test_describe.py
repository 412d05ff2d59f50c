"""Tests of records in words: groups and places, and who says who did it."""

from __future__ import annotations

import pytest
from fixed_records import claim, incident

from geodata.records.collection import Records
from geodata.records.describe import (
    NO_RESPONSIBILITY,
    describe_claim,
    describe_place,
    describe_responsibility,
    group_label,
    stance_of,
)
from geodata.records.model import Claim, Group, Incident, Source
from geodata.tongue import speaking

GROUPS = Records(
    groups=(
        Group(id="iskp", name="Islamic State – Khorasan Province", short_name="IS-KP"),
        Group(id="houthis", name="Houthis", aliases=("Ansarullah",)),
        Group(id="jamaat-ansarullah", name="Jamaat Ansarullah", aliases=("Ansarullah",)),
    )
)


def test_a_group_has_its_shortest_usual_name():
    assert [group_label(one, GROUPS) for one in ("iskp", "houthis", "nobody")] == [
        "IS-KP",
        "Houthis",
        "nobody",
    ]


@pytest.mark.parametrize(
    ("names", "known", "words"),
    [
        (("Achin", "Achin", "Nangarhar"), ("Achin", "Nangarhar"), "Achin, Nangarhar, Afghanistan"),
        (("", "Achin", ""), ("Achin",), "Achin, Afghanistan"),
        (("", "", ""), (), "Afghanistan"),
        (("Afghanistan", "", ""), ("Afghanistan",), "Afghanistan"),
    ],
)
def test_places_are_named_from_the_smallest_on(names, known, words):
    place, admin2, admin1 = names
    one = Incident(
        id="a", title="A", event_date="2020", event_types=("arson",), country="AF",
        place=place, admin2=admin2, admin1=admin1,
    )  # fmt: skip
    assert one.place_names == known
    assert describe_place(one) == words


@pytest.mark.parametrize(
    ("place", "admin1", "country", "words"),
    [
        ("Nangarhar Province", "Nangarhar", "AF", "Nangarhar Province, Afghanistan"),
        ("Kabul airport, Kabul", "Kabul", "AF", "Kabul airport, Kabul, Afghanistan"),
        ("eastern Afghanistan", "", "AF", "eastern Afghanistan"),
        ("Paris", "Île-de-France", "FR", "Paris, Île-de-France, France"),
        ("Kabulistan", "Kabul", "AF", "Kabulistan, Kabul, Afghanistan"),
        ("Afghanistan Street, Herat", "", "AF", "Afghanistan Street, Herat, Afghanistan"),
        ("Kashmir", "", "", "Kashmir"),
        ("", "", "", "country unknown"),
    ],
)
def test_no_name_of_a_place_is_told_twice(place, admin1, country, words):
    one = Incident(
        id="a", title="A", event_date="2020", event_types=("arson",), place=place, admin1=admin1,
        country=country,
    )  # fmt: skip
    assert describe_place(one) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [("Afghanistan", "افغانستان"), ("Kabul", "کابل، افغانستان"), ("Iraq", "Iraq، افغانستان")],
)
def test_a_place_that_is_a_whole_country_is_told_once_in_each_language(place, words):
    one = Incident(
        id="a", title="A", event_date="2020", event_types=("arson",), place=place, country="AF"
    )
    with speaking("fa"):
        assert describe_place(one) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([], "no claim about responsibility"),
        ([("claims", "iskp", "Amaq")], "claimed for IS-KP by Amaq"),
        ([("claims", "iskp", "IS–KP")], "claimed by IS-KP"),
        ([("claims", "iskp", "")], "claimed by IS-KP"),
        (
            [("claims", "iskp", "IS-KP"), ("claims", "iskp", "a paper")],
            "claimed by IS-KP and, for it, by a paper",
        ),
        (
            [("assigns", "iskp", ""), ("assigns to another party", "houthis", "A")],
            "attributed to IS-KP; attributed instead to Houthis by A",
        ),
        (
            [("assigns", "iskp", "A"), ("assigns", "iskp", "B"), ("assigns", "iskp", "A")],
            "attributed to IS-KP by A and B",
        ),
        ([("denies", "houthis", "Houthis")], "responsibility of Houthis denied by Houthis"),
        (
            [("doubts", "unlisted", "")],
            "responsibility of unlisted doubted by the document",
        ),
        (
            [("claims", "iskp", "IS-KP (its outlet)"), ("claims", "iskp", "a paper")],
            "claimed by IS-KP (its outlet) and, for it, by a paper",
        ),
        ([("assesses", "iskp", "")], "assessed to be IS-KP"),
        ([("assigns to another party", "houthis", "")], "Houthis blamed by the document"),
        (
            [("assigns to another party", "houthis", "A"), ("claims", "iskp", "IS-KP")],
            "Houthis blamed by A; claimed by IS-KP",
        ),
        (
            [("denies", "iskp", "IS-KP"), ("assigns to another party", "houthis", "A")],
            "responsibility of IS-KP denied by IS-KP; Houthis blamed by A",
        ),
    ],
)
def test_responsibility_says_who_says_what(said: list[tuple[str, str, str]], words: str) -> None:
    incident = Incident(
        id="one",
        title="One",
        event_date="2020",
        event_types=("bombing",),
        claims=tuple(
            Claim(about="attribution", stance=stance, value=group, by=by, source="s")
            for stance, group, by in said
        ),
    )
    assert describe_responsibility(incident, GROUPS) == words


BLAMED = claim(
    "attribution",
    "houthis",
    stance="assigns to another party",
    role="accused",
    by="A and B",
    caveat="Without evidence.",
)


def test_a_claim_in_words_keeps_role_people_time_and_caveat():
    records = Records(groups=GROUPS.groups, sources=(Source(id="book", title="A book"),))
    assert describe_claim(BLAMED, records) == (
        "attribution, accused: A and B said it was instead: Houthis (Without evidence.) "
        "[“A book”, page 1]"
    )
    strength = claim("count", 1140, part="members", as_of="2015-10", source="other")
    assert describe_claim(strength, records) == (
        "count: 1,140 (members; October 2015) [other, page 1]"
    )
    denied = claim("occurrence", None, stance="denies", locator="")
    assert describe_claim(denied, records) == "occurrence: the document denied [“A book”]"
    told = claim("fatalities", 3, by="officials", qualifier="at least")
    assert describe_claim(told, records) == ("fatalities: officials: at least 3 [“A book”, page 1]")


@pytest.mark.parametrize("stance", ["claims", "assigns", "assesses", "assigns to another party"])
def test_whom_somebody_blames_is_never_said_to_have_done_it(stance):
    one = incident(claims=(BLAMED.but(stance=stance),))
    assert describe_responsibility(one, GROUPS) == ("Houthis blamed by A and B (Without evidence.)")


def test_whom_somebody_clears_is_said_to_be_cleared():
    cleared = claim("attribution", "houthis", stance="denies", role="cleared", by="A")
    one = incident(claims=(cleared, cleared.but(by="")))
    assert describe_responsibility(one, GROUPS) == "Houthis cleared by A"
    assert describe_responsibility(incident(claims=(cleared.but(by=""),)), GROUPS) == (
        "Houthis cleared by the document"
    )


@pytest.mark.parametrize("role", ["target", "other"])
def test_a_party_in_another_role_is_not_held_responsible(role):
    named = claim("attribution", "houthis", stance="assigns", role=role, by="A")
    assert describe_responsibility(incident(claims=(named,)), GROUPS) == NO_RESPONSIBILITY


def test_parties_named_in_one_breath_are_told_in_one():
    def said(value, locator="1", **more):
        return {
            "about": "attribution", "value": value, "stance": "assigns", "source": "s",
            "locator": locator, **more,
        }  # fmt: skip

    def words(*claims):
        one = Incident(id="a", title="A", event_date="2020", event_types=("arson",), claims=claims)
        return describe_responsibility(one, Records())

    assert words(said("x"), said("y"), said("z")) == "attributed to x, y and z"
    assert words(said("x"), said("y", "2")) == "attributed to x; attributed to y"
    apart = "attributed to x by A; attributed to y by B"
    assert words(said("x", by="A"), said("y", by="B")) == apart
    narrowed = "attributed to x (In part.); attributed to y"
    assert words(said("x", caveat="In part."), said("y")) == narrowed


def test_a_stance_without_a_party_does_not_wait_for_one():
    one = Claim(about="attribution", stance="denies", source="s")
    assert (stance_of(one), stance_of(one.but(value="x"))) == ("denied", "denied that it was")
    assert stance_of(Claim(about="occurrence", stance="doubts", value="x", source="s")) == "doubted"

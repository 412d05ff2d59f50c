"""Tests of records in words: groups and places, and who says who did it."""

from __future__ import annotations

import pytest
from fixed_records import claim

from geodata.records.collection import Records
from geodata.records.describe import (
    describe_claim,
    describe_place,
    describe_responsibility,
    group_label,
)
from geodata.records.model import Claim, Group, Incident

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
        ([("doubts", "unlisted", "")], "responsibility of unlisted doubted"),
        ([("assesses", "iskp", "")], "assessed to be IS-KP"),
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


def test_a_claim_in_words_keeps_role_people_time_and_caveat():
    blamed = claim(
        "attribution",
        "ukraine",
        stance="assigns to another party",
        role="accused",
        by="FSB",
        caveat="Without evidence.",
    )
    assert describe_claim(blamed) == (
        "attribution: ukraine assigns to another party as accused by FSB – Without evidence. "
        "(book, page 1)"
    )
    strength = claim("count", 1140, part="members", as_of="2015-10")
    assert describe_claim(strength) == "count: 1140 [members] as of 2015-10 (book, page 1)"

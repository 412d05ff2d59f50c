"""The shipped record against its documents: parties, tolls and status.

Each value here was wrong or missing once.
"""

from __future__ import annotations

import pytest
from shipped_reading import every_record, said

from geodata.records.collection import Records
from geodata.records.derive import derive_toll
from geodata.records.describe import describe_responsibility
from geodata.records.features import to_feature
from geodata.records.parties import parties
from geodata.records.vocabulary import PARTY_COLUMNS, ClaimAbout, Role, Stance

ACTOR, ACCUSED, CLEARED, TARGET = Role.ACTOR, Role.ACCUSED, Role.CLEARED, Role.TARGET
PARTIES = [
    ("kerman-2024-01-03", ACTOR, {"islamic-state", "iskp-tajik-wing", "iskp"}),
    ("kerman-2024-01-03", ACCUSED, {"israel", "united-states"}),
    ("krasnogorsk-2024-03-22", ACTOR, {"iskp"}),
    ("krasnogorsk-2024-03-22", ACCUSED, {"ukraine"}),
    ("danghara-2018-07-29", ACTOR, {"islamic-state"}),
    ("danghara-2018-07-29", ACCUSED, {"irpt"}),
    ("kabul-2020-05-12", ACTOR, {"iskp"}),
    ("kabul-2020-05-12", CLEARED, {"taliban"}),
    ("kuz-kunar-2020-05-12", CLEARED, {"taliban"}),
    ("manhattan-2017-10-31", ACTOR, set()),
    ("manhattan-2017-10-31", ACCUSED, set()),
    ("termez-2022-04-18", ACTOR, {"iskp"}),
    ("termez-2022-04-18", TARGET, {"uzbekistan-government"}),
    ("sar-e-pol-2017-08", ACTOR, {"iskp", "taliban"}),
    ("nangarhar-2019-04-30", ACTOR, {"afghan-forces"}),
    ("nangarhar-2019-04-30", TARGET, {"iskp", "taliban"}),
    ("moscow-2017-08", ACTOR, {"islamic-state"}),
    ("united-states-2024-06", ACTOR, {"iskp"}),
    ("lahore-2017-04-14", ACTOR, {"pakistan-forces"}),
    ("lahore-2017-04-14", TARGET, {"islamic-state"}),
    ("osman-ghazi-2015-11", ACTOR, {"taliban"}),
    ("osman-ghazi-2015-11", ACCUSED, set()),
    ("panjshir-valley-2022-05", ACTOR, {"nrf"}),
    ("panjshir-valley-2022-05", TARGET, {"taliban"}),
    ("united-states-2001-09-11", TARGET, {"united-states"}),
    ("kabul-2022-09", TARGET, {"russia-government"}),
    ("khar-2023-07", TARGET, {"jamiat-ulema-e-islam"}),
    ("islamic-state-threat-2018-02", TARGET, {"united-states", "russia-government"}),
    ("islamic-state-threat-2024-01-04", TARGET, {"iran-government"}),
    ("iskp-attacks-2022-04", TARGET, {"taliban"}),
    ("two-sheikhs-campaign-2022-04-17--2022-05-03", TARGET, {"taliban"}),
    ("nangarhar-2019-04", ACTOR, {"iskp", "taliban"}),
]


@pytest.mark.parametrize(("identifier", "role", "groups"), PARTIES)
def test_parties_stand_in_their_roles(
    shipped: Records, identifier: str, role: Role, groups: set[str]
) -> None:
    one = shipped.incidents_by_id[identifier]
    assert set(parties(one.claims)[role]) == groups
    ids, names = PARTY_COLUMNS[role]
    properties = to_feature(one, shipped)["properties"]
    assert set(properties[ids]) == groups
    assert properties[names] == [shipped.groups_by_id[group].name for group in properties[ids]]


def test_every_party_has_a_role(shipped: Records) -> None:
    for record in every_record(shipped):
        for claim in record.claims:
            if claim.names_party and claim.value is not None:
                assert claim.role, (record.id, claim)


def test_nobody_accused_or_cleared_is_an_actor(shipped: Records) -> None:
    for one in shipped.incidents:
        found = parties(one.claims)
        blamed = {
            claim.value
            for claim in one.claims
            if claim.stance is Stance.ASSIGNS_TO_ANOTHER_PARTY or claim.role is Role.ACCUSED
        }
        assert not found[Role.ACTOR] or not blamed & set(found[Role.ACTOR]), one.id
        assert not set(found[Role.CLEARED]) & set(found[Role.ACTOR]), one.id


def test_a_caveat_stands_beside_every_accusation(shipped: Records) -> None:
    accusations = [
        (one.id, claim)
        for one in shipped.incidents
        for claim in one.claims
        if claim.stance is Stance.ASSIGNS_TO_ANOTHER_PARTY
    ]
    assert {identifier for identifier, _ in accusations} == {
        "kerman-2024-01-03",
        "krasnogorsk-2024-03-22",
        "danghara-2018-07-29",
    }
    for identifier, claim in accusations:
        assert claim.caveat, identifier
    (blamed,) = [c for i, c in accusations if i == "krasnogorsk-2024-03-22"]
    assert "No evidence was given" in blamed.caveat
    doubts = [
        claim.value
        for claim in shipped.incidents_by_id["krasnogorsk-2024-03-22"].claims
        if claim.stance is Stance.DOUBTS
    ]
    assert doubts == ["ukraine"]


def test_a_caveat_stands_in_the_words_on_responsibility(shipped: Records) -> None:
    words = describe_responsibility(shipped.incidents_by_id["krasnogorsk-2024-03-22"], shipped)
    assert "Ukraine by Vladimir Putin and the FSB (No evidence was given for it" in words


def test_a_confession_in_custody_is_no_attribution(shipped: Records) -> None:
    danghara = shipped.incidents_by_id["danghara-2018-07-29"]
    assert not [c for c in said(danghara, "attribution") if "attacker" in c.by]
    (confession,) = [c for c in said(danghara, "other") if "attacker" in c.by]
    assert "custody" in confession.caveat


@pytest.mark.parametrize(
    ("identifier", "caveat"),
    [
        ("stockholm-2017-04-07", "The attacker said so in custody."),
        ("moscow-2017-08", "The arrested men said so in custody."),
        ("lahore-church-plot-2017-04", "A confession in custody"),
        ("faryab-2022-01", "Only Uzbek units of it"),
        ("iskp-prison-releases-2021-08", "Only of the release of 14 prisoners"),
        ("hazara-attacks-2021-08--2022-09-06", "Of 13 attacks."),
    ],
)
def test_what_narrows_responsibility_stands_beside_it(
    shipped: Records, identifier: str, caveat: str
) -> None:
    assert caveat in describe_responsibility(shipped.incidents_by_id[identifier], shipped)


def test_two_sides_of_a_battle_are_not_held_responsible(shipped: Records) -> None:
    fight = shipped.incidents_by_id["nangarhar-2019-04"]
    assert said(fight, "attribution") == []


def test_a_denial_involves_nobody_and_naming_bombers_claims_nothing(shipped: Records) -> None:
    termez = shipped.incidents_by_id["termez-2022-04-18"]
    assert [c.value for c in said(termez, "involved")] == ["uzbekistan-government"]
    kerman = shipped.incidents_by_id["kerman-2024-01-03"]
    claiming = {c.by for c in said(kerman, "attribution") if c.stance is Stance.CLAIMS}
    assert claiming == {"Islamic State (Amaq)"}


def test_russia_is_not_told_to_blame_ukraine_without_the_caveat(shipped: Records) -> None:
    assert shipped.groups_by_id["russia-government"].claims == ()


@pytest.mark.parametrize(
    ("identifier", "bounds", "text"),
    [
        (
            "nangarhar-2019-04-30",
            (None, None, None),
            "22 IS-KP fighters (NDS); 7 civilians (Taliban)",
        ),
        ("kerman-2024-01-03", (94, 100, None), "94 to nearly 100"),
        ("krasnogorsk-2024-03-22", (144, 145, None), "144–145"),
        ("kabul-2021-08-26", (170, 182, None), "over 170 to at least 182"),
        ("achin-2017-04-13", (36, 36, 36), "over 36 militants"),
        ("nangarhar-2017-04-26", (3, 3, 3), "at least 3"),
        ("helmand-2015-02-09", (1, 1, 1), "at least 1 leader"),
        ("danghara-2018-07-29", (4, 4, 4), "4"),
        ("afghan-forces-first-attack-2015-09", (3, 3, 3), "3 police"),
        ("nangarhar-2015-06--2015-09", (None, None, None), "not stated"),
    ],
)
def test_a_toll_counts_the_same_people(
    shipped: Records, identifier: str, bounds: tuple[int | None, ...], text: str
) -> None:
    claims = shipped.incidents_by_id[identifier].claims
    toll = derive_toll(claims, ClaimAbout.FATALITIES, shipped.families)
    assert ((toll.low, toll.high, toll.best), toll.text) == (bounds, text)


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("hazara-attacks-2021-08--2022-09-06", "at least 700"),
        ("danghara-2018-07-29", "8"),
    ],
)
def test_killed_or_injured_together_is_a_figure(
    shipped: Records, identifier: str, text: str
) -> None:
    one = shipped.incidents_by_id[identifier]
    assert to_feature(one, shipped)["properties"]["casualties_text"] == text


def test_what_only_an_interested_party_tells_is_claimed_only(shipped: Records) -> None:
    assert {one.id for one in shipped.incidents if one.status == "claimed only"} == {
        "deir-ez-zor-2017-09",
        "nangarhar-2016-04",
        "kabul-2021-08-26-arrests",
        "nangarhar-2019-01-10",
        "balochistan-attacks-before-2019-05-15",
        "kashmir-attacks-before-2019-05-15",
    }

"""The shipped record against its documents: groups, their relations and leaders.

Each value here was wrong or missing once.
"""

from __future__ import annotations

import pytest
from shipped_reading import area, rests_on_a_claim, said

from geodata.queries.belonging import Belongings
from geodata.records.collection import Records
from geodata.records.dates import parse_date
from geodata.records.vocabulary import RelationKind


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Wilayat Kashmir", "wilayat-kashmir"),
        ("Wilāyat Kashmīr", "wilayat-kashmir"),
        ("Shamshatoo group", "shamsatoo-group"),
        ("AQ", "al-qaeda"),
        ("al-Furqan", "al-furqan"),
        ("Hizb-ut Tahrir", "hizb-ut-tahrir"),
        ("ISI", "isi"),
        ("OMON", "omon-tajikistan"),
    ],
)
def test_names_that_were_missing(shipped: Records, name: str, group: str) -> None:
    assert shipped.resolve_groups(name) == (group,)


@pytest.mark.parametrize(
    "name",
    [
        "al-Qaeda in South Asia",
        "Transoxiana",
        "AGuH",
        "Bilad ma-Wara’al-Nahar",
        "Omar Ghazi's pro-ISIS–K group",
        "al-Qaida's al-Nusra Front",
        "Yemen’s Houthis",
        "the coalition",
        "central Islamic State",
        "Iranian regime",
    ],
)
def test_what_is_no_name_finds_no_group(shipped: Records, name: str) -> None:
    assert shipped.resolve_groups(name) == (name,)


@pytest.mark.parametrize(
    ("group", "when", "parents"),
    [
        ("khilafat-afghan", "2014", ()),
        ("khilafat-afghan", "2015-10", ("iskp",)),
        ("tkp", "2014-08", ()),
        ("tkp", "2015-02", ("iskp",)),
        ("tkk", "2015-10", ("iskp",)),
        ("azizullah-haqqani-group", "2015-10", ("iskp",)),
        ("muslim-dost-group", "2015-10", ("iskp",)),
        ("shamsatoo-group", "2016", ("iskp",)),
        ("omar-ghazi-group", "2015-01", ()),
        ("omar-ghazi-group", "2015-10", ("iskp",)),
        ("imu", "2001", ()),
        ("imu", "2015-10", ("iskp",)),
        ("imu", "2018", ()),
        ("al-qaeda-in-iraq", "2003", ()),
        ("al-qaeda-in-iraq", "2006", ("al-qaeda",)),
        ("iskp", "2014", ()),
        ("iskp", "2016", ("islamic-state",)),
        ("jamaat-ansarullah", "2018", ()),
        ("nds", "2015", ("afghan-government",)),
        ("haqqani-network", "2012", ("taliban",)),
    ],
)
def test_parents_hold_for_their_time(
    shipped: Records, group: str, when: str, parents: tuple[str, ...]
) -> None:
    assert shipped.parents_at(group, parse_date(when)) == parents


def joined_by(records: Records, group: str, when: str) -> set[str]:
    """Return the groups that may have belonged to a group in a month or year."""
    belongings, span = Belongings(records), parse_date(when)
    return {
        one.id
        for one in records.groups
        for above, days in belongings.of(one.id).items()
        if above == group and any(a <= span.end and b >= span.start for a, b in days.possible)
    }


def test_iskp_in_october_2015_holds_what_had_joined(shipped: Records) -> None:
    found = joined_by(shipped, "iskp", "2015-10")
    merged = {"tkp", "tkk", "khilafat-afghan", "muslim-dost-group", "azizullah-haqqani-group"}
    joined = {"omar-ghazi-group", "shamali-khilafat", "gansu-hui-group", "harakat-khilafat-baluch"}
    assert merged | joined | {"imu", "shamsatoo-group"} <= found
    assert not {"jaysh-ul-islam", "mullah-bakhtwar-group"} & found
    headquarters = area(shipped, "khilafat-afghan-doha-headquarters")
    assert headquarters.group in found


def test_the_governors_follow_one_another(shipped: Records) -> None:
    terms = [
        (one.object, one.valid_from, one.valid_to)
        for one in shipped.relations_by_group["iskp"]
        if one.kind is RelationKind.LED_BY
    ]
    assert terms == [
        ("Hafiz Saeed Khan", "2015-01-11", "2016-07-26"),
        ("Abdul Haseeb Logari", "2016-07-27", "2017-04-26"),
        ("Abdul Rahman Ghaleb", "2017-04-27", "2017-07-11"),
        ("Abu Saad Erhabi", "2017-07-12", "2018-08-25"),
        ("Ziya ul-Haq", "2018-08-26", "2019-04"),
        ("Mawlawi Aslam Farooqi", "2019-04", "2020-04-04"),
        ("Shahab al-Muhajir", "2020-04-05", ""),
    ]


def test_the_caliphs_follow_one_another(shipped: Records) -> None:
    terms = [
        (one.valid_from, one.valid_to)
        for one in shipped.relations_by_group["islamic-state"]
        if one.kind is RelationKind.LED_BY
    ]
    assert terms == [
        ("2011", "2019-10-27"),
        ("2019-10-31", "2022-02-03"),
        ("2022-02-04", "2022-10-15"),
        ("2022-11-30", "2023-08-03"),
        ("2023-08-03", ""),
    ]


def test_the_time_of_a_relation_rests_on_a_claim(shipped: Records) -> None:
    for one in shipped.relations:
        for period in filter(None, (one.valid_from, one.valid_to)):
            assert rests_on_a_claim(one, period), (one.id, period)


@pytest.mark.parametrize("group", ["ijrpt", "harakat-islami-tajikistan"])
def test_a_merger_that_was_only_planned_is_none(shipped: Records, group: str) -> None:
    kinds = {one.kind for one in shipped.relations_by_group[group] if one.object == "iskp"}
    assert RelationKind.SOUGHT_MERGER_WITH in kinds
    assert RelationKind.MERGED_INTO not in kinds


def test_a_group_does_not_act_before_it_exists(shipped: Records) -> None:
    founded = {
        group.id: min(starts)
        for group in shipped.groups
        if (starts := [parse_date(c.value).start for c in group.claims if c.topic == "Founding"])
    }
    for one in shipped.relations:
        is_leader = one.kind is RelationKind.LED_BY
        if one.valid_from and one.subject in founded and not is_leader:
            assert parse_date(one.valid_from).end >= founded[one.subject], one.id


@pytest.mark.parametrize(
    ("subject", "kind", "other"),
    [
        ("tkk", "pledged to", "islamic-state"),
        ("khilafat-afghan", "pledged to", "islamic-state"),
        ("muslim-dost-group", "pledged to", "islamic-state"),
        ("azizullah-haqqani-group", "pledged to", "islamic-state"),
        ("islamic-state", "recruited from", "ttp"),
        ("islamic-state", "recruited from", "taliban"),
        ("islamic-state", "recruited from", "imu"),
        ("iskp", "recruited from", "taliban"),
        ("iskp", "recruited from", "al-qaeda"),
        ("shamali-khilafat", "recruited from", "taliban"),
        ("mullah-bakhtwar-group", "linked to", "tkp"),
        ("nrf", "at war with", "taliban"),
    ],
)
def test_relations_that_were_missing(shipped: Records, subject: str, kind: str, other: str) -> None:
    assert (subject, kind, other) in {(o.subject, o.kind, o.object) for o in shipped.relations}


def test_every_kind_of_relation_is_used(shipped: Records) -> None:
    assert {one.kind for one in shipped.relations} == set(RelationKind)


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("islamic-state", "15,000 subscribers"),
        ("islamic-state", "one million US dollars"),
        ("islamic-state", "800 US dollars a month"),
        ("islamic-state", "through Iran and Turkey"),
        ("iskp", "five million US dollars"),
        ("iskp", "draw Uzbek and Tajik jihadists"),
        ("ttp", "probably thousands"),
        ("jaysh-ul-islam", "from Qatar"),
        ("ijrpt", "donors in Saudi Arabia"),
        ("muslim-dost-group", "donors from Saudi Arabia"),
        ("mullah-bakhtwar-group", "against fighting the Taliban"),
        ("taliban", "Pressure from Saudi Arabia and Qatar"),
        ("hamas", "Islamic State rejects it"),
    ],
)
def test_facts_that_were_missing(shipped: Records, group: str, words: str) -> None:
    texts = [str(claim.value) for claim in shipped.groups_by_id[group].claims]
    assert any(words in text for text in texts)


def test_support_personnel_and_bounty_are_told(shipped: Records) -> None:
    counts = said(shipped.groups_by_id["khilafat-afghan"], "count")
    assert 240 in {one.value for one in counts if one.part == "support personnel"}
    khalimov = shipped.incidents_by_id["deir-ez-zor-2017-09"]
    assert any("three million dollars" in str(one.value) for one in said(khalimov, "other"))


def test_a_record_does_not_know_more_than_the_text(shipped: Records) -> None:
    (peace,) = [
        one for one in shipped.relations if one.id == "hig-ceasefire-with-afghan-government"
    ]
    assert "no longer" not in " ".join(one.note for one in peace.claims)

"""Tests of sets of records: group names, parts of a set, versions, GeoDataFrames."""

from __future__ import annotations

import pytest
from fixed_records import SCRIPTS, base_area, claim, incident
from hypothesis import given
from related_groups import RELATED
from strategies import record_sets

from geodata.records.collection import Records
from geodata.records.dates import parse_date
from geodata.records.derive import derive_toll
from geodata.records.model import Group, Source
from geodata.records.vocabulary import ClaimAbout

GROUPS = Records(
    groups=(
        Group(id="islamic-state", name="Islamic State", aliases=("ISIS", "داعش", "ДАИШ")),
        Group(
            id="iskp",
            name="Islamic State – Khorasan Province",
            short_name="IS-KP",
            aliases=("ISIS–K", "ولایت خراسان", "Daesh Khurāsān"),
            parents=("islamic-state",),
        ),
        Group(id="iskp-tajik-wing", name="Tajik wing of IS-KP", parents=("iskp",)),
        Group(id="houthis", name="Houthis", aliases=("Ansarullah", "انصار الله")),
        Group(id="jamaat-ansarullah", name="Jamaat Ansarullah", aliases=("Ansarullah",)),
        Group(id="al-nusra-front", name="al-Nusra Front"),
        Group(id="htis", name="Hayat Tahrir al-Sham", aliases=("al-Nusra Front",)),
    )
)


@pytest.mark.parametrize(
    "name",
    [
        "iskp",
        "IS-KP",
        "is–kp",
        "ISKP",
        "is kp",
        "isis-k",
        "ISISK",
        "ولایت خراسان",
        "daesh khurasan",
    ],
)
def test_a_group_is_found_by_any_spelling(name):
    assert GROUPS.resolve_groups(name) == ("iskp",)


def test_a_shared_alias_stands_for_all_who_bear_it():
    assert GROUPS.resolve_groups("Ansarullah") == ("houthis", "jamaat-ansarullah")
    assert GROUPS.resolve_groups("ANSAR-ULLAH") == ("houthis", "jamaat-ansarullah")


def test_an_own_name_comes_before_the_alias_of_another():
    assert GROUPS.resolve_groups("Al-Nusra front") == ("al-nusra-front",)
    assert GROUPS.resolve_groups("houthis") == ("houthis",)


@pytest.mark.parametrize("name", ["nobody", "", "؟؟", "<script>", "iskp' or 1=1"])
def test_an_unknown_name_comes_back_as_it_came(name):
    assert GROUPS.resolve_groups(name) == (name,)


@pytest.mark.parametrize("alias", SCRIPTS)
def test_aliases_in_every_script_are_found(alias):
    records = Records(groups=(Group(id="one", name="One", aliases=(alias,)),))
    assert records.resolve_groups(alias) == records.resolve_groups(alias.upper()) == ("one",)


def test_of_two_records_with_one_id_the_first_is_kept():
    first, second = incident("a", title="First"), incident("a", title="Second")
    merged = Records.merge([Records((first,)), Records((second, incident("b")))])
    assert [one.title for one in merged.incidents] == ["First", "Bombing"]


def chain_of_sources() -> Records:
    sources = [Source(id="book", title="Book"), Source(id="unused", title="Unused")]
    for end in ("a", "b"):
        before = "book"
        for step in range(3):
            sources.append(Source(id=f"{end}{step}", title="T", derived_from=(before,)))
            before = f"{end}{step}"
    return Records(
        incidents=(
            incident(
                "toll",
                claims=(
                    claim("fatalities", 12, source="a2"),
                    claim("fatalities", 12, source="b2"),
                    claim("fatalities", 10, source="book"),
                    claim("fatalities", 10, source="unused"),
                ),
            ),
            incident("other"),
        ),
        base_areas=(base_area(group="iskp-tajik-wing"),),
        groups=GROUPS.groups,
        sources=tuple(sources),
    )


def test_a_part_names_just_the_groups_and_sources_it_needs():
    whole = chain_of_sources()
    part = whole.subset(incidents=whole.incidents[1:], base_areas=whole.base_areas)
    assert [group.id for group in part.groups] == ["islamic-state", "iskp", "iskp-tajik-wing"]
    assert part.sources == ()
    assert whole.subset(incidents=(), base_areas=()) == Records()


def test_a_part_counts_families_of_sources_as_the_whole_does():
    whole = chain_of_sources()
    part = whole.subset(incidents=whole.incidents[:1], base_areas=())
    tolls = [
        derive_toll(records.incidents[0].claims, ClaimAbout.FATALITIES, records.families)
        for records in (whole, part)
    ]
    assert tolls[0] == tolls[1]
    assert tolls[0].best == 10


@given(record_sets())
def test_the_version_is_that_of_the_content(records):
    copy = Records.merge([records, records])
    assert copy.version == records.version
    assert len(records.version) == 12
    more = Records(
        (*records.incidents, incident("something-new-that-is-long")),
        records.base_areas,
        records.groups,
        records.sources,
    )
    assert more.version != records.version


def test_every_part_of_the_content_changes_the_version(everything_records):
    whole = everything_records
    parts = (whole.incidents, whole.base_areas, whole.groups, whole.sources)
    versions = {whole.version}
    for index in range(4):
        versions.add(Records(*[p[1:] if i == index else p for i, p in enumerate(parts)]).version)
    assert len(versions) == 5


def test_parents_follow_from_dated_relations():
    def parents(group, when):
        return RELATED.parents_at(group, when and parse_date(when))

    assert parents("tkp", "2014-12-31") == ()
    assert parents("tkp", "2015") == ("iskp",)
    assert parents("imu", "2001") == parents("imu", None) == ()
    assert parents("ja", "2018") == (), "a doubted merger makes no parent"
    assert parents("iskp", "2016") == ("islamic-state",), "neither a split nor a leader is a parent"
    assert parents("voice", "1900") == ("iskp",), "an outlet belongs to its group by its nature"


def test_a_part_takes_the_relations_between_its_groups_along():
    fought = incident(claims=(claim("attribution", "tkp", stance="claims"),))
    part = RELATED.subset(incidents=(fought,), base_areas=())
    assert {one.id for one in part.groups} == {"tkp", "iskp", "islamic-state"}
    assert {one.id for one in part.relations} == {"a", "b", "f"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": "b", "b": "", "c": ""}, {"a": "b", "b": "a", "c": ""}),
        ({"b": "", "a": "b"}, {"b": "a", "a": "b"}),
        # One that others name as well names them behind those it names itself.
        ({"a": "b", "b": "a", "c": "b", "d": "b"}, {"a": "b", "b": "acd", "c": "b", "d": "b"}),
        # Of one that is not there nobody can say anything, and nobody is another than itself.
        ({"a": "x", "b": ""}, {"a": "x", "b": ""}),
        ({"a": "a"}, {"a": "a"}),
    ],
)
def test_a_toll_that_one_side_says_is_shared_is_that_of_both(before, after):
    some = Records(tuple(incident(one, casualties_combined=tuple(o)) for one, o in before.items()))
    found = some.with_links_back()
    assert {one.id: "".join(one.casualties_combined) for one in found.incidents} == after
    assert (found is some) == (before == after)
    assert found.with_links_back() is found
    assert not found.links_lacking

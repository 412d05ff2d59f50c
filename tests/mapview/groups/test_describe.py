"""What a group's page tells is what the record holds: all of it, in its role, and nothing else."""

from __future__ import annotations

import pytest

from geodata import Filter, Store, load
from geodata.errors import RequestError
from geodata.queries import DateMatch
from geodata.records import Group, Incident, Records, Relation, Role
from mapview.groups import GroupPage, describe_group, find_group

RECORDS = load()
STORE = Store.of(RECORDS)
IDS = [one.id for one in RECORDS.groups]


@pytest.fixture(scope="module")
def pages() -> dict[str, GroupPage]:
    return {one: describe_group(one, RECORDS) for one in IDS}


def test_each_role_holds_what_the_filter_finds(pages):
    for group_id, page in pages.items():
        told = {one.role: one for one in page.roles}
        for role in Role:
            for match in DateMatch:
                chosen = Filter(groups=(group_id,), roles=(role,), date_match=match)
                found = STORE.ids(chosen)
                lines = [*told[role].certain] if role in told else []
                if match is DateMatch.POSSIBLE and role in told:
                    lines += told[role].possible
                assert {one.line.id for one in lines} == found, (group_id, role)


def test_the_accused_and_the_cleared_are_no_actors(pages):
    by_role = {role.role: role for role in pages["ukraine"].roles}
    assert set(by_role) == {Role.ACCUSED}
    (crocus,) = by_role[Role.ACCUSED].certain
    assert crocus.line.id.startswith("krasnogorsk")
    assert "No evidence" in crocus.line.responsibility
    cleared = {one.line.id for one in _role(pages["taliban"], Role.CLEARED)}
    assert "kabul-2020-05-12" in cleared
    assert not cleared & {one.line.id for one in _role(pages["taliban"], Role.ACTOR)}


def _role(page: GroupPage, role: Role) -> list:
    return [one for told in page.roles if told.role is role for one in told.certain]


def test_every_relation_and_every_claim_of_it_is_told_once(pages):
    for group_id, page in pages.items():
        told = [line for section in page.relations for line in section.lines]
        related = [one for one in RECORDS.relations if group_id in (one.subject, one.object)]
        assert sorted(one.id for one in told) == sorted(one.id for one in related)
        for relation in related:
            (line,) = [one for one in told if one.id == relation.id]
            claims = [claim for group in line.claims for claim in group.claims]
            assert len(claims) == len(relation.claims)
            assert {one.locator for one in claims} == {one.locator for one in relation.claims}
            assert all(any(claim.caveat in one.note for one in claims) for claim in relation.claims)
            assert line.is_disputed == relation.is_disputed
            assert bool(line.pieces) == bool(relation.valid_from or relation.valid_to)


def test_every_name_in_every_script_is_told(pages):
    for group in RECORDS.groups:
        told = {one for _, names in pages[group.id].names for one in names}
        assert told | {group.name} == {group.name, group.short_name, *group.aliases} - {""}
    scripts = dict(pages["jamaat-ansarullah"].names)
    assert list(scripts) == [f"Names in {one} script" for one in ("Latin", "Cyrillic", "Arabic")]


def test_leaders_stand_in_order_with_the_times_of_the_record(pages):
    (leaders,) = [one for one in pages["iskp"].relations if one.heading == "Leaders"]
    assert [f"{one.title}: {one.term}" for one in leaders.lines] == [
        "Hafiz Saeed Khan: 11 January 2015 to 26 July 2016",
        "Abdul Haseeb Logari: 27 July 2016 to 26 April 2017",
        "Abdul Rahman Ghaleb: 27 April 2017 to 11 July 2017",
        "Abu Saad Erhabi: 12 July 2017 to 25 August 2018",
        "Ziya ul-Haq: 26 August 2018 to April 2019",
        "Mawlawi Aslam Farooqi: April 2019 to 4 April 2020",
        "Shahab al-Muhajir: from 5 April 2020, end not stated",
    ]


def test_a_leader_without_a_time_is_still_told_to_be_one(pages):
    titles = {line.title for line in pages["taliban"].undated}
    assert "Taliban, led by Akhtar Mansour" in titles
    assert "Akhtar Mansour" not in titles


def test_by_the_end_of_a_year_is_not_until_it(pages):
    told = {line.title: line for one in pages["jamaat-ansarullah"].relations for line in one.lines}
    (date,) = [
        claim.value
        for group in told["Mavlavi Salmon"].claims
        if group.heading == "Date"
        for claim in group.claims
    ]
    assert date == "by 2016"
    assert "until" not in told["Mavlavi Salmon"].term
    values = [claim.value for one in pages["taliban"].claims for claim in one.claims]
    assert not any("until" in value for value in values)


def test_no_relation_is_said_to_go_on(pages):
    for page in pages.values():
        for section in page.relations:
            for line in section.lines:
                said = [claim.value for one in line.claims for claim in one.claims]
                assert not any(text.endswith(" on") and text.startswith("from") for text in said)


def test_what_joined_only_perhaps_by_then_is_apart():
    joined = Relation(id="r", subject="part", kind="merged into", object="whole", valid_from="2015")
    said = {"about": "attribution", "value": "part", "stance": "claims", "source": "s"}
    incidents = tuple(
        Incident(id=f"in-{year}", title="A", event_date=year, event_types=("attack",),
                 claims=(said,))
        for year in ("2014", "2015-06", "2016")
    )  # fmt: skip
    groups = tuple(Group(id=one, name=one) for one in ("part", "whole"))
    records = Records(incidents=incidents, groups=groups, relations=(joined,))
    (actor,) = describe_group("whole", records).roles
    assert [one.line.id for one in actor.certain] == ["in-2016"]
    assert [one.line.id for one in actor.possible] == ["in-2015-06"]
    assert actor.count == "1 for certain, 1 more possibly"
    assert [one.label for one in actor.certain[0].through] == ["part"]


def test_a_group_is_found_by_id_name_and_alias_and_an_unknown_one_names_near_ids():
    assert find_group("iskp", RECORDS) == find_group("IS–KP", RECORDS) == "iskp"
    with pytest.raises(RequestError, match=r"got 'iskpp'; near are iskp"):
        find_group("iskpp", RECORDS)
    with pytest.raises(RequestError, match=r"got ''$"):
        find_group("", RECORDS)
    with pytest.raises(RequestError, match="one of several groups, got 'Ansarullah'; near are"):
        find_group("Ansarullah", RECORDS)


def test_what_happened_before_a_year_is_not_told_as_lasting_until_it(pages):
    (target,) = [role for role in pages["taliban"].roles if role.role is Role.TARGET]
    (arrest,) = [
        one for one in target.certain if one.line.id == "abdul-khadim-rauf-arrest-before-2007"
    ]
    assert arrest.line.when == "by 2007"

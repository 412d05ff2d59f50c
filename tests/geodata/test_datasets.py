"""Tests of the shipped records, and of reading and writing sets of record files."""

from __future__ import annotations

import json
from itertools import chain

import pytest
from fixed_records import incident

import geodata
from geodata.checks.validation import validate
from geodata.datasets import shipped_files, write_shipped
from geodata.formats.registry import read_records
from geodata.records.collection import Records
from geodata.records.dates import parse_date
from geodata.records.derive import derive_toll
from geodata.records.features import to_feature
from geodata.records.model import Group, Source
from geodata.records.parties import attribution
from geodata.records.vocabulary import ClaimAbout

NAMED = [
    ("danghara-2018-07-29", "TJ", "day", "district", "carried out"),
    ("termez-2022-04-18", "UZ", "day", "settlement", "disputed"),
    ("khwaja-ghar-2022-05-07", "AF", "day", "district", "disputed"),
    ("shiraz-2022-10", "IR", "month", "site", "carried out"),
    ("shiraz-2023-08", "IR", "month", "site", "carried out"),
    ("kerman-2024-01-03", "IR", "day", "settlement", "carried out"),
    ("krasnogorsk-2024-03-22", "RU", "day", "site", "carried out"),
    ("stockholm-2017-04-07", "SE", "day", "settlement", "carried out"),
    ("kabul-2021-08-26", "AF", "day", "site", "carried out"),
    ("kabul-2019-08-17", "AF", "day", "settlement", "carried out"),
    ("kabul-2020-05-12", "AF", "day", "settlement", "carried out"),
    ("kuz-kunar-2020-05-12", "AF", "day", "district", "carried out"),
]
NAMED_AREAS = [
    ("iskp", "Achin", "AF"),
    ("iskp", "Chawkay", "AF"),
    ("iskp", "Darzab", "AF"),
    ("jamaat-ansarullah", "Badakhshan", "AF"),
    ("imu", "Waziristan", "PK"),
    ("imam-bukhari-battalion", "Jowzjan", "AF"),
    ("shamali-khilafat", "Dasht-i Archi", "AF"),
    ("khilafat-afghan", "Helmand", "AF"),
]


def test_the_shipped_files_are_read_without_a_problem(shipped_result):
    assert [str(problem) for problem in shipped_result.problems] == []
    assert geodata.load() is geodata.load()
    assert geodata.load() == shipped_result.records


def test_the_shipped_records_break_no_rule(shipped):
    assert [str(problem) for problem in validate(shipped)] == []


def test_the_shipped_files_are_as_the_program_writes_them(shipped, tmp_path):
    write_shipped(shipped, tmp_path)
    for path in shipped_files():
        assert (tmp_path / path.name).read_text("utf-8") == path.read_text("utf-8"), path.name


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named[0])
def test_a_named_incident_is_there_as_exactly_as_its_sources(shipped, named):
    identifier, *expected = named
    one = shipped.incidents_by_id[identifier]
    exactness = [one.country, one.span.precision, one.geo_precision, one.status]
    assert exactness == expected
    assert one.is_mappable
    said = {claim.about for claim in one.claims}
    assert {ClaimAbout.OCCURRENCE, ClaimAbout.DATE, ClaimAbout.PLACE} <= said


def figures(shipped: Records, identifier: str, about: str) -> set[tuple[int, str]]:
    return {
        (claim.value, str(claim.qualifier or ""))
        for claim in shipped.incidents_by_id[identifier].claims
        if claim.about == about and not claim.part
    }


def test_contradictory_tolls_stand_side_by_side(shipped):
    assert figures(shipped, "kerman-2024-01-03", "fatalities") == {
        (94, ""),
        (96, ""),
        (100, "nearly"),
    }
    assert figures(shipped, "kerman-2024-01-03", "injured") == {(284, ""), (300, "over")}
    assert figures(shipped, "krasnogorsk-2024-03-22", "fatalities") == {(144, ""), (145, "")}
    toll = derive_toll(
        shipped.incidents_by_id["kerman-2024-01-03"].claims,
        ClaimAbout.FATALITIES,
        shipped.families,
    )
    assert (toll.low, toll.high, toll.text) == (94, 100, "94 to nearly 100")


def test_parts_of_a_toll_are_not_added_to_its_total(shipped):
    claims = shipped.incidents_by_id["kabul-2021-08-26"].claims
    toll = derive_toll(claims, ClaimAbout.FATALITIES, shipped.families)
    assert (toll.low, toll.high) == (170, 182)
    assert toll.text == "over 170 to at least 182"


@pytest.mark.parametrize(
    ("identifier", "deniers"),
    [("termez-2022-04-18", ("Uzbek", "Taliban")), ("khwaja-ghar-2022-05-07", ("Tajik",))],
)
def test_a_disputed_attack_names_who_claims_and_who_denies_it(shipped, identifier, deniers):
    claims = shipped.incidents_by_id[identifier].claims
    occurrence = [claim for claim in claims if claim.about is ClaimAbout.OCCURRENCE]
    assert any(claim.stance == "claims" for claim in occurrence)
    denied = " ".join(claim.by for claim in occurrence if claim.stance == "denies")
    assert all(denier in denied for denier in deniers)


def test_the_two_places_of_12_may_2020_share_one_toll(shipped):
    kabul, kuz_kunar = (
        shipped.incidents_by_id[one] for one in ("kabul-2020-05-12", "kuz-kunar-2020-05-12")
    )
    assert kabul.casualties_combined == (kuz_kunar.id,)
    assert kuz_kunar.casualties_combined == (kabul.id,)
    tolls = {
        derive_toll(one.claims, ClaimAbout.FATALITIES, shipped.families)
        for one in (kabul, kuz_kunar)
    }
    assert len(tolls) == 1
    assert tolls.pop().best == 56


def test_no_place_is_finer_than_its_source(shipped):
    assert shipped.incidents_by_id["danghara-2018-07-29"].radius_km >= 15
    shiraz = shipped.incidents_by_id["shiraz-2022-10"]
    assert (shiraz.span.start.day, shiraz.span.end.day) == (1, 31)
    across = shipped.incidents_by_id["khwaja-ghar-2022-05-07"]
    assert "TJ" in across.other_countries


def test_attribution_is_contested_where_others_are_named(shipped):
    for identifier in ("kerman-2024-01-03", "krasnogorsk-2024-03-22", "danghara-2018-07-29"):
        assert attribution(shipped.incidents_by_id[identifier].claims) == "contested"


@pytest.mark.parametrize(("group", "place", "country"), NAMED_AREAS)
def test_a_named_base_area_is_there(shipped, group, place, country):
    areas = [area for area in shipped.base_areas if area.group == group and place in area.place]
    assert areas
    for area in areas:
        assert area.country == country
        assert area.claims
        assert parse_date(area.last_cited).end.year <= 2024


def test_names_that_collide_are_kept_apart_and_each_spelling_is_found(shipped):
    assert "houthis" in shipped.resolve_groups("Ansarullah")
    assert shipped.resolve_groups("Jamaat Ansarullah") == ("jamaat-ansarullah",)
    assert "iskp" in shipped.resolve_groups("ISIS–K")
    assert shipped.resolve_groups("IS-KP") == ("iskp",)
    for group in shipped.groups:
        for name in (group.name, group.short_name, *group.aliases):
            assert not name or shipped.resolve_groups(name) != (name,) or name == group.id


def test_every_claim_has_its_source_and_place_in_it(shipped):
    for record in chain(shipped.incidents, shipped.base_areas):
        assert record.claims, record.id
        for claim in record.claims:
            assert shipped.sources_by_id[claim.source].is_document
            assert claim.locator.strip()


def test_nothing_ships_whose_licence_forbids_it(shipped):
    assert [source.id for source in shipped.sources if not source.may_publish] == []


def test_the_encyclopedia_texts_are_one_family_with_their_book(shipped):
    family = {
        shipped.families[one] for one in ("iskp-article", "history-of-iskp", "giustozzi-2018")
    }
    assert len(family) == 1
    assert shipped.families["diplomat-2024"] not in family


def test_no_date_of_an_export_is_finer_than_the_record(shipped):
    for one in shipped.incidents:
        properties = to_feature(one, shipped)["properties"]
        first, last = properties["date_start"], properties["date_end"]
        assert first is None or last is None or first <= last
        assert not {first, last} & {"0001-01-01", "9999-12-31"}
        if one.span.precision != "day":
            assert first != last or first is None


def test_written_files_are_ordered_and_hold_nothing_derived(tmp_path):
    years = {"b": "2020", "a": "2020", "c": "2019"}
    records = Records(
        tuple(incident(one, event_date=year) for one, year in years.items()),
        groups=(Group(id="z", name="Z"), Group(id="y", name="Y")),
        sources=(Source(id="s", title="S"),),
    )
    write_shipped(records, tmp_path)
    features = json.loads((tmp_path / "incidents.geojson").read_text("utf-8"))["features"]
    assert [one["id"] for one in features] == ["c", "a", "b"]
    assert set(features[0]["properties"]) == {
        "title", "record_kind", "event_date", "event_types", "status", "geo_precision",
    }  # fmt: skip
    assert [g["id"] for g in json.loads((tmp_path / "groups.json").read_text("utf-8"))] == [
        "y",
        "z",
    ]
    again = read_records([tmp_path / path.name for path in shipped_files()])
    assert again.problems == ()
    assert {one.id for one in again.records.incidents} == {"a", "b", "c"}

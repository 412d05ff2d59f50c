"""Tests of coarsened records: nothing of the exact place stays in any field."""

from __future__ import annotations

import json
import re

import pytest
from fixed_records import base_area, claim, incident, rectangle
from hypothesis import given
from hypothesis import strategies as st
from read_back import in_file_order
from strategies import record_sets

from geodata.checks.validation import validate
from geodata.formats.geojson import parse_geojson, to_collection
from geodata.places.boundaries import countries
from geodata.publication.coarsening import coarsen, place_of
from geodata.publication.rounding import Coarsening, is_as_coarse
from geodata.records.collection import Records
from geodata.records.derive import derive_toll
from geodata.records.disagreement import FIGURES
from geodata.records.model import BaseArea, Group, Incident, Relation, Source
from geodata.records.parties import attribution
from geodata.records.vocabulary import ClaimAbout
from geodata.records.words import country_name

KERMAN = (57.0788, 30.2832)
HIDDEN = "Xqzw"
levels = pytest.mark.parametrize("level", Coarsening)


def as_text(records: Records) -> str:
    """Incidents and base areas as JSON."""
    return "\n".join(one.model_dump_json() for one in (*records.incidents, *records.base_areas))


def hidden_records() -> Records:
    """Records with a word in every field that takes free text; ids have it too."""
    said = tuple(
        claim(
            about,
            4 if about in FIGURES
            else "iskp" if about in ("attribution", "involved")
            else "2024" if about == "date" else HIDDEN,
            stance="claims", by=HIDDEN, locator=HIDDEN, note=HIDDEN, part=HIDDEN, source="book",
            topic=HIDDEN, caveat=HIDDEN,
            cites=("cited",),
        )
        for about in ClaimAbout
    )  # fmt: skip
    placed = {
        "place": HIDDEN, "admin1": HIDDEN, "admin1_code": "IR.29", "country": "IR",
        "geo_basis": HIDDEN, "geo_precision": "site", "radius_km": 1, "claims": said,
    }  # fmt: skip
    texts = dict.fromkeys(("title", "admin2", "target", "means", "summary"), HIDDEN)
    links = {"related": ("b",), "casualties_combined": ("b",), "upstream": {HIDDEN: HIDDEN}}
    one = incident(f"{HIDDEN}-2024", points=(KERMAN,), **placed, **texts, **links)
    two = incident("b", related=(one.id,), casualties_combined=(one.id,))
    area = base_area(
        f"{HIDDEN}-area",
        geometry={"type": "Point", "coordinates": list(KERMAN)},
        note=HIDDEN,
        level="site",
        **placed,
    )
    groups = (Group(id="iskp", name="IS-KP", note=HIDDEN, claims=said),)
    sources = (
        Source(id="book", title="Book", note=HIDDEN),
        Source(id="cited", title=f"Blast in {HIDDEN}"),
    )
    relations = tuple(
        Relation(id=f"{HIDDEN}-{other}", subject="iskp", kind=kind, object=other, claims=said)
        for kind, other in (("led by", HIDDEN), ("part of", "is"))
    )
    return Records((one, two), (area,), (*groups, Group(id="is", name="IS")), sources, relations)


@levels
def test_relations_stay_but_for_leaders(level):
    told = coarsen(hidden_records(), level).relations
    assert [(one.id, one.kind, one.object) for one in told] == [("relation-1", "part of", "is")]


@levels
def test_no_field_tells_the_place(level):
    records = hidden_records()
    assert as_text(records).count(HIDDEN) > 50
    told = "".join(to_collection(coarsen(records, level), stored=False))
    assert HIDDEN not in told
    assert "57.07" not in told
    assert "30.28" not in told


@levels
def test_what_goes_out_is_said_field_by_field(level):
    """A new field of the model must be put on one of the lists before it goes out."""
    kept = {"record_kind", "event_date", "event_types", "status", "country", "other_countries"}
    new = {
        "id", "title", "points", "geo_precision", "radius_km", "admin1", "admin1_code",
        "geo_basis", "claims", "related", "casualties_combined", "shares_toll_beyond",
    }  # fmt: skip
    gone = {"place", "admin2", "target", "means", "summary", "type_of_source", "upstream"}
    assert set(Incident.model_fields) == kept | new | gone
    before = hidden_records()
    for one in coarsen(before, level).incidents:
        assert all(not getattr(one, name) for name in gone)
    kept = {"group", "kind", "status", "valid_from", "valid_to", "last_cited", "country"}
    new = (new | {"geometry", "level"}) - {"title", "points"}
    new -= {"related", "casualties_combined", "shares_toll_beyond"}
    assert set(BaseArea.model_fields) == kept | new | {"place", "note", "upstream"}
    (area,) = coarsen(before, level).base_areas
    assert (area.place, area.note, area.upstream) == ("", "", {})
    assert [getattr(area, name) for name in kept] == [
        getattr(before.base_areas[0], name) for name in kept
    ]


@levels
def test_a_toll_shared_with_what_is_not_coarsened_with_it_stays_shared(level):
    one, two, three = (incident(name, claims=(claim("fatalities", 56),)) for name in "abc")
    one, two = one.but(casualties_combined=("b", "x")), two.but(casualties_combined=("a",))
    told = coarsen(Records((one, two, three.but(casualties_combined=("y",)))), level)
    assert sorted(
        (len(one.casualties_combined), one.shares_toll_beyond) for one in told.incidents
    ) == [(0, True), (1, True), (1, True)]
    assert coarsen(told, level) == told
    whole = Records((one.but(casualties_combined=("b",)), two, three))
    assert not any(one.shares_toll_beyond for one in coarsen(whole, level).incidents)


@levels
def test_no_shipped_place_or_id_stays(shipped, level):
    told = coarsen(shipped, level)
    text = as_text(told)
    # "Kabul" is told as the name of the province, "Kabul University" must not be.
    provinces_told = {one.admin1 for one in (*told.incidents, *told.base_areas)} - {""}
    named = provinces_told | {country_name(code) for code in countries()}
    rest = re.sub("|".join(map(re.escape, sorted(named, key=len, reverse=True))), "…", text)
    for one in (*shipped.incidents, *shipped.base_areas):
        assert json.dumps(one.id) not in text
        for name in (one.place, getattr(one, "admin2", ""), one.geo_basis):
            assert not name or name not in rest, name


@levels
def test_no_shipped_coordinate_stays_in_its_record(shipped, level):
    for one in (*shipped.incidents, *shipped.base_areas):
        # What is known no better than to the level stands where it stood.
        if not is_as_coarse(place_of(one), level):
            text = as_text(coarsen(Records.of([one]), level))
            for position in place_of(one).points:
                assert not any(str(number) in text for number in position), one.id


@levels
def test_ids_of_shipped_records_are_stable_and_each_is_its_own(shipped, level):
    ids = {one.id for one in coarsen(shipped, level).incidents}
    assert len(ids) == len(shipped.incidents)
    for one in shipped.incidents:
        alone = coarsen(shipped.subset(incidents=[one], base_areas=[]), level)
        assert {found.id for found in alone.incidents} <= ids


@levels
def test_coarsened_shipped_records_break_no_rule(shipped, level):
    told = coarsen(shipped, level)
    assert [str(problem) for problem in validate(told)] == []
    result = parse_geojson("".join(to_collection(told)))
    assert result.problems == ()
    assert result.records == in_file_order(told)


@levels
def test_tolls_and_attribution_of_shipped_records_stay(shipped, level):
    def bounds(incident, about, records):
        toll = derive_toll(incident.claims, about, records.families)
        return toll.low, toll.high, toll.best

    def facts(records):
        return sorted(
            (
                one.event_date,
                str(bounds(one, ClaimAbout.FATALITIES, records)),
                str(bounds(one, ClaimAbout.INJURED, records)),
                str(attribution(one.claims)),
                str(one.status),
                one.sources,
            )
            for one in records.incidents
        )

    assert facts(coarsen(shipped, level)) == facts(shipped)


@given(record_sets(), st.sampled_from(Coarsening))
def test_coarsening_twice_changes_nothing_more(records, level):
    once = coarsen(records, level)
    assert coarsen(once, level) == once


@given(record_sets(), st.sampled_from(Coarsening))
def test_no_record_is_lost_and_each_has_an_id_of_its_own(records, level):
    told = coarsen(records, level)
    found = [one.id for one in (*told.incidents, *told.base_areas)]
    assert len(set(found)) == len(found) == len(records.incidents) + len(records.base_areas)
    dates = [one.event_date for one in records.incidents]
    assert sorted(dates) == sorted(one.event_date for one in told.incidents)
    listed = {one.id for one in told.incidents}
    assert all({*one.related, *one.casualties_combined} <= listed for one in told.incidents)


@given(record_sets(), st.sampled_from(Coarsening))
def test_order_of_records_does_not_matter(records, level):
    other = Records(
        records.incidents[::-1], records.base_areas[::-1], records.groups, records.sources
    )
    told = [coarsen(one, level) for one in (records, other)]
    assert {one.id for one in told[0].incidents} == {one.id for one in told[1].incidents}


def test_an_id_does_not_confirm_a_guess_of_what_is_hidden():
    told = [
        coarsen(Records((incident(name, points=(point,), summary=name),)), Coarsening.PROVINCE)
        for name, point in (("kerman", KERMAN), ("another", (57.1, 30.3)))
    ]
    assert told[0] == told[1]


def test_records_that_are_the_same_now_are_numbered():
    same = [incident(name, summary=name, related=("c",)) for name in ("a", "b")]
    last = incident("c", event_date="2021", related=("a", "b", "outside"))
    told = coarsen(Records((*same, last)), Coarsening.PROVINCE).incidents
    assert told[1].id == f"{told[0].id}-2"
    assert told[2].related == (told[0].id, told[1].id)
    assert told[0].related == (told[2].id,)


def test_a_title_says_type_and_province_or_country():
    titles = [
        coarsen(Records((incident(**fields),)), Coarsening.PROVINCE).incidents[0].title
        for fields in (
            {"points": (KERMAN,), "country": "IR", "event_types": ("bombing", "arson")},
            {"country": "IR", "event_types": ("suicide bombing",)},
            {"other_countries": ("IN", "PK"), "event_types": ("other",)},
            {},
        )
    ]
    assert titles == [
        "Bombing and arson, Kerman, Iran",
        "Suicide bombing, Iran",
        "Other incident, India and Pakistan",
        "Bombing, country unknown",
    ]


def test_a_province_named_without_its_code_is_found():
    one = incident(place="Kerman", admin1="Kerman Province", country="IR", geo_precision="site")
    (told,) = coarsen(Records((one,)), Coarsening.DISTRICT).incidents
    assert (told.admin1, told.admin1_code, told.geo_precision) == ("Kerman", "IR.29", "province")


def outlined(size: float, **fields: object) -> BaseArea:
    outline = {"type": "Polygon", "coordinates": rectangle(66, 33, size, is_hollow=False)}
    fields = {"geometry": outline, "radius_km": None, "country": "AF", **fields}
    return base_area(**fields)


def test_a_small_outline_becomes_a_ring_that_holds_it():
    small = outlined(0.1, geo_precision="site", level="site")
    (told,) = coarsen(Records(base_areas=(small,)), Coarsening.DISTRICT).base_areas
    assert told.geometry == {"type": "Point", "coordinates": [66.0797, 33.25]}
    assert (told.level, told.geo_precision, told.radius_km) == ("district", "district", 50)


def test_an_outline_as_large_as_the_level_stays():
    large = outlined(2, geo_precision="province", level="province", admin1_code="AF.08")
    (told,) = coarsen(Records(base_areas=(large,)), Coarsening.PROVINCE).base_areas
    assert told.geometry == large.geometry
    assert (told.radius_km, told.admin1_code) == (None, "AF.08")


def test_an_area_whose_province_is_tiny_goes_off_the_map():
    area = base_area(
        geometry={"type": "Point", "coordinates": [68.779, 38.5358]},
        country="TJ", admin1_code="TJ.04", geo_precision="site", level="site", radius_km=1,
    )  # fmt: skip
    (told,) = coarsen(Records(base_areas=(area,)), Coarsening.PROVINCE).base_areas
    assert told.geometry is None
    assert (told.level, told.geo_precision, told.radius_km) == ("country", "country", None)


def test_sources_that_were_only_cited_go_and_families_stay():
    records = Records(
        (incident(claims=(claim("fatalities", 3, source="copy", cites=("blast-in-kerman",)),)),),
        sources=(
            Source(id="copy", title="C", derived_from=("book",), note="About Kerman"),
            Source(id="book", title="B"),
            Source(id="blast-in-kerman", title="Blast in Kerman"),
        ),
    )
    told = coarsen(records, Coarsening.DISTRICT)
    assert [(one.id, one.note) for one in told.sources] == [("copy", ""), ("book", "")]


def test_of_nothing_comes_nothing():
    assert coarsen(Records(), Coarsening.DISTRICT) == Records()

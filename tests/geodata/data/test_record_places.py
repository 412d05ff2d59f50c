"""The shipped record against its documents: places, times and kinds of incidents and areas.

Each value here was wrong or missing once.
"""

from __future__ import annotations

import pytest
from shipped_reading import area, every_record, rests_on_a_claim, said

from geodata.geodesy import distance_km
from geodata.places import gazetteer
from geodata.records.collection import Records
from geodata.records.features import to_feature

DASHT_I_ARCHI = (69.15, 36.96)
EVENTS_NOW_COUNTS = ("achin-shinwar-clashes", "nangarhar-2015-06--2015-09")


def test_dasht_i_archi_lies_in_its_district(shipped: Records) -> None:
    stronghold = area(shipped, "shamali-khilafat-dasht-i-archi-stronghold")
    assert stronghold.geometry
    lon, lat = stronghold.geometry["coordinates"]
    assert distance_km(lon, lat, *DASHT_I_ARCHI) < 3
    assert "seat" not in stronghold.geo_basis
    best = gazetteer.propose("Dasht-i-Archi", country="AF")[0]
    assert distance_km(best.lon, best.lat, *DASHT_I_ARCHI) < 3


@pytest.mark.parametrize(
    ("identifier", "least_km"),
    [
        ("bagram-2015-01", 33),
        ("deir-ez-zor-2017-09", 169),
        ("achin-2017-04-13", 26.7),
        ("achin-2019-01-01", 26.7),
        ("achin-2016", 26.7),
    ],
)
def test_a_ring_holds_its_district_or_province(
    shipped: Records, identifier: str, least_km: float
) -> None:
    assert shipped.incidents_by_id[identifier].radius_km >= least_km


@pytest.mark.parametrize(
    "identifier", ["karachi-2016-03", "jamia-hafsa-arrests", *EVENTS_NOW_COUNTS]
)
def test_what_no_document_places_is_not_placed(shipped: Records, identifier: str) -> None:
    assert shipped.incidents_by_id[identifier].points == ()


def test_a_madrasa_without_a_city_is_not_placed(shipped: Records) -> None:
    madrasa = area(shipped, "iskp-jamia-hafsa-recruitment-area")
    assert madrasa.geometry is None
    assert (madrasa.geo_precision, madrasa.admin1) == ("country", "")


def test_a_camp_of_refugees_is_no_camp_of_militants(shipped: Records) -> None:
    camp = area(shipped, "shamsatoo-group-shamsatoo-camp")
    assert camp.kind == "reported presence"
    assert "refugees" in camp.note


@pytest.mark.parametrize("group", ["irpt", "tehrik-e-khilafat-karachi", "htis"])
def test_who_is_no_armed_group_there_has_no_base_area(shipped: Records, group: str) -> None:
    assert not [one.id for one in shipped.base_areas if one.group == group]


def test_a_body_named_only_to_tell_it_apart_is_no_record(shipped: Records) -> None:
    assert "tehrik-e-khilafat-karachi" not in shipped.groups_by_id


@pytest.mark.parametrize(
    ("group", "place"),
    [
        ("mullah-bakhtwar-group", "Nangarhar"),
        ("iskp", "Bagram"),
        ("islamic-state", "Quetta"),
        ("gansu-hui-group", "Syria"),
    ],
)
def test_areas_that_were_missing(shipped: Records, group: str, place: str) -> None:
    assert [one for one in shipped.base_areas if (one.group, one.place) == (group, place)]


@pytest.mark.parametrize(
    ("identifier", "when"),
    [
        ("turkey-before-2017-08", "../2017-08-06"),
        ("herat-1990s", "1990/1996"),
        ("kandahar-1990s", "1990/1996"),
        ("jamia-hafsa-arrests", "2015/2023"),
        ("tajikistan-civil-war-1992--1996", "1992/1996"),
        ("syrian-civil-war-2011-03", "2011-03/.."),
        ("war-on-terror", "XXXX"),
    ],
)
def test_dates_of_incidents(shipped: Records, identifier: str, when: str) -> None:
    assert shipped.incidents_by_id[identifier].event_date == when


@pytest.mark.parametrize(
    ("identifier", "last"),
    [
        ("harakat-islami-sistan-balochistan-area-of-operation", "2018-08"),
        ("iranian-jundullah-balochistan-area-of-operation", "2016-08"),
        ("pakistani-jundullah-balochistan-area-of-operation", "2016-08"),
        ("tip-syria-area-of-operation", "2018-08"),
        ("jamaat-ansarullah-syria-area-of-operation", "2018-08"),
        ("jamaat-ansarullah-badakhshan-area-of-operation", "2022-05~"),
        ("iskp-kabul-university-recruitment-area", "2019-08-12"),
        ("ttp-pakistan-reported-presence", "2022-05~"),
    ],
)
def test_an_area_is_attested_as_long_as_its_source_tells(
    shipped: Records, identifier: str, last: str
) -> None:
    assert area(shipped, identifier).last_cited == last


@pytest.mark.parametrize(
    ("identifier", "first"),
    [
        *(
            (f"islamic-state-{city}-territorial-control", "2011/2014")
            for city in ("aleppo", "fallujah", "mosul", "ramadi", "raqqa", "tikrit")
        ),
        ("islamic-state-iraq-territorial-control", "2011/2014"),
        ("islamic-state-syria-territorial-control", "2011/2014"),
        ("iskp-kabul-area-of-operation", "2016-07"),
    ],
)
def test_an_area_begins_when_its_source_lets_it_begin(
    shipped: Records, identifier: str, first: str
) -> None:
    assert area(shipped, identifier).valid_from == first


def test_the_time_of_an_area_rests_on_a_claim(shipped: Records) -> None:
    for one in shipped.base_areas:
        for period in filter(None, (one.valid_from, one.valid_to)):
            assert rests_on_a_claim(one, period), (one.id, period)


def test_the_history_is_not_dated_later_than_it_tells(shipped: Records) -> None:
    assert shipped.sources_by_id["history-of-iskp"].date == "2023~"
    assert shipped.sources_by_id["iskp-article"].derived_from == ("history-of-iskp",)
    naming = {
        claim.locator
        for record in every_record(shipped)
        for claim in record.claims
        if claim.source == "history-of-iskp" and "giustozzi-2018" in claim.cites
    }
    assert naming == {"section “Tehrik-e Khlifat Pakistan”, paragraph 1"}


def test_numbers_of_groups_and_areas_say_for_when(shipped: Records) -> None:
    for record in (*shipped.groups, *shipped.base_areas):
        for claim in said(record, "count"):
            assert claim.as_of, (record.id, claim)


@pytest.mark.parametrize(
    ("group", "series"),
    [
        ("khilafat-afghan", [("2015-01", 1400), ("2015-10", 1140)]),
        ("gansu-hui-group", [("2016-07", 118)]),
        ("omar-ghazi-group", [("2015-02", 580)]),
        ("harakat-khilafat-baluch", [("2015-07-13", 245)]),
        ("jaysh-ul-islam", [("2015-11", 700)]),
        ("shamali-khilafat", [("2016-05", 1000), ("2016-05", 1100)]),
        ("shamsatoo-group", [("2015", 400)]),
        ("mullah-bakhtwar-group", [("2016", 400)]),
        ("jamaat-ansarullah", [("2010", 100)]),
    ],
)
def test_strength_is_a_series(shipped: Records, group: str, series: list[tuple[str, int]]) -> None:
    counts = said(shipped.groups_by_id[group], "count")
    assert [(one.as_of, one.value) for one in counts if one.part == "members"] == series


def test_the_hedges_of_figures_are_kept(shipped: Records) -> None:
    strength = said(shipped.groups_by_id["shamali-khilafat"], "count")
    assert {one.qualifier for one in strength} == {"about"}
    for identifier in ("islamic-state-norak", "islamic-state-russia"):
        (count,) = said(area(shipped, f"{identifier}-recruitment-area"), "count")
        assert count.by == "Tajik authorities"
        assert "believed" in count.note


@pytest.mark.parametrize("identifier", EVENTS_NOW_COUNTS)
def test_a_count_is_never_a_symbol(shipped: Records, identifier: str) -> None:
    one = shipped.incidents_by_id[identifier]
    assert one.record_kind == "aggregate"
    assert not one.is_mappable


@pytest.mark.parametrize(
    ("identifier", "types"),
    [("shiraz-2023-08", ("attack",)), ("sar-e-pol-2017-08", ("massacre", "attack"))],
)
def test_no_event_type_says_more_than_the_text(
    shipped: Records, identifier: str, types: tuple[str, ...]
) -> None:
    assert shipped.incidents_by_id[identifier].event_types == types


@pytest.mark.parametrize("identifier", ["shiraz-2022-10", "shiraz-2023-08"])
def test_the_text_speaks_of_a_shrine_and_not_of_visitors(shipped: Records, identifier: str) -> None:
    assert shipped.incidents_by_id[identifier].target == "a Shia shrine"


@pytest.mark.parametrize(
    "identifier",
    [
        "war-on-terror",
        "tajikistan-civil-war-1992--1996",
        "syrian-civil-war-2011-03",
        "pakistani-jundullah-attacks",
        "afghan-forces-first-attack-2015-09",
    ],
)
def test_incidents_that_were_missing(shipped: Records, identifier: str) -> None:
    assert shipped.incidents_by_id[identifier].claims


def test_an_naba_335_is_cited_for_termez_alone(shipped: Records) -> None:
    citing = {one.id for one in shipped.incidents if "an-naba-335" in one.cited_sources}
    assert citing == {"termez-2022-04-18"}
    campaign = shipped.incidents_by_id["two-sheikhs-campaign-2022-04-17--2022-05-03"]
    (count,) = [c for c in said(campaign, "count") if c.value == 245]
    assert count.by == ""


def test_undated_stays_undated(shipped: Records) -> None:
    for one in shipped.incidents:
        properties = to_feature(one, shipped)["properties"]
        if one.event_date == "XXXX":
            assert (properties["date_start"], properties["date_end"]) == (None, None)


def test_ids_say_no_more_than_is_known(shipped: Records) -> None:
    guessed = {"los-angeles-2024-06", "iran-2024-01", "lahore-2017-04-16"}
    assert not guessed & set(shipped.incidents_by_id)
    assert "hts" in shipped.groups_by_id

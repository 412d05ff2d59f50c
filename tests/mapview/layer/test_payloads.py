"""What the map layer is sent, against the records that it stands for."""

from __future__ import annotations

import json

import pytest
from samples import HOSTILE, hostile_records, many_records, typed_records

from geodata import Filter, Store, load
from geodata.geodesy import MercatorBox
from geodata.queries import in_column
from geodata.queries.answers import Cells, Listed, Points
from geodata.queries.filters import DateMatch
from geodata.records.vocabulary import GeoPrecision, Status
from geodata.scope import Count
from mapview.cartography.standings import STANDINGS
from mapview.cartography.style import (
    HATCHES,
    KINDS,
    PRECISIONS,
    STATUSES,
    drawn_as,
    kind_of,
)
from mapview.layer.payloads import (
    LISTED_SENT,
    POINTS_SENT,
    areas_payload,
    list_payload,
    view_payload,
)

WORLD = MercatorBox(0, 0, 2**31 - 1, 2**31 - 1)


@pytest.fixture(scope="module")
def shipped() -> Store:
    return Store.of(load())


@pytest.fixture(scope="module")
def many() -> Store:
    return Store.of(many_records(2_100))


def test_points_carry_the_looks_of_their_records(shipped: Store) -> None:
    answer = shipped.view(Filter(), 4, WORLD)
    assert isinstance(answer, Points)
    payload = json.loads(json.dumps(view_payload(answer, shipped), allow_nan=False))
    for index, identifier in enumerate(payload["id"]):
        one = shipped.everything().incidents_by_id[identifier]
        assert payload["title"][index] == one.title
        assert payload["kind"][index] == kind_of(one.event_types)
        assert (
            STATUSES[payload["status"][index]].id
            == one.status
            == list(Status)[payload["status"][index]]
        )
        assert PRECISIONS[payload["precision"][index]].id == one.geo_precision
        assert payload["radius_km"][index] == one.radius_km
        assert payload["province"][index] == (one.admin1_code or None)


def test_points_have_the_columns_that_the_scripts_are_handed(shipped: Store) -> None:
    payload = view_payload(shipped.view(Filter(), 4, WORLD), shipped)
    sent = [*POINTS_SENT, "certain"]
    assert [name for name in payload if isinstance(payload[name], list)] == sent
    assert set(payload) == {"version", "total", "mode", *sent}
    assert [*list_payload(Listed([], [], Count(0, 0)))] == [*LISTED_SENT, "certain", "more"]


def test_nothing_is_drawn_that_is_known_to_the_country_only(shipped: Store) -> None:
    payload = view_payload(shipped.view(Filter(), 4, WORLD), shipped)
    assert max(payload["precision"]) < GeoPrecision.COUNTRY.rank


def test_cells_count_kinds(many: Store) -> None:
    answer = many.view(Filter(), 4, WORLD)
    assert isinstance(answer, Cells)
    payload = json.loads(json.dumps(view_payload(answer, many), allow_nan=False))
    kinds = [0] * len(KINDS)
    for one in many.everything().incidents:
        kinds[kind_of(one.event_types)] += 1
    assert [sum(column) for column in zip(*payload["kinds"], strict=True)] == kinds
    assert payload["total"] == sum(payload["n"]) == 2_100
    assert payload["cell"] == answer.shift


def test_list_says_how_many_more(many: Store) -> None:
    payload = list_payload(many.listed(Filter(), WORLD, limit=10))
    assert {name: len(payload[name]) for name in payload if name != "more"} == dict.fromkeys(
        ("id", "title", "date", "kind", "status", "certain"), 10
    )
    assert payload["more"] == (2_090, 2_090)
    assert list_payload(Listed([], [], Count(0, 0))) == {
        "id": [], "title": [], "date": [], "kind": [], "status": [], "certain": [], "more": (0, 0),
    }  # fmt: skip


def test_what_only_may_fit_is_told_apart(shipped: Store, many: Store) -> None:
    for query in ("from=2015-03-10&to=2018-07", "bounds=66,33.6,70.2,36", "group=iskp&to=2015-02"):
        chosen = Filter.from_query(query)
        sure = shipped.ids(chosen.matching(DateMatch.CERTAIN))
        payload = json.loads(json.dumps(view_payload(shipped.view(chosen, 4, WORLD), shipped)))
        assert payload["certain"] == [int(one in sure) for one in payload["id"]]
        assert 0 < sum(payload["certain"]) < len(payload["id"]), query
        listed = list_payload(shipped.listed(chosen, WORLD, limit=5))
        assert listed["certain"] == [int(one in sure) for one in listed["id"]]
    whole = view_payload(many.view(Filter(), 4, WORLD), many)
    assert whole["certain"] == whole["kinds"]


@pytest.mark.parametrize("count", [160, 2_400])
def test_types_of_sources_are_drawn_as_themselves(count: int) -> None:
    store = Store.of(typed_records(count))
    own = store.own_types
    assert own == ("Theft", "Fraud x")
    answer = store.view(Filter(), 4, WORLD)
    payload = json.loads(json.dumps(view_payload(answer, store), allow_nan=False))
    wanted = [0] * (len(KINDS) + len(own))
    for one in store.everything().incidents:
        wanted[drawn_as(one.event_types, in_column(one.type_of_source), own)] += 1
    kinds = payload["kind"] if payload["mode"] == "points" else None
    counts = (
        [kinds.count(kind) for kind in range(len(wanted))]
        if kinds
        else [sum(column) for column in zip(*payload["kinds"], strict=True)]
    )
    assert counts == wanted
    assert all(wanted[at] for at in (0, len(KINDS), len(KINDS) + 1))
    # By all data and not by what is asked for.
    some = Filter.from_query("source_type=Fraud x")
    shown = view_payload(store.view(some, 4, MercatorBox(0, 0, 2**31 - 1, 2**31 - 1)), store)
    assert set(shown["kind"]) == {len(KINDS) + 1}
    listed = list_payload(store.listed(some, WORLD, limit=5), own)
    assert set(listed["kind"]) == {len(KINDS) + 1}


def test_areas_keep_their_hatch_whatever_is_shown(shipped: Store) -> None:
    everything = {area["id"]: area for area in areas_payload(Filter(), shipped)["areas"]}
    assert len({area["group"] for area in everything.values()}) > 3
    hatches = {area["group"]: area["hatch"] for area in everything.values()}
    assert len(set(hatches.values())) == min(len(hatches), len(HATCHES))
    for group, hatch in hatches.items():
        shown = areas_payload(Filter(groups=(group,)), shipped)["areas"]
        assert {area["hatch"] for area in shown if area["group"] == group} == {hatch}


def test_areas_can_be_drawn_and_sent(shipped: Store) -> None:
    payload = json.loads(json.dumps(areas_payload(Filter(), shipped), allow_nan=False))
    for area in payload["areas"]:
        assert -180 <= area["lon"] <= 180
        assert -90 <= area["lat"] <= 90
        assert area["radius_km"] or area["province"]
        assert area["period"]
        assert area["place"]


def test_what_an_area_was_and_whether_it_ended_is_sent(shipped: Store) -> None:
    def at(query: str) -> dict[str, tuple[str, bool]]:
        areas = areas_payload(Filter.from_query(query), shipped)["areas"]
        return {one["id"]: (STANDINGS[one["standing"]].id, one["ended"]) for one in areas}

    held, now = at("to=2015"), at("")
    assert held["iskp-nangarhar-territorial-control"] == ("control", False)
    assert now["iskp-nangarhar-territorial-control"] == ("control", True)
    assert {name for name, _ in now.values()} == {one.id for one in STANDINGS}


def test_areas_fade_past_their_last_citation(shipped: Store) -> None:
    late = areas_payload(Filter.from_query("from=2999"), shipped)["areas"]
    assert late
    assert all(area["faded"] for area in late)
    always = areas_payload(Filter(), shipped)["areas"]
    assert {area["faded"] for area in always} == {True, False}
    assert all(area["faded"] == area["undated"] for area in always)
    certain = areas_payload(Filter.from_query("from=2016&to=2016&when=certain"), shipped)["areas"]
    assert certain
    assert not any(area["faded"] for area in certain)
    assert areas_payload(Filter.from_query("from=1994&to=1994"), shipped)["areas"] == []


def test_what_is_not_on_the_map_is_counted_at_countries_alone(shipped: Store) -> None:
    for query in ("", "from=2015&to=2015", "group=iskp", "country=AF", "bounds=60,30,75,40"):
        chosen = Filter.from_query(query)
        counts = areas_payload(chosen, shipped)["unplaced"]
        most = sum(possible for _, possible in counts.values())
        assert most <= shipped.totals(chosen).unplaced
        assert all(len(code) == 2 and sure <= possible for code, (sure, possible) in counts.items())
    assert areas_payload(Filter(), shipped)["unplaced"]["AF"][1] > 3
    assert areas_payload(Filter.from_query("bounds=60,30,75,40"), shipped)["unplaced"] == {}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    store = Store.of(hostile_records(text))
    payload = json.loads(json.dumps(view_payload(store.view(Filter(), 9, WORLD), store)))
    assert payload["title"] == [text]
    area = json.loads(json.dumps(areas_payload(Filter(), store)))["areas"][0]
    assert (area["group_name"], area["place"]) == (text, text)

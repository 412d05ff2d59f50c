"""Tests of the store: every answer equals that of a plain loop over the records."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from corpora import corpus
from fixed_records import HOSTILE, base_area, claim, incident
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from plain_loop import GROUPS, random_records, wanted
from sqlite_engine import sqlite_engine
from store_checks import OWN_PARTS, WORLD, by_type, check_all_answers, check_facets
from strategies import filters, record_sets, texts

from geodata.errors import RequestError
from geodata.formats.geojson import parse_geojson, to_collection
from geodata.geodesy import MercatorBox, project
from geodata.queries.answers import Cells, Points
from geodata.queries.catalogue import RecordsCatalogue
from geodata.queries.columns import EVENT_TYPES, own_code
from geodata.queries.filters import DateMatch, Filter
from geodata.queries.store import Store
from geodata.queries.table import to_table
from geodata.records.collection import Records
from geodata.records.model import Incident
from geodata.records.parties import linked_groups
from geodata.records.vocabulary import Attribution, GeoPrecision, Role, Status
from geodata.scope import Count

NAMES = ("iskp", "IS–KP", "داعش", "Ansarullah", "wing", "ولایت خراسان", "nobody", "'; --", "")
# Among them words that stand in one field alone: district, target, means, summary.
WORDS = (
    *("kunduz", "Kundūz mosque", "данғара", "is-kp", "داعش", "bomb", "!!", "zzz", "a'b"),
    *("imam", "embassy", "drone", "parked lorry", "lighthouse"),
)


RANDOM = random_records(240)


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(RANDOM)


@pytest.fixture(scope="module")
def over_sqlite() -> Store:
    """The same records behind another back end."""
    return Store(sqlite_engine(to_table(RANDOM)), RecordsCatalogue(RANDOM))


@settings(max_examples=20)
@given(filters(groups=st.sampled_from(NAMES), words=st.sampled_from(WORDS)))
@example(Filter())
def test_answers_equal_those_of_a_plain_loop(store, chosen):
    check_all_answers(store, chosen)
    check_facets(store, chosen)


# One part at a time finds most records, so that it is not only emptiness that is compared.
@pytest.mark.parametrize(
    "chosen",
    [
        *[Filter(event_types=(one,)) for one in (EVENT_TYPES[0], EVENT_TYPES[9], EVENT_TYPES[-1])],
        *[Filter(groups=(one,)) for one in NAMES if one],
        *[Filter(roles=(one,)) for one in Role],
        *[Filter(groups=("iskp",), roles=(one,)) for one in Role],
        *[Filter(groups=("iskp",), roles=(one, Role.ACTOR)) for one in Role],
        *[Filter(groups=("tkp", "houthis"), date_match=match) for match in DateMatch],
        *[
            Filter(groups=("iskp",), roles=tuple(Role), date_match=match, **period)
            for match in DateMatch
            for period in (
                {"end": date(2018, 7, 31)},
                {"start": date(2018, 8, 1)},
                {"start": date(2019, 3, 11), "end": date(2020, 2, 29)},
            )
        ],
        *[Filter(countries=(one,)) for one in ("AF", "UZ", "RU")],
        *[Filter(statuses=(one,)) for one in Status],
        *[Filter(attributions=(one,)) for one in Attribution],
        *[Filter(least_precision=one) for one in GeoPrecision],
        *[Filter(text=one) for one in WORDS],
        *[Filter(start=date(2018, 1, 1), end=date(2019, 6, 30), date_match=m) for m in DateMatch],
        Filter(fatalities_min=20),
        Filter(fatalities_max=0),
        Filter(injured_min=20),
        Filter(bounds=(-60, -40, 60, 40)),
        Filter(bounds=(120, -80, -120, 80)),
        Filter(bounds=(180, -90, -180, 90)),
    ],
    ids=lambda chosen: chosen.to_query()[:40],
)
def test_each_part_of_a_filter_alone(store, chosen):
    check_all_answers(store, chosen)


@pytest.mark.parametrize(
    "chosen",
    [
        Filter(),
        Filter(event_types=EVENT_TYPES[7:9], statuses=(Status.CARRIED_OUT, Status.FOILED)),
        Filter(groups=("ولایت خراسان", "Ansarullah"), attributions=(Attribution.CLAIMED,)),
        Filter(countries=("UZ", "RU"), least_precision=GeoPrecision.DISTRICT),
        Filter(text="Данғара a'b", groups=("'; --",)),
        Filter(text="KUNDUZ", fatalities_min=3, fatalities_max=30),
        *[Filter(start=date(2018, 1, 1), end=date(2019, 6, 30), date_match=m) for m in DateMatch],
        Filter(bounds=(120, -80, -120, 80)),
    ],
    ids=lambda chosen: chosen.to_query()[:40],
)
def test_another_back_end_gives_the_same_answers(store, over_sqlite, chosen, monkeypatch):
    check_all_answers(over_sqlite, chosen)
    check_facets(over_sqlite, chosen)
    north = replace(WORLD, y1=WORLD.y1 // 2)
    assert over_sqlite.listed(chosen, north, limit=5) == store.listed(chosen, north, limit=5)
    assert over_sqlite.table(chosen, offset=7, limit=9) == store.table(chosen, offset=7, limit=9)
    monkeypatch.setattr("geodata.queries.store.MOST_POINTS", 10)
    ours, theirs = (one.view.__wrapped__(chosen, 4, north) for one in (store, over_sqlite))
    assert ours == theirs
    assert isinstance(ours, Cells) is (ours.total > 10)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(record_sets(), filters())
def test_answers_hold_for_any_records(records, chosen):
    some = Store.of(records)
    check_all_answers(some, chosen)
    check_all_answers(some, Filter())


@settings(max_examples=12)
@given(st.lists(st.sampled_from([p for one in RANDOM.incidents for p in one.points]), min_size=2))
def test_a_box_holds_just_what_lies_in_it(store, corners):
    xs, ys = zip(*(project(*corner) for corner in corners), strict=True)
    box = MercatorBox(min(xs), min(ys), max(xs), max(ys))
    view = store.view(Filter(), 5, box)
    inside = [
        one.id
        for one in RANDOM.incidents
        if one.is_mappable
        for x, y in (project(*point) for point in one.points)
        if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
    ]
    assert sorted(view.columns["id"]) == sorted(inside)
    listed = store.listed(Filter(), box, limit=3)
    newest = [one.id for one in wanted(RANDOM, Filter()) if one.id in inside]
    assert [row.id for row in listed.rows] == newest[:3]
    assert listed.more == Count(len(newest[3:]), len(newest[3:]))


def test_an_incident_with_several_places_counts_once_and_is_drawn_at_each():
    several = Store.of(Records((incident("one", points=((0, 0), (10, 10))), incident("two"))))
    assert several.totals(Filter()).shown == 2
    assert several.view(Filter(), 3, WORLD).columns["id"] == ["one", "one"]
    assert several.facets(Filter())["type"] == {"bombing": Count(2, 2)}
    assert [row.id for row in several.table(Filter())] == ["two", "one"]


@pytest.mark.parametrize("bounds", [(-1, -1, 1, 1), (9, 9, 11, 11), (-1, -1, 11, 11)])
def test_bounds_find_an_incident_by_any_of_its_places(bounds):
    several = Store.of(Records((incident("one", points=((0, 0), (10, 10))), incident("two"))))
    chosen = Filter(bounds=bounds)
    assert several.totals(chosen).shown == 1
    assert [row.id for row in several.table(chosen)] == ["one"]
    assert [one.id for one in several.select(chosen).incidents] == ["one"]
    assert len(several.histogram(chosen).bins) == 1


@pytest.fixture(scope="module")
def crowd() -> Store:
    """2,000 incidents, and one of the year 2030 more."""
    chance = random.Random(2)
    places = [(chance.gauss(69, 20), chance.gauss(34, 10)) for _ in range(2_000)]
    many = [
        incident(f"one-{n}", points=(place,), event_types=(chance.choice(EVENT_TYPES),))
        for n, place in enumerate(places)
    ]
    many.append(incident("last", points=((69, 34),), event_date="2030"))
    return Store.of(Records(tuple(many)))


def test_more_than_2000_places_become_clusters(crowd):
    exactly = crowd.view(Filter(end=date(2029, 12, 31)), 4, WORLD)
    assert isinstance(exactly, Points)
    assert exactly.total == len(exactly.columns["id"]) == 2_000
    assert isinstance(crowd.view(Filter(), 4, WORLD), Cells)


@pytest.mark.parametrize("zoom", [0, 3, 8, 22])
def test_clusters_count_every_place_once(crowd, zoom):
    cells = crowd.view(Filter(), zoom, WORLD)
    assert isinstance(cells, Cells)
    assert cells.total == sum(cells.n) == 2_001
    assert [sum(types) for types in cells.types] == cells.n
    members: dict[tuple[int, int], list[Incident]] = {}
    for one in crowd.everything().incidents:
        x, y = project(*one.points[0])
        members.setdefault((x >> cells.shift, y >> cells.shift), []).append(one)
    assert len(cells.n) == len(members)
    for x, y, n, types in zip(cells.x, cells.y, cells.n, cells.types.tolist(), strict=True):
        inside = members[x >> cells.shift, y >> cells.shift]
        assert n == len(inside)
        kinds = Counter(
            own_code(EVENT_TYPES.index(one.event_types[0]), one.type_of_source, crowd.own_types)
            for one in inside
        )
        assert types == by_type(kinds, crowd)


def test_pages_follow_one_another_without_gap_or_repetition(store):
    whole = [row.id for row in store.table(Filter(), limit=1_000)]
    pages = [
        row.id for at in range(0, 260, 50) for row in store.table(Filter(), offset=at, limit=50)
    ]
    assert pages == whole
    assert len(set(whole)) == len(whole)


@pytest.mark.parametrize("zoom", [-1, 23])
def test_a_zoom_level_that_does_not_exist_is_refused(store, zoom):
    with pytest.raises(RequestError, match=rf"z must be within \[0, 22\], got {zoom}"):
        store.view(Filter(), zoom, WORLD)


@pytest.fixture(scope="module")
def hostile() -> Store:
    """An incident for each hostile text, which is its title and the group that claims it."""
    some = [
        incident(f"hostile-{n}", title=text, claims=(claim("attribution", text, stance="claims"),))
        for n, text in enumerate(HOSTILE)
    ]
    return Store.of(Records((*some, incident("plain", title="Plain"))))


@pytest.mark.parametrize(("number", "text"), [*enumerate(HOSTILE)])
def test_hostile_text_is_found_and_breaks_nothing(hostile, number, text):
    assert f"hostile-{number}" in [row.id for row in hostile.table(Filter(text=text))]
    named = linked_groups(hostile.incident(f"hostile-{number}"))[0]
    shown = hostile.totals(Filter(groups=(named,))).shown
    assert shown == (1 if named == named.strip() else 0)


def test_hostile_texts_stay_as_they_are(hostile):
    titles = {row.id: row.title for row in hostile.table(Filter())}
    assert titles == {"plain": "Plain", **{f"hostile-{n}": one for n, one in enumerate(HOSTILE)}}
    assert len(hostile.facets(Filter())["group"]) == len(HOSTILE)
    assert hostile.totals(Filter(groups=tuple(f"not {one}" for one in HOSTILE))).shown == 0


@settings(max_examples=8)
@given(texts)
@example("a\0b")
def test_any_search_is_answered(text):
    assert SMALL.totals(Filter(text=text)).in_all == 3
    assert SMALL.totals(Filter(ids=(text, SMALL_ID))).shown == 1
    assert set(SMALL.facets(Filter(text=text, groups=(text,)))) == set(OWN_PARTS)


SMALL = Store.of(Records(RANDOM.incidents[:3], groups=GROUPS))
SMALL_ID = RANDOM.incidents[0].id


@pytest.mark.parametrize("text", ["KUNDUZ", "kundūz", "Kundu\u0304z", "danghara", "Данғара"])
def test_search_ignores_case_accents_and_script(store, text):
    assert store.totals(Filter(text=text)).shown > 20


def test_search_finds_aliases_of_linked_groups(store):
    linked = [one for one in RANDOM.incidents if "iskp" in linked_groups(one)]
    found = {row.id for row in store.table(Filter(text="ولایت خراسان"), limit=999)}
    assert found == {one.id for one in linked}
    assert found


def test_a_period_possibly_holds_what_it_certainly_holds(store):
    for year in range(2015, 2024):
        period = {"start": date(year, 3, 1), "end": date(year, 8, 31)}
        possible, certain = (
            {row.id for row in store.table(Filter(**period, date_match=match), limit=999)}
            for match in (DateMatch.POSSIBLE, DateMatch.CERTAIN)
        )
        assert certain < possible


def test_the_timeline_takes_months_for_six_years_and_years_beyond():
    def bins(*days: str):
        some = Records(tuple(incident(f"i{n}", event_date=day) for n, day in enumerate(days)))
        return list(Store.of(some).histogram(Filter()).bins)

    assert len(bins("2018-01-31", "2023-12-01")) == 72
    assert [(b.start.year, b.certain) for b in bins("2018-01-31", "2024-01")] == [
        (year, int(year in (2018, 2024))) for year in range(2018, 2025)
    ]
    assert bins("XXXX") == bins() == []
    assert [(b.start.year, b.certain, b.possible) for b in bins("../2019-05")] == [(2019, 0, 1)]
    assert [(b.certain, b.possible) for b in bins("2022-10/2022-11")] == [(0, 1), (0, 1)]
    assert bins("9999-12-31")[0].end == date.max
    assert bins("1800", "9999")[-1].end == date.max


@pytest.mark.parametrize("case", corpus("search"), ids=lambda case: case["name"])
def test_words_are_found_however_they_are_typed(case):
    some = Records(
        (incident("one", place=case["written"]), incident("other", place="Lighthouse")),
        (base_area(place=case["written"]),),
    )
    store = Store.of(some)
    for typed in case["typed"]:
        found = store.select(Filter(text=typed))
        assert [one.id for one in found.incidents] == ["one"]
        assert len(found.base_areas) == 1


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("to=0001", ["day", "year"]),
        ("from=0001&to=0001&when=certain", ["day", "year"]),
        ("from=9999", ["end", "last", "since"]),
        ("from=0001&to=0005&when=certain", ["day", "year"]),
        ("from=9998&to=9999&when=certain", ["end", "last"]),
        ("from=9999-12-31&when=certain", ["last"]),
        ("from=2000&to=2001", []),
    ],
)
def test_the_first_and_last_day_of_the_calendar_are_days(query, ids):
    dates = {
        "day": "0001-01-01",
        "year": "0001",
        "last": "9999-12-31",
        "end": "9999-12",
        "no": "XXXX",
        "until": "../0002",
        "since": "9998/..",
    }
    some = Records(tuple(incident(name, event_date=text) for name, text in dates.items()))
    found = Store.of(some).select(Filter.from_query(query)).incidents
    assert sorted(one.id for one in found) == ids


def test_facets_name_only_what_records_have():
    facets = Store.of(Records((incident(),))).facets(Filter())
    assert facets == {
        "type": {"bombing": Count(1, 1)},
        "source_type": {},
        "group": {},
        "role": {},
        "country": {},
        "status": {"carried out": Count(1, 1)},
        "attribution": {"unattributed": Count(1, 1)},
        "precision": {"unknown": Count(1, 1)},
    }


def test_an_export_holds_what_is_shown_with_its_areas():
    records = Records(
        (incident("a", claims=(claim("attribution", "iskp", stance="claims"),)), incident("b")),
        (base_area("x", group="iskp"), base_area("y", group="houthis")),
        GROUPS,
    )
    part = Store.of(records).select(Filter(groups=("islamic-state",)))
    assert [one.id for one in part.incidents] == ["a"]
    assert [one.id for one in part.base_areas] == ["x"]
    assert [one.id for one in part.groups] == ["islamic-state", "iskp"]
    assert parse_geojson("".join(to_collection(part))).records == part


def test_threads_get_the_same_answers(store):
    chosen = [Filter(countries=(code,)) for code in ("AF", "IR", "TJ", "UZ")] * 5
    with ThreadPoolExecutor(8) as threads:
        rows = list(threads.map(lambda one: [row.id for row in store.table(one)], chosen))
    assert rows[:4] * 5 == rows
    assert all(rows)


def test_areas_are_found_by_id():
    some = Store.of(Records(base_areas=(base_area("x"),)))
    assert some.area("x").id == "x"
    assert some.area("y") is None


def test_equal_views_are_equal_answers(store):
    fresh = Store.of(RANDOM)
    for zoom in (2, 6):
        assert fresh.view(Filter(), zoom, WORLD) == store.view(Filter(), zoom, WORLD)
    assert fresh.version == store.version

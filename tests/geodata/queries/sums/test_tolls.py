"""Tests of sums of tolls, some by hand, and ten thousand against plain Python over the records."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import pytest
from fixed_records import claim, incident
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.queries.filters import DateMatch, Filter
from geodata.queries.store import Store
from geodata.queries.sums import SUMMED, TollSum, TollSums
from geodata.queries.sums.tolls import PeopleSum
from geodata.records import Mark, derive_toll, speaking
from geodata.records.collection import Records
from geodata.records.model import Group, Incident, Relation, Source
from geodata.records.vocabulary import (
    Attribution,
    ClaimAbout,
    EventType,
    GeoPrecision,
    Qualifier,
    Role,
    Status,
)
from geodata.scope import Count

KILLED = ClaimAbout.FATALITIES


def killed(value: int, source: str = "book", **fields):
    return claim("fatalities", value, source=source, **fields)


def summed(*incidents: Incident, query: str = "", about: ClaimAbout = KILLED) -> TollSum:
    store, chosen = Store.of(Records(tuple(incidents))), Filter.from_query(query)
    toll = store.toll(chosen, about)
    with pytest.MonkeyPatch.context() as patched:
        # Of many, the engine adds up what it can.
        patched.setattr("geodata.queries.store._MOST_ADDED_APART", -1)
        assert store.toll(chosen, about) == toll
    return toll


def test_extremes_are_added_and_what_has_no_figure_is_counted():
    toll = summed(
        incident("a", claims=(killed(94), killed(100, "paper"))),
        incident("b", claims=(killed(3),)),
        incident("c"),
    )
    assert (toll.everybody.low, toll.everybody.high) == (97, 103)
    assert (toll.everybody.incidents, toll.without) == (Count(2, 2), Count(1, 1))
    assert toll.words == "97 to 103 killed in 2 incidents; 1 has no figure"


def test_a_shared_toll_counts_once():
    both = [
        incident(one, claims=(killed(56),), casualties_combined=(other,), place=one)
        for one, other in (("a", "b"), ("b", "a"))
    ]
    toll = summed(*both, incident("c", claims=(killed(1),)))
    assert toll.words == "57 killed in 3 incidents"
    # How many of them died at one of the places, nobody says.
    one = [both[0], both[1].but(country="AF")]
    assert summed(*one, query="country=AF").words == "0 to 56 killed in 1 incident"


def sharing(name: str, *others: str, **fields) -> Incident:
    return incident(name, claims=(killed(56),), casualties_combined=others, **fields)


def test_a_toll_that_two_share_with_a_third_counts_once_though_only_that_names_them():
    a, b, c = sharing("a"), sharing("b", place="elsewhere"), sharing("c", "a", "b", country="AF")
    assert summed(a, b, c).words == "56 killed in 3 incidents"


def test_a_toll_that_is_also_of_incidents_left_out_is_at_most_that_of_those_here():
    lost = {"shares_toll_beyond": True}
    assert summed(sharing("a", **lost)).words == "0 to 56 killed in 1 incident"
    assert summed(sharing("a", **lost), sharing("c")).words == "56 to 112 killed in 2 incidents"
    # Two that go on sharing it are no more of it than one.
    both = sharing("a", "b", **lost), sharing("b", "a", **lost)
    assert summed(*both).words == "0 to 56 killed in 2 incidents"
    assert summed(sharing("a", "b"), sharing("b", "a", **lost)).words == (
        "0 to 56 killed in 2 incidents"
    )


def test_different_people_are_never_added_to_one_another():
    fighters = killed(22, part="fighters", by="NDS")
    civilians = killed(7, part="civilians", by="Taliban")
    toll = summed(
        incident("a", claims=(fighters, civilians)),
        incident("b", claims=(killed(9, part="civilians"),)),
        incident("c", claims=(killed(5), killed(2, part="civilians"))),
    )
    assert toll.words == (
        "5 killed in 1 incident; "
        "counted apart: fighters: 22 in 1 incident and civilians: 16 in 2 incidents"
    )


def test_what_may_not_fit_gives_no_lower_bound():
    some = [
        incident("day", event_date="2020-03-01", claims=(killed(10),)),
        incident("year", event_date="2020", claims=(killed(5),)),
        incident("unsaid", event_date="2020"),
    ]
    toll = summed(*some, query="from=2020-03-01&to=2020-03-31")
    assert toll.words == "10 to 15 killed in 1 to 2 incidents; 0 to 1 have no figure"
    toll = summed(*some, query="from=2020-03-01&to=2020-03-31&when=certain")
    assert toll.words == "10 killed in 1 incident"


def test_campaigns_and_counts_are_not_added():
    campaign = incident("a", record_kind="aggregate", claims=(killed(500),))
    alone = summed(campaign)
    assert alone.words == (
        "no figure of killed of a single event; 1 campaign or count over many events not added"
    )
    both = summed(campaign, incident("b", claims=(killed(2),)))
    assert both.words == "2 killed in 1 incident; 1 campaign or count over many events not added"
    assert (both.everybody.high, both.not_added) == (2, Count(1, 1))


def test_a_campaign_that_may_fit_is_counted_as_such():
    campaign = incident("a", record_kind="aggregate", event_date="2020", claims=(killed(500),))
    toll = summed(campaign, query="from=2020-03-01&to=2020-03-31")
    assert toll.not_added == Count(0, 1)
    assert toll.words.endswith("0 to 1 campaigns or counts over many events not added")


def test_a_sum_keeps_what_stands_before_its_figures():
    at_least = incident("a", claims=(killed(90, qualifier="at least"),))
    plain = incident("b", claims=(killed(3), killed(5, "paper")))
    assert summed(at_least).words == "at least 90 killed in 1 incident"
    both = summed(at_least, plain)
    assert both.words == "93 to at least 95 killed in 2 incidents"
    assert (both.everybody.is_open, both.everybody.is_near) == (True, (False, False))
    over = incident("c", claims=(killed(10, qualifier="over"),))
    assert summed(over, plain).words == "13 to at least 15 killed in 2 incidents"
    about = incident("d", claims=(killed(30, qualifier="about"),))
    nearly = incident("e", claims=(killed(94), killed(100, "paper", qualifier="nearly")))
    assert summed(about, plain).words == "about 33 to about 35 killed in 2 incidents"
    assert summed(nearly, plain).words == "97 to about 105 killed in 2 incidents"
    assert summed(about, over).words == "at least about 40 killed in 2 incidents"


def test_what_is_at_most_so_many_adds_nothing_to_the_lower_bound():
    at_most = incident("a", claims=(killed(20, qualifier="at most"),))
    assert summed(at_most).words == "at most 20 killed in 1 incident"
    assert (summed(at_most).everybody.low, summed(at_most).everybody.high) == (0, 20)
    assert summed(at_most, incident("b", claims=(killed(3),))).words == (
        "3 to 23 killed in 2 incidents"
    )


def test_bounds_of_one_source_bound_the_sum_on_both_sides():
    bounds = [killed(8, qualifier="at least"), killed(9), killed(12, qualifier="at most")]
    one, other = incident("a", claims=bounds), incident("b", claims=(killed(3),))
    assert summed(one, other).words == "11 to 15 killed in 2 incidents"


HEDGES = st.sampled_from([None, *Qualifier])
FIGURES = st.lists(st.tuples(st.sampled_from([1, 9, 10, 11, 1_000]), HEDGES), min_size=1)


@given(FIGURES, st.sampled_from(["en", "fa", "fr"]))
@settings(max_examples=300, deadline=None)
def test_the_sum_of_one_toll_alone_says_what_the_toll_does(figures, code):
    said = [killed(n, f"s{at}", qualifier=hedge) for at, (n, hedge) in enumerate(figures)]
    some = incident("a", claims=said), incident("b")
    with speaking(code):
        everybody = TollSums({}).of(KILLED, some, {"a", "b"}).everybody
        assert everybody.bounds == everybody.shortest == derive_toll(said, KILLED).text


@pytest.mark.parametrize("hedge", [None, *Qualifier])
def test_an_engine_says_one_toll_alone_as_it_is_too(hedge):
    said = killed(94), killed(100, "paper", qualifier=hedge)
    everybody = summed(incident("a", claims=said), incident("b")).everybody
    assert everybody.bounds == derive_toll(said, KILLED).text
    police = killed(9, part="police", qualifier=hedge)
    (apart,) = summed(incident("a", claims=(police,))).apart
    assert f"{apart.bounds} police" == derive_toll([police], KILLED).text


def test_the_sum_of_one_toll_that_may_not_fit_has_no_lower_bound():
    year = incident("year", event_date="2020", claims=(killed(5, qualifier="nearly"),))
    toll = summed(year, query="from=2020-03-01&to=2020-03-31")
    assert toll.words == "0 to about 5 killed in 0 to 1 incident"


def test_what_may_not_fit_blurs_only_the_bound_that_it_is_added_to():
    day = incident("day", event_date="2020-03-01", claims=(killed(10),))
    month = "from=2020-03-01&to=2020-03-31"
    for hedge, words in (("about", "10 to about 15"), ("at least", "10 to at least 15")):
        year = incident("year", event_date="2020", claims=(killed(5, qualifier=hedge),))
        assert summed(day, year, query=month).everybody.bounds == words


def test_figures_of_some_people_and_shared_tolls_keep_what_stands_before_them():
    fighters = killed(22, part="fighters", by="NDS", qualifier="over")
    civilians = killed(7, part="civilians", by="Taliban")
    assert summed(incident("a", claims=(fighters, civilians))).words == (
        "counted apart: fighters: over 22 in 1 incident and civilians: 7 in 1 incident"
    )
    both = [
        incident(
            one, claims=(killed(56, qualifier="at least"),), casualties_combined=(other,), place=one
        )
        for one, other in (("a", "b"), ("b", "a"))
    ]
    assert summed(*both).words == "at least 56 killed in 2 incidents"
    assert summed(both[0], both[1].but(country="AF"), query="country=AF").words == (
        "0 to at least 56 killed in 1 incident"
    )


@pytest.mark.parametrize("about", SUMMED)
def test_a_sum_is_of_what_was_asked(about):
    some = incident(claims=tuple(claim(str(one), 3 + n) for n, one in enumerate(SUMMED)))
    number = 3 + list(SUMMED).index(about)
    assert summed(some, about=about).words == f"{number} {SUMMED[about]} in 1 incident"


# What follows knows nothing of tables, queries, derived tolls or who belonged to whom: it takes the
# records as they stand in a file, and says what a sum means.

GROUPS = ("g0", "g1", "g2", "g3")
RELATIONS = (
    ("g1", "g0", date(2018, 5, 10), date.max),
    ("g2", "g1", date(2016, 1, 1), date(2019, 2, 20)),
)
FAMILIES = {"copy": "book"}
FIRST, LAST = date.min, date.max


def made_incident(chance: random.Random, number: int) -> Incident:
    start = date(2017, 1, 1) + timedelta(chance.randrange(1_000))
    end = start + timedelta(chance.choice((0, 0, 0, 20, 200)))
    dates = (f"{start}/{end}", f"{start}/{end}", f"{start}/{end}", "XXXX", f"{start}/..")
    said = [
        claim(
            about,
            chance.randrange(50),
            source=chance.choice(("book", "copy", "paper")),
            locator=f"page {chance.randrange(2)}",
            by=chance.choice(("", "A", "B")),
            part=chance.choice(("", "", "civilians", "fighters")),
        )
        for about in ("fatalities", "injured")
        for _ in range(chance.choice((0, 1, 1, 2, 3)))
    ]
    said += [
        claim("involved", chance.choice(GROUPS), role=chance.choice(list(Role)))
        for _ in range(chance.randrange(3))
    ]
    is_event = chance.random() > 0.15
    return incident(
        f"one-{number:02}",
        record_kind="event" if is_event else "aggregate",
        event_date=chance.choice(dates),
        event_types=chance.sample(list(EventType)[:4], chance.choice((1, 2))),
        status=chance.choice(list(Status)),
        country=chance.choice(("AF", "IR", "")),
        geo_precision=chance.choice(("settlement", "province", "country")),
        claims=said,
    )


def made_records() -> Records:
    chance = random.Random(9)
    some = [made_incident(chance, number) for number in range(60)]
    events = [n for n, one in enumerate(some) if one.record_kind == "event"]
    # Pairs, and three, that share one toll: each carries the same claims.
    for shared in (events[:2], events[4:6], events[8:11]):
        said = tuple(c for c in some[shared[0]].claims if c.about in ("fatalities", "injured"))
        for n in shared:
            others = tuple(some[other].id for other in shared if other != n)
            own = tuple(c for c in some[n].claims if c.about == "involved")
            some[n] = some[n].but(casualties_combined=others, claims=(*said, *own))
    relations = tuple(
        Relation(
            id=f"r{n}",
            subject=subject,
            kind="part of",
            object=other,
            valid_from=first.isoformat(),
            valid_to="" if last == LAST else last.isoformat(),
        )
        for n, (subject, other, first, last) in enumerate(RELATIONS)
    )
    sources = (
        Source(id="book", title="B"),
        Source(id="copy", title="C", derived_from=("book",)),
        Source(id="paper", title="P"),
    )
    groups = tuple(Group(id=one, name=one.upper()) for one in GROUPS)
    return Records(tuple(some), (), groups, sources, relations)


RECORDS = made_records()
# Few, so that the store need not ask its engine anew for each: a query takes its time.
DAYS = [date(2016, 12, 1) + timedelta(260 * n) for n in range(5)]
ROLES = ((), (), (Role.ACCUSED,), (Role.ACTOR, Role.OTHER))


def made_filter(chance: random.Random) -> Filter:
    def some(choices: Sequence, most: int = 2) -> tuple:
        return tuple(chance.sample(list(choices), chance.choice((0, 0, 0, 1, most))))

    start, end = sorted(chance.sample(DAYS, 2))
    low, high = sorted((chance.randrange(0, 60, 10), chance.randrange(0, 60, 10)))
    return Filter(
        start=chance.choice((None, start)),
        end=chance.choice((None, end)),
        date_match=chance.choice(list(DateMatch)),
        event_types=some(list(EventType)[:4]),
        groups=some(GROUPS, 1),
        roles=chance.choice(ROLES),
        countries=some(("AF", "IR", "TJ")),
        statuses=some(Status),
        attributions=some(Attribution, 1),
        least_precision=chance.choice((None, None, GeoPrecision.PROVINCE)),
        fatalities_min=chance.choice((None, None, None, low)),
        fatalities_max=chance.choice((None, None, None, high)),
    )


@cache
def figures(number: int, about: str) -> dict[str, tuple[int, int]]:
    """Lowest and highest figure by who is counted, "" for everybody."""
    said = [one for one in RECORDS.incidents[number].claims if one.about == about]
    found: dict[str, list[int]] = {}
    for source, locator in {(one.source, one.locator) for one in said}:
        here = [one for one in said if (one.source, one.locator) == (source, locator)]
        totals = [one.value for one in here if not one.part]
        found.setdefault("", []).extend(totals)
        if totals:
            continue
        for by in {one.by for one in here}:
            parts = [one for one in here if one.by == by]
            people = {one.part for one in parts}
            whom = people.pop() if len(people) == 1 else ""
            found.setdefault(whom, []).append(sum(one.value for one in parts))
    found = {people: values for people, values in found.items() if values}
    if "" in found:
        found = {"": found[""]}
    return {people: (min(values), max(values)) for people, values in found.items()}


@cache
def belonged(party: str, group: str, day: date) -> bool:
    """Whether a party was a group, or by way of others a part of it, on a day."""
    return party == group or any(
        child == party and first <= day <= last and belonged(parent, group, day)
        for child, parent, first, last in RELATIONS
    )


@cache
def was_party(number: int, chosen: Filter) -> bool:
    """Whether a group that is sought stands in a role that is sought, on some or on all days."""
    one = RECORDS.incidents[number]
    roles = chosen.roles or (Role.ACTOR, Role.TARGET)
    is_certain = chosen.date_match is DateMatch.CERTAIN
    first, last = one.span.start, one.span.end
    if not is_certain:
        first, last = max(first, chosen.start or FIRST), min(last, chosen.end or LAST)
    edges = {d for _, _, a, b in RELATIONS for d in (a, b)} | {first, last}
    near = {d + timedelta(by) for d in edges - {FIRST, LAST} for by in (-1, 0, 1)} | {first, last}
    days = [day for day in near if first <= day <= last]
    for role in roles:
        mine = [c.value for c in one.claims if c.about == "involved" and c.role is role]
        for group in chosen.groups:
            held = [any(belonged(party, group, day) for party in mine) for day in days]
            if mine and days and (all(held) if is_certain else any(held)):
                return True
    return False


@cache
def fits_period(number: int, start: date | None, end: date | None, *, is_certain: bool) -> bool:
    span = RECORDS.incidents[number].span
    if start is None and end is None:
        return True
    if (span.start, span.end) == (FIRST, LAST):
        return False
    low, high = start or FIRST, end or LAST
    if is_certain:
        return low <= span.start and span.end <= high
    return span.start <= high and span.end >= low


def fitting(chosen: Filter) -> set[int]:
    """The positions of the events that fit a filter."""
    is_certain = chosen.date_match is DateMatch.CERTAIN
    # Nobody claims or denies anything here, and who is only involved did not.
    if chosen.attributions and Attribution.UNATTRIBUTED not in chosen.attributions:
        return set()
    names = ("start", "end", "date_match", "groups", "roles")
    parties = Filter(**{name: getattr(chosen, name) for name in names})
    found = set()
    for number, one in enumerate(RECORDS.incidents):
        ranges = list(figures(number, "fatalities").values())
        low, high = ranges[0] if len(ranges) == 1 else (-1, -1)
        if (
            one.record_kind == "event"
            and (not chosen.countries or one.country in chosen.countries)
            and (not chosen.statuses or one.status in chosen.statuses)
            and (not chosen.event_types or set(chosen.event_types) & set(one.event_types))
            and (not chosen.least_precision or one.geo_precision is not GeoPrecision.COUNTRY)
            and (chosen.fatalities_min is None or high >= chosen.fatalities_min)
            and (chosen.fatalities_max is None or 0 <= low <= chosen.fatalities_max)
            and fits_period(number, chosen.start, chosen.end, is_certain=is_certain)
            and fits_parties(number, parties)
        ):
            found.add(number)
    return found


def fits_parties(number: int, chosen: Filter) -> bool:
    if chosen.groups:
        return was_party(number, chosen)
    named = {c.role for c in RECORDS.incidents[number].claims if c.about == "involved"}
    return not chosen.roles or bool(named & set(chosen.roles))


def expected(chosen: Filter, about: str) -> tuple:
    """Bounds by who is counted, incidents with such figures, and incidents without any."""
    ids = {one.id: n for n, one in enumerate(RECORDS.incidents)}
    certain = fitting(chosen.matching(DateMatch.CERTAIN))
    possible = fitting(chosen)
    sums: dict[str, list[int]] = {}
    without, done = [0, 0], set()
    for n in sorted(possible):
        one = RECORDS.incidents[n]
        for whom, (low, high) in figures(n, about).items():
            row = sums.setdefault(whom, [0, 0, 0, 0])
            row[2] += n in certain
            row[3] += 1
            if n in done:
                continue
            shared = {n, *(ids[other] for other in one.casualties_combined)}
            row[0] += low if shared <= certain else 0
            row[1] += high
        done |= {n, *(ids[other] for other in one.casualties_combined)}
        if not figures(n, about):
            without[0] += n in certain
            without[1] += 1
    return {whom: tuple(row) for whom, row in sums.items()}, tuple(without)


def test_three_thousand_filters_give_the_sums_of_plain_python():
    chance, store = random.Random(2024), Store.of(RECORDS)
    kinds = set()
    for number in range(3_000):
        chosen = made_filter(chance)
        about = (ClaimAbout.FATALITIES, ClaimAbout.INJURED)[number % 2]
        toll = store.toll(chosen, about)
        found = {
            one.people: (one.low, one.high, *one.incidents)
            for one in (toll.everybody, *toll.apart)
            if one.incidents.possible
        }
        assert (found, tuple(toll.without)) == expected(chosen, str(about)), chosen.to_query()
        kinds.add((len(found), toll.everybody.low < toll.everybody.high, bool(toll.without[1])))
    assert len(kinds) > 8, "filters must give sums of many kinds"


def test_an_open_sum_has_a_short_form_that_says_its_lower_bound() -> None:
    nobody = Count(0, 0)
    told = [
        PeopleSum("", low, high, nobody, marks).shortest
        for low, high, marks in (
            (938, 957, Mark.OPEN | Mark.NEAR_HIGH),
            (938, 957, Mark.OPEN | Mark.NEAR_LOW),
            (938, 957, Mark.NEAR_HIGH),
            (0, 7, Mark.OPEN | Mark.NO_LOW),
        )
    ]
    assert told == ["at least 938", "at least about 938", "938 to about 957", "0 to at least 7"]

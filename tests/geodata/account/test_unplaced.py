"""Tests of what a map leaves out: events without a place, by country."""

from __future__ import annotations

from fixed_records import claim, incident

from geodata.account.unplaced import events_off_the_map
from geodata.queries.belonging import Belongings
from geodata.queries.filters import Filter
from geodata.records.collection import Records

PLACED = {"points": ((69.2, 34.5),), "radius_km": 5, "geo_precision": "settlement"}


def off_the_map(*incidents, query: str = ""):
    records = Records(tuple(incidents))
    return events_off_the_map(records, Filter.from_query(query), Belongings(records))


def test_events_without_a_place_are_counted_by_country_the_most_first():
    found = off_the_map(
        incident("a", country="AF"),
        incident("b", country="PK"),
        incident("c", country="PK", points=((70, 30),), radius_km=9, geo_precision="country"),
        incident("d", country="AF", **PLACED),
        incident("e", record_kind="aggregate", country="AF"),
        incident("f"),
    )
    assert list(found.items()) == [("PK", (2, 2)), ("", (1, 1)), ("AF", (1, 1))]


def test_what_may_lie_outside_the_period_is_only_possible():
    found = off_the_map(
        incident("a", country="AF", event_date="2016-03"),
        incident("b", country="AF", event_date="2016/2017"),
        incident("c", country="PK", event_date="2015-12/2016-01"),
        query="from=2016&to=2016",
    )
    assert found == {"AF": (1, 2), "PK": (0, 1)}


def test_a_group_that_is_only_accused_is_not_what_is_asked_for():
    accused = claim("attribution", "iskp", stance="assigns", role="accused")
    actor = claim("attribution", "iskp", stance="claims", role="actor")
    found = off_the_map(
        incident("a", country="AF", claims=(accused,)),
        incident("b", country="AF", claims=(actor,)),
        query="group=iskp",
    )
    assert found == {"AF": (1, 2)}

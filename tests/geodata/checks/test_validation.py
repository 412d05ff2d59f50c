"""Tests of the checks across records: what breaks each rule, and what does not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from fixed_records import base_area, claim, incident
from hypothesis import given, settings
from strategies import record_sets

from geodata.checks import validation
from geodata.checks.validation import (
    _BORDER_TOLERANCE_KM,
    LEAST_RADIUS_KM,
    _positions,
    validate,
)
from geodata.places import boundaries
from geodata.places.boundaries import distance_km
from geodata.records.collection import Records
from geodata.records.model import Group, Relation, Source

KABUL, KERMAN = (69.17, 34.53), (57.0788, 30.2832)
SOURCES = (Source(id="book", title="Book", date="2018"), Source(id="agency", title="Agency"))
GROUPS = (
    Group(id="islamic-state", name="Islamic State"),
    Group(id="iskp", name="IS-KP", parents=("islamic-state",)),
)


def found(
    *records: Any, groups: tuple[Group, ...] = GROUPS, relations: tuple[Relation, ...] = ()
) -> list[tuple[str, str, str]]:
    """Return record, field and message of all problems in a set."""
    return [
        (problem.record, problem.field, problem.message)
        for problem in validate(
            Records(
                tuple(one for one in records if hasattr(one, "event_types")),
                tuple(one for one in records if hasattr(one, "last_cited")),
                groups,
                SOURCES,
                relations,
            )
        )
    ]


def placed(identifier: str = "one", **fields: Any):
    return incident(
        identifier, **{"points": (KABUL,), "country": "AF", "geo_basis": "GeoNames", **fields}
    )


def area(identifier: str = "area", **fields: Any):
    return base_area(identifier, **{"country": "AF", "geo_basis": "GeoNames", **fields})


def rows(*fields: Any):
    """Return a case: what is right, what is wrong, the field and the message."""
    return fields


INCIDENTS = [
    rows({"claims": (claim("target", "a market"),)},
         {"claims": (claim("target", "a market", locator=" "),)},
         "claims[0].locator", "locator must say where in the source, got nothing"),
    rows({"claims": (claim("target", "a market", cites=("agency",)),)},
         {"claims": (claim("target", "a market", source="nobody"),)},
         "claims[0]", "source must be one that is listed, got 'nobody'"),
    rows({"claims": (claim("target", "a market", cites=("agency",)),)},
         {"claims": (claim("target", "a"), claim("target", "b", cites=("nobody",)))},
         "claims[1]", "source must be one that is listed, got 'nobody'"),
    rows({"claims": (claim("attribution", "iskp", stance="claims", role="actor"),)},
         {"claims": (claim("attribution", "isis", stance="claims", role="actor"),)},
         "claims[0].value", "value must be the id of a listed group, got 'isis'"),
    rows({"claims": (claim("involved", "iskp", role="target"),)},
         {"claims": (claim("involved", "IS-KP", role="target"),)},
         "claims[0].value", "value must be the id of a listed group, got 'IS-KP'"),
    rows({"event_date": "2018-07", "claims": (claim("date", "2018-07-29"),)},
         {"event_date": "2018-07-29", "claims": (claim("date", "2018-07"),)},
         "event_date", "event_date must not be finer than.*got '2018-07-29'"),
    rows({"claims": (claim("date", "2019"), claim("date", "2020-05-12"))},
         {"event_date": "2018-07-29", "claims": (claim("date", "2018-07-30"),)},
         "event_date", "or apart from, every claim about the date"),
    rows({"event_date": "2018-07", "claims": (claim("date", "2016", topic="Losses"),)},
         {"event_date": "2018-07", "claims": (claim("date", "2016"),)},
         "event_date", "or apart from, every claim about the date"),
    rows({"status": "disputed", "claims": (claim("occurrence", "no attack", stance="denies"),)},
         {"status": "disputed", "claims": (claim("occurrence", "an attack", stance="claims"),)},
         "status", "status 'disputed' must rest on a claim that denies or doubts"),
    rows({"geo_precision": "district", "radius_km": 20},
         {"geo_precision": "district", "radius_km": 2},
         "radius_km", "radius_km must be at least 8 for a place known to the district, got 2"),
    rows({}, {"geo_basis": ""}, "geo_basis", "geo_basis must say where the coordinates come from"),
    rows({"other_countries": ("TJ",)}, {"other_countries": ("XX",)},
         "country", "country must be an ISO 3166-1 code on the map, got 'XX'"),
    rows({"admin1_code": "AF.13"}, {"admin1_code": "AF.ZZ"},
         "admin1_code", "admin1_code must be that of a province, got 'AF.ZZ'"),
    rows({"points": (KERMAN,), "country": "IR"}, {"points": (KERMAN,)},
         "geometry", "a place must lie in its country or within radius_km of it, got 57.0788"),
    rows({"points": (KABUL, KERMAN), "other_countries": ("IR",)}, {"points": (KABUL, KERMAN)},
         "geometry", "km outside AF"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "field", "message"), INCIDENTS)
def test_a_rule_for_incidents(right, wrong, field, message):
    assert found(placed(**right)) == []
    ((record, where, text),) = found(placed(**wrong))
    assert (record, where) == ("one", field)
    assert pytest.raises(AssertionError, match=message).matches(AssertionError(text))


AREAS = [
    rows({"group": "iskp"}, {"group": "isis"}, "group",
         "group must be the id of a listed group, got 'isis'"),
    rows({"valid_from": "2015", "valid_to": "2015-06"}, {"valid_from": "2016", "valid_to": "2015"},
         "valid_to", "valid_to must not be before valid_from, got 2016 to 2015"),
    rows({"valid_from": "2015", "last_cited": "2015-03"},
         {"valid_from": "2015-06", "last_cited": "2015-03"},
         "last_cited", "last_cited must not be before valid_from, got 2015-03 and 2015-06"),
    rows({"last_cited": "2018-11", "claims": (claim("place", "Achin"),)},
         {"last_cited": "2019", "claims": (claim("place", "Achin"),)},
         "last_cited", "last_cited must not be after the newest source"),
    rows({}, {"geo_basis": ""}, "geo_basis", "geo_basis must say"),
    rows({}, {"radius_km": 1}, "radius_km", "must be at least 8"),
    rows({}, {"country": "IR"}, "geometry", "km outside IR"),
    rows({}, {"admin1_code": "AF.ZZ"}, "admin1_code", "must be that of a province"),
    rows({"last_cited": "2018", "claims": (claim("place", "Achin"),)},
         {"last_cited": "2018", "claims": (claim("place", "x", locator=""),)},
         "claims[0].locator", "locator must say"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "field", "message"), AREAS)
def test_a_rule_for_base_areas(right, wrong, field, message):
    assert found(area(**right)) == []
    ((record, where, text),) = found(area(**wrong))
    assert (record, where) == ("area", field)
    assert message in text


@pytest.mark.parametrize("name", ["related", "casualties_combined"])
def test_links_hold_both_ways_between_listed_incidents(name):
    one, other = placed("one", **{name: ("two",)}), placed("two", **{name: ("one",)})
    assert found(one, other) == []
    assert found(one, placed("two")) == [
        ("one", name, f"{name} must hold both ways, got 'two' without a link back")
    ]
    assert found(one) == [("one", name, f"{name} must name listed incidents, got 'two'")]


def test_a_group_belongs_to_listed_groups():
    orphan = Group(id="orphan", name="Orphan", parents=("nobody",))
    assert found(groups=(*GROUPS, orphan)) == [
        ("orphan", "parents", "parents must be ids of listed groups, got 'nobody'")
    ]


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"object": "isis"}, "object", "object must be the id of a listed group, got 'isis'"),
        ({"subject": "isis"}, "subject", "subject must be the id of a listed group, got 'isis'"),
        ({"claims": ()}, "claims", "claims must say who says so, got none"),
        (
            {"claims": (claim("occurrence", "x", source="nobody"),)},
            "claims[0]",
            "source must be one that is listed, got 'nobody'",
        ),
    ],
)
def test_a_rule_for_relations(fields, field, message):
    right = {
        "id": "r",
        "subject": "iskp",
        "kind": "part of",
        "object": "islamic-state",
        "claims": (claim("occurrence", "A branch"),),
    }
    assert found(relations=(Relation(**right),)) == []
    assert found(relations=(Relation(**{**right, "kind": "led by", "object": "A. B."}),)) == []
    assert found(relations=(Relation(**{**right, **fields}),)) == [("r", field, message)]


def test_a_shared_toll_is_the_same_in_all_its_incidents():
    def shared(identifier, other, killed):
        said = (claim("fatalities", killed),)
        return placed(identifier, casualties_combined=(other,), claims=said)

    assert found(shared("one", "two", 56), shared("two", "one", 56)) == []
    problems = found(shared("one", "two", 56), shared("two", "one", 24))
    assert [(record, field) for record, field, _ in problems] == [
        ("one", "casualties_combined"),
        ("two", "casualties_combined"),
    ]


def test_claims_of_groups_are_checked_too():
    talker = Group(id="talker", name="Talker", claims=(claim("other", "merged", source="nobody"),))
    assert found(groups=(*GROUPS, talker)) == [
        ("talker", "claims[0]", "source must be one that is listed, got 'nobody'")
    ]


def test_a_name_is_that_of_one_group_and_an_alias_may_be_shared():
    again = Group(id="again", name="is–kp")
    assert found(groups=(*GROUPS, again)) == [
        ("again", "name", "name must be that of one group, got 'is–kp' of iskp")
    ]
    shared = Group(id="shared", name="Another", aliases=("IS-KP",))
    assert found(groups=(*GROUPS, shared)) == []


@pytest.mark.parametrize(("precision", "least_km"), LEAST_RADIUS_KM.items())
def test_a_ring_is_wide_enough_for_its_precision(precision, least_km):
    assert found(placed(geo_precision=precision, radius_km=least_km)) == []
    if least_km:
        problems = found(placed(geo_precision=precision, radius_km=least_km * 0.99))
        assert [field for _, field, _ in problems] == ["radius_km"]


def test_a_ring_across_the_border_may_have_its_centre_there():
    outside = (69.0, 37.5)  # Some 19 km inside Tajikistan.
    assert found(placed(points=(outside,), geo_precision="district", radius_km=40)) == []
    problems = found(placed(points=(outside,), radius_km=1))
    assert [field for _, field, _ in problems] == ["geometry"]


def test_of_each_place_is_told_how_far_it_is_in_the_order_of_the_records():
    hirat, far, near = (62.2, 34.34), (57.0788, 30.2832), (75.0, 36.0)
    records = (
        placed("one", points=(far, KABUL, near)),
        placed("two", points=(hirat,)),
        placed("three", points=(far,), other_countries=("TJ", "XX")),
        placed("four", points=(far,), other_countries=("IR",)),
        area("five", country="IR"),
    )
    problems = [(record, text) for record, field, text in found(*records) if field == "geometry"]
    expected = [
        ("one", far, ("AF",)), ("one", near, ("AF",)), ("three", far, ("AF", "TJ")),
    ]  # fmt: skip
    assert problems[:-1] == [(one, outside(*place, codes)) for one, place, codes in expected]
    assert problems[-1][0] == "five"


def outside(lon: float, lat: float, codes: tuple[str, ...]) -> str:
    """Return what is told of a place, which is asked about alone."""
    away = min(distance_km(lon, lat, code) for code in codes)
    return (
        f"a place must lie in its country or within radius_km of it, got {lon:g}, {lat:g}, "
        f"{away:.0f} km outside {' and '.join(codes)}"
    )


class Counted(str):
    """A text that counts how often it is held against another."""

    __slots__ = ()
    held = 0

    def __eq__(self, other: object) -> bool:
        Counted.held += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_whom_very_many_name_is_not_read_through_for_each():
    ids = [Counted(f"incident-{at}") for at in range(200)]
    hub = placed(ids[0]).model_copy(update={"casualties_combined": tuple(ids[1:])})
    others = [placed(one).but(casualties_combined=(str(ids[0]),)) for one in ids[1:]]
    Counted.held = 0
    assert found(hub, *others) == []
    assert Counted.held < 20 * len(ids)
    problems = found(hub, *others[:-1], placed("lone", casualties_combined=("incident-0",)))
    assert [(record, text[-30:]) for record, _, text in problems] == [
        (hub.id, "listed incidents, got 'incident-199'"[-30:]),
        ("lone", "'incident-0' without a link back"[-30:]),
    ]


def test_no_more_places_are_asked_at_once_than_memory_holds(monkeypatch):
    asked = []

    def distances(places, code):
        asked.append((len(places), code))
        return boundaries.distances_km(places, code)

    places = tuple((57.0 + step / 10, 30.0) for step in range(5))
    records = [placed(str(at), points=places, other_countries=("TJ",)) for at in range(3)]
    told = found(*records)
    monkeypatch.setattr(validation, "_MOST_ASKED", 12)
    monkeypatch.setattr(validation, "boundaries", SimpleNamespace(**vars(boundaries)))
    monkeypatch.setattr(validation.boundaries, "distances_km", distances)
    assert found(*records) == told
    assert asked == [(5, "AF"), (5, "TJ")] * 2


@given(record_sets())
@settings(max_examples=30)
def test_any_places_are_told_as_each_alone(records):
    told = [(one.record, one.message) for one in validate(records) if one.field == "geometry"]
    expected = []
    for record in (*records.incidents, *records.base_areas):
        others = getattr(record, "other_countries", ())
        codes = tuple(code for code in (record.country, *others) if code)
        for place in _positions(record) if codes else ():
            away = min(distance_km(*place, code) for code in codes)
            if away > record.reach_km + _BORDER_TOLERANCE_KM:
                expected.append((record.id, outside(*place, codes)))
    assert told == expected


def test_without_a_country_nothing_is_said_of_the_place():
    assert found(placed(country="")) == []


@given(record_sets())
def test_any_records_are_checked_without_an_error(records):
    for problem in validate(records):
        assert problem.record
        assert problem.field
        assert "must" in problem.message

"""Tests of the records: what makes each one valid alone, and what is refused."""

from __future__ import annotations

import math
import re

import pytest
from fixed_records import HOSTILE, base_area, claim, incident
from hypothesis import given
from pydantic import ValidationError
from strategies import base_areas, incidents

from geodata.records.model import BaseArea, Claim, Group, Incident, Relation, Source
from geodata.records.vocabulary import GeoPrecision, RecordKind


def refusals(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " | ".join(
        f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.value.errors()
    )


@pytest.mark.parametrize("about", ["fatalities", "injured", "arrested", "displaced", "count"])
@pytest.mark.parametrize("value", [None, "many", "94", -1, 10**9, math.nan, math.inf])
def test_a_figure_must_be_a_plain_number(about, value):
    with pytest.raises(ValidationError, match="value must be"):
        Claim(about=about, value=value, source="book")


@pytest.mark.parametrize("value", [0, 94, 10**9 - 1, 2.5])
def test_a_figure_may_be_zero_and_keeps_its_kind(value):
    said = Claim(about="fatalities", value=value, source="book")
    assert (said.value, type(said.value)) == (value, type(value))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_claim_may_carry_what_json_cannot(value):
    with pytest.raises(ValidationError, match="value must be finite"):
        Claim(about="other", value=value, source="book")


def test_attribution_needs_a_stance():
    with pytest.raises(ValidationError, match="stance must be given"):
        Claim(about="attribution", value="iskp", source="book")
    assert Claim(about="attribution", value="iskp", stance="denies", source="book")


def test_a_claim_about_the_date_is_edtf():
    with pytest.raises(ValidationError, match="must be EDTF"):
        Claim(about="date", value="spring", source="book")
    assert Claim(about="date", value="2016-21", source="book").value == "2016-21"
    assert Claim(about="date", value=2016, source="book").value == 2016


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": ""}, "title: String should have at least 1 character"),
        ({"event_types": ()}, "event_types: Tuple should have at least 1 item"),
        ({"event_types": ("explosion",)}, "event_types.0: Input should be 'bombing'"),
        ({"event_date": "yesterday"}, "event_date: .*must be EDTF"),
        ({"country": "AFG"}, "country: String should match pattern"),
        ({"country": "af"}, "country: String should match pattern"),
        ({"admin1_code": "13"}, "admin1_code: String should match pattern"),
        ({"points": ((181, 0),)}, "points.0.0: Input should be less than or equal to 180"),
        ({"points": ((0, 90.1),)}, "points.0.1: Input should be less than or equal to 90"),
        ({"points": ((math.nan, 0),)}, "points.0.0: Input should be"),
        ({"radius_km": -1}, "radius_km: Input should be greater than or equal to 0"),
        ({"radius_km": math.inf}, "radius_km"),
        ({"points": ((0, 0),), "geo_precision": "unknown"}, "geo_precision must say how exact"),
        ({"points": ((0, 0),), "radius_km": None}, "radius_km must be given"),
        ({"points": ((0, 0),), "record_kind": "aggregate"}, "geometry must be null"),
        ({"related": ("two words",)}, "related.0: String should match pattern"),
        ({"unheard_of": 1}, "unheard_of: Extra inputs are not permitted"),
    ],
)
def test_an_incident_is_refused_with_the_field_and_the_rule(fields, message):
    with pytest.raises(ValidationError) as error:
        incident(**fields)
    assert re.search(message, refusals(error))


@pytest.mark.parametrize("identifier", ["", "-a", "a b", "ä", "a/b", "a\n", "<b>", "a" * 201])
def test_an_id_is_fit_for_addresses_and_file_names(identifier):
    for model, fields in ((Group, {"name": "n"}), (Source, {"title": "t"})):
        with pytest.raises(ValidationError, match="id"):
            model(id=identifier, **fields)
    with pytest.raises(ValidationError, match="id"):
        incident(identifier)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_the_text_it_was(text):
    one = incident(title=text, summary=text, place=text, claims=(claim("other", text),))
    assert (one.title, one.summary, one.place, one.claims[0].value) == (text,) * 4


def test_absent_is_none_and_not_zero():
    assert incident().radius_km is None
    assert Claim(about="target", source="book").value is None


@pytest.mark.parametrize(
    ("precision", "is_mappable"),
    [
        ("site", True),
        ("settlement", True),
        ("near settlement", True),
        ("district", True),
        ("province", True),
        ("region", True),
        ("not stated", True),
        ("country", False),
    ],
)
def test_a_place_known_only_to_the_country_is_not_drawn(precision, is_mappable):
    one = incident(points=((69, 34),), geo_precision=precision, radius_km=5)
    assert one.is_mappable is is_mappable
    assert not incident(geo_precision=precision).is_mappable


def test_a_point_needs_a_radius_but_where_nobody_says_how_exact_it_is():
    with pytest.raises(ValidationError, match="radius_km must be given"):
        incident(points=((69, 34),), geo_precision="settlement", radius_km=None)
    one = incident(points=((69, 34),), geo_precision="not stated", radius_km=None)
    assert (one.radius_km, one.reach_km) == (None, 15)
    assert incident(points=((69, 34),), geo_precision="site", radius_km=0).reach_km == 0


def test_precisions_are_ranked_from_the_finest():
    assert [one.rank for one in GeoPrecision] == list(range(len(GeoPrecision)))
    assert GeoPrecision.SITE.rank < GeoPrecision.DISTRICT.rank < GeoPrecision.UNKNOWN.rank


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "must be a Point, Polygon"),
        ({"coordinates": [0, 0]}, "must be a Point, Polygon"),
        ({"type": "Point", "coordinates": []}, "must have coordinates"),
        ({"type": "Point", "coordinates": ["69", "x"]}, "coordinates of its type"),
        ({"type": "Point", "coordinates": [math.nan, 0]}, "must lie within"),
        ({"type": "Point", "coordinates": [0, 91]}, "must lie within"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, "coordinates of its type"),
        ({"type": "Polygon", "coordinates": [0, 0]}, "coordinates of its type"),
        ({"type": "MultiPolygon", "coordinates": [[[0, 0]]]}, "coordinates of its type"),
        (
            {"type": "Polygon", "coordinates": [[[170, 0], [190, 0], [180, 9], [170, 0]]]},
            "must lie within",
        ),
    ],
)
def test_an_area_needs_an_outline_that_can_be_drawn(geometry, message):
    with pytest.raises(ValidationError, match=message):
        base_area(geometry=geometry)


def test_a_point_area_needs_a_radius():
    with pytest.raises(ValidationError, match="radius_km must be given for a Point"):
        base_area(radius_km=None)
    assert base_area(geometry=None, radius_km=None).geometry is None


def test_an_area_may_leave_its_period_open():
    area = base_area()
    assert (area.valid_from, area.valid_to) == ("", "")
    with pytest.raises(ValidationError, match="last_cited"):
        base_area(last_cited="")


@given(incidents())
def test_sources_are_those_of_the_claims_once_each(one: Incident):
    assert list(one.sources) == list(dict.fromkeys(said.source for said in one.claims))
    assert set(one.cited_sources) == {cited for said in one.claims for cited in said.cites}
    assert len(one.cited_sources) == len(set(one.cited_sources))


@given(incidents())
def test_an_aggregate_is_never_a_pin(one: Incident):
    assert not (one.record_kind is RecordKind.AGGREGATE and one.is_mappable)


@given(base_areas())
def test_records_do_not_change(area: BaseArea):
    with pytest.raises(ValidationError, match="frozen"):
        area.place = "elsewhere"


def test_changed_copy_leaves_aside_what_was_derived() -> None:
    first = Incident(
        id="a",
        title="A",
        event_date="2020",
        event_types=("bombing",),
        claims=(Claim(about="fatalities", value=1, source="s"),),
    )
    assert (first.span.start.year, first.sources) == (2020, ("s",))
    second = first.but(event_date="2021", claims=())
    assert (second.span.start.year, second.sources) == (2021, ())
    assert (first.event_date, second.title) == ("2020", "A")
    with pytest.raises(ValidationError):
        first.but(event_date="soon")


def test_a_role_is_that_of_a_party():
    assert claim("attribution", "iskp", stance="claims", role="actor").names_party
    assert claim("target", "nato", role="target").names_party
    assert not claim("target", "people shopping").names_party
    assert claim("attribution", None, stance="denies", role="cleared").role == "cleared"
    with pytest.raises(ValidationError, match="value must name a party where a role is given"):
        claim("fatalities", 3, role="target")
    with pytest.raises(ValidationError, match="Input should be 'actor', 'accused', 'cleared'"):
        claim("attribution", "iskp", stance="claims", role="culprit")


def test_the_time_for_which_a_claim_holds_is_edtf():
    assert claim("count", 1140, as_of="2015-10").as_of == "2015-10"
    with pytest.raises(ValidationError, match="a date must be EDTF"):
        claim("count", 1140, as_of="October 2015")


def test_killed_or_injured_together_is_a_figure():
    assert claim("casualties", 700, qualifier="at least").value == 700
    with pytest.raises(ValidationError, match="value must be a number for casualties"):
        claim("casualties", "hundreds")


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("2015-01-26", "", ("2015-01-26", "9999-12-31")),
        ("", "2016", ("0001-01-01", "2016-12-31")),
        ("2015-01/2015-03-06", "2015-11/2017-02", ("2015-01-01", "2017-02-28")),
        ("../2016", "XXXX", ("0001-01-01", "9999-12-31")),
        ("2013/..", "../2016-09", ("2013-01-01", "2016-09-30")),
    ],
)
def test_a_relation_may_hold_from_its_first_to_its_last_possible_day(first, last, span):
    one = Relation(
        id="r", subject="a", kind="allied with", object="b", valid_from=first, valid_to=last
    )
    assert (one.span.start.isoformat(), one.span.end.isoformat()) == span


def test_a_relation_has_two_parties_and_does_not_end_before_it_begins():
    with pytest.raises(ValidationError, match="object must not be the subject itself, got 'a'"):
        Relation(id="r", subject="a", kind="part of", object="a")
    with pytest.raises(ValidationError, match="an interval must not end before it starts"):
        Relation(
            id="r",
            subject="a",
            kind="part of",
            object="b",
            valid_from="2016",
            valid_to="2015",
        )


def test_what_is_named_twice_counts_once():
    one = incident(
        points=((69, 34), (69, 34), (70, 35)),
        event_types=("bombing", "bombing"),
        related=("b", "a", "b"),
        casualties_combined=("b", "b"),
        other_countries=("IR", "IR"),
        claims=(claim("other", "x", cites=("a", "a")),),
    )
    assert one.points == ((69, 34), (70, 35))
    assert (one.related, one.casualties_combined) == (("b", "a"), ("b",))
    assert (one.other_countries, one.claims[0].cites) == (("IR",), ("a",))
    assert len(one.event_types) == 1
    group = Group(id="a", name="A", aliases=("b", "b"), parents=("c", "c"))
    assert (group.aliases, group.parents) == (("b",), ("c",))


def test_an_incident_has_at_most_a_thousand_places():
    places = tuple((n / 100, 34) for n in range(1_001))
    assert len(incident(points=places[:-1]).points) == 1_000
    with pytest.raises(ValidationError, match="must have at most 1,000 places, got 1,001"):
        incident(points=places)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "\ud800"},
        {"place": "\udcff"},
        {"upstream": {"a": "\ud800"}},
        {"upstream": {"\ud800": "a"}},
        {"claims": ({"about": "other", "value": "\ud800", "source": "a"},)},
        {"summary": "x" * 1_000_001},
    ],
)
def test_a_text_is_unicode_and_of_a_length_to_read(fields):
    with pytest.raises(ValidationError, match=r"valid string|at most 1000000 characters"):
        incident(**fields)


@pytest.mark.parametrize("value", [True, 1e16, -(10**16), 10**400])
def test_a_value_is_a_number_that_a_program_can_hold(value):
    with pytest.raises(ValidationError, match=r"valid string|within -10"):
        claim("other", value)

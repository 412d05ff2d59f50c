"""Tests of what the claims of one record must be together."""

from __future__ import annotations

from typing import Any

import pytest
from fixed_records import base_area, claim, incident
from hypothesis import given
from hypothesis import strategies as st

from geodata.checks.statements import _contradictions, _overlaps, check_parties, check_tolls
from geodata.checks.validation import validate
from geodata.records.collection import Records
from geodata.records.model import Claim, Group, Source
from geodata.records.vocabulary import ClaimAbout, Qualifier, Role, Stance

_said = st.builds(
    claim,
    st.sampled_from(("attribution", "involved", "target", "occurrence")),
    st.sampled_from(("iskp", "ukraine")),
    stance=st.sampled_from(Stance),
    role=st.none() | st.sampled_from(Role),
)
_figures = st.builds(
    claim,
    st.sampled_from(("fatalities", "injured")),
    st.integers(1, 3),
    part=st.sampled_from(("", "soldiers")),
    qualifier=st.none() | st.sampled_from(Qualifier),
    locator=st.sampled_from(("page 1", "page 2")),
)

GROUPS = tuple(Group(id=one, name=one.upper()) for one in ("iskp", "ukraine", "taliban"))
SOURCES = (Source(id="book", title="Book"),)


def found(*claims: Claim, **fields: Any) -> list[tuple[str, str]]:
    """Return field and message of all problems of an incident with these claims."""
    records = Records((incident(claims=claims, **fields),), groups=GROUPS, sources=SOURCES)
    return [(problem.field, problem.message) for problem in validate(records)]


def blamed(group: str, stance: str, role: str | None = None, **fields: Any) -> Claim:
    return claim("attribution", group, stance=stance, role=role, **fields)


ACCUSED = blamed("ukraine", "assigns to another party", "accused")


@pytest.mark.parametrize(
    "said",
    [
        [blamed("iskp", "claims", "actor"), ACCUSED],
        [ACCUSED, blamed("ukraine", "denies", "accused"), blamed("ukraine", "doubts", "accused")],
        [blamed("iskp", "assigns", "actor"), blamed("iskp", "denies", "actor")],
        [blamed("taliban", "denies", "cleared")],
        [claim("target", "taliban", role="target"), claim("target", "people shopping")],
    ],
)
def test_parties_in_their_roles_break_no_rule(said):
    assert found(*said) == []


@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        (
            [blamed("iskp", "claims")],
            "claims[0].role",
            "a party is named (actor, accused, cleared, target, other), got 'iskp'",
        ),
        ([claim("involved", "iskp")], "claims[0].role", "role must be given where a party"),
        ([claim("target", "taliban")], "claims[0].role", "role must be given where a party"),
        (
            [blamed("ukraine", "assigns to another party", "actor")],
            "claims[0].role",
            "role must be 'accused' where another party is blamed, got 'actor'",
        ),
        (
            [blamed("ukraine", "doubts", "accused")],
            "claims[0].role",
            "a claim that assigns it to that party instead, got 'ukraine'",
        ),
        (
            [blamed("taliban", "assigns", "cleared")],
            "claims[0].role",
            "role 'cleared' must come with a denial, got assigns",
        ),
        (
            [ACCUSED, blamed("ukraine", "assigns", "actor")],
            "claims",
            "a party that is accused must not be an actor as well, got 'ukraine'",
        ),
        (
            [blamed("taliban", "denies", "cleared"), blamed("taliban", "assigns", "actor")],
            "claims",
            "a party that is cleared must not be an actor as well, got 'taliban'",
        ),
    ],
)
def test_a_rule_for_parties(said, field, message):
    problems = found(*said)
    assert field in {one for one, _ in problems}
    assert any(message in text for _, text in problems)


def killed(value: int, **fields: Any) -> Claim:
    return claim("fatalities", value, **fields)


@pytest.mark.parametrize(
    "said",
    [
        [killed(94), killed(96, locator="page 2")],
        [killed(94), killed(96, by="police")],
        [killed(80, as_of="2024-01-03"), killed(94, as_of="2024-01-05")],
        [killed(200, qualifier="at least"), killed(250, qualifier="at most")],
        [killed(170, qualifier="over"), killed(28, part="Taliban"), killed(13, part="soldiers")],
        [killed(22, part="fighters", by="NDS"), killed(7, part="civilians", by="Taliban")],
    ],
)
def test_tolls_that_do_not_overlap_break_no_rule(said):
    assert found(*said) == []


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            [killed(94), killed(96)],
            "fatalities must be one number for the same people in one account, got 94, 96",
        ),
        (
            [killed(4, part="police"), killed(5, part="police")],
            "fatalities must be one number for the same people in one account, got 4, 5 (police)",
        ),
        (
            [killed(3), killed(7, part="police")],
            "fatalities of a part must not be above the whole, got 7 (police) of 3",
        ),
    ],
)
def test_overlapping_tolls_are_found(said, message):
    assert found(*said) == [("claims", message)]


CLAIMED = claim("occurrence", "An attack", stance="claims", by="IS-KP")
TOLD = claim("occurrence", "An attack", stance="assigns")
DENIED = claim("occurrence", "No attack", stance="denies", by="Tajikistan")


@pytest.mark.parametrize(
    ("status", "said", "message"),
    [
        ("carried out", [TOLD, CLAIMED], None),
        ("carried out", [], None),
        ("carried out", [CLAIMED], "status must be 'claimed only' where nobody but"),
        ("claimed only", [CLAIMED], None),
        ("claimed only", [CLAIMED, TOLD], "status 'claimed only' must rest on claims"),
        ("claimed only", [], "status 'claimed only' must rest on claims"),
        ("disputed", [CLAIMED, DENIED], None),
        ("disputed", [CLAIMED], "status 'disputed' must rest on a claim that denies"),
        ("foiled", [CLAIMED], None),
    ],
)
def test_a_status_rests_on_claims(status, said, message):
    problems = found(*said, status=status)
    assert [field for field, _ in problems] == (["status"] if message else [])
    assert all(text.startswith(message) for _, text in problems)


def test_a_topic_joins_two_claims_at_least():
    alone = claim("place", "At the grave", topic="Where")
    message = "topic must be that of two claims at least, got 'Where' once"
    assert found(alone) == [("claims[0].topic", message)]
    assert found(alone, claim("place", "In town", topic="Where")) == []
    assert found(claim("date", "2020", topic="Losses"), event_date="2020") == []


def test_numbers_of_what_lasts_say_for_when():
    def of(*claims: Claim) -> list[tuple[str, str]]:
        areas = (base_area(claims=claims, country="AF", geo_basis="GeoNames"),)
        groups = (*GROUPS, Group(id="tkp", name="TKP", claims=claims))
        records = Records((), areas, groups, SOURCES)
        return [(problem.record, problem.field) for problem in validate(records)]

    assert of(claim("count", 1140, as_of="2015-10")) == of(claim("count", 8, as_of="XXXX")) == []
    assert of(claim("count", 1140)) == [("area", "claims[0].as_of"), ("tkp", "claims[0].as_of")]
    assert found(claim("count", 7, part="rockets")) == []


def test_a_caveat_is_not_copied_either(monkeypatch):
    monkeypatch.setattr("geodata.checks.statements.repeated_run", lambda text: "no" * bool(text))
    problems = found(blamed("iskp", "claims", "actor", caveat="Without evidence."))
    assert "claims[0].caveat" in {field for field, _ in problems}


@given(st.lists(_said, max_size=4).map(tuple))
def test_whoever_contradicts_whom_is_found_where_nothing_is_left_out(said):
    records = Records(groups=GROUPS, sources=SOURCES)
    told = [one for one in check_parties(incident(claims=said), records) if one.field == "claims"]
    assert told == list(_contradictions(said))


@given(st.lists(_figures, max_size=4).map(tuple))
def test_figures_that_differ_are_found_where_none_is_left_out(said):
    expected = []
    for about in (ClaimAbout.FATALITIES, ClaimAbout.INJURED):
        of_it = [one for one in said if one.about is about]
        for page in dict.fromkeys(one.locator for one in of_it):
            expected += _overlaps(about, [one for one in of_it if one.locator == page])
    assert list(check_tolls(incident(claims=said), Records())) == expected

"""Tests of parties by role, and of how firmly anybody is held responsible."""

from __future__ import annotations

import pytest
from fixed_records import claim, incident
from hypothesis import given
from hypothesis import strategies as st
from strategies import claims

from geodata.records.parties import attribution, linked_groups, parties, role_of
from geodata.records.vocabulary import Attribution, Role, Stance


def blamed(group: str, stance: str = "assigns", **fields):
    return claim("attribution", group, stance=stance, **fields)


@pytest.mark.parametrize(
    ("said", "role"),
    [
        (blamed("x", "claims"), Role.ACTOR),
        (blamed("x", "assigns"), Role.ACTOR),
        (blamed("x", "assesses"), Role.ACTOR),
        (blamed("x", "assigns to another party"), Role.ACCUSED),
        (blamed("x", "denies"), None),
        (blamed("x", "doubts"), None),
        (claim("involved", "x"), Role.OTHER),
        (claim("involved", "x", stance="doubts"), Role.OTHER),
        (claim("target", "people shopping"), None),
        (claim("attribution", None, stance="denies"), None),
        (blamed("x", "denies", role="cleared"), Role.CLEARED),
        (claim("involved", "x", role="target"), Role.TARGET),
    ],
)
def test_a_claim_without_a_role_gets_one_by_rule(said, role):
    assert role_of(said) is role


def test_accused_and_cleared_are_no_actors():
    found = parties(
        [
            blamed("iskp", "claims"),
            blamed("ukraine", "assigns to another party"),
            blamed("taliban", "denies", role="cleared"),
            claim("involved", "nato", role="target"),
            claim("involved", "police"),
        ]
    )
    assert found == {
        Role.ACTOR: ("iskp",),
        Role.ACCUSED: ("ukraine",),
        Role.CLEARED: ("taliban",),
        Role.TARGET: ("nato",),
        Role.OTHER: ("police",),
    }


def test_a_doubt_puts_nobody_into_a_role():
    doubts = [
        blamed("ukraine", "doubts", role="accused"),
        blamed("irpt", "denies", role="accused"),
        blamed("iskp", "doubts", role="actor"),
    ]
    assert not any(parties(doubts).values())


@given(st.lists(claims(), max_size=6))
def test_nobody_is_both_actor_and_accused(said):
    found = parties(said)
    assert not set(found[Role.ACTOR]) & set(found[Role.ACCUSED])
    named = {one.value for one in said if one.role or one.about in ("attribution", "involved")}
    assert {group for groups in found.values() for group in groups} <= named
    doubting = (Stance.DENIES, Stance.DOUBTS)
    actors = [one for one in said if role_of(one) is Role.ACTOR]
    assert set(found[Role.ACTOR]) == {one.value for one in actors if one.stance not in doubting}


def test_clearing_somebody_whom_nobody_accuses_is_no_contest():
    said = [blamed("iskp", "claims"), blamed("taliban", "denies", role="cleared")]
    assert attribution(said) is Attribution.CLAIMED


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ((), Attribution.UNATTRIBUTED),
        (("claims",), Attribution.CLAIMED),
        (("assigns",), Attribution.ATTRIBUTED),
        (("assesses",), Attribution.ATTRIBUTED),
        (("assigns", "claims"), Attribution.CLAIMED),
        (("claims", "denies"), Attribution.CONTESTED),
        (("claims", "doubts"), Attribution.CONTESTED),
        (("assigns", "assigns to another party"), Attribution.CONTESTED),
        (("denies",), Attribution.CONTESTED),
    ],
)
def test_attribution_follows_from_all_claims(stances, expected):
    said = [claim("attribution", "iskp", stance=stance) for stance in stances]
    assert attribution(said) is expected
    assert attribution(said[::-1]) is expected


def test_denying_that_it_happened_is_not_denying_who_did_it():
    said = [claim("occurrence", "no attack", stance="denies"), claim("fatalities", 3)]
    assert attribution(said) is Attribution.UNATTRIBUTED


def test_groups_are_linked_by_attribution_involvement_and_role_only():
    one = incident(
        claims=(
            claim("attribution", "iskp", stance="claims"),
            claim("involved", "taliban"),
            claim("attribution", "iskp", stance="assigns", source="other"),
            claim("attribution", None, stance="denies"),
            claim("target", "nrf"),
            claim("target", "nato", role="target"),
            claim("involved", ""),
        )
    )
    assert linked_groups(one) == ("iskp", "taliban", "nato")


def test_responsibility_for_what_is_denied_to_have_happened_is_contested():
    said = [claim("attribution", "iskp", stance="claims"), claim("occurrence", "", stance="denies")]
    assert attribution(said) is Attribution.CONTESTED

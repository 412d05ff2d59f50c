"""Tests of who belonged to whom when: on possible days, and on those that are certain."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fixed_records import claim, incident
from hypothesis import given
from hypothesis import strategies as st
from plain_loop import belonged
from related_groups import RELATED, relation
from strategies import simple_dates

from geodata.queries.belonging import Belongings, found_by
from geodata.queries.columns import Time, keys_at_times
from geodata.records.collection import Records
from geodata.records.dates import FIRST_DAY, LAST_DAY
from geodata.records.model import Group

DAYS = {"islamic-state": "2015-01-26", "iskp": "2015-01-01"}


def times(group: str, above: str) -> tuple[str, str]:
    """The days on which a group may have belonged, and certainly did, as text."""
    found = Belongings(RELATED).of(group)[above]
    return tuple(
        " ".join(f"{first}/{last}" for first, last in days)
        for days in (found.possible, found.certain)
    )


@pytest.mark.parametrize(
    ("group", "above", "possible", "certain"),
    [
        ("iskp", "iskp", "0001-01-01/9999-12-31", "0001-01-01/9999-12-31"),
        ("voice", "iskp", "0001-01-01/9999-12-31", "0001-01-01/9999-12-31"),
        ("voice", "islamic-state", "2015-01-26/9999-12-31", "2015-01-26/9999-12-31"),
        ("tkp", "iskp", "2015-01-01/9999-12-31", "2015-01-31/9999-12-31"),
        ("tkp", "islamic-state", "2015-01-26/9999-12-31", "2015-01-31/9999-12-31"),
        ("imu", "iskp", "2015-08-01/2017-02-28", "2015-08-31/2015-11-01"),
        ("cell", "tkp", "2010-01-01/2014-12-31", "2010-12-31/2014-01-01"),
    ],
)
def test_relations_hold_on_their_days_and_so_does_what_follows(group, above, possible, certain):
    assert times(group, above) == (possible, certain)


@pytest.mark.parametrize(
    ("group", "above"),
    [
        ("ja", "iskp"),  # doubted
        ("iskp", "ttp"),  # it had split from it
        ("iskp", "Hafiz Saeed Khan"),
        ("ttp", "islamic-state"),  # a pledge makes nobody a part
        ("cell", "iskp"),  # it had left before the others joined
    ],
)
def test_no_other_relation_makes_a_part_of_a_whole(group, above):
    assert above not in Belongings(RELATED).of(group)


def test_groups_that_belong_to_each_other_do_not_hang():
    groups = (Group(id="a", name="A", parents=("b",)), Group(id="b", name="B", parents=("a",)))
    assert set(Belongings(Records(groups=groups)).of("a")) == {"a", "b"}


def test_a_group_that_nothing_is_known_of_is_itself():
    assert set(Belongings(Records()).of("nobody")) == {"nobody"}


@pytest.mark.parametrize(
    ("when", "throughout", "at_times"),
    [
        ("2014-12-31", {"tkp"}, {}),
        ("2015-01-01", {"tkp"}, {"iskp": "2015-01-01/2015-01-01"}),
        ("2015-02-01", {"tkp", "iskp", "islamic-state"}, {}),
        (
            "2014/2016",
            {"tkp"},
            {"iskp": "2015-01-01/2016-12-31", "islamic-state": "2015-01-26/2016-12-31"},
        ),
        (
            "XXXX",
            {"tkp"},
            {"iskp": "2015-01-01/9999-12-31", "islamic-state": "2015-01-26/9999-12-31"},
        ),
    ],
)
def test_an_incident_is_found_by_what_its_party_had_joined(when, throughout, at_times):
    said = claim("attribution", "tkp", stance="claims")
    found = found_by(incident(event_date=when, claims=(said,)), Belongings(RELATED))
    assert {key.text for key in found.throughout} == {f"actor:{one}" for one in throughout}
    texts = {time.key: f"{time.first}/{time.last}" for time in found.at_times}
    assert texts == {f"actor:{one}": days for one, days in at_times.items()}


def test_two_parties_together_hold_throughout_what_each_holds_for_a_time():
    records = Records(
        relations=(
            relation("a", "x", "part of", "z", valid_to="2015-06-30"),
            relation("b", "y", "part of", "z", valid_from="2015-07-01"),
        )
    )
    said = tuple(claim("attribution", one, stance="claims") for one in ("x", "y"))
    found = found_by(incident(event_date="2015", claims=said), Belongings(records))
    assert {key.group for key in found.throughout} == {"x", "y", "z"}
    assert found.at_times == ()


def test_a_role_is_that_of_the_party():
    said = (claim("attribution", "tkp", role="accused", stance="assigns"),)
    found = found_by(incident(event_date="2020", claims=said), Belongings(RELATED))
    assert {key.text for key in found.throughout} == {
        "accused:tkp",
        "accused:iskp",
        "accused:islamic-state",
    }


def test_times_are_read_back_from_their_text():
    time = Time("actor:a:b", date(15, 1, 2), LAST_DAY)
    assert Time.of(time.text) == time
    text = f"|{time.text}|{Time('target:c', FIRST_DAY, date(15, 1, 1)).text}|"
    assert keys_at_times(text, date(15, 1, 2), None) == {"actor:a:b"}
    assert keys_at_times(text, None, date(15, 1, 1)) == {"target:c"}
    assert keys_at_times(text, None, None) == {"actor:a:b", "target:c"}
    assert keys_at_times("", None, None) == set()


GROUPS = ("a", "b", "c", "d")


@st.composite
def _relations(draw: st.DrawFn) -> Records:
    made = []
    for number in range(draw(st.integers(0, 6))):
        subject, other = draw(st.permutations(GROUPS))[:2]
        ends = sorted((draw(simple_dates), draw(simple_dates)))
        first, last = (draw(st.sampled_from((end, ""))) for end in ends)
        kind = draw(st.sampled_from(("part of", "merged into", "pledged to")))
        made.append(relation(str(number), subject, kind, other, valid_from=first, valid_to=last))
    return Records(relations=tuple(made))


@given(_relations(), st.dates(date(2017, 1, 1), date(2021, 12, 31)))
def test_each_day_is_as_a_walk_over_the_relations_of_that_day_finds(records, day):
    belongings = Belongings(records)
    for group in GROUPS:
        for above in GROUPS:
            found = belongings.of(group).get(above)
            for near in (day, day + timedelta(400)):
                expected = [
                    belonged(group, above, near, records, is_certain=one) for one in (False, True)
                ]
                days = (found.possible, found.certain) if found else ((), ())
                held = [any(first <= near <= last for first, last in some) for some in days]
                assert held == expected

"""Tests of telling dates that are so far from all others that a digit may be wrong."""

from __future__ import annotations

from fixed_records import incident

from geodata import load
from geodata.checks.far import tell_far_dates


def test_a_stray_date_is_told_with_its_record():
    years = [incident(f"i{year}", event_date=str(year)) for year in range(2015, 2020)]
    (note,) = tell_far_dates((*years, incident("stray", event_date="0202-10-03")))
    assert (note.record, note.field) == ("stray", "event_date")
    assert note.message.endswith("no timeline shows both, got '0202-10-03'")


def test_the_shipped_records_have_none():
    assert tell_far_dates(load().incidents) == []

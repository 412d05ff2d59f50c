"""Sums of tolls that the engine adds up are those that are added up record by record."""

from __future__ import annotations

import pytest
from fixed_records import claim, incident
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_loop import random_records
from strategies import filters, record_sets

from geodata.queries import SUMMED, Filter, Store
from geodata.queries.asked import Questions
from geodata.queries.catalogue import RecordsCatalogue
from geodata.queries.engine import duckdb_engine
from geodata.queries.table import to_table
from geodata.records import Records

RANDOM = random_records(200)


def tolls(store: Store, chosen: Filter) -> list[object]:
    return [store.toll(chosen, about) for about in SUMMED]


@pytest.fixture
def by_engine(monkeypatch):
    monkeypatch.setattr("geodata.queries.store._MOST_ADDED_APART", -1)
    return Store.of(RANDOM)


@given(chosen=filters(groups=st.sampled_from(("iskp", "Ansarullah"))))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_add_up_to_the_same(by_engine, chosen):
    expected = Store.of(RANDOM)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("geodata.queries.store._MOST_ADDED_APART", 5_000)
        sums = tolls(expected, chosen)
    assert tolls(by_engine, chosen) == sums


@given(records=record_sets())
@settings(max_examples=10)
def test_shared_tolls_and_people_counted_apart_are_too(records):
    sums = tolls(Store.of(records), Filter())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("geodata.queries.store._MOST_ADDED_APART", -1)
        assert tolls(Store.of(records), Filter()) == sums


@given(records=record_sets(), chosen=filters())
@settings(max_examples=10)
def test_columns_in_memory_add_up_to_what_an_engine_does(records, chosen):
    store = Store.of(records)
    asked = Questions(duckdb_engine(to_table(records)), store.context.resolve_groups)
    both = asked, store._questions
    for besides in (), tuple(one.id for one in records.incidents[:2]):
        apart, ours = (one.tolls_apart(chosen, besides) for one in both)
        assert apart == ours
        for about in ("fatalities", "injured", "casualties"):
            figures = tuple(f"{about}_{one}" for one in ("low", "high", "marks"))
            sums, ours = (one.toll_sums(chosen, figures, besides) for one in both)
            assert sums == ours
            assert sums["apart"] == len(apart)


def test_only_records_whose_toll_does_not_stand_alone_are_read(monkeypatch):
    monkeypatch.setattr("geodata.queries.store._MOST_ADDED_APART", -1)
    plain = [incident(f"plain-{n}", claims=(claim("fatalities", n),)) for n in range(9)]
    fighters = claim("fatalities", 4, part="fighters")
    records = Records(
        (
            *plain,
            incident("apart", claims=(fighters,)),
            incident("sharing", claims=(claim("fatalities", 7),), casualties_combined=("shared",)),
            incident("shared", claims=(claim("fatalities", 7),)),
        )
    )
    asked: set[str] = set()
    read = RecordsCatalogue.incidents

    def note(self, identifiers):
        asked.update(identifiers)
        return read(self, identifiers)

    monkeypatch.setattr(RecordsCatalogue, "incidents", note)
    words = Store.of(records).toll(Filter()).words
    assert words == "43 killed in 11 incidents; counted apart: fighters: 4 in 1 incident"
    assert asked == {"apart", "sharing", "shared"}

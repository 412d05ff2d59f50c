"""Tests of the parts of a filter: each one is all that a part must be, and changes answers.

The cases in `tests/corpus/filters.json` say which records a filter finds among a few made ones.
"""

from __future__ import annotations

from datetime import date

import pytest
from corpora import CORPUS, corpus
from plain_loop import wanted

from geodata.errors import StoreError
from geodata.formats.geojson import read_geojson
from geodata.queries import areas, expressions
from geodata.queries.filters import FILTER_KEYS, PARTS, Filter
from geodata.queries.store import Store
from geodata.queries.words import describe_filter
from geodata.records.collection import Records

CASES = {case["filter"]: case for case in corpus("filters")}


@pytest.fixture(scope="module")
def records() -> Records:
    result = read_geojson(CORPUS / "filters_records.geojson")
    assert result.problems == ()
    return result.records


@pytest.fixture(scope="module")
def store(records) -> Store:
    return Store.of(records)


def found(store: Store, chosen: Filter) -> set[str]:
    part = store.select(chosen)
    return {one.id for one in (*part.incidents, *part.base_areas)}


@pytest.mark.parametrize("text", CASES)
def test_a_filter_finds_what_its_case_says(text, store, records):
    case, chosen = CASES[text], Filter.from_query(text)
    assert found(store, chosen) == {*case["incidents"], *case["areas"]}
    assert [view.area.id for view in store.areas(chosen)] == case["areas"]
    assert {one.id for one in wanted(records, chosen)} == set(case["incidents"])


# It says of which state of the data all of them are asked.
OF_RECORDS = [name for name in PARTS if name != "known"]


@pytest.mark.parametrize("name", OF_RECORDS)
def test_each_part_changes_an_answer_and_the_words(name, store, records):
    cases = [chosen for chosen in map(Filter.from_query, CASES) if name in chosen.asked()]
    assert cases, f"tests/corpus/filters.json must have a case with {PARTS[name].key!r}"
    assert any(found(store, one) < found(store, one.without(name)) for one in cases)
    if PARTS[name].loosen:
        assert any(
            len(wanted(records, one)) < len(wanted(records, one.without(name))) for one in cases
        )
    for one in cases:
        assert describe_filter(one, records) != describe_filter(one.without(name), records)


def test_the_state_of_the_data_is_said_and_no_other_answers_for_it(store, records):
    chosen = Filter.from_query("type=bombing&known=2026-11-01")
    assert chosen.known == date(2026, 11, 1)
    assert chosen.to_query() == "type=bombing&known=2026-11-01"
    assert describe_filter(chosen, records).endswith(", as known on 1 November 2026")
    then = Store.of(records, known=date(2026, 11, 1))
    now = chosen.without("known")
    # What says no day is asked of this state, whichever it is.
    assert then.ids(chosen) == then.ids(now) == store.ids(now)
    assert then.totals(chosen) == store.totals(now)
    assert then.select(chosen) == store.select(now)
    other = chosen.without("event_types")
    for ask in ("ids", "totals", "areas", "facets", "spreads", "toll", "select", "table", "wanted"):
        with pytest.raises(StoreError, match="known must be now, of which these data are, got 20"):
            getattr(store, ask)(other)
        with pytest.raises(StoreError, match="known must be 2026-11-01, of which these data are"):
            getattr(then, ask)(Filter(known=date(2026, 10, 1)))


def test_a_month_or_year_is_known_at_its_end():
    assert Filter.from_query("known=2026-02").known == date(2026, 2, 28)
    assert Filter.from_query("known=2025").known == date(2025, 12, 31)


@pytest.mark.parametrize("name", PARTS)
def test_each_part_says_what_it_asks_of_incidents_and_of_base_areas(name):
    assert name in expressions.CONDITIONS, f"expressions.CONDITIONS must have {name!r}, or None"
    assert name in areas.CONDITIONS, f"areas.CONDITIONS must have {name!r}, or None"


def test_nothing_is_asked_by_what_is_no_part():
    for conditions in (expressions.CONDITIONS, areas.CONDITIONS):
        assert set(conditions) <= set(PARTS)


def test_parts_have_keys_and_words_of_their_own():
    assert len(set(FILTER_KEYS)) == len(PARTS)
    assert len({part.help for part in PARTS.values()}) == len(PARTS)


@pytest.mark.parametrize("name", PARTS)
def test_the_default_of_a_part_asks_for_nothing(name):
    assert Filter(**{name: PARTS[name].default}).is_empty
    assert name not in Filter().asked()


def test_only_what_somebody_made_sure_of_is_told_beside_coarsened_records():
    assert [name for name, part in PARTS.items() if not part.may_be_told] == [
        "source_types",
        "ids",
        "text",
        "bounds",
        "within",
    ]

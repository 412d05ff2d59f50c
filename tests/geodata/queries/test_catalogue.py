"""Tests of the catalogue: what stands beside the table, and what a table alone cannot say."""

from __future__ import annotations

from datetime import date

import pytest
from fixed_records import base_area, claim, incident
from plain_loop import GROUPS, random_records, wanted

from geodata.errors import GeodataError, StoreError
from geodata.geodesy import WORLD_BITS, MercatorBox
from geodata.queries.answers import Points
from geodata.queries.catalogue import Catalogue, RecordsCatalogue
from geodata.queries.engine import duckdb_engine
from geodata.queries.filters import Filter
from geodata.queries.store import Store
from geodata.queries.table import to_table
from geodata.records.collection import Records

WORLD = MercatorBox(0, 0, 2**WORLD_BITS - 1, 2**WORLD_BITS - 1)
RANDOM = random_records(60)
AREAS = (base_area("x", group="iskp"),)
FILTERS = (
    Filter(),
    Filter(groups=("ISIS",)),
    Filter(start=date(2018, 1, 1), countries=("AF",)),
    Filter(text="kunduz"),
)
# Every method of the store that a page asks, so that a new one must be put on one of the sides.
OF_A_TABLE = {"area", "areas", "facets", "histogram", "listed", "of_day", "table", "totals"}
OF_A_TABLE |= {"off_map_by_country", "extent", "ids", "sorted_ids", "spreads", "view", "within"}
OF_A_TABLE |= {"has_multiple", "kept_at", "own_types", "types_met", "wanted"}
OF_A_TABLE |= {"hold_points"}
OF_INCIDENTS = {
    "everything": (),
    "explore": (Filter(),),
    "incident": ("one-1",),
    "incidents": (["one-1"],),
    "select": (Filter(),),
    "toll": (Filter(),),
}


@pytest.fixture(scope="module")
def table_alone() -> Store:
    """A store with the table of `RANDOM` and nothing of its incidents."""
    context = Records(base_areas=AREAS, groups=GROUPS)
    return Store(duckdb_engine(to_table(RANDOM)), Catalogue(context, version="2024-05-01"))


@pytest.mark.parametrize("chosen", FILTERS, ids=Filter.to_query)
def test_a_table_alone_answers_what_a_table_can(table_alone, chosen):
    whole = Store.of(RANDOM)
    expected = [one.id for one in wanted(RANDOM, chosen)]
    assert [row.id for row in table_alone.table(chosen, limit=99)] == expected
    assert table_alone.totals(chosen).shown == len(expected)
    assert table_alone.sorted_ids(chosen, "start", down=True, limit=99)[0] == expected
    assert table_alone.spreads(chosen) == whole.spreads(chosen)
    assert table_alone.off_map_by_country(chosen) == whole.off_map_by_country(chosen)
    view = table_alone.view(chosen, 2, WORLD)
    assert isinstance(view, Points)
    assert view == whole.view(chosen, 2, WORLD)
    assert table_alone.listed(chosen, WORLD) == whole.listed(chosen, WORLD)
    assert table_alone.facets(chosen) == whole.facets(chosen)
    assert table_alone.own_types == whole.own_types
    assert table_alone.wanted(chosen) == whole.wanted(chosen)
    assert table_alone.kept_at is None
    assert table_alone.histogram(chosen) == whole.histogram(chosen)
    assert table_alone.within(chosen, (WORLD,)) == whole.within(chosen, (WORLD,))
    assert expected == [] or table_alone.extent(chosen) == whole.extent(chosen)


def test_a_table_alone_knows_the_areas_and_groups_that_came_with_it(table_alone):
    assert [view.area for view in table_alone.areas(Filter(groups=("داعش",)))] == list(AREAS)
    assert table_alone.area("x") == AREAS[0]
    assert table_alone.version == "2024-05-01"


@pytest.mark.parametrize(("name", "arguments"), OF_INCIDENTS.items(), ids=OF_INCIDENTS)
def test_a_table_alone_refuses_what_needs_incidents(table_alone, name, arguments):
    with pytest.raises(GeodataError, match=r"a catalogue of incidents must be given to have"):
        getattr(table_alone, name)(*arguments)


def test_a_table_alone_has_no_batches(table_alone):
    with pytest.raises(GeodataError, match=r"must be given to have all whole incidents"):
        next(table_alone.batches(Filter()))
    with pytest.raises(GeodataError, match=r"must be given to have \d+ whole incidents"):
        next(table_alone.batches(Filter(countries=("AF",))))
    with pytest.raises(GeodataError, match=r"must be given to have all whole incidents"):
        next(table_alone.upstream("tlp"))


def test_every_question_is_either_answered_or_refused():
    own = {name for name in dir(Store) if not name.startswith("_")} - {"of"}
    cached = {"view", "totals", "histogram", "facets", "extent"}
    assert own | cached == OF_A_TABLE | set(OF_INCIDENTS) | {"batches", "upstream"}


@pytest.mark.parametrize("count", [0, 59])
def test_a_catalogue_of_other_incidents_is_refused(count):
    some = Records(RANDOM.incidents[:count], groups=GROUPS)
    with pytest.raises(StoreError, match=f"the 60 incidents of the table, got {count}"):
        Store(duckdb_engine(to_table(RANDOM)), RecordsCatalogue(some))


def test_an_incident_that_the_catalogue_lacks_is_not_left_out_silently():
    one, other = Records((incident("one"),)), Records((incident("other"),))
    store = Store(duckdb_engine(to_table(one)), RecordsCatalogue(other))
    with pytest.raises(StoreError, match="each incident of the table, not one"):
        store.select(Filter())


def test_records_are_a_catalogue():
    accused = incident("a", claims=(claim("attribution", "iskp", stance="claims"),))
    records = Records((accused, incident("b"), incident("c")), AREAS, GROUPS)
    catalogue = RecordsCatalogue(records)
    assert catalogue.count == 3
    assert catalogue.version == records.version
    assert catalogue.context == Records(base_areas=AREAS, groups=GROUPS)
    assert catalogue.incident("a") is accused
    assert [one.id for one in catalogue.incidents(["c", "nobody", "a"])] == ["a", "c"]
    assert catalogue.everything() is records


@pytest.mark.parametrize("name", ["nobody", "", "' or 1=1 --", "a\0b"])
def test_an_id_that_no_incident_has_finds_none(name):
    assert Store.of(RANDOM).incident(name) is None

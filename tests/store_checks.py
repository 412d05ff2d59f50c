"""What a store answers, held against a plain loop over its records."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from plain_loop import facet_values, wanted

from geodata.geodesy import WORLD_BITS, MercatorBox, project
from geodata.queries.answers import Points
from geodata.queries.columns import EVENT_TYPES, in_column, own_code
from geodata.queries.extents import Extent
from geodata.queries.filters import Bounds, DateMatch, Filter
from geodata.queries.store import Store
from geodata.records.collection import Records
from geodata.records.model import Incident
from geodata.records.parties import attribution
from geodata.scope import Count, off_map_by_country

WORLD = MercatorBox(0, 0, 2**WORLD_BITS - 1, 2**WORLD_BITS - 1)


def check_all_answers(store: Store, chosen: Filter) -> None:
    records = store.everything()
    expected = wanted(records, chosen)
    totals = store.totals(chosen)
    assert totals.shown == len(expected)
    assert totals.off_map == sum(not one.is_mappable for one in expected)
    assert totals.in_all == len(records.incidents)
    assert totals.certain == bounds_of(records, chosen).certain
    rows = store.table(chosen, limit=1_000)
    assert [row.id for row in rows] == [one.id for one in expected]
    for row, one in zip(rows, expected, strict=True):
        assert (row.title, row.date_start, row.country) == (one.title, one.span.start, one.country)
        assert row.event_types[0] == one.event_types[0]
        assert set(row.event_types) == set(one.event_types)
        assert (row.status, row.geo_precision) == (one.status, one.geo_precision)
        assert (row.attribution, row.is_mappable) == (attribution(one.claims), one.is_mappable)
    for placed in (True, False):
        of_them = [one.id for one in expected if one.is_mappable is placed]
        found = store.sorted_ids(chosen, "start", down=True, placed=placed, limit=1_000)
        assert found == (of_them, len(of_them))
    sure = {one.id for one in wanted(records, replace(chosen, date_match=DateMatch.CERTAIN))}
    assert store.off_map_by_country(chosen) == off_map_by_country(expected, sure)
    drawn = [(one.id, *project(*p)) for one in expected if one.is_mappable for p in one.points]
    view = store.view(chosen, 2, WORLD)
    assert isinstance(view, Points)
    assert view.total == len(drawn)
    assert list(view.certain) == [one in sure for one in view.columns["id"]]
    columns = (view.columns[name] for name in ("id", "x", "y"))
    assert sorted(zip(*columns, strict=True)) == sorted(drawn)
    types = {
        one.id: own_code(
            EVENT_TYPES.index(one.event_types[0]), in_column(one.type_of_source), store.own_types
        )
        for one in expected
    }
    assert list(view.columns["type"]) == [types[one] for one in view.columns["id"]]
    assert {one.id for one in store.select(chosen).incidents} == {one.id for one in expected}
    boxes = (MercatorBox(2**30, 0, 2**31, 2**30), MercatorBox(2**30 + 2**29, 0, 2**31, 2**31))
    inside = {
        name for name, x, y in drawn if any(b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for b in boxes)
    }
    assert store.within(chosen, boxes) == Count(len(inside & sure), len(inside))
    on_map = {name for name, _, _ in drawn}
    assert totals.on_map == Count(len(on_map & sure), len(on_map))
    check_cells(store, chosen, sure)
    check_list(store, chosen, [one for one in expected if one.is_mappable], sure)
    places = [place for one in expected if one.is_mappable for place in one.points]
    check_extent(store.extent(chosen), places)
    check_histogram(store, chosen)


def check_cells(store: Store, chosen: Filter, sure: set[str]) -> None:
    """Cells count by type what may fit and what certainly does, as a plain loop does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geodata.queries.store.MOST_POINTS", 0)
        cells = store.view.__wrapped__(chosen, 3, WORLD)
    points = store.view(chosen, 2, WORLD).columns
    if not points["id"]:
        assert isinstance(cells, Points)
        return
    types: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    certain: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    rows = zip(*(points[name] for name in ("id", "x", "y", "type")), strict=True)
    for name, x, y, code in rows:
        cell = x >> cells.shift, y >> cells.shift
        types[cell][code] += 1
        certain[cell][code] += name in sure
    found = [(x >> cells.shift, y >> cells.shift) for x, y in zip(cells.x, cells.y, strict=True)]
    assert found == sorted(types)
    assert cells.types.tolist() == [by_type(types[cell], store) for cell in found]
    assert cells.certain.tolist() == [by_type(certain[cell], store) for cell in found]
    assert cells.n == [types[cell].total() for cell in found]


def by_type(counts: Counter[int], store: Store) -> list[int]:
    return [counts[code] for code in range(len(EVENT_TYPES) + len(store.own_types))]


def check_list(store: Store, chosen: Filter, placed: list[Incident], sure: set[str]) -> None:
    """The list of a cell says of each whether it certainly fits, and of how many more."""
    listed = store.listed(chosen, WORLD, limit=3)
    assert [row.id for row in listed.rows] == [one.id for one in placed[:3]]
    assert listed.certain == [one.id in sure for one in placed[:3]]
    assert listed.more == Count(sum(one.id in sure for one in placed[3:]), len(placed[3:]))


def check_extent(extent: Extent | None, places: list[tuple[float, float]]) -> None:
    if not places:
        return  # base areas, or nothing
    assert extent is not None
    assert share_within(extent.whole, places) == 1
    assert share_within(extent.near, places) >= 0.85 - 1 / len(places)
    steps = [share_within(one, places) for one in extent.between]
    assert steps == sorted(steps)


def share_within(bounds: Bounds, places: list[tuple[float, float]]) -> float:
    # A turn around the world and back costs the last digit.
    west, south, east, north = (bounds[i] + (1e-9 if i > 1 else -1e-9) for i in range(4))
    held = [
        (west <= lon <= east if west <= east else lon >= west or lon <= east)
        and south <= lat <= north
        for lon, lat in places
    ]
    return sum(held) / len(held)


def check_histogram(store: Store, chosen: Filter) -> None:
    """Each bar is what a filter on its days finds, and all dates that are known lie in one."""
    found = store.histogram(chosen)
    assert found.far == ()
    bins = found.bins
    # A plain loop takes its time: some bars stand for all, others with other filters.
    for one in bins[len(chosen.to_query()) % 3 :: max(1, len(bins) // 4)]:
        assert Count(one.certain, one.possible) == bounds_of(
            store.everything(), replace(chosen, start=one.start, end=one.end)
        )
    for one, following in pairwise(bins):
        assert (following.start - one.end).days == 1
    timeless = wanted(store.everything(), chosen.without("start", "end", "date_match"))
    ends = [end for one in timeless for end in (one.span.known_start, one.span.known_end)]
    known = [day for day in ends if day]
    assert not bins or bins[0].possible > 0
    assert all(bins[0].start <= day <= bins[-1].end for day in known)


def bounds_of(records: Records, chosen: Filter) -> Count:
    """How many incidents certainly fit a filter, and how many may, by a plain loop."""
    return Count(*(len(wanted(records, chosen.matching(one))) for one in reversed(DateMatch)))


OWN_PARTS = {
    "type": ("event_types",),
    "source_type": ("source_types",),
    "group": ("groups",),
    "role": ("groups", "roles"),
    "country": ("countries",),
    "status": ("statuses",),
    "attribution": ("attributions",),
    "precision": ("least_precision",),
}


def check_facets(store: Store, chosen: Filter) -> None:
    facets = store.facets(chosen)
    assert set(facets) == set(OWN_PARTS)
    for facet, own in OWN_PARTS.items():
        certain, possible = (
            Counter(
                value
                for one in wanted(store.everything(), chosen.matching(match).without(*own))
                for value in facet_values(facet, one, store.everything(), chosen.matching(match))
            )
            for match in (DateMatch.CERTAIN, DateMatch.POSSIBLE)
        )
        assert facets[facet] == {v: Count(certain[v], n) for v, n in possible.items()}, facet

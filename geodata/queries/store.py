"""The questions that the program asks of a record: an engine with its table, and a catalogue.

The engine says which incidents and how many; the catalogue says what they are. Answers are plain
Python values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from geodata.errors import RequestError, StoreError
from geodata.geodesy import MercatorBox
from geodata.queries import expressions
from geodata.queries.answers import Cells, IncidentRow, Listed, Points, to_row
from geodata.queries.areas import AreaView, area_spots, areas_in
from geodata.queries.asked import Cube, HeldQuestions, Questions, cell_shift
from geodata.queries.belonging import Belongings
from geodata.queries.catalogue import Catalogue, RecordsCatalogue
from geodata.queries.columns import (
    Key,
    Time,
    from_list_text,
    keys_at_times,
    own_types_of,
    values_of,
)
from geodata.queries.engine import Engine, OrderedEngine, duckdb_engine
from geodata.queries.expressions import FACETS
from geodata.queries.extents import Extent, extent_of
from geodata.queries.filters import DateMatch, Filter, as_known_on
from geodata.queries.sums import (
    Histogram,
    Months,
    Spread,
    TollSum,
    TollSums,
    spread_of_months,
    to_histogram,
)
from geodata.queries.table import to_table
from geodata.queries.tolled import EngineTolls
from geodata.records import BaseArea, ClaimAbout, Incident, Records, explore
from geodata.scope import Count, OffMap, Totals, to_off_map

__all__ = ["Store"]

_T = TypeVar("_T")

MOST_POINTS = 2_000
MOST_ZOOM = 22
_SPOT_BITS = 23  # 256 cells around the world: enough to see where most lie.
_CACHED = 512
_MOST_ASKED_APART = 5_000
# Record by record each takes some microseconds, and a tenth of a millisecond to be read at first.
_MOST_ADDED_APART = 500


class Store:
    """A record ready to be asked, from any number of threads if its engine can be.

    Args:
        engine: Holds the table of incidents.
        catalogue: Groups, sources and base areas, and the incidents of the table by id. Without
            incidents it still answers all that a table can, and refuses what it cannot.
        changes: A sentence for each way in which records were changed before they came here; it
            goes into all that is made of them.
        credit: Who is credited for the records; empty leaves that to whoever knows them.
        known: The day whose state of the data this is; `None` for that of now. A filter that asks
            for another one is refused, since its words would not be true of the answer.

    Attributes:
        context: Groups, sources and base areas, as records without incidents.
        version: Stands for this state of the data.
        all_incidents: How many there are.
        pushed: When they were put into an engine, for whoever opened them there to say.

    Raises:
        StoreError: If engine and catalogue hold different numbers of incidents.

    Example:
        >>> Store.of(Records()).totals(Filter()).shown
        0
    """

    def __init__(
        self,
        engine: Engine,
        catalogue: Catalogue,
        changes: tuple[str, ...] = (),
        credit: str = "",
        known: date | None = None,
        *,
        cube: Cube | None = None,
    ) -> None:
        self.known = known
        self.pushed: datetime | None = None
        self._cube = cube
        self.changes = changes
        self.credit = credit
        self._catalogue = catalogue
        self.context = catalogue.context
        self.version = catalogue.version
        self._belongings = Belongings(catalogue.context)
        asked = Questions(engine, self.context.resolve_groups, self._check_known)
        self._rows, self._ask, self._at_times = asked.rows, asked.ask, asked.at_times
        self._questions: Questions | HeldQuestions = asked
        if isinstance(engine, OrderedEngine):
            self._questions = HeldQuestions(
                engine, asked.kept, asked.keys(), is_timed=bool(self._at_times)
            )
        whole = self._questions.totals(Filter())
        self.all_incidents, self._all_events = whole["n"], whole["events"]
        if catalogue.count not in (None, self.all_incidents):
            raise StoreError(
                f"a catalogue must hold the {self.all_incidents:,} incidents of the table, "
                f"got {catalogue.count:,}"
            )
        self.view = lru_cache(_CACHED)(self._view)
        self.totals = lru_cache(_CACHED)(self._totals)
        self.histogram = lru_cache(_CACHED)(self._histogram)
        self.facets = lru_cache(_CACHED)(self._facets)
        self.extent = lru_cache(_CACHED)(self._extent)
        self._ids_of_part = lru_cache(2 * _CACHED)(self._questions.ids)
        self._sums = TollSums(self.context.families)
        self._tolls = EngineTolls(self._questions, asked.sharing_tolls, catalogue, self._sums)

    @classmethod
    def of(
        cls,
        records: Records,
        table: pa.Table | None = None,
        changes: tuple[str, ...] = (),
        credit: str = "",
        known: date | None = None,
    ) -> Store:
        """Return a store of records in memory, with DuckDB as its engine.

        Args:
            records: The records.
            table: What `to_table` gave for them, if it is there already.
            changes: As `Store` takes them.
            credit: As `Store` takes it.
            known: As `Store` takes it.
        """
        # What a filter finds of them must know what the others say of its toll.
        records = records.with_links_back()
        table = to_table(records) if table is None else table
        return cls(duckdb_engine(table), RecordsCatalogue(records), changes, credit, known)

    @property
    def of_day(self) -> dict[str, str]:
        """What an answer says of the day of whose data it is; see `as_known_on`."""
        return as_known_on(self.known, self.pushed)

    def _check_known(self, chosen: Filter) -> None:
        if chosen.known not in (None, self.known):
            of = self.known or "now"
            raise StoreError(f"known must be {of}, of which these data are, got {chosen.known}")

    def _totals(self, chosen: Filter) -> Totals:
        """Return how many incidents a filter finds."""
        sure, found = self._bounds(chosen, self._questions.totals)
        shown, events, placed = found["n"], found["events"], found["placed"]
        certain, certain_events = sure["n"], sure["events"]
        return Totals(
            events=events,
            placed=placed,
            uncertain_placed=placed - sure["placed"],
            aggregates=shown - events,
            uncertain_events=events - certain_events,
            uncertain_aggregates=shown - events - (certain - certain_events),
            all_events=self._all_events,
            all_aggregates=self.all_incidents - self._all_events,
        )

    @cached_property
    def types_met(self) -> dict[tuple[int, str], int]:
        """How many incidents have each main type, by code, and type as their source has it."""
        (found,) = self._questions.counted(Filter(), [("main_type", "source_types")])
        return {
            (int(code), "".join(from_list_text(text or ""))): n for (code, text), n in found.items()
        }

    @cached_property
    def own_types(self) -> tuple[str, ...]:
        """The types in the words of sources that stand for themselves; see `own_types_of`.

        They follow from all records, so that a filter changes no colour.
        """
        return own_types_of(self.types_met)

    def _stricter(self, chosen: Filter) -> Filter | None:
        """Return the filter for what certainly fits, where it may find less than this one."""
        is_needed = chosen.date_match is DateMatch.POSSIBLE and self._may_differ(chosen)
        return chosen.matching(DateMatch.CERTAIN) if is_needed else None

    def _bounds(self, chosen: Filter, ask: Callable[[Filter], _T]) -> tuple[_T, _T]:
        """Return what is answered for what certainly fits, and for what may."""
        possible, stricter = ask(chosen), self._stricter(chosen)
        return ask(stricter) if stricter else possible, possible

    def _may_differ(self, chosen: Filter) -> bool:
        """Whether more may be found than certainly fits, since it is asked when, where or who."""
        is_by_group = bool(chosen.groups and self._at_times)
        is_placed = chosen.bounds or chosen.within
        return bool(chosen.start or chosen.end or is_placed or is_by_group)

    def _view(self, chosen: Filter, zoom: int, box: MercatorBox) -> Points | Cells:
        """Return what a map view shows: single incidents, or cells when there are too many.

        Args:
            chosen: The filter.
            zoom: Web-mercator zoom level, 0 to 22.
            box: The part of the world to answer for.

        Raises:
            RequestError: If the zoom level does not exist.
        """
        if not 0 <= zoom <= MOST_ZOOM:
            raise RequestError(f"z must be within [0, {MOST_ZOOM}], got {zoom}")
        asked = chosen, self._stricter(chosen), box, cell_shift(zoom), MOST_POINTS, self.own_types
        counted = self._cube.view(*asked) if self._cube else None
        return counted or self._questions.view(*asked)

    def hold_points(self) -> None:
        """Hold in memory what views tell of single incidents, which is 70 bytes of each or more.

        Without it DuckDB reads it from the disk for each view; other engines are always asked.
        """
        if isinstance(self._questions, HeldQuestions):
            self._questions.hold_points()

    def within(self, chosen: Filter, boxes: Sequence[MercatorBox]) -> Count:
        """Return how many incidents that a filter finds are drawn within any of the boxes."""
        return Count(*self._bounds(chosen, lambda one: self._questions.within(one, boxes)))

    def _extent(self, chosen: Filter) -> Extent | None:
        """Return where the incidents that a filter finds are drawn, or else the base areas."""
        found = self._ask(expressions.spots(self._rows(chosen), _SPOT_BITS))
        spots = [((r["west"], r["south"], r["east"], r["north"]), int(r["n"])) for r in found]
        return extent_of(spots or area_spots(self.areas(chosen)))

    def table(self, chosen: Filter, *, offset: int = 0, limit: int = 100) -> list[IncidentRow]:
        """Return a page of the incidents that a filter finds, newest first."""
        return [to_row(row) for row in self._questions.lines(chosen, None, offset, limit)]

    def off_map_by_country(self, chosen: Filter) -> tuple[OffMap, ...]:
        """Return how many incidents that a filter finds no map can show, by country."""
        certain, possible = self._bounds(chosen, self._questions.off_map)
        return to_off_map(possible, certain)

    def sorted_ids(
        self,
        chosen: Filter,
        column: str,
        *,
        down: bool,
        placed: bool | Sequence[MercatorBox] | None = None,
        offset: int = 0,
        limit: int = 100,
    ) -> tuple[list[str], int]:
        """Return ids of a part of what a filter finds, in order, and how many there are in all.

        Args:
            chosen: The filter.
            column: One of `expressions.ORDERS`.
            down: Whether from the highest on; equal ones stay in the order of their dates.
            placed: Only what is on the map, or only what is not, or only what is drawn within any
                of some boxes, of which there is at least one.
            offset: How many to leave out before.
            limit: At most so many.
        """
        return self._questions.sorted_ids(
            chosen, column, down=down, placed=placed, offset=offset, limit=limit
        )

    def listed(self, chosen: Filter, box: MercatorBox, *, limit: int = 100) -> Listed:
        """Return incidents within a box, newest first, and how many more there are."""
        (sure, sure_total), (rows, total) = self._bounds(
            chosen, lambda one: self._listed(one, box, limit)
        )
        # In one order, what is among the first of all is among the first of those that are certain.
        ids = {row.id for row in sure}
        certain = [row.id in ids for row in rows]
        return Listed(rows, certain, Count(sure_total - sum(certain), total - len(rows)))

    def _listed(
        self, chosen: Filter, box: MercatorBox, limit: int
    ) -> tuple[list[IncidentRow], int]:
        found = self._questions.lines(chosen, box, 0, limit)
        return [to_row(row) for row in found], self._questions.within(chosen, [box])

    def _histogram(self, chosen: Filter) -> Histogram:
        """Return the incidents by time, without the filter's own period; see `to_histogram`."""
        return to_histogram(self.spreads(chosen))

    def spreads(self, chosen: Filter) -> dict[Spread, int]:
        """Return over which months how many incidents may lie, without the filter's own period."""
        timeless = chosen.without("start", "end", "date_match")
        counts = Counter[Spread | None]()
        sought = self._keys_sought(timeless)
        by_months = ("first_month", "last_month")
        (possible,) = self._questions.counted(timeless, [by_months])
        certain = possible
        if self._may_differ(timeless):
            (certain,) = self._questions.counted(timeless.matching(DateMatch.CERTAIN), [by_months])
        if sought:
            names = (*by_months, "found_at_times", "throughout")
            (by_group,) = self._questions.counted(timeless, [names])
            possible = Counter[Months]()
            for (first, last, at_times, throughout), n in by_group.items():
                if at_times and sought.isdisjoint(from_list_text(throughout)):
                    spread = spread_of_months(first, last, is_certain=False)
                    counts[spread and _at_times(spread, at_times, sought)] += n
                else:
                    possible[first, last] += n
        for months, n in possible.items():
            sure = certain.get(months, 0)
            counts[spread_of_months(*months)] += sure
            counts[spread_of_months(*months, is_certain=False)] += n - sure
        return {spread: n for spread, n in counts.items() if spread and n}

    def _keys_sought(self, chosen: Filter) -> frozenset[str]:
        """Return the groups in roles that a filter asks for, where some are found at times only."""
        if not (chosen.groups and self._at_times):
            return frozenset()
        wanted = {one for name in chosen.groups for one in self.context.resolve_groups(name)}
        return frozenset(Key(role, one).text for role in chosen.roles_sought for one in wanted)

    def _facets(self, chosen: Filter) -> dict[str, dict[str, Count]]:
        """Return for each facet how many incidents each value would find.

        Each facet feels all of the filter but its own part, so that a count says what choosing
        that value would show. Facets: type, group, role, country, status, attribution, precision.
        """
        possible = certain = self._facet_counts(chosen.matching(DateMatch.POSSIBLE))
        if self._at_times or self._may_differ(chosen):
            certain = self._facet_counts(chosen.matching(DateMatch.CERTAIN))
        return {
            facet: {value: Count(certain[facet].get(value, 0), n) for value, n in counts.items()}
            for facet, counts in possible.items()
        }

    def _facet_counts(self, chosen: Filter) -> dict[str, dict[str, int]]:
        answer: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        together: dict[Filter, list[str]] = {}
        for name, facet in FACETS.items():
            together.setdefault(chosen.without(*facet.own), []).append(name)
        for asked, facets in together.items():
            found = self._questions.counted(asked, [FACETS[name].columns for name in facets])
            for name, by_values in zip(facets, found, strict=True):
                counts = answer[name]
                for values, n in by_values.items():
                    for value in self._counted(name, values, chosen):
                        counts[value] = counts.get(value, 0) + n
        return answer

    def _counted(self, facet: str, values: tuple[Any, ...], chosen: Filter) -> Iterable[str]:
        """Return the choices of a facet that find rows with some values."""
        if facet not in ("group", "role"):
            return values_of(*FACETS[facet].columns, *values)
        throughout, at_times = values
        keys = set(values_of("found_throughout", throughout))
        if chosen.date_match is DateMatch.POSSIBLE:
            keys |= keys_at_times(at_times, chosen.start, chosen.end)
        found = [Key.of(text) for text in keys]
        if facet == "group":
            return {key.group for key in found if key.role in chosen.roles_sought}
        wanted = {one for name in chosen.groups for one in self.context.resolve_groups(name)}
        return {str(key.role) for key in found if not chosen.groups or key.group in wanted}

    def incident(self, identifier: str) -> Incident | None:
        """Return an incident by id.

        Raises:
            StoreError: If there is nothing but the table.
        """
        return self._catalogue.incident(identifier)

    def incidents(self, identifiers: Sequence[str]) -> list[Incident]:
        """Return the incidents with some ids, in the order of these.

        Raises:
            StoreError: If there is nothing but the table.
        """
        found = {one.id: one for one in self._catalogue.incidents(identifiers)}
        return [found[one] for one in identifiers if one in found]

    def ids(self, chosen: Filter) -> frozenset[str]:
        """Return the ids of the incidents that a filter finds.

        In a small table each part is asked for itself, since most parts come back in the next
        question, and a query costs some milliseconds however few the rows.
        """
        if self.all_incidents > _MOST_ASKED_APART:
            return self._questions.ids(chosen)
        parts = chosen.apart(is_timed=bool(self._at_times))
        return frozenset.intersection(*map(self._ids_of_part, parts))

    def toll(self, chosen: Filter, about: ClaimAbout = ClaimAbout.FATALITIES) -> TollSum:
        """Return how many people were killed or injured in all that a filter finds, within bounds.

        Args:
            chosen: The filter.
            about: One of `tolls.SUMMED`.

        Raises:
            StoreError: If there is nothing but the table.
        """
        if self.all_incidents <= _MOST_ADDED_APART:
            found = self.ids(chosen)
            certain = self.ids(chosen.matching(DateMatch.CERTAIN))
            return self._sums.of(about, self._catalogue.incidents(found), certain)
        return self._tolls.of(about, chosen, self._stricter(chosen))

    def select(self, chosen: Filter, groups: Collection[str] = ()) -> Records:
        """Return the records that a filter finds, with the groups and sources they name.

        Args:
            chosen: The filter.
            groups: Ids of groups that come with all that they relate to, whoever names them.

        Raises:
            StoreError: If there is nothing but the table, or an incident of it is not to be had.
        """
        wanted = self.ids(chosen)
        incidents = self._catalogue.incidents(wanted)
        missing = wanted.difference(one.id for one in incidents)
        if missing:
            raise StoreError(
                f"a catalogue must hold each incident of the table, not {min(missing)}"
            )
        return self.context.subset(
            incidents=incidents,
            base_areas=[view.area for view in self.areas(chosen)],
            groups=groups,
        )

    def batches(self, chosen: Filter) -> Iterator[tuple[Incident, ...]]:
        """Yield the incidents that a filter finds some thousand at a time, in their order.

        Raises:
            StoreError: If there is nothing but the table.
        """
        yield from self._catalogue.batches(self.wanted(chosen))

    def wanted(self, chosen: Filter) -> frozenset[str] | None:
        """Return the ids of the incidents that a filter finds; `None` if these are all."""
        is_all = self.totals(chosen).shown == self.all_incidents
        return None if is_all else self.ids(chosen)

    def upstream(self, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield ids and what an import kept of their rows; see `Catalogue.upstream`."""
        return self._catalogue.upstream(name)

    @property
    def kept_at(self) -> Path | None:
        """The file that what was made of all incidents may be kept in; `None` if there is none."""
        return self._catalogue.kept_at

    def has_multiple(self, chosen: Filter) -> bool:
        """Whether an incident that a filter finds has several places."""
        return self._questions.has_multiple(chosen)

    def everything(self) -> Records:
        """Return the whole record, with what no incident names; it may need much memory.

        Raises:
            StoreError: If there is nothing but the table.
        """
        return self._catalogue.everything()

    def explore(self, chosen: Filter | str | None = None, **options: Any) -> Any:
        """Return the record on a map, for the last line of a notebook's cell.

        Args:
            chosen: A filter to begin with, or its text; `None` for everything.
            options: As `mapview.notebook.explore` takes them.

        Raises:
            GeodataError: If mapview is not installed, or there are too many incidents for a page.
        """
        return explore(self, chosen, **options)

    def areas(self, chosen: Filter) -> list[AreaView]:
        """Return the base areas that a filter shows, and whether each is faded."""
        self._check_known(chosen)
        return areas_in(chosen, self.context, self._belongings)

    def area(self, identifier: str) -> BaseArea | None:
        """Return a base area by id."""
        return next((one for one in self.context.base_areas if one.id == identifier), None)


def _at_times(spread: Spread, text: str, sought: frozenset[str]) -> Spread:
    """Return the months in which an incident may be one of a group that it is not throughout."""
    times = [time for time in map(Time.of, from_list_text(text)) if time.key in sought]
    return spread.within(min(time.first for time in times), max(time.last for time in times))

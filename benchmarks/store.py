"""How fast the store answers, against pandas on the same rows in the same run.

Run as `python benchmarks/store.py`; `--large` adds 3 million rows, `--rows` takes others, and
`--write` puts the tables into results.md. Every question is asked with a
filter that was not used before, so that the store's caches never answer; and before anything is
timed, both ways must give the same numbers.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from statistics import median

import pandas as pd
import pyarrow as pa
from report import (
    describe_machine,
    memory_bytes,
    milliseconds,
    print_table,
    table_lines,
    write_section,
)
from synthetic import FIRST_DAY, make_groups, make_table

from geodata import Filter, Records, Store
from geodata.geodesy import WORLD_BITS, MercatorBox, project
from geodata.queries.answers import Points
from geodata.queries.catalogue import Catalogue
from geodata.queries.engine import duckdb_engine
from geodata.queries.store import MOST_POINTS

SIZES = (5_000, 1_000_000)
LARGE = 3_000_000
_REPEATS = 7
_PAGE = 100
_ENOUGH_TO_WEIGH = 100_000
_WORD = "peshawar"
# Facet columns of whole numbers, and of texts with several values between bars.
_CODES = ("status", "attribution", "place_precision", "type_bits")
_LISTS = ("found_throughout", "countries")
_UNUSED = ("title", "place", "province", "event_date", "fatalities_text", "lon", "lat")


@dataclass(frozen=True)
class Question:
    """One question, asked of both; each takes the first day of the period."""

    name: str
    store: Callable[[date], int]
    frame: Callable[[date], int]


def box(west: float, south: float, east: float, north: float) -> MercatorBox:
    """Return a box from degrees."""
    (x0, y0), (x1, y1) = project(west, north), project(east, south)
    return MercatorBox(x0, y0, x1, y1)


VIEWS = (
    ("view, world, zoom 2", 2, MercatorBox(0, 0, (1 << WORLD_BITS) - 1, (1 << WORLD_BITS) - 1)),
    ("view, region, zoom 6", 6, box(64, 30, 74, 38)),
    ("view, city, zoom 11", 11, box(69.0, 34.4, 69.4, 34.7)),
)


def _since(frame: pd.DataFrame, start: date) -> pd.Series[bool]:
    return frame["date_end"] >= pd.Timestamp(start)


def frame_view(frame: pd.DataFrame, zoom: int, area: MercatorBox, start: date) -> int:
    """Do with boolean masks and groupby what `Store.view` does; return how many are shown."""
    rows = frame[
        _since(frame, start)
        & frame["is_mappable"]
        & frame["x"].between(area.x0, area.x1)
        & frame["y"].between(area.y0, area.y1)
    ]
    if len(rows) <= MOST_POINTS:
        return len(rows.to_dict("list")["id"])
    shift = WORLD_BITS - (8 + zoom) + 6
    keyed = rows.assign(cx=rows["x"].to_numpy() >> shift, cy=rows["y"].to_numpy() >> shift)
    cells = keyed.groupby(["cx", "cy", "main_type"]).agg(
        n=("x", "size"), sum_x=("x", "sum"), sum_y=("y", "sum")
    )
    return sum(row["n"] for row in cells.reset_index().to_dict("records"))


def store_view(store: Store, zoom: int, area: MercatorBox, start: date) -> int:
    """Ask for a view and return how many are shown."""
    answer = store.view(Filter(start=start), zoom, area)
    return len(answer.columns["id"]) if isinstance(answer, Points) else sum(answer.n)


def frame_facets(frame: pd.DataFrame, start: date) -> int:
    """Count every facet's values; return the sum over the statuses."""
    rows = frame[_since(frame, start)]
    counts = {name: rows[name].value_counts() for name in (*_CODES, *_LISTS)}
    return int(counts["status"].sum())


def frame_histogram(frame: pd.DataFrame, start: date) -> int:
    """Count by first and last possible month, all dates (as the timeline does)."""
    rows = frame[frame["fatalities_high"] >= start.toordinal() % 3]
    first, last = (
        rows[name].dt.year * 12 + rows[name].dt.month for name in ("date_start", "date_end")
    )
    return int(rows.groupby([first.rename("first"), last.rename("last")]).size().sum())


def store_histogram(store: Store, start: date) -> int:
    """Ask for the timeline without its cache, since it does not feel the period."""
    uncached = store.histogram.__wrapped__
    bins = uncached(Filter(fatalities_min=start.toordinal() % 3)).bins
    # No date of these rows is less exact than a month, so each lies in one bar.
    return sum(one.possible for one in bins)


def frame_page(frame: pd.DataFrame, start: date) -> int:
    """Return how many rows the newest page has."""
    rows = frame[_since(frame, start)]
    page = rows.sort_values(["date_start", "id"], ascending=False).head(_PAGE)
    return len(page.to_dict("records"))


def frame_search(frame: pd.DataFrame, start: date) -> int:
    """Return how many rows hold a word."""
    found = frame["search"].str.contains(_WORD, regex=False)
    return int((_since(frame, start) & found).sum())


def questions(store: Store, frame: pd.DataFrame) -> list[Question]:
    """Return what is asked of both."""
    return [
        *(
            Question(
                name,
                partial(store_view, store, zoom, area),
                partial(frame_view, frame, zoom, area),
            )
            for name, zoom, area in VIEWS
        ),
        Question(
            "totals",
            lambda start: store.totals(Filter(start=start)).shown,
            lambda start: int(_since(frame, start).sum()),
        ),
        Question(
            "facets, all six",
            lambda start: sum(
                one.possible for one in store.facets(Filter(start=start))["status"].values()
            ),
            lambda start: frame_facets(frame, start),
        ),
        Question(
            "histogram",
            lambda start: store_histogram(store, start),
            lambda start: frame_histogram(frame, start),
        ),
        Question(
            f"newest {_PAGE} rows",
            lambda start: len(store.table(Filter(start=start), limit=_PAGE)),
            lambda start: frame_page(frame, start),
        ),
        Question(
            "text search",
            lambda start: store.totals(Filter(start=start, text=_WORD)).shown,
            lambda start: frame_search(frame, start),
        ),
    ]


def timed(ask: Callable[[date], int], days: Sequence[date]) -> list[float]:
    """Return the seconds of one call for each day."""
    seconds = []
    for day in days:
        started = time.perf_counter()
        ask(day)
        seconds.append(time.perf_counter() - started)
    return seconds


def compare(question: Question) -> tuple[str, str, str, str]:
    """Return a row of the table: name, store, pandas, ratio."""
    first, *days = (FIRST_DAY + timedelta(days=30 + n) for n in range(_REPEATS + 1))
    ours, theirs = question.store(first), question.frame(first)
    if ours != theirs:
        raise SystemExit(f"{question.name}: both must count the same, got {ours} and {theirs}")
    store, frame = timed(question.store, days), timed(question.frame, days)
    ratio = median(frame) / median(store)
    return question.name, milliseconds(store), milliseconds(frame), f"{ratio:.2g}x"


def open_both(count: int) -> tuple[Store, pd.DataFrame, str]:
    """Return the store and the frame with the same rows, and how much memory each needs."""
    table = make_table(count)
    before = _settled()
    started = time.perf_counter()
    groups = Catalogue(Records(groups=make_groups()), version=f"{count} rows")
    store = Store(duckdb_engine(table), groups)
    seconds = time.perf_counter() - started
    after = _settled()
    frame = table.drop_columns(list(_UNUSED)).to_pandas()
    for name in ("date_start", "date_end"):
        frame[name] = pd.to_datetime(frame[name])
    size = int(frame.memory_usage(deep=True).sum()) / count
    text = f"loaded in {milliseconds([seconds])}"
    # With few rows the engine's own memory hides theirs.
    if before is not None and after is not None and count >= _ENOUGH_TO_WEIGH:
        text += (
            f"; memory a record: store {(after - before) / count:,.0f} bytes with all "
            f"{len(table.column_names)} columns, pandas {size:,.0f} bytes with the "
            f"{len(frame.columns)} that the questions need"
        )
    return store, frame, text


def _settled() -> int | None:
    gc.collect()
    pa.default_memory_pool().release_unused()
    return memory_bytes()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time of the store's answers, against pandas.")
    parser.add_argument("--large", action="store_true", help=f"also {LARGE:,} rows")
    parser.add_argument("--rows", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--write", action="store_true", help="put the tables into results.md")
    options = parser.parse_args(arguments)
    machine = describe_machine("duckdb", "ibis-framework", "pandas", "pyarrow")
    print(machine)
    written = [f"{machine}."]
    for count in (*options.rows, *((LARGE,) if options.large else ())):
        store, frame, text = open_both(count)
        print(f"\n{count:,} rows, {text}")
        rows = [compare(question) for question in questions(store, frame)]
        head = f"{count:,} rows", "store", "pandas", "store is faster by"
        print_table(head, rows)
        written += ["", f"{count:,} rows, {text}.", "", *table_lines(head, rows)]
        del store, frame
    if options.write:
        write_section("store.py", written)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How views over Spark grow with the rows: the cube, files that are near, and the cluster itself.

Run as `python benchmarks/spark_growth.py 1000000 5000000 20000000`. The rows are a million made-up
ones, each so many times with another day, type and place nearby, in the order of the curve. The
server holds no columns, as beyond ten million rows, whatever their number. A walk of views is
asked as the map asks them: with a margin, in whole cells, half of them with a filter. Views that
the cluster is asked, mostly for a region that is then known, are counted and timed apart. The
cluster is that of the tests, a master with two workers on this machine.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median, quantiles
from typing import Any

import numpy as np
import pyarrow as pa
from report import describe_machine, print_table
from servers import ROOT
from synthetic import make_groups, make_table

sys.path.insert(0, str(ROOT / "tests"))

import spark

from geodata import Filter, Records, Store
from geodata.engines import EngineAddress, open_engine, opening, push
from geodata.engines.spark import folder as folder_of
from geodata.engines.spark.sessions import Sessions
from geodata.geodesy import WORLD_BITS, MercatorBox, project
from geodata.queries import EVENT_TYPES, SCHEMA, Catalogue

_BASE = 1_000_000
_AT_ONCE = 10_000
_STEPS = 300
_SIZE_PX = (1280, 800)
_PAD = 0.35
_NEAR_UNITS = 1 << 14  # some 300 m
_PLACES = ((69.2, 34.5), (71.6, 34.0), (66.9, 30.2), (68.8, 38.5), (57.1, 30.3), (62.2, 34.3))


class _Rows(Catalogue):
    """Rows without records."""

    def __init__(self, times: int) -> None:
        super().__init__(Records(groups=make_groups()), version=f"times {times}")
        self._base, self._times = make_table(_BASE), times

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield an id for each."""
        yield from ((f"{number}", "{}") for number in range(_BASE * self._times))

    def batches_of_rows(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows in the order of the curve."""
        chance = np.random.default_rng(7)
        for batch in self._base.to_batches(_AT_ONCE // self._times + 1):
            again = np.repeat(np.arange(batch.num_rows), self._times)
            columns = {name: batch.column(name).take(pa.array(again)) for name in SCHEMA.names}
            size = len(again)
            types = chance.permutation(np.asarray(columns["main_type"]))
            days = np.asarray(columns["date_start"]) + chance.integers(-40, 40, size).astype(
                "m8[D]"
            )
            columns |= {
                "main_type": pa.array(types, pa.int32()),
                "type_bits": pa.array(np.int64(1) << types.astype(np.int64)),
                "date_start": pa.array(days),
                "date_end": pa.array(days),
                **{
                    name: pa.array(
                        np.asarray(columns[name]) + chance.integers(0, _NEAR_UNITS, size)
                    )
                    for name in ("x", "y")
                },
            }
            yield pa.RecordBatch.from_pydict(columns, schema=SCHEMA)


def _box(lon: float, lat: float, zoom: int) -> MercatorBox:
    """Return what a map asks for that shows a place in its middle."""
    units, tile = WORLD_BITS - 8 - zoom, WORLD_BITS - zoom
    edges = []
    for at, px in zip(project(lon, lat), _SIZE_PX, strict=True):
        reach = int(px * (0.5 + _PAD)) << units
        first, last = max(at - reach, 0) >> tile, -(-(at + reach) >> tile)
        edges.append((first << tile, min(last << tile, (1 << WORLD_BITS) - 1)))
    (x0, x1), (y0, y1) = edges
    return MercatorBox(x0, y0, x1, y1)


def _filter(chance: random.Random) -> Filter:
    year, month = chance.randint(2015, 2023), chance.randint(1, 12)
    period = {
        "start": date(year, month, 1),
        "end": date(year + chance.randint(0, 1), 12, 31),
    }
    types = {"event_types": tuple(chance.sample(EVENT_TYPES[:12], 2))}
    return Filter(**chance.choice(({}, {}, period, types, period | types)))


def walk(seed: int = 7) -> list[tuple[Filter, int, MercatorBox]]:
    """Return views as somebody sees them who pans, zooms and chooses periods and types."""
    chance = random.Random(seed)
    (lon, lat), zoom, chosen, steps = _PLACES[0], 2, Filter(), []
    while len(steps) < _STEPS:
        act, reach = chance.random(), 180 / 2**zoom
        if act < 0.5:
            lon = min(75.0, max(55.0, lon + chance.uniform(-reach, reach)))
            lat = min(42.0, max(24.0, lat + chance.uniform(-reach, reach) / 2))
        elif act < 0.75:
            zoom = min(17, max(2, zoom + chance.choice((-2, -1, 1, 1, 2))))
        elif act < 0.85:
            (lon, lat), zoom = chance.choice(_PLACES), chance.choice((2, 5, 8, 12, 15))
        else:
            chosen = _filter(chance)
        steps.append((chosen, zoom, _box(lon, lat, zoom)))
    return steps


class _Watched:
    """Sessions that say when the cluster is asked."""

    def __init__(self) -> None:
        self.is_asked = True
        self._ask: Any = Sessions.ask

    def __enter__(self) -> _Watched:
        watched = self

        def ask(sessions: Sessions, *given: Any) -> Any:
            watched.is_asked = True
            return watched._ask(sessions, *given)

        Sessions.ask = ask  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        Sessions.ask = self._ask  # type: ignore[method-assign]


def _timed(store: Store, watched: _Watched, steps: Sequence[Any]) -> Any:
    """Return clock and processor seconds of views, and of those that the cluster was asked for."""
    took, asked = [], []
    for step in steps:
        store.view.cache_clear()
        watched.is_asked = False
        begun, used = time.perf_counter(), time.process_time()
        store.view(*step)
        seconds = time.perf_counter() - begun, time.process_time() - used
        (asked if watched.is_asked else took).append(seconds)
    return took, asked


def measure(address: EngineAddress, count: int) -> tuple[str, ...]:
    """Push so many rows and return what is said of them."""
    rows = _Rows(count // _BASE)
    begun, counted = time.perf_counter(), []
    write = folder_of.write_cube

    def timed_cube(*given: Any) -> int:
        started = time.perf_counter()
        size = write(*given)
        counted.append((time.perf_counter() - started, size))
        return size

    folder_of.write_cube = timed_cube
    push(address, f"rows-{count}", rows.batches_of_rows(), rows)
    folder_of.write_cube = write
    pushed = time.perf_counter() - begun
    (cube_s, cube_rows) = counted[0]
    assert address.spark
    state = address.spark.folder / f"rows-{count}/state_1"
    size = sum(one.stat().st_size for one in (state / "cube").iterdir())
    opening.MOST_ROWS_HELD = 0
    parts = open_engine(address, [f"rows-{count}"])
    store = parts.store()
    assert parts.cube()
    assert store.own_types == ()  # What a server asks for once.
    with _Watched() as watched:
        steps = walk()
        took, asked = _timed(store, watched, steps)
    last = [quantiles([one[at] for one in took], n=20)[-1] for at in (0, 1)]
    middle = [median(one[at] for one in took) for at in (0, 1)]
    return (
        f"{count:,}",
        f"{pushed:,.0f} s",
        f"{cube_s:,.0f} s",
        f"{cube_rows:,}",
        f"{size / 1e6:,.1f} MB",
        f"{len(took) / len(steps):.0%}",
        *(
            f"{clock * 1_000:,.0f} ms ({processor * 1_000:,.0f})"
            for clock, processor in (middle, last)
        ),
        f"{median(one[0] for one in asked):,.1f} s" if asked else "–",
    )


def main(arguments: Sequence[str]) -> int:
    """Measure each size that is named."""
    print(describe_machine("duckdb", "pyspark"))
    head = (
        *("rows", "push", "of it the cube", "rows of the cube", "its file"),
        *("views without Spark", "p50 (processors)", "p95 (processors)", "a view that asks Spark"),
    )
    for text in arguments:
        with spark.running() as cluster:
            print_table(head, [measure(EngineAddress(cluster.url), int(text))])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How fast PostgreSQL or Spark answers what DuckDB is asked, and how both grow.

Run as `python benchmarks/engines.py [spark] [100000 1000000]`. Each question has a filter that was
not used before, so that no cache of the store answers; the database may have rows in memory. The
server is that of the tests, with its settings as Debian has them but for `fsync`; so is the
cluster, a master with two workers on this machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median

from made import write_dataset
from report import describe_machine, milliseconds, print_table
from servers import ROOT
from store import VIEWS
from synthetic import FIRST_DAY

sys.path.insert(0, str(ROOT / "tests"))

import spark
from postgres import running

from geodata import Filter, Store, read_records
from geodata.engines import EngineAddress, open_engine, push
from geodata.queries import MercatorBox
from geodata.workspace import open_parts

SIZES = (100_000, 1_000_000)
_REPEATS = 5
_PAGE = 100


def _view(zoom: int, box: MercatorBox) -> Callable[[Store, Filter], object]:
    return lambda store, chosen: store.view(chosen, zoom, box)


QUESTIONS: dict[str, Callable[[Store, Filter], object]] = {
    **{name: _view(zoom, box) for name, zoom, box in VIEWS},
    "summary: counts of all choices": lambda store, chosen: (
        store.totals(chosen),
        store.facets(chosen),
    ),
    "timeline": lambda store, chosen: store.spreads(
        chosen.without("start").matching(chosen.date_match)
    ),
    "page of the table": lambda store, chosen: store.sorted_ids(
        chosen, "start", down=True, limit=_PAGE
    ),
    "toll": lambda store, chosen: store.toll(chosen),
}


def timed(store: Store, ask: Callable[[Store, Filter], object], word: str) -> list[float]:
    """Return how long a question takes with filters that are new each time."""
    took = []
    for number in range(_REPEATS):
        start = FIRST_DAY + timedelta(days=40 * number + len(word))
        chosen = Filter(start=start, text=word, fatalities_min=number)
        begun = time.perf_counter()
        ask(store, chosen)
        took.append(time.perf_counter() - begun)
    return took


def measure(count: int, address: EngineAddress, folder: Path, engine: str) -> None:
    """Push so many incidents and print what both engines take."""
    write_dataset(folder / "made", count)
    parts = open_parts([folder / "made"], read_records)
    begun = time.perf_counter()
    push(address, f"made-{count}", parts.engine().batches(), parts.catalogue)
    pushed = time.perf_counter() - begun
    begun = time.perf_counter()
    in_engine = open_engine(address, [f"made-{count}"]).store()
    opened = time.perf_counter() - begun
    in_duckdb = parts.store()
    rows = []
    for word in ("", "peshawar"):
        for name, ask in QUESTIONS.items():
            ask(in_duckdb, Filter())  # Its columns are held from the first question on.
            ours, theirs = (timed(one, ask, word) for one in (in_duckdb, in_engine))
            ratio = f"{median(theirs) / median(ours):,.1f}"
            named = f"{name}, a word" if word else name
            rows.append((named, milliseconds(ours), milliseconds(theirs), ratio))
    print(f"\n{count:,} incidents: pushed in {pushed:,.0f} s, opened in {opened:.2f} s\n")
    print_table(("question", "DuckDB", engine, "times"), rows)


def main(arguments: Sequence[str]) -> int:
    """Measure each size that is named, or all."""
    is_spark = "spark" in arguments
    engine, module = ("Spark", "pyspark") if is_spark else ("PostgreSQL", "psycopg")
    sizes = [int(one) for one in arguments if one != "spark"] or SIZES
    print(describe_machine("duckdb", module))
    with spark.running() if is_spark else running() as server:
        for count in sizes:
            with tempfile.TemporaryDirectory() as folder:
                measure(count, EngineAddress(server.url), Path(folder), engine)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How very many records are imported, open and answer: a walk over the map, sums, a part's export.

Run as `python benchmarks/datasets.py --rows 100000 1000000` (`--write` puts the table into
results.md). Its data are made in a folder that goes at the end; each dataset is measured in a
process of its own. CPU time is that of all threads and of helpers, and says more than the clock
where other work runs beside. `--imported 1000000` imports a million rows of ACLED in place of a
few.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from made import made_up
from report import (
    describe_machine,
    memory_bytes,
    milliseconds,
    print_table,
    table_lines,
    write_section,
)
from synthetic import FIRST_DAY

from geodata import Filter, Store, read_records
from geodata.geodesy import WORLD_BITS, MercatorBox, project
from geodata.queries.expressions import ORDERS
from geodata.workspace import open_parts
from mapview.cli.__main__ import main as command
from mapview.exports import EXPORTS
from mapview.layer.payloads import view_payload
from mapview.outgoing import prepare_export
from mapview.web.stage import rows_payload, summary_payload

_STEPS = 200
_USERS = 8
_WALKED_AT_ONCE = 50
# A word for each day that is asked for, since what has been found once stays.
_SOUGHT = ("", "peshawar", "quetta", "school", "convoy", "bridge", "kabul", "mosque")
_IMPORTED = 15_000
_COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type "
    "actor1 actor2 inter1 inter2 iso country admin1 location latitude longitude "
    "geo_precision source notes fatalities"
)
_PAGE = 100
_SIZE_PX = (1280, 800)
_PLACES = ((69.2, 34.5), (71.6, 34.0), (66.9, 30.2), (68.8, 38.5), (57.1, 30.3), (62.2, 34.3))
_FILTERS = (
    "", "from=2018", "from=2019-03-01&to=2020-08-31", "country=AF", "type=bombing", "q=market",
    "status=disputed&country=PK", "group=group-03", "deaths_min=5", "when=certain&from=2020",
)  # fmt: skip


def walk(seed: int = 7) -> list[tuple[Filter, int, MercatorBox]]:
    """Return views as somebody sees them who goes from the world to streets, and filters."""
    chance = random.Random(seed)
    (lon, lat), zoom, chosen, steps = _PLACES[0], 2, Filter(), []
    for _ in range(_STEPS):
        act = chance.random()
        if act < 0.4:
            reach = 180 / 2**zoom
            lon, lat = lon + chance.uniform(-reach, reach), lat + chance.uniform(-reach, reach) / 2
            lon, lat = min(75.0, max(55.0, lon)), min(42.0, max(24.0, lat))
        elif act < 0.7:
            zoom = min(17, max(2, zoom + chance.choice((-2, -1, 1, 1, 2, 3))))
        elif act < 0.8:
            (lon, lat), zoom = chance.choice(_PLACES), chance.choice((2, 5, 8, 12, 15))
        else:
            day = f"2015-01-{chance.randint(1, 28):02d}"
            chosen = Filter.from_query(chance.choice(_FILTERS))
            # No two are alike, so that no answer is kept from before.
            chosen = (
                chosen if chosen.start else Filter.from_query(f"{chosen.to_query()}&from={day}")
            )
        x, y = project(lon, lat)
        half = [px << (WORLD_BITS - 8 - zoom) for px in _SIZE_PX]
        side = (1 << WORLD_BITS) - 1
        box = MercatorBox(
            max(0, x - half[0]), max(0, y - half[1]), min(side, x + half[0]), min(side, y + half[1])
        )
        steps.append((chosen, zoom, box))
    return steps


def timed(ask: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds that went by, and those of processors, of helpers that ended too."""
    started, used = time.perf_counter(), _used()
    ask()
    return time.perf_counter() - started, _used() - used


def _used() -> float:
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def measure(folder: Path, out: Path, rows: int) -> dict[str, Any]:
    """Measure one dataset in this process."""
    before = memory_bytes() or 0
    opened = timed(lambda: store_of.append(open_parts([folder], read_records).store()))
    store = store_of[0]
    found: dict[str, Any] = {"open": opened, "open_mb": ((memory_bytes() or 0) - before) / 1e6}
    store.view(Filter(), 2, MercatorBox(0, 0, 1, 1))
    found["again"] = timed(lambda: open_parts([folder], read_records).store())
    # As a server of more than some thousand does at its start.
    found["held"] = timed(store.hold_points)
    found["view"] = [
        timed(lambda step=step: json.dumps(view_payload(store.view(*step), store)))
        for step in walk()
    ]
    days = [f"2015-02-{day:02d}" for day in range(1, 8)]
    summary_payload(Filter(), store)
    for name, ask in questions(store).items():
        found[name] = [timed(lambda day=day, ask=ask: ask(f"from={day}")) for day in days]
    found["asked_mb"] = ((memory_bytes() or 0) - before) / 1e6
    found["crowd"] = at_once(store)
    chosen = Filter.from_query("country=TJ")
    found["exported"] = store.totals(chosen).shown
    for ending in ("geojson", "csv"):
        target, given = out / f"some.{ending}", prepare_export(store, chosen)
        found[ending] = timed(lambda e=ending, t=target, g=given: EXPORTS[e].save(t, *g))
    found["exported_mb"] = ((memory_bytes() or 0) - before) / 1e6
    if rows:
        write_rows(out / "rows.csv", rows)
        found["imported"], found["import"] = rows, timed(lambda: imported(out))
    return found


def at_once(store: Store) -> list[tuple[float, float]]:
    """Return how long each view takes of several users who walk at once."""

    def go(seed: int) -> list[tuple[float, float]]:
        steps = walk(seed)[:50]
        return [
            timed(lambda s=step: json.dumps(view_payload(store.view(*s), store))) for step in steps
        ]

    with ThreadPoolExecutor(_USERS) as users:
        return [one for some in users.map(go, range(100, 100 + _USERS)) for one in some]


def write_rows(path: Path, count: int) -> None:
    """Write rows as ACLED gives them."""
    chance = random.Random(7)
    towns = [(f"Town {n}", chance.uniform(64, 69), chance.uniform(33, 36)) for n in range(3_000)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(_COLUMNS.split())
        for number in range(count):
            day = FIRST_DAY + timedelta(chance.randrange(3_650))
            town, lon, lat = chance.choice(towns)
            rows.writerow([
                f"AFG{number}", day, day.year, chance.choice((1, 1, 1, 2, 3)), "Political violence",
                "Battles", "Armed clash", f"Group {chance.randrange(300)}",
                f"Group {chance.randrange(300)}", 2, 3, 4, "Afghanistan", "Kabul", town,
                f"{lat:.4f}", f"{lon:.4f}", chance.choice((1, 1, 2, 3)),
                f"Paper {chance.randrange(200)}", f"Two groups fought in {town}. " * 5,
                chance.choice((0, 0, 1, 2, 5)),
            ])  # fmt: skip


def imported(folder: Path) -> None:
    """Import them."""
    options = ["--into", "rows", "--workspace", str(folder / "own"), "--licence-held"]
    with redirect_stdout(StringIO()):
        command(["import", str(folder / "rows.csv"), *options])


store_of: list[Store] = []
_SAID = (
    "Made-up incidents in columns; processor time, in brackets, is that of all threads. Other",
    "numbers of rows stand under `benchmarks/growth.py` below.",
)


def questions(store: Store) -> dict[str, Callable[[str], Any]]:
    """Return what is asked beside views, by name; each takes a filter never asked before."""
    asked: dict[str, Callable[[str], Any]] = {
        "summary": lambda text: summary_payload(Filter.from_query(text), store),
        "bars": lambda text: store.spreads(Filter.from_query(f"{text}&deaths_min={text[-2:]}")),
        "text search": lambda text: store.totals(
            Filter.from_query(f"{text}&q={_SOUGHT[int(text[-2:])]}")
        ),
        "toll": lambda text: store.toll(Filter.from_query(text)),
        "a record": lambda text: store.incident(f"made-up:{int(text[-2:]) * 997}"),
    }
    for column in ORDERS:
        asked[f"page by {column}"] = lambda text, column=column: rows_payload(
            store, Filter.from_query(text), column, down=True, limit=_PAGE
        )
    return asked


def in_process(folder: Path, out: Path, imported: int) -> dict[str, Any]:
    command = [
        sys.executable, __file__, "--measure", str(folder), "--out", str(out),
        "--imported", str(imported),
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _lines(found: dict[str, Any]) -> list[tuple[str, str]]:
    def both(*times: Sequence[float]) -> str:
        clock, processors = (milliseconds([one[at] for one in times]) for at in (0, 1))
        return f"{clock} ({processors})"

    last = [quantiles([one[at] for one in found["view"]], n=20)[-1] for at in (0, 1)]
    return [
        ("open", both(found["open"])),
        ("open once more", both(found["again"])),
        ("points held ahead", both(found["held"])),
        ("memory opened", f"{found['open_mb']:,.0f} MB"),
        ("view, p50 of the walk", both(*found["view"])),
        ("view, p95 of the walk", both(last)),
        *((name, both(*found[name])) for name in questions(None)),  # type: ignore[arg-type]
        ("memory after all", f"{found['asked_mb']:,.0f} MB"),
        *(
            (f"export {one}, a record", both([part / found["exported"] for part in found[one]]))
            for one in ("geojson", "csv")
        ),
        ("memory after exports", f"{found['exported_mb']:,.0f} MB"),
        (f"view of {_USERS} users at once, p50", milliseconds([one[0] for one in found["crowd"]])),
        (
            f"view of {_USERS} users at once, p95",
            milliseconds([quantiles([one[0] for one in found["crowd"]], n=20)[-1]]),
        ),
        (
            "import of ACLED rows, a row",
            both([part / found["imported"] for part in found["import"]])
            if "import" in found
            else "",
        ),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How datasets of many records answer.")
    parser.add_argument("--rows", type=int, nargs="+", default=[5_000, 1_000_000])
    parser.add_argument("--imported", type=int, default=_IMPORTED, help="rows of ACLED to import")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help="put the table into results.md")
    options = parser.parse_args(arguments)
    if options.measure:
        print(json.dumps(measure(options.measure, options.out, options.imported)))
        return 0
    machine = describe_machine("duckdb", "ibis-framework", "pyarrow")
    columns = []
    with TemporaryDirectory() as temporary:
        for count in options.rows:
            # What is imported has nothing to do with the rows, so once is enough.
            imported = 0 if columns else options.imported
            dataset = made_up(count, Path(temporary))
            columns.append(_lines(in_process(dataset, Path(temporary), imported)))
    names = [name for name, _ in columns[0]]
    rows = [(name, *(column[at][1] for column in columns)) for at, name in enumerate(names)]
    head = ("clock (processors)", *(f"{count:,} rows" for count in options.rows))
    print(machine)
    print_table(head, rows)
    if options.write:
        told = [f"{machine}.", *_SAID, "", *table_lines(head, rows)]
        write_section("datasets.py", told)
    return 0


if __name__ == "__main__":
    sys.exit(main())

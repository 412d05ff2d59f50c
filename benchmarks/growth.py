"""How the cost of a dataset grows with its rows: one table, and one plot of it.

Run as `python benchmarks/growth.py` (`--write` puts both into the folder of the benchmarks,
`--large` adds 5 million rows). Each size is measured in a process of its own, in processor time of
all threads. What was written is kept in `growth.json`, so that a size that takes long is told
beside the others from the run in which it was measured last.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from datasets import timed, walk
from exports import peak
from made import dataset_folder, write_dataset
from report import describe_machine, memory_bytes, print_table, table_lines, write_section

from geodata import Filter, read_records
from geodata.workspace import open_parts
from mapview.exports import EXPORTS
from mapview.layer.payloads import view_payload
from mapview.outgoing import prepare_export
from mapview.web.stage import rows_payload, summary_payload

SIZES = (10_000, 100_000, 1_000_000)
LARGE = 5_000_000
_STEPS = 60
_TIMES = 5
_PAGE = 100
_PICTURE = Path(__file__).with_name("growth.svg")
_KEPT = Path(__file__).with_name("growth.json")
# What is measured, its unit, and whether it is drawn.
_COSTS = {
    "load of the machine": "",
    "making the dataset": "s",
    "on the disk": "MB",
    "open": "ms",
    "memory opened": "MB",
    "first summary": "ms",
    "summary": "ms",
    "view, median of a walk": "ms",
    "view, longest of a walk": "ms",
    "first page by title": "ms",
    "page": "ms",
    "a record": "ms",
    "memory after these": "MB",
    "export of all as GeoJSON, a record": "µs",
    "export of all as CSV, a record": "µs",
    "memory of an export over idle": "MB",
}
_DRAWN = ("open", "summary", "view, median of a walk", "page", "first page by title", "a record")


def measure(folder: Path, out: Path) -> dict[str, float]:
    """Measure one dataset in this process."""
    before = memory_bytes() or 0
    parts: list[Any] = []
    found = {
        "open": _milli(timed(lambda: parts.append(open_parts([folder], read_records).store())))
    }
    store = parts[0]
    found["memory opened"] = ((memory_bytes() or 0) - before) / 1e6
    found["first summary"] = _milli(timed(lambda: summary_payload(Filter(), store)))
    days = [Filter.from_query(f"from=2015-02-{day:02d}") for day in range(1, _TIMES + 1)]
    found["summary"] = _median(timed(lambda f=one: summary_payload(f, store)) for one in days)
    views = [
        _milli(timed(lambda s=step: json.dumps(view_payload(store.view(*s), store))))
        for step in walk()[:_STEPS]
    ]
    found["view, median of a walk"] = median(views)
    found["view, longest of a walk"] = max(views)
    for name, column in (("first page by title", "title"), ("page", "start")):
        asked = days[:1] if column == "title" else days
        found[name] = _median(
            timed(lambda f=one, c=column: rows_payload(store, f, c, down=True, limit=_PAGE))
            for one in asked
        )
    found["a record"] = _median(
        timed(lambda n=number: store.incident(f"made-up:{n * 997}")) for number in range(1, 8)
    )
    found["memory after these"] = ((memory_bytes() or 0) - before) / 1e6
    count = store.all_incidents
    with peak() as most:
        for ending, name in (("geojson", "GeoJSON"), ("csv", "CSV")):
            target = out / f"all.{ending}"
            taken = timed(
                lambda t=target, e=ending: EXPORTS[e].save(t, *prepare_export(store, Filter()))
            )
            found[f"export of all as {name}, a record"] = taken[1] / count * 1e6
            target.unlink()
    found["memory of an export over idle"] = most[0]
    found["on the disk"] = sum(one.stat().st_size for one in folder.iterdir()) / 1e6
    return found


def _milli(times: tuple[float, float]) -> float:
    return times[1] * 1_000


def _median(times: Any) -> float:
    return median(map(_milli, times))


def in_process(folder: Path, out: Path) -> dict[str, float]:
    """Measure a dataset in a process of its own."""
    command = [sys.executable, __file__, "--measure", str(folder), "--out", str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def lines(found: dict[int, dict[str, float]]) -> list[tuple[str, ...]]:
    """Return the rows of the table, with what the largest costs over the smallest."""
    rows = []
    for name, unit in _COSTS.items():
        cells = [one.get(name) for one in found.values()]
        known = [cell for cell in cells if cell is not None]
        times = 0 if not unit else known[-1] / known[0] if len(known) > 1 and known[0] > 0 else 0
        grown = f"{times:,.0f}" if times >= 10 else f"{times:.2g}" if times else ""
        told = ("" if cell is None else _told(cell, unit) for cell in cells)
        rows.append((name, *told, grown))
    return rows


def _told(value: float, unit: str) -> str:
    return (f"{value:,.0f} {unit}" if value >= 10 else f"{value:.2g} {unit}").strip()


def draw(found: dict[int, dict[str, float]], path: Path) -> None:
    """Draw processor time over rows; both axes by powers of ten."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "mapview", "svg.fonttype": "none"})
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4.4), layout="constrained")
    axes = figure.subplots()
    for name in _DRAWN:
        values = [max(one[name], 0.01) for one in found.values()]
        axes.loglog(list(found), values, marker="o", label=name)
    axes.set(xlabel="incidents", ylabel="processor time, ms", xticks=list(found))
    axes.set_xticks(list(found), [f"{one:,}" for one in found])
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    figure.legend(loc="outside right upper", fontsize=8)
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(description="How the cost of a dataset grows with its rows.")
    parser.add_argument("--rows", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--write", action="store_true", help="put table and plot into their files")
    parser.add_argument("--large", action="store_true", help=f"also {LARGE:,} rows")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        print(json.dumps(measure(options.measure, options.out)))
        return 0
    started = time.monotonic()
    machine = describe_machine("duckdb", "ibis-framework", "pyarrow")
    found: dict[int, dict[str, float]] = {}
    with TemporaryDirectory() as temporary:
        for count in (*options.rows, *((LARGE,) if options.large else ())):
            found[count] = {"load of the machine": os.getloadavg()[0]}
            folder = dataset_folder(count, Path(temporary))
            if not folder.exists():
                taken = timed(lambda f=folder, n=count: write_dataset(f, n))
                found[count]["making the dataset"] = taken[1]
            found[count] |= in_process(folder, Path(temporary))
    if options.write:
        found = keep(found)
    head = ("processor time", *(f"{one:,} rows" for one in found), "last to first")
    print(machine + "\n")
    print_table(head, lines(found))
    print(f"\n{time.monotonic() - started:,.0f} s")
    if options.write:
        draw(found, _PICTURE)
        picture = f"![Processor time by the number of incidents]({_PICTURE.name})"
        told = [machine + ".", "", *table_lines(head, lines(found)), "", picture]
        write_section("growth.py", told)
    return 0


def keep(found: dict[int, dict[str, float]]) -> dict[int, dict[str, float]]:
    """Keep what was measured, and return it with the sizes that were measured before."""
    before = json.loads(_KEPT.read_text("utf-8")) if _KEPT.exists() else {}
    every = {int(count): costs for count, costs in before.items()}
    # What others have made already was not made anew.
    every |= {count: every.get(count, {}) | costs for count, costs in found.items()}
    every = {
        count: {name: float(f"{cost:.4g}") for name, cost in costs.items()}
        for count, costs in sorted(every.items())
    }
    _KEPT.write_text(json.dumps(every, indent=1) + "\n", "utf-8")
    return every


if __name__ == "__main__":
    sys.exit(main())

"""What an export of a dataset takes, against the usual way with the same columns in the same run.

Run as `python benchmarks/exports.py` (`--write` puts it into results.md). The usual way is a
GeoDataFrame that is in memory already, with every column of our GeoJSON, lists among them (claims,
sources, parties) as JSON text; ours are read from the disk. It has fewer records, since those are
made one by one, and so have the formats that copy nothing; times are for each record. Processor
time is that of all threads. Each format has a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from datasets import timed
from made import made_up
from report import describe_machine, memory_bytes, print_table, table_lines, write_section

from geodata import Filter, Store, read_records
from geodata.formats.geodataframe import to_geodataframe
from geodata.records import compact
from geodata.workspace import open_parts
from mapview.exports import EXPORTS
from mapview.outgoing import prepare_export

ROWS = 100_000
# So many are in a frame, and in what is made record by record.
_FEW = 10_000
_TIMES = 3
# What a dataset keeps for these is copied.
_COPIED = ("geojson", "csv", "parquet")
_MADE = tuple(one for one in EXPORTS if one not in _COPIED)
# Ours, and the ways that others have to write the same.
_HELD_AGAINST = {
    "geojson": ("GeoDataFrame.to_file", "GeoDataFrame.to_json"),
    "csv": ("GeoDataFrame.to_csv",),
    "parquet": ("GeoDataFrame.to_parquet",),
}
_USUAL = "usual"
_PART = Filter.from_query("country=TJ")
_HEAD = ("a record, of a processor (clock)", "time", "over idle", "file")


def ours(folder: Path, out: Path, ending: str) -> dict[str, Any]:
    """Export all and a part in a format; the first counts by itself."""
    store = open_parts([folder], read_records).store()
    found: dict[str, Any] = {"rows": store.all_incidents, "part": store.totals(_PART).shown}
    times = _TIMES if ending in _COPIED else 1
    with peak() as most:
        found[ending] = [export(store, out, ending, Filter()) for _ in range(times)]
    found[f"{ending} memory"] = most[0]
    found[f"{ending} size"] = (out / f"ours.{ending}").stat().st_size
    found[f"{ending} part"] = export(store, out, ending, _PART)
    return found


def export(store: Store, out: Path, ending: str, chosen: Filter) -> tuple[float, float]:
    """Return the seconds that an export takes."""
    target = out / f"ours.{ending}"
    return timed(lambda: EXPORTS[ending].save(target, *prepare_export(store, chosen)))


def usual(folder: Path, out: Path) -> dict[str, Any]:
    """Write the same records from a GeoDataFrame."""
    frame = to_geodataframe(open_parts([folder], read_records).store().everything())
    for name in frame.columns.drop("geometry"):
        if frame[name].map(lambda value: isinstance(value, list | dict | tuple)).any():
            frame[name] = [compact(value) for value in frame[name]]
    target = out / "usual"
    ways = {
        "GeoDataFrame.to_file": lambda: frame.to_file(target, driver="GeoJSON"),
        "GeoDataFrame.to_json": lambda: target.write_text(frame.to_json(), encoding="utf-8"),
        "GeoDataFrame.to_csv": lambda: frame.to_csv(target),
        "GeoDataFrame.to_parquet": lambda: frame.to_parquet(target, compression="zstd"),
    }
    found: dict[str, Any] = {"rows": len(frame), "columns": len(frame.columns)}
    for name, write in ways.items():
        with peak() as most:
            found[name] = [timed(write) for _ in range(_TIMES)]
        found[f"{name} memory"] = most[0]
        found[f"{name} size"] = target.stat().st_size
        target.unlink()
    return found


@contextmanager
def peak() -> Iterator[list[float]]:
    """Give a list that holds, in the end, the megabytes above those at the beginning."""
    before, most, ended = memory_bytes() or 0, [0.0], threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            most[0] = max(most[0], ((memory_bytes() or 0) - before) / 1e6)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield most
    finally:
        ended.set()
        looking.join()


def lines(
    many: dict[str, Any], few: dict[str, Any], others: dict[str, Any]
) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    rows = []
    for ending, ways in _HELD_AGAINST.items():
        first, *again = many[ending]
        rows.append(_row(f"{ending}, the first", [first], many, ending))
        rows.append(_row(f"{ending}, the next", again, many, ending))
        mine = median(one[1] for one in many[ending]) / many["rows"]
        part = many[f"{ending} part"][1] / max(many["part"], 1)
        rows.append((f"{ending}, {many['part']:,} of them", _micro(part), "", ""))
        for way in ways:
            theirs = median(one[1] for one in others[way]) / others["rows"]
            name = f"{way}: {theirs / mine:.2g} times as long"
            rows.append(_row(name, others[way], others, way))
    rows += [_row(f"{one}, {_FEW:,} records", few[one], few, one) for one in _MADE if one in few]
    return rows


def _row(
    name: str, times: Sequence[Sequence[float]], found: dict[str, Any], kind: str
) -> tuple[str, ...]:
    clock, processor = (median(one[at] for one in times) / found["rows"] for at in (0, 1))
    return (
        name, f"{_micro(processor)} ({_micro(clock)})",
        f"{found[f'{kind} memory']:,.0f} MB", f"{found[f'{kind} size'] / 1e6:,.0f} MB",
    )  # fmt: skip


def _micro(seconds: float) -> str:
    return f"{seconds * 1e6:.1f} µs"


def all_of(endings: Iterable[str], folder: Path, out: Path) -> dict[str, Any]:
    """Measure some of our formats."""
    found: dict[str, Any] = {}
    for one in endings:
        found |= in_process(one, folder, out)
    return found


def in_process(kind: str, folder: Path, out: Path) -> dict[str, Any]:
    """Measure a format of ours, or the usual way, in a process of its own."""
    command = [
        sys.executable,
        __file__,
        "--measure",
        kind,
        "--data",
        str(folder),
        "--out",
        str(out),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What an export of a dataset takes.")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--write", action="store_true", help="put the table into results.md")
    parser.add_argument(
        "--copied", action="store_true", help="leave out the formats that copy nothing"
    )
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--measure", choices=(*EXPORTS, _USUAL), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        where = options.data, options.out
        is_usual = options.measure == _USUAL
        print(json.dumps(usual(*where) if is_usual else ours(*where, options.measure)))
        return 0
    if options.rows <= _FEW:
        parser.error(f"rows must be more than {_FEW:,}, got {options.rows:,}")
    started = time.monotonic()
    machine = describe_machine("duckdb", "geopandas", "pyogrio", "pyarrow")
    with TemporaryDirectory() as temporary:
        out = Path(temporary)
        many, few = (made_up(count, out) for count in (options.rows, _FEW))
        found, made = all_of(_COPIED, many, out), all_of(() if options.copied else _MADE, few, out)
        others = in_process(_USUAL, few, out)
    rows = lines(found, made, others)
    title = (
        f"{found['rows']:,} records (the usual way and what copies nothing {_FEW:,}), "
        f"{others['columns']} columns; {machine}."
    )
    print(title + "\n")
    print_table(_HEAD, rows)
    print(f"\n{time.monotonic() - started:,.0f} s")
    if options.write:
        write_section("exports.py", [title, "", *table_lines(_HEAD, rows)])
    return 0


if __name__ == "__main__":
    sys.exit(main())

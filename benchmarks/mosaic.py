"""A period that is dragged over a map of very many, beside Mosaic's pre-aggregation of it.

Run as `python benchmarks/mosaic.py [--rows 1000000] [--write]`. Mosaic's own coordinator, from npm,
says what its charts would ask; the same DuckDB as ours answers over the same rows. On both sides
a step is timed until its answer is there to be drawn: of Mosaic as Arrow that was read, of ours
as the JSON that is sent.
"""

from __future__ import annotations

import argparse
import json
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import duckdb
import pyarrow as pa
from made import made_up
from others import install_scripts
from report import describe_machine, milliseconds, print_table, table_lines, write_section

from geodata import Filter, read_records
from geodata.geodesy import WORLD_BITS, MercatorBox
from geodata.queries import Store
from geodata.queries.asked import cell_shift
from geodata.workspace import open_parts
from mapview.layer.payloads import view_payload

_PINNED = Path(__file__).parent / "compared/mosaic"
_ZOOM = 4
_STEPS = 60
_BRUSH_PX = 900
_SIDE = 2**WORLD_BITS - 1
_WORLD = MercatorBox(0, 0, _SIDE, _SIDE)
_EPOCH = date(2000, 1, 1)
_ROWS = f"""
    create table rows as select x, y, main_type as kind,
        date_diff('day', date '{_EPOCH}', date_start)::int as day
    from read_parquet(?) where is_mappable
"""  # noqa: S608 - nothing from outside
_HEAD = ("a step of a period that is dragged", "median", "p95", "the first")


def mosaic(folder: Path, scratch: Path) -> tuple[list[float], int, int]:
    """Return the seconds of Mosaic's steps, and the first and last day."""
    shutil.copytree(_PINNED, scratch / "mosaic")
    install_scripts(scratch / "mosaic")
    with duckdb.connect() as rows:
        rows.execute(_ROWS, [str(folder / "incidents.parquet")])
        first, last = rows.execute("select min(day), max(day) from rows").fetchone() or (0, 0)
        cell = 1 << cell_shift(_ZOOM)
        asked = [str(one) for one in (first, last, cell, _STEPS, _BRUSH_PX)]
        node = [str(Path(sys.executable).with_name("node")), "brush.mjs", *asked]
        with subprocess.Popen(
            node, cwd=scratch / "mosaic", stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as program:
            told = dict(_answered(program, rows))
    if not told.get("counted"):
        raise RuntimeError(f"Mosaic must have counted, got {told}")
    return told["seconds"], first, last


def _answered(
    program: subprocess.Popen[bytes], rows: duckdb.DuckDBPyConnection
) -> Iterator[tuple[str, Any]]:
    """Answer what it asks; yield what it says in the end."""
    assert program.stdin
    assert program.stdout
    for line in program.stdout:
        word = json.loads(line)
        if "sql" not in word:
            yield from word.items()
            continue
        answer = b""
        if word["type"] == "exec":
            rows.execute(word["sql"])
        else:
            found, sink = rows.execute(word["sql"]).to_arrow_table(), pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, found.schema) as stream:
                stream.write_table(found)
            answer = sink.getvalue().to_pybytes()
        program.stdin.write(struct.pack("<I", len(answer)) + answer)
        program.stdin.flush()


def ours(store: Store, first: int, last: int) -> list[float]:
    """Return the seconds of the same steps of ours."""
    half, seconds = round((last - first) / 2), []
    for step in range(_STEPS):
        start = first + round(half * step / _STEPS)
        begun = time.perf_counter()
        chosen = Filter(
            start=_EPOCH + timedelta(days=start), end=_EPOCH + timedelta(days=start + half)
        )
        json.dumps(view_payload(store.view(chosen, _ZOOM, _WORLD), store))
        seconds.append(time.perf_counter() - begun)
    return seconds


def _row(name: str, seconds: list[float]) -> tuple[str, str, str, str]:
    first, *others = seconds
    last = quantiles(others, n=20)[-1]
    return name, milliseconds(others), milliseconds([last]), milliseconds([first])


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A dragged period, beside Mosaic's.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--data", type=Path, help="a dataset that is there, in place of one made")
    parser.add_argument("--write", action="store_true", help="put the table into results.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mapview-") as folder:
        scratch = Path(folder)
        data = given.data or made_up(given.rows, scratch)
        machine = describe_machine("duckdb", "pyarrow")
        store = open_parts([data], read_records).store()
        store.view(Filter(), _ZOOM, _WORLD)
        theirs, first, last = mosaic(data, scratch)
        rows = [
            _row("Mosaic 0.32, pre-aggregated by the first", theirs),
            _row("ours, what certainly and what may fit", ours(store, first, last)),
        ]
    print(machine)
    print_table(_HEAD, rows)
    if given.write:
        write_section("mosaic.py", [machine, "", *table_lines(_HEAD, rows)])
    return 0


if __name__ == "__main__":
    sys.exit(main())

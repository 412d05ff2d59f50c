"""All benchmarks one after the other, within 25 minutes, over datasets that are made once.

Run as `python benchmarks/run_all.py`, which writes `results.md`; `--quick` measures a little in two
minutes and writes nothing. What has not ended in its time is ended, and the table of this run says
so; what stands in its section is then of the run before.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from made import SHARED_VARIABLE
from report import describe_machine, print_table, table_lines, write_section
from servers import end_cleanly, end_with_all

MOST_S = 25 * 60
MOST_QUICK_S = 2 * 60
# What is run, and after how many seconds it is ended; on a quiet machine each takes half of it.
SCRIPTS = (
    ("growth.py", 240),
    ("datasets.py", 240),
    ("million.py", 300),
    ("stage.py", 300),
    ("maps.py", 600),
    ("store.py", 120),
    ("mosaic.py", 120),
    ("exports.py", 300),
    ("own.py", 180),
    ("briefings.py", 360),
)
QUICK = (
    ("store.py --rows 5000 100000", 60),
    ("exports.py --rows 30000 --copied", 90),
    ("growth.py --rows 10000 100000", 90),
)
_HEAD = ("", "by the clock", "load after it")


def run(script: str, most_s: float, shared: Path) -> tuple[str, str, str]:
    """Run a benchmark for so many seconds at most.

    Args:
        script: Its name and arguments.
        most_s: When it is ended, with all that it has started.
        shared: Where datasets are found and made.

    Returns:
        A row of the table.
    """
    name, *arguments = script.split()
    told = "not begun, for want of time"
    if most_s > 0:
        print(f"\n## {script}\n", flush=True)
        began = time.monotonic()
        child = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name(name)), *arguments],
            env={**os.environ, SHARED_VARIABLE: str(shared)},
        )
        try:
            status = child.wait(most_s)
            took = time.monotonic() - began
            told = f"{took:,.0f} s" if not status else f"failed after {took:,.0f} s"
        except subprocess.TimeoutExpired:
            told = f"not within {most_s:,.0f} s"
        finally:
            if child.poll() is None:
                end_with_all(child.pid)
            child.wait()
    return f"`{script}`", told, f"{os.getloadavg()[0]:.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all; 0 when none has failed."""
    parser = argparse.ArgumentParser(description="All benchmarks, within 25 minutes.")
    parser.add_argument("--quick", action="store_true", help="a little of it, and write nothing")
    options = parser.parse_args(arguments)
    end_cleanly()
    machine, rows, began = describe_machine("duckdb"), [], time.monotonic()
    most = MOST_QUICK_S if options.quick else MOST_S
    with TemporaryDirectory(prefix="mapview-benchmark-") as folder:
        for script, seconds in QUICK if options.quick else SCRIPTS:
            written = script if options.quick else f"{script} --write"
            left = most - (time.monotonic() - began)
            row = run(written, min(seconds, left), Path(folder))
            rows.append((f"`{script}`", *row[1:]))
    rows.append(("all", f"{time.monotonic() - began:,.0f} s", ""))
    print(f"\n{machine}\n")
    print_table(_HEAD, rows)
    if not options.quick:
        write_section("run_all.py", [f"{machine}.", "", *table_lines(_HEAD, rows)])
    return int(any("failed" in row[1] for row in rows))


if __name__ == "__main__":
    sys.exit(main())

"""A large GeoJSON of our own, opened, exported and checked in parts, against the file read whole.

Run as `python benchmarks/own.py` (`--write` puts it into results.md). Each row is a command in a
process of its own, from its start to its end, or to the first answer of a server; its memory is
that of its largest process. Read whole is the same command of the same program with files of any
size taken for small ones.
"""

from __future__ import annotations

import argparse
import json
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.request import urlopen

from report import describe_machine, print_table, table_lines, write_section
from synthetic import write_records

ROWS = 100_000
_RUN = "from mapview.cli.__main__ import main; import sys; sys.exit(main(sys.argv[1:]))"
_WHOLE = f"from geodata.large import cutting; cutting.LARGE_BYTES = 1 << 60; {_RUN}"
_HEAD = ("", "in parts: clock (processors)", "memory", "whole: clock (processors)", "memory")
# What is found in made-up records is much, and is the same both ways.
_MAY_END = (0, 1)


class Taken(NamedTuple):
    """What a command took."""

    clock_s: float
    processor_s: float
    memory_mb: float


def take(code: str, arguments: Sequence[str]) -> Taken:
    """Run a command in a process that begins for it, and see what it took."""
    command = [sys.executable, __file__, "--command", code, *arguments]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Taken(*map(float, told.split()))


def measured(code: str, arguments: Sequence[str]) -> str:
    """Run a command as the only child of this process; return what it took, for `take`."""
    began = time.monotonic()
    command = [sys.executable, "-c", code, *arguments]
    if arguments[0] == "serve":
        clock = until_it_answers(command) - began
    else:
        done = subprocess.run(command, check=False, capture_output=True)
        clock = time.monotonic() - began
        if done.returncode not in _MAY_END:
            raise SystemExit(done.stderr.decode())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return f"{clock} {used.ru_utime + used.ru_stime} {used.ru_maxrss / 1e3}"


def until_it_answers(command: Sequence[str]) -> float:
    """Run a server until it answers; return when it did."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL) as server:
        try:
            while server.poll() is None:
                with suppress(OSError), urlopen(f"http://localhost:{port}/api/version") as answer:
                    if json.load(answer)["version"]:
                        return time.monotonic()
                time.sleep(0.05)
        finally:
            server.terminate()
    raise SystemExit(f"the server must answer, got its end with {server.returncode}")


def row(name: str, arguments: Sequence[str], times: int) -> tuple[str, ...]:
    """Return what a command takes both ways, in turn."""
    found = [(take(_RUN, arguments), take(_WHOLE, arguments)) for _ in range(times)]
    cells = [name]
    for way in zip(*found, strict=True):
        clock, processor, memory = (median(one) for one in zip(*way, strict=True))
        cells += [f"{clock:.1f} s ({processor:.1f} s)", f"{memory:,.0f} MB"]
    return tuple(cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    if sys.argv[1:2] == ["--command"]:
        print(measured(sys.argv[2], sys.argv[3:]))
        return 0
    parser = argparse.ArgumentParser(description="A large GeoJSON of our own.")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--times", type=int, default=1, help="how often each is run (default 1)")
    parser.add_argument("--write", action="store_true", help="put the table into results.md")
    options = parser.parse_args(arguments)
    machine = describe_machine("duckdb", "pyarrow")
    with TemporaryDirectory() as folder:
        file, out = str(Path(folder) / "own.geojson"), str(Path(folder) / "out")
        write_records(Path(file), options.rows)
        size = Path(file).stat().st_size / 1e6
        commands = (
            ("`mapview serve`, to its first answer", ["serve", "--data", file]),
            ("`mapview validate`", ["validate", file]),
            ("`mapview export`, GeoJSON", ["export", f"{out}.geojson", "--data", file]),
            ("`mapview export`, CSV of a country", [
                "export", f"{out}.csv", "--data", file, "--country", "TJ",
            ]),
        )  # fmt: skip
        rows = [row(name, command, options.times) for name, command in commands]
    title = f"{options.rows:,} incidents, {size:,.0f} MB; {machine}."
    print(f"\n{title}\n")
    print_table(_HEAD, rows)
    if options.write:
        write_section("own.py", [title, "", *table_lines(_HEAD, rows)])
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Many people at once, with the real server: pages in sessions, then readers of every kind.

    python benchmarks/crowd.py sessions [--draws 2000]
    python benchmarks/crowd.py readers [--records 20000] [--seconds 60]

Each reader does what its kind does: embedded maps of ever other filters, exports in turn, and
people who walk over the map and look at a view every second. Who is told to wait waits so long.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles

import psutil
from report import describe_machine, print_table
from servers import ROOT
from synthetic import write_records

sys.path.insert(0, str(ROOT / "tests"))

from served import Server, Session, errors_in

_SESSIONS = 12
_EMBEDS, _EXPORTS, _WALKERS = 40, 30, 30
_ADDRESSES = ("", "panel=table", "country=TJ", "type=bombing&from=2015", "panel=unplaced")
_ENDINGS = ("xlsx", "geojson", "kml", "csv", "gpkg")
_WORLD = 2**31
_REST_S = 20


@contextmanager
def _served(data: Path | None = None) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(log=Path(folder) / "log.txt", data=data)
        try:
            server.wait()
            yield server
        finally:
            server.stop()


def measure_sessions(draws: int) -> None:
    """Draw pages in twelve sessions at once and count the error boxes."""

    def visit(number: int) -> tuple[list[float], int]:
        session, times, errors = Session(server.url), [], 0
        for turn in range(draws // _SESSIONS + 1):
            begun = time.monotonic()
            address = _ADDRESSES[(number + turn) % len(_ADDRESSES)]
            errors += len(errors_in(session.draw(address, seconds=300)))
            times.append(time.monotonic() - begun)
        session.close()
        return times, errors

    with _served() as server, ThreadPoolExecutor(_SESSIONS) as pool:
        found = list(pool.map(visit, range(_SESSIONS)))
    times = [one for several, _ in found for one in several]
    errors = sum(count for _, count in found)
    print_table(
        ("sessions", "pages drawn", "errors", "median", "p95"),
        [(str(_SESSIONS), f"{len(times):,}", str(errors), *_told(times)[:2])],
    )


@dataclass
class _Kind:
    """What readers of a kind met: seconds until an answer, and how many were told what."""

    seconds: list[float] = field(default_factory=list)
    waited: int = 0
    failed: int = 0


def measure_readers(records: int, seconds: float) -> None:
    """Let readers of all kinds at one server and print what they met, and its memory."""
    with tempfile.TemporaryDirectory() as folder:
        data = None
        if records:
            data = Path(folder) / "many.geojson"
            write_records(data, records)
        with _served(data) as server:
            for path in (_embed_path(0), "/api/incidents.xlsx?f=country%3DTJ", _view_path()):
                _ask(server.port, path)
            time.sleep(3)
            idle = _memory(server)
            kinds, peak = _crowd(server, seconds)
            time.sleep(_REST_S)
            after = _memory(server)
    rows = [
        (name, f"{len(one.seconds):,}", f"{one.waited:,}", str(one.failed), *_told(one.seconds))
        for name, one in kinds.items()
    ]
    print_table(("readers", "answered", "told to wait", "failed", "median", "p95", "most"), rows)
    megabytes = [f"{one / 2**20:,.0f} MB" for one in (idle, peak, after)]
    print_table(
        ("memory, idle", "most", f"{_REST_S} s after", "most / idle"),
        [(*megabytes, f"{peak / idle:.2f}")],
    )


def _crowd(server: Server, seconds: float) -> tuple[dict[str, _Kind], int]:
    kinds = {"embedded maps": _Kind(), "exports": _Kind(), "views": _Kind()}
    end = time.monotonic() + seconds
    threads = []
    for count, name, path, pause in (
        (_EMBEDS, "embedded maps", lambda: _embed_path(random.randrange(10**6)), 0.0),
        (_EXPORTS, "exports", lambda: f"/api/incidents.{random.choice(_ENDINGS)}", 0.0),
        (_WALKERS, "views", _view_path, 1.0),
    ):
        arguments = (server.port, kinds[name], path, pause, end)
        threads += [threading.Thread(target=_read, args=arguments) for _ in range(count)]
    for thread in threads:
        thread.start()
    peak = 0
    while any(thread.is_alive() for thread in threads):
        peak = max(peak, _memory(server))
        time.sleep(0.5)
    return kinds, peak


def _read(port: int, kind: _Kind, path: Callable[[], str], pause: float, end: float) -> None:
    while time.monotonic() < end:
        begun = time.monotonic()
        status, wait = _ask(port, path())
        if status == 200:
            kind.seconds.append(time.monotonic() - begun)
        elif status == 503:
            kind.waited += 1
        else:
            kind.failed += 1
        time.sleep(max(0, min(wait or pause * random.uniform(0.5, 1.5), end - time.monotonic())))


def _ask(port: int, path: str) -> tuple[int, float]:
    """Return the status, and how long to wait before asking again."""
    connection = HTTPConnection("localhost", port, timeout=300)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        while answer.read(65_536):
            pass
        return answer.status, float(answer.headers.get("Retry-After", "0"))
    except (OSError, HTTPException):
        return 0, 1
    finally:
        connection.close()


def _embed_path(number: int) -> str:
    year, month = 2015 + number % 10, 1 + number // 10 % 12
    lon, lat, zoom = 55 + number % 20, 28 + number % 10, 5 + number % 3
    return f"/embed?from={year}-{month:02}-{1 + number // 120 % 28:02}&view={lon},{lat},{zoom}"


def _view_path() -> str:
    zoom = random.randrange(3, 12)
    side = _WORLD >> zoom
    x, y = (random.randrange(int(0.63 * _WORLD), int(0.7 * _WORLD)), int(0.38 * _WORLD))
    return f"/api/view?z={zoom}&b={x},{y},{x + 4 * side},{y + 3 * side}"


def _memory(server: Server) -> int:
    """What the server's processes hold together; what they share counts once."""
    top = psutil.Process(server.process.pid)
    total = 0
    for one in (top, *top.children(recursive=True)):
        try:
            total += one.memory_full_info().pss
        except psutil.Error:
            continue
    return total


def _told(seconds: list[float]) -> tuple[str, str, str]:
    if len(seconds) < 2:
        return ("–", "–", "–")
    cuts = quantiles(seconds, n=20)
    return tuple(f"{one:.2f} s" for one in (cuts[9], cuts[18], max(seconds)))  # type: ignore[return-value]


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("what", choices=("sessions", "readers"))
    parser.add_argument("--draws", type=int, default=2_000)
    parser.add_argument("--records", type=int, default=20_000, help="0 for the shipped ones")
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    if options.what == "sessions":
        measure_sessions(options.draws)
    else:
        measure_readers(options.records, options.seconds)
    print(describe_machine("streamlit", "starlette", "duckdb"))


if __name__ == "__main__":
    main()

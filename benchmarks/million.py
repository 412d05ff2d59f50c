"""How a million incidents are to a browser: paint, filter, brush, pan, zoom, memory, and bytes.

Run as `python benchmarks/million.py`; `--write` puts the table into `results.md`. The records are
made up, and the app is the real one, as in `stage.py`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from browser import open_browser, open_page, open_stage
from made import made_up
from playwright.sync_api import Browser, CDPSession, Frame, Page
from report import describe_machine, print_table, table_lines, write_section
from servers import end_cleanly, serving
from stage import brush, listen, time_clicks

ROWS = 1_000_000
_STARTS = 3
_FRAMES = 120
_REACH_PX = 300
_ZOOMS = 12
_ZOOMED_MS = 350  # after which Leaflet has finished one
_MOVES = 500
# What a browser keeps of views that it saw fills up in these.
_MOVES_BEFORE = 60
_MOVED_MS = 60
# Beside much other work a move takes a second.
_MOST_MOVING_S = 150
_KEYS = ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "+", "-")
# Those of which there are most.
_TYPES = "bombing", "armed assault", "suicide bombing", "assassination", "shelling", "airstrike"
_HEAD = ("", "goal", "now")
_Row = tuple[str, str, str]


@contextmanager
def _stage(browser: Browser, url: str) -> Iterator[tuple[Page, Frame, CDPSession]]:
    with open_page(browser) as page:
        session = page.context.new_cdp_session(page)
        yield page, open_stage(page, url), session


def measure_paints(browser: Browser, url: str) -> _Row:
    """Open the app with empty caches, from the stage without records to its first incident."""
    took: list[float] = []
    for _ in range(_STARTS):
        with _stage(browser, url) as (_, frame, _):
            took.append(frame.evaluate("benchmark.paint - benchmark.there") / 1_000)
    now = f"{median(took):.2f} s ({min(took):.2f} to {max(took):.2f})"
    return "stage there to first incident painted", "<= 1 s", now


def measure_drag(browser: Browser, url: str) -> _Row:
    """Drag the map, a step a frame."""
    with _stage(browser, url) as (page, frame, _):
        told = []
        for _ in range(3):
            told.append(frame.evaluate("([n, r]) => benchmark.drag(n, r)", [_FRAMES, _REACH_PX]))
            page.wait_for_timeout(500)
    assert min(one["places"] for one in told) > _FRAMES / 4, "the map must follow the mouse"
    rate = median(one["rate"] for one in told)
    return "map dragged", ">= 50 frames/s", f"{rate:.0f} frames/s"


def measure_zoom(browser: Browser, url: str) -> _Row:
    """Zoom in and out by keys."""
    with _stage(browser, url) as (page, frame, _):
        frame.locator("#canvas .leaflet-container").focus()
        before = frame.evaluate("benchmark.frames()")
        for number in range(_ZOOMS):
            page.keyboard.press("+" if number % 6 < 3 else "-")
            page.wait_for_timeout(_ZOOMED_MS)
        after = frame.evaluate("benchmark.frames()")
    rate = (after["n"] - before["n"]) / (after["ms"] - before["ms"]) * 1_000
    return "map zoomed", ">= 50 frames/s", f"{rate:.0f} frames/s"


def measure_moves(browser: Browser, url: str) -> list[_Row]:
    """Pan and zoom by keys: what the page holds more of after it, and what each view weighs."""
    with _stage(browser, url) as (page, frame, session):
        frame.locator("#canvas .leaflet-container").focus()
        _move(page, _MOVES_BEFORE)
        noted = listen(session)
        before = _held(session)
        moved = _move(page, _MOVES)
        page.wait_for_timeout(1_000)
        after = _held(session)
    views = [
        float(size) / 1e3
        for url, size in noted.values()
        if urlsplit(str(url)).path.endswith("/api/view") and size
    ]
    told = f"{median(views):.1f} kB, most {max(views):.1f} ({len(views)} views)"
    held = f"{(after - before) / 1e6:+.1f} MB ({before / 1e6:.1f} before)"
    return [
        (f"memory of scripts after {moved} moves", "flat", held),
        ("a view, on the wire", "<= 20 kB", told),
    ]


def _move(page: Page, times: int) -> int:
    """Move so many times, or as often as there is time for; return how often."""
    end = time.monotonic() + _MOST_MOVING_S
    for number in range(times):
        if time.monotonic() > end:
            return number
        page.keyboard.press(_KEYS[number % len(_KEYS)])
        page.wait_for_timeout(_MOVED_MS)
    return times


def _held(session: CDPSession) -> int:
    session.send("HeapProfiler.collectGarbage")
    found: int = session.send("Runtime.getHeapUsage")["usedSize"]
    return found


def measure_summary(url: str) -> _Row:
    """Ask for all facets and bars, packed and not."""
    sizes = [
        sum(_size(f"{url}/api/{name}?f=", packed) for name in ("summary", "spreads")) / 1e3
        for packed in ("gzip", "identity")
    ]
    told = f"{sizes[0]:.1f} kB ({sizes[1]:.1f} unpacked)"
    return "summary and bars, on the wire", "<= 1.5 MB", told


def _size(url: str, packed: str) -> int:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=60)
    connection.request("GET", f"{parts.path}?{parts.query}", headers={"Accept-Encoding": packed})
    with connection.getresponse() as answer:
        assert answer.status == 200, f"{url} must be answered, got {answer.status}"
        return len(answer.read())


def rows_of(browser: Browser, url: str) -> Iterator[_Row]:
    """Measure one after the other."""
    with open_page(browser) as page:
        open_stage(page, url)  # The first visit warms the server.
    yield measure_paints(browser, url)
    yield "filter click to painted", "<= 120 ms", time_clicks(browser, url, _TYPES)
    rate, filters = brush(browser, url)
    brushed = f"{rate:.0f} frames/s, {filters:.0f} filters painted"
    yield "brush drag", ">= 50 frames/s", brushed
    yield measure_drag(browser, url)
    yield measure_zoom(browser, url)
    yield measure_summary(url)
    yield from measure_moves(browser, url)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How a million incidents are to a browser.")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--write", action="store_true", help="put the table into results.md")
    options = parser.parse_args(arguments)
    end_cleanly()
    rows: list[_Row] = []
    with tempfile.TemporaryDirectory(prefix="mapview-benchmark-") as folder, open_browser() as one:
        machine = f"{options.rows:,} incidents; Chromium {one.version}; " + describe_machine(
            "streamlit", "duckdb"
        )
        data = made_up(options.rows, Path(folder))
        with serving(Path(folder), {"MAPVIEW_DATA": str(data)}) as server:
            for row in rows_of(one, server.url):
                rows.append(row)
                print(": ".join(row), flush=True)
    print(f"\n{machine}\n")
    print_table(_HEAD, rows)
    if options.write:
        write_section("million.py", [machine + ".", "", *table_lines(_HEAD, rows)])
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How fast the stage is in the app: filter, brush, start, load, layout, and the longest of a walk.

Run as `python benchmarks/stage.py`; `--write` puts the table into `results.md`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from browser import open_browser, open_page, open_stage
from playwright.sync_api import Browser, CDPSession
from report import describe_machine, print_table, table_lines, write_section
from servers import end_cleanly, serving
from synthetic import write_records
from walk import walk

from geodata import Filter, load

MANY = 20_000
_STEPS = 300
_CLICKS = 10
_BRUSH_FRAMES = 180
_BRUSHES = 3
# What the program itself sends, beside what Streamlit's page is made of.
_OWN = ("/api/", "/assets/")
_HEAD = ("", "before the stage", "goal", "now")
_Row = tuple[str, str, str, str]


def time_clicks(browser: Browser, url: str, types: Sequence[str]) -> str:
    """Tick types and take them out again, by the mouse; say what each takes to be painted."""
    times: list[float] = []
    with open_page(browser) as page:
        frame = open_stage(page, url)
        chosen: set[str] = set()
        for name in ([*types] * 2)[:_CLICKS]:
            chosen ^= {name}
            wanted = Filter(event_types=tuple(chosen)).to_query()
            frame.evaluate("(f) => benchmark.click(f)", wanted)
            frame.locator(f'#types label:has(input[value="{name}"])').click()
            times.append(frame.evaluate("() => benchmark.clicked"))
            page.wait_for_timeout(300)
    return f"{median(times):.0f} ms ({min(times):.0f} to {max(times):.0f})"


def measure_clicks(browser: Browser, url: str) -> _Row:
    """Tick the most frequent types of the shipped record."""
    counts = Counter(str(kind) for one in load().incidents for kind in one.event_types)
    now = time_clicks(browser, url, [name for name, _ in counts.most_common(6)])
    return "filter click to painted, shipped", "435 ms", "<= 60 ms", now


def brush(browser: Browser, url: str) -> tuple[float, float]:
    """Draw a period wider and narrower, one step a frame.

    Returns:
        Frames a second, and how many filters the map showed meanwhile; medians.
    """
    with open_page(browser) as page:
        frame = open_stage(page, url)
        frame.locator("#step").select_option("month")
        box = frame.locator("#bars").bounding_box()
        assert box, "the bars of the timeline must be seen"
        page.mouse.move(box["x"] + box["width"] / 10, box["y"] + 5)
        page.mouse.down()
        told = [frame.evaluate("(n) => benchmark.brush(n)", _BRUSH_FRAMES) for _ in range(_BRUSHES)]
        page.mouse.up()
    return median(one["rate"] for one in told), median(one["filters"] for one in told)


def measure_brush(browser: Browser, scratch: Path) -> _Row:
    """Draw a period over all that the browser holds."""
    data = scratch / "many.geojson"
    write_records(data, MANY)
    with serving(scratch, {"MAPVIEW_DATA": str(data)}) as server:
        rate, filters = brush(browser, server.url)
    assert filters > 20, "the map must follow the brush"
    return f"brush drag, {MANY:,} incidents", "–", ">= 50 frames/s", f"{rate:.0f} frames/s"


def measure_starts(browser: Browser, url: str, count: int) -> list[_Row]:
    """Open the app with empty caches, from navigation to the first painted incident."""
    seconds, shifts, loads = [], [], []
    for _ in range(count):
        with open_page(browser) as page:
            session = page.context.new_cdp_session(page)
            load_of = listen(session)
            frame = open_stage(page, url)
            origin = page.evaluate("performance.timeOrigin")
            seconds.append((frame.evaluate("benchmark.paint") - origin) / 1_000)
            shifts.append(max(one.evaluate("benchmark.shift") for one in (page, frame)))
            loads.append((len(load_of), _megabytes(load_of), _megabytes(load_of, _OWN)))
    requests, whole, own = (median(column) for column in zip(*loads, strict=True))
    now = f"{median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"
    size = f"{requests:.0f} requests, {whole:.2f} MB, own {own:.2f}"
    return [
        ("navigation to first incident, warm server", "3.9 s", "<= 1.5 s", now),
        ("cold load", "147 requests, 4.8 MB", "<= 2.5 MB, own <= 0.9", size),
        ("layout shift", "0.35 to 0.65", "<= 0.05", f"{max(shifts):.3f}"),
    ]


def listen(session: CDPSession) -> dict[str, list[float | str]]:
    """Note the address and the bytes on the wire of each request, once it has come."""
    noted: dict[str, list[float | str]] = {}

    def asked(event: dict[str, object]) -> None:
        request = event["request"]
        assert isinstance(request, dict)
        if str(request["url"]).startswith("http"):
            noted[str(event["requestId"])] = [str(request["url"]), 0.0]

    def came(event: dict[str, object]) -> None:
        if str(event["requestId"]) in noted:
            noted[str(event["requestId"])][1] = float(str(event["encodedDataLength"]))

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", came)
    session.send("Network.enable")
    return noted


def _megabytes(noted: dict[str, list[float | str]], parts: Sequence[str] = ("",)) -> float:
    found = (size for url, size in noted.values() if any(part in str(url) for part in parts))
    return sum(float(size) for size in found) / 1e6


def measure_walk(browser: Browser, url: str) -> _Row:
    """Walk, and return the longest that anything pressed or typed took to be seen."""
    with open_page(browser) as page:
        frame = open_stage(page, url)
        walk(page, frame, _STEPS)
        page.wait_for_timeout(500)
        longest = frame.evaluate("benchmark.longest")
    now = f"{longest['ms']:.0f} ms ({longest['name']})"
    return f"longest interaction of a walk of {_STEPS} steps", "–", "<= 200 ms", now


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 when everything could be measured."""
    parser = argparse.ArgumentParser(description="How fast the stage is in the app.")
    parser.add_argument("--starts", type=int, default=3, help="times that the app is opened")
    parser.add_argument("--write", action="store_true", help="put the table into results.md")
    options = parser.parse_args(arguments)
    end_cleanly()
    with tempfile.TemporaryDirectory(prefix="mapview-benchmark-") as folder:
        scratch = Path(folder)
        with open_browser() as browser:
            machine = f"Chromium {browser.version}; " + describe_machine(
                "streamlit", "streamlit-folium"
            )
            with serving(scratch, {"MAPVIEW_DATA": ""}) as server:
                _warm(browser, server.url)
                rows = [measure_clicks(browser, server.url)]
                starts = measure_starts(browser, server.url, options.starts)
                walked = measure_walk(browser, server.url)
            rows += [measure_brush(browser, scratch), *starts, walked]
    print(machine + "\n")
    print_table(_HEAD, rows)
    if options.write:
        write_section("stage.py", [machine + ".", "", *table_lines(_HEAD, rows)])
    return 0


def _warm(browser: Browser, url: str) -> None:
    with open_page(browser) as page:
        open_stage(page, url)


if __name__ == "__main__":
    sys.exit(main())

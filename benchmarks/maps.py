"""What a page takes to show many points: ours, and what others would use in its place.

Run as `python benchmarks/maps.py` (`--write` puts it into results.md, `--pictures FOLDER` keeps
what was seen). The same points in the same headless Chromium, which has no graphics card: from a
cold start until the map is there and the page rests, in processor time of its main thread, with
what came over the wire; then a pan. Each page in turn, three times, of which medians are told;
of 100,000 points once.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median_high
from tempfile import TemporaryDirectory
from typing import NamedTuple

from browser import open_browser, open_page
from made import write_dataset
from others import SCRIPTS, answer_from, install, lonboard_page
from playwright.sync_api import Browser, CDPSession, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from pyarrow.csv import write_csv
from report import describe_machine, print_table, table_lines, write_section
from servers import end_cleanly, serving
from synthetic import make_table

from mapview.briefing.page import MOST_INCIDENTS

SIZES = (5_000, 100_000)
_LONGEST_S = 40
_STILL_S = 2.0
_STILL_SHARE = 0.15
_NOT_HERE = "Mosaic is measured by `mosaic.py`. Masks of pandas are in the section of `store.py`."
_HOW = {
    "FastMarkerCluster": {"frame": "streamlit_folium", "sought": ".leaflet-marker-icon"},
    "folium.GeoJson": {"frame": "streamlit_folium"},
}
# Of very many points once, which takes long enough.
_RUNS, _MOST_REPEATED = 3, 20_000
_PAN_PX, _PAN_STEPS = 300, 20
_HEAD = (
    "points",
    "page",
    "main thread",
    "of the app's",
    "map there",
    "rests",
    "a pan",
    "requests",
    "on the wire",
)


class Seen(NamedTuple):
    """What a page took.

    Attributes:
        used: Seconds of its main thread until it rests.
        there: Seconds by the clock until its map is there; `None` where that took too long.
        rested: The same until its main thread rests.
        panned: Seconds of its main thread for one pan.
        requests: How many there were.
        megabytes: What came over the wire.
    """

    used: float
    there: float | None
    rested: float | None
    panned: float | None
    requests: int
    megabytes: float


def measure(
    browser: Browser,
    url: str,
    picture: Path | None,
    *,
    frame: str = "",
    sought: str = "canvas",
    packages: Path | None = None,
) -> Seen:
    """Open a page with empty caches and wait until its main thread rests.

    Args:
        browser: Where.
        url: Its address.
        picture: Where to keep what was seen, if anywhere.
        frame: A word in the title of the frame that its map stands in, if any.
        sought: What is there once the map is.
        packages: Where scripts lie that it names on other hosts, if it does.
    """
    with open_page(browser) as page:
        if packages:
            answer_from(packages, page)
        session = page.context.new_cdp_session(page)
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"]))
        session.on(
            "Network.webSocketFrameReceived",
            lambda one: sizes.append(len(one["response"]["payloadData"])),
        )
        session.send("Network.enable")
        session.send("Performance.enable")
        started = time.monotonic()
        page.goto(url, wait_until="domcontentloaded", timeout=_LONGEST_S * 1_000)
        there = rested = panned = None
        try:
            within = page.frame_locator(f"iframe[title*={frame}]") if frame else page
            found = within.locator(sought).first
            found.wait_for(timeout=_LONGEST_S * 1_000, state="attached")
            there = time.monotonic() - started
            used, rested = _until_still(session, started)
            panned = _pan(page, session) if rested else None
        except PlaywrightTimeout:
            used = _used(session)
        if picture:
            with suppress(PlaywrightTimeout):
                page.screenshot(path=picture)
    return Seen(used, there, rested, panned, len(sizes), sum(sizes) / 1e6)


def _pan(page: Page, session: CDPSession) -> float:
    """Return what the main thread takes for a map that is dragged, until it rests."""
    before, size = _used(session), page.viewport_size or {"width": 0, "height": 0}
    x, y = size["width"] / 2, size["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    end = time.monotonic() + _LONGEST_S
    for step in range(1, _PAN_STEPS + 1):
        # A step waits for a frame, of which one may take seconds.
        if time.monotonic() < end:
            page.mouse.move(x - _PAN_PX * step / _PAN_STEPS, y)
    page.mouse.up()
    _until_still(session, time.monotonic())
    return _used(session) - before


def _until_still(session: CDPSession, started: float) -> tuple[float, float | None]:
    """Return the processor time of the main thread, and when it began to rest."""
    used, since = _used(session), time.monotonic()
    while time.monotonic() - started < _LONGEST_S:
        time.sleep(_STILL_S / 4)
        if time.monotonic() - since < _STILL_S:
            continue
        now = _used(session)
        if now > 0.3 and now - used < _STILL_S * _STILL_SHARE:
            return now, since - started
        used, since = now, time.monotonic()
    return _used(session), None


def _used(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def pages_of(
    browser: Browser, scratch: Path, packages: Path, count: int, pictures: Path | None
) -> dict[str, list[Seen]]:
    """Return what each page of so many points took, some times in turn."""
    data, csv = scratch / f"made-{count}", scratch / f"{count}.csv"
    write_dataset(data, count)
    write_csv(make_table(count).select(["lon", "lat"]), csv)
    seen: dict[str, list[Seen]] = {}
    with ExitStack() as open_:
        server = open_.enter_context(serving(scratch, {"MAPVIEW_DATA": str(data)}))
        pages = {"ours, the app": (f"{server.url}/", {"frame": "streamlit_folium"})}
        if count <= MOST_INCIDENTS:  # More is refused with a sentence.
            pages["ours, `/embed`"] = f"{server.url}/embed", {}
        for name, text in SCRIPTS.items():
            script = scratch / f"{name}.py"
            script.write_text(text.format(csv=str(csv)), encoding="utf-8")
            other = open_.enter_context(serving(scratch, script=script))
            pages[f"`{name}`"] = other.url, _HOW.get(name, {})
        pages["lonboard"] = lonboard_page(packages, csv), {}
        with open_page(browser) as page:
            # The first request reads the records.
            page.goto(f"{server.url}/", timeout=_LONGEST_S * 1_000)
        for at in range(_RUNS if count <= _MOST_REPEATED else 1):
            for name, (url, how) in pages.items():
                file = re.sub(r"\W+", "-", name).strip("-")
                picture = pictures / f"{file}-{count}.png" if pictures and not at else None
                theirs = None if name.startswith("ours") else packages
                seen.setdefault(name, []).append(
                    measure(browser, url, picture, packages=theirs, **how)
                )
    return seen


def lines_of(count: int, seen: Mapping[str, Sequence[Seen]]) -> list[tuple[str, ...]]:
    """Return lines of the table: medians, and how many times as long as the app's."""
    first = _median([one.used for one in next(iter(seen.values()))]) or 1
    lines = []
    for name, some in seen.items():
        used, there, rested, panned, requests, megabytes = map(_median, zip(*some, strict=True))
        lines.append((
            f"{count:,}", name, f"{used:.2f} s", f"{(used or 0) / first:.1f}",
            *(f"over {_LONGEST_S} s" if one is None else f"{one:.1f} s" for one in (there, rested)),
            "–" if panned is None else f"{panned:.2f} s", f"{requests:.0f}", f"{megabytes:.2f} MB",
        ))  # fmt: skip
    return lines


def _median(values: Sequence[float | None]) -> float | None:
    """Return the median; `None` where most took too long."""
    known = sorted(float("inf") if one is None else one for one in values)
    middle = median_high(known)
    return None if middle == float("inf") else middle


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a page takes to show many points.")
    parser.add_argument("--points", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--write", action="store_true", help="put the table into results.md")
    parser.add_argument("--pictures", type=Path, help="keep what was seen in this folder")
    options = parser.parse_args(arguments)
    end_cleanly()
    rows: list[tuple[str, ...]] = []
    with TemporaryDirectory(prefix="mapview-benchmark-") as folder, open_browser() as browser:
        machine = f"Chromium {browser.version}; " + describe_machine("streamlit", "pydeck")
        packages = install(Path(folder))
        for count in options.points:
            seen = pages_of(browser, Path(folder), packages, count, options.pictures)
            rows += lines_of(count, seen)
    print(machine + "\n")
    print_table(_HEAD, rows)
    print(f"\n{_NOT_HERE}")
    if options.write:
        write_section("maps.py", [machine + ".", "", *table_lines(_HEAD, rows), "", _NOT_HERE])
    return 0


if __name__ == "__main__":
    sys.exit(main())

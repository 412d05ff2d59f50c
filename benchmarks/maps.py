"""What a page takes to show many points: ours, and what others would use in its place.

Run as `python benchmarks/maps.py` (`--write` puts it into results.md, `--pictures FOLDER` keeps
what was seen). The same points in the same headless Chromium, which has no graphics card: from a
cold start until a canvas is there and the page rests, in processor time of its main thread, with
what came over the wire. What fetches its scripts from another host cannot be measured, and is told.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from browser import open_browser, open_page
from made import write_dataset
from playwright.sync_api import Browser, CDPSession
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
_READ = (
    "import pandas as pd, streamlit as st\n"
    "rows = pd.read_csv({csv!r})\n"
    'st.set_page_config(layout="wide")\n'
)
# As somebody would write them; both have a basemap of another host, which is not there here.
SCRIPTS = {
    "st.map": _READ + "st.map(rows, height=700)\n",
    "st.pydeck_chart": _READ
    + "import pydeck as pdk\n"
    + "layer = pdk.Layer('ScatterplotLayer', rows, get_position='[lon, lat]', get_radius=4000,\n"
    + "    get_fill_color=[190, 40, 40], pickable=True)\n"
    + "view = pdk.ViewState(latitude=33, longitude=66, zoom=4)\n"
    + "st.pydeck_chart(pdk.Deck([layer], initial_view_state=view, map_style=None), height=700)\n",
}
_NOT_HERE = (
    "Not measured, since no network is asked: FastMarkerCluster through streamlit-folium and one "
    "`folium.GeoJson` fetch Leaflet, its cluster plugin and jQuery from other hosts; a page of "
    "lonboard fetches the widget manager of Jupyter likewise; Mosaic was not set up."
)
_NAMES = {"app": "the app", "embed": "`/embed`"}
_HEAD = ("points", "page", "main thread", "clock", "requests", "on the wire")


def measure(
    browser: Browser, url: str, picture: Path | None, *, is_framed: bool = False
) -> tuple[str, ...]:
    """Open a page with empty caches and wait until its main thread rests.

    Args:
        browser: Where.
        url: Its address.
        picture: Where to keep what was seen, if anywhere.
        is_framed: Whether the map stands in a frame of the page.
    """
    with open_page(browser) as page:
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
        try:
            within = page.frame_locator("iframe[title*=streamlit_folium]") if is_framed else page
            canvas = within.locator("canvas").first
            canvas.wait_for(timeout=_LONGEST_S * 1_000, state="attached")
            used, rested = _until_still(session, started)
        except PlaywrightTimeout:
            used, rested = _used(session), None
        if picture:
            page.screenshot(path=picture)
    clock = f"{rested:.1f} s" if rested else f"over {_LONGEST_S} s"
    return f"{used:.2f} s", clock, f"{len(sizes)}", f"{sum(sizes) / 1e6:.2f} MB"


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


def rows_of(
    browser: Browser, scratch: Path, count: int, pictures: Path | None
) -> list[tuple[str, ...]]:
    """Return the lines of the table for so many points."""
    data, csv = scratch / f"made-{count}", scratch / f"{count}.csv"
    write_dataset(data, count)
    write_csv(make_table(count).select(["lon", "lat"]), csv)
    rows = []
    with serving(scratch, {"MAPVIEW_DATA": str(data)}) as server:
        for name in ("app", "embed"):
            if name == "embed" and count > MOST_INCIDENTS:
                continue  # It is refused with a sentence.
            url = f"{server.url}/{name.removeprefix('app')}"
            # The first request reads the records.
            with open_page(browser) as page:
                page.goto(url, timeout=_LONGEST_S * 1_000)
            picture = pictures and pictures / f"{name}-{count}.png"
            told = measure(browser, url, picture, is_framed=name == "app")
            rows.append((f"{count:,}", f"ours, {_NAMES[name]}", *told))
    for name, text in SCRIPTS.items():
        script = scratch / f"{name}.py"
        script.write_text(text.format(csv=str(csv)) if "{csv" in text else text, encoding="utf-8")
        with serving(scratch, script=script) as server:
            picture = pictures and pictures / f"{name}-{count}.png"
            rows.append((f"{count:,}", f"`{name}`", *measure(browser, server.url, picture)))
    return rows


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
        for count in options.points:
            rows += rows_of(browser, Path(folder), count, options.pictures)
    print(machine + "\n")
    print_table(_HEAD, rows)
    print(f"\n{_NOT_HERE}")
    if options.write:
        write_section("maps.py", [machine + ".", "", *table_lines(_HEAD, rows), "", _NOT_HERE])
    return 0


if __name__ == "__main__":
    sys.exit(main())

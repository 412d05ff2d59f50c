"""How long from a click on a widget to the map that shows the change, and how long a start takes.

Run as `python benchmarks/widget_to_paint.py`. The alternative, folium markers put on the map by
streamlit-folium, is measured in the same run with the same records and the same clicks.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from browser import Times, click_and_time, open_browser, open_page, wait_until_idle
from playwright.sync_api import Browser, Page
from report import describe_machine, milliseconds, print_table, spread
from servers import ROOT, end_cleanly, serving
from synthetic import write_records

from geodata import Filter, Records, load
from geodata.records.parties import attribution
from geodata.records.vocabulary import Attribution, EventType

SYNTHETIC = 5_000
_TYPES = (EventType.BOMBING, EventType.ARMED_ASSAULT, EventType.RAID, EventType.BATTLE)
_APP = ROOT / "app.py"
_MARKERS_APP = Path(__file__).parent / "folium_markers" / "app.py"
_STAGES = (
    ("script, Streamlit, streamlit-folium: click to the layer being told", "clicked", "told"),
    ("routes: told to the last answer", "told", "answered"),
    ("drawing: answer to the frame after the paint", "answered", "painted"),
)


def walk() -> Iterator[tuple[Attribution, tuple[Attribution, ...]]]:
    """Yield which pill to click and what is then chosen: each of the 15 choices once (Gray code).

    No filter comes twice, so that no cache of the app can answer.
    """
    pills = tuple(Attribution)
    chosen: set[Attribution] = set()
    for step in range(1, 2 ** len(pills)):
        pill = pills[(step & -step).bit_length() - 1]
        chosen ^= {pill}
        yield pill, tuple(sorted(chosen))


def measure_shipped(browser: Browser, scratch: Path) -> list[Times]:
    """Return the times of every change in the app with the shipped records."""
    with serving(_APP, scratch, {"MAPVIEW_DATA": ""}) as server, open_page(browser) as page:
        _open(page, server.url, "anything", 0)
        return [*_click_pills(page), *_choose_types(page)]


def _click_pills(page: Page) -> Iterator[Times]:
    for pill, chosen in walk():
        wanted = Filter(attributions=chosen).to_query()
        yield click_and_time(page, pill, "filter", wanted)


def _choose_types(page: Page) -> Iterator[Times]:
    """Choose event types one after the other, with the last of the pills still chosen."""
    *_, (_, attributions) = walk()
    for index, one in enumerate(_TYPES):
        # The list draws only the options in sight, so it is narrowed as a reader would.
        page.get_by_test_id("stMultiSelect").first.locator("input").fill(one)
        wanted = Filter(attributions=attributions, event_types=_TYPES[: index + 1]).to_query()
        yield click_and_time(page, one, "filter", wanted)


def measure_both(
    browser: Browser, scratch: Path, data: Path, records: Records
) -> tuple[list[Times], list[Times]]:
    """Return the times of the app and of the app with folium markers, for the same changes.

    Their clicks alternate, so that whatever else the machine does slows both alike.
    """
    found = [attribution(one.claims) for one in records.incidents if one.points]
    with (
        serving(_APP, scratch, {"MAPVIEW_DATA": str(data)}) as app,
        serving(_MARKERS_APP, scratch, {"BENCHMARK_RECORDS": str(data)}) as other,
        open_page(browser) as app_page,
        open_page(browser) as other_page,
    ):
        _open(app_page, app.url, "anything", 0)
        _open(other_page, other.url, "markers", len(found))
        ours, theirs = [], []
        for pill, chosen in walk():
            wanted = Filter(attributions=chosen).to_query()
            ours.append(click_and_time(app_page, pill, "filter", wanted))
            count = sum(one in chosen for one in found)
            theirs.append(click_and_time(other_page, pill, "markers", count))
        return ours, theirs


def _open(page: Page, url: str, kind: str, wanted: int) -> None:
    page.goto(url)
    page.evaluate("([kind, wanted]) => benchmark.until(kind, wanted)", [kind, wanted])
    wait_until_idle(page)


def measure_starts(browser: Browser, scratch: Path, count: int) -> list[float]:
    """Return the seconds from the start of the app to its first painted incident.

    The browser is open already, with empty caches. One start before these compiles the modules.
    """
    seconds = []
    for _ in range(count):
        with open_page(browser) as page, serving(_APP, scratch, {"MAPVIEW_DATA": ""}) as server:
            page.goto(server.url)
            times = page.evaluate("() => benchmark.until('anything')")
            seconds.append((times["origin"] + times["painted"]) / 1_000 - server.started)
    return seconds


def _seconds(times: Sequence[Times], begin: str = "clicked", end: str = "painted") -> list[float]:
    return [(one[end] - one[begin]) / 1_000 for one in times if begin in one and end in one]


def print_changes(name: str, times: Sequence[Times]) -> None:
    """Print median, least and most of the changes made in one way."""
    middle, least, most = spread(_seconds(times))
    print(f"{name}: {middle} ({least} to {most}, {len(times)} changes)", flush=True)


def print_stages(shipped: Sequence[Times], synthetic: Sequence[Times]) -> None:
    """Print where the time goes in the app."""
    rows = [
        (name, *(milliseconds(_seconds(times, begin, end)) for times in (shipped, synthetic)))
        for name, begin, end in _STAGES
    ]
    print_table(("where the time goes (medians)", "shipped", f"{SYNTHETIC:,}"), rows)


def print_ratio(app: Sequence[Times], markers: Sequence[Times]) -> None:
    """Print how many times as fast the app is: the median over pairs of the same change."""
    pairs = zip(_seconds(markers), _seconds(app), strict=True)
    ratios = [theirs / ours for theirs, ours in pairs]
    print(
        f"the app is {median(ratios):.1f} times as fast, the median of {len(ratios)} pairs of the "
        f"same change ({min(ratios):.1f} to {max(ratios):.1f})"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 when everything could be measured."""
    parser = argparse.ArgumentParser(description="Time from a widget to the painted map.")
    parser.add_argument("--starts", type=int, default=3, help="starts of the app")
    options = parser.parse_args(arguments)
    end_cleanly()
    with tempfile.TemporaryDirectory(prefix="mapview-benchmark-") as folder:
        scratch = Path(folder)
        data = scratch / "synthetic.geojson"
        records = write_records(data, SYNTHETIC)
        with open_browser() as browser:
            print(f"Chromium {browser.version}; ", end="")
            print(describe_machine("streamlit", "folium", "streamlit-folium", "duckdb") + "\n")
            shipped = measure_shipped(browser, scratch)
            print_changes(f"app, {len(load().incidents):,} shipped incidents", shipped)
            ours, theirs = measure_both(browser, scratch, data, records)
            print_changes(f"app, {SYNTHETIC:,} synthetic incidents", ours)
            print_changes(f"folium markers, {SYNTHETIC:,} synthetic incidents", theirs)
            starts = measure_starts(browser, scratch, options.starts)
    print_ratio(ours, theirs)
    middle, least, most = spread(starts)
    print(f"start to first painted incident: {middle} ({least} to {most}, {len(starts)} starts)")
    print()
    print_stages(shipped, ours)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How long each format of a briefing takes and how large it is, against folium's own page.

Run as `python benchmarks/briefings.py` (`--write` puts it into results.md). The page is held
against what folium writes for the same places as circle markers with their titles: the file that
people make with folium today. It names scripts on other hosts, so it does not open offline; its
size counts only the file itself.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

import folium
from report import describe_machine, print_table, table_lines, write_section
from synthetic import make_records

from geodata import Filter, Records, Store, load
from mapview.briefing.compose import compose
from mapview.briefing.content import Briefing
from mapview.briefing.writers import WRITERS, write_briefing

# Runs after a first one. Of many the first counts: a film of theirs alone takes most of a minute.
_REPEATS, _REPEATS_OF_MANY = 3, 0
_MANY = 5_000


def folium_page(records: Records) -> bytes:
    """Return the page that folium writes with a circle marker for every place."""
    figure = folium.Map(location=(34, 67), zoom_start=4)
    for one in records.incidents:
        if one.is_mappable:
            for lon, lat in one.points:
                marker = folium.CircleMarker((lat, lon), radius=5, tooltip=one.title)
                marker.add_to(figure)
    stream = io.BytesIO()
    figure.save(stream, close_file=False)
    return stream.getvalue()


def gather(store: Store) -> bytes:
    """Compose a briefing, which has no bytes of its own."""
    compose(store, Filter())
    return b""


def measure(make: Callable[[], bytes], repeats: int) -> tuple[list[float], int]:
    """Return the seconds of some runs after a first one, or of it alone, and the size."""
    seconds, size = [], 0
    for _ in range(1 + repeats):
        start = time.perf_counter()
        size = len(make())
        seconds.append(time.perf_counter() - start)
    return seconds[1:] or seconds, size


def rows_of(name: str, records: Records, repeats: int) -> list[list[str]]:
    """Return the lines of the table for one set of records."""
    store = Store.of(records)
    briefing: Briefing = compose(store, Filter())
    makers = {"gathering the records": partial(gather, store)}
    makers |= {
        f".{ending}": partial(write_briefing, briefing, ending)
        for ending in WRITERS
        if ending != "zip" and (ending != "mp4" or shutil.which("ffmpeg"))
    }
    makers["folium's page"] = partial(folium_page, records)
    rows = []
    for label, make in makers.items():
        seconds, size = measure(make, repeats)
        times = f"{median(seconds):.2f} s", f"{min(seconds):.2f}–{max(seconds):.2f} s"
        rows.append([name, label, *times, f"{size / 1e6:.2f} MB" if size else ""])
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one table for the shipped records and for many made-up ones."""
    parser = argparse.ArgumentParser(description="What each format of a briefing takes.")
    parser.add_argument("--write", action="store_true", help="put the table into results.md")
    options = parser.parse_args(arguments)
    machine = describe_machine("matplotlib", "python-pptx", "python-docx", "folium")
    print(machine)
    if not shutil.which("ffmpeg"):
        print("MP4 is left out: there is no ffmpeg.")
    rows = rows_of("shipped", load(), _REPEATS)
    rows += rows_of(f"{_MANY:,} made up", make_records(_MANY), _REPEATS_OF_MANY)
    head = ["records", "what", "median", "least–most", "size"]
    print_table(head, rows)
    if options.write:
        write_section("briefings.py", [f"{machine}.", "", *table_lines(head, rows)])
    return 0


if __name__ == "__main__":
    sys.exit(main())

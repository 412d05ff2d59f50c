"""`mapview export` and `geocode`: records and places out."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from geodata.errors import FormatError, one_line
from geodata.files import Watch
from geodata.places.gazetteer import propose
from geodata.records import join_words
from mapview.cli.options import (
    add_data,
    add_filter,
    add_publication,
    filter_of,
    publication_of,
    store_of,
)
from mapview.cli.saying import say, warn
from mapview.data import Needed
from mapview.exports import EXPORTS, export_as
from mapview.outgoing import prepare_export

__all__ = ["add_export", "add_geocode"]


def add_export(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview export`."""
    command.add_argument("out", metavar="OUT", help=f"file to write, ending in {_endings()}")
    add_data(command)
    add_publication(command)
    add_filter(command)
    command.set_defaults(run=_export)


def _endings() -> str:
    return join_words([f".{ending}" for ending in EXPORTS], "or")


def add_geocode(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview geocode`."""
    command.add_argument("name", metavar="NAME", help="a place name in any script")
    command.add_argument("--country", default=None, help="ISO 3166-1 alpha-2 code")
    command.add_argument("--limit", type=int, default=5, help="most proposals (default 5)")
    command.set_defaults(run=_geocode)


def _export(options: argparse.Namespace) -> int:
    ending = Path(options.out).suffix.removeprefix(".").casefold()
    if ending not in EXPORTS:
        raise FormatError(f"OUT must end in {_endings()}, got {options.out!r}")
    chosen, publication = filter_of(options), publication_of(options)
    # What goes out otherwise than it is copies nothing.
    copied = () if publication.coarsen or publication.drop else EXPORTS[ending].copied
    store = store_of(options.data, chosen.known, Needed.by(chosen, copied))
    records, about = prepare_export(store, chosen, publication)
    export_as(ending, store.own_types).save(options.out, records, about, _telling(options.out))
    areas = f"{about['base_areas']:,} base area{'' if about['base_areas'] == 1 else 's'}"
    say(f"{about['scope']}; {areas} written to {options.out}")
    for sentence in (*about.get("not_on_the_map", ()), *about.get("changes", ())):
        say(sentence)
    return 0


def _telling(out: str) -> Watch | None:
    """Return what shows on a terminal how far the work is, once it has taken a second."""
    if not sys.stderr.isatty():
        return None
    start, name = time.monotonic(), one_line(out)
    last: tuple[int, int] | None = None

    def tell(done: int, total: int) -> None:
        nonlocal last
        # The same is told again where an export may be stopped, and stands there already.
        if (done, total) != last and time.monotonic() - start > 1:
            last = done, total
            end = "\r" if done < total else "\n"
            print(f"{name}: {done:,} of {total:,} records", end=end, file=sys.stderr, flush=True)

    return tell


def _geocode(options: argparse.Namespace) -> int:
    proposals = propose(options.name, country=options.country, limit=options.limit)
    for one in proposals:
        say(
            f"{one.score:.2f}  {one.lat:9.4f} {one.lon:9.4f}  {one.precision:<16} "
            f"±{one.radius_km:g} km  {one.name}, {one.admin1 or '–'}, {one.country} "
            f"[{one.source}; matched “{one.matched}”]"
        )
    if not proposals:
        warn(f"no proposal for {options.name!r}")
    return 0 if proposals else 1

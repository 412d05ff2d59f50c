"""`mapview validate`, `export` and `geocode`: records in, records out."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geodata import Records, read_records
from geodata.checks import tell_far_dates, validate
from geodata.datasets import shipped_files
from geodata.errors import FormatError, by_rule, one_line
from geodata.files import Watch
from geodata.large import Checked, check_large
from geodata.places.gazetteer import propose
from geodata.records import join_words
from geodata.workspace import read_all
from mapview.cli.options import (
    OTHER_FORM,
    add_data,
    add_filter,
    add_publication,
    filter_of,
    publication_of,
    store_of,
)
from mapview.cli.saying import say, warn
from mapview.exports import EXPORTS, export_as
from mapview.outgoing import prepare_export

__all__ = ["add_export", "add_geocode", "add_validate"]


def add_validate(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview validate`."""
    command.add_argument(
        "files", nargs="*", metavar="FILE", help="record files; without any, the shipped records"
    )
    command.set_defaults(run=_validate)


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


def _validate(options: argparse.Namespace) -> int:
    found = _checked([Path(one) for one in options.files or shipped_files()])
    problems = found.problems
    for line in (*found.notes, *by_rule(problems)):
        say(line)
    is_empty = not found.incidents and not found.base_areas and found.context == Records()
    if is_empty and not problems:
        raise FormatError("a record file must have at least one record, got none")
    counts = (
        f"{found.incidents:,} incidents, {found.base_areas:,} base areas, "
        f"{len(found.context.groups):,} groups, {len(found.context.sources):,} sources"
    )
    say(f"{len(problems):,} problems in {counts}" if problems else f"no problems in {counts}")
    if problems and is_empty:
        say(OTHER_FORM)
    return 1 if problems else 0


def _checked(files: Sequence[Path]) -> Checked:
    """Return what breaks a rule in some files together; a large one is read in parts."""
    if len(files) == 1 and (found := check_large(files[0])):
        return found
    result = read_all(files, read_records)
    records = result.records
    return Checked(
        [*result.problems, *validate(records)],
        [*result.notes, *tell_far_dates(records.incidents)],
        len(records.incidents),
        len(records.base_areas),
        replace(records, incidents=(), base_areas=()),
    )


def _export(options: argparse.Namespace) -> int:
    ending = Path(options.out).suffix.removeprefix(".").casefold()
    if ending not in EXPORTS:
        raise FormatError(f"OUT must end in {_endings()}, got {options.out!r}")
    chosen = filter_of(options)
    store = store_of(options.data, chosen.known)
    records, about = prepare_export(store, chosen, publication_of(options))
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

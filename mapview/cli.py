"""The command `mapview`: serve, validate, export, geocode."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from geodata import Problem, Records, Store, load, read_records
from geodata.datasets import shipped_files
from geodata.errors import FilterError, FormatError, GeodataError
from geodata.files import Watch, open_atomic_bytes
from geodata.filters import FILTER_KEYS, Filter
from geodata.gazetteer import propose
from geodata.validation import validate
from geodata.words import join_words
from mapview.data import DATA_VARIABLE, current_store, load_problems
from mapview.exports import EXPORTS, about_export
from mapview.tiles import TILES_VARIABLE, tiles_url

__all__ = ["main"]

_FILTER_HELP = {
    "from": "first day of the period: 2018, 2018-07 or 2018-07-29",
    "to": "last day of the period",
    "when": "possible (default) or certain: how an imprecise date is held against the period",
    "type": "event type, such as bombing; may be repeated",
    "group": "group by id, name or alias in any script; may be repeated",
    "country": "ISO 3166-1 alpha-2 code; may be repeated",
    "status": "carried out, foiled or disputed; may be repeated",
    "attribution": "claimed, attributed, contested or unattributed; may be repeated",
    "precision": "place known at least to: site, settlement, near settlement, district, …",
    "deaths_min": "the highest figure given is at least this",
    "deaths_max": "the lowest figure given is at most this",
    "q": "words that must all occur",
    "bounds": "west,south,east,north in degrees",
    "areas": "on (default) or off: base areas",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 good, 1 bad data or input, 2 bad usage."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except GeodataError as error:
        print(f"mapview: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; that is no fault.
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mapview", description="Show, check and export documented incidents."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands)
    _add_validate(commands)
    _add_export(commands)
    _add_geocode(commands)
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("serve", help="show records on a map in the browser")
    _add_data(command)
    command.add_argument("--port", type=int, default=8501, help="TCP port (default 8501)")
    command.add_argument(
        "--address",
        default="localhost",
        help="network address to bind; the default serves this machine only",
    )
    command.add_argument(
        "--tiles",
        default=None,
        metavar="on|URL",
        help="offer online map tiles (off by default): OpenStreetMap's, or those at an address "
        "with {z}, {x} and {y}",
    )
    command.set_defaults(run=_serve)


def _add_validate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("validate", help="check records and say what is wrong")
    command.add_argument(
        "files", nargs="*", metavar="FILE", help="record files; without any, the shipped records"
    )
    command.set_defaults(run=_validate)


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("export", help="write the records that a filter finds to a file")
    command.add_argument("out", metavar="OUT", help=f"file to write, ending in {_endings()}")
    _add_data(command)
    _add_filter(command)
    command.set_defaults(run=_export)


def _endings() -> str:
    return join_words([f".{ending}" for ending in EXPORTS], "or")


def _add_geocode(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("geocode", help="propose coordinates for a place name")
    command.add_argument("name", metavar="NAME", help="a place name in any script")
    command.add_argument("--country", default=None, help="ISO 3166-1 alpha-2 code")
    command.add_argument("--limit", type=int, default=5, help="most proposals (default 5)")
    command.set_defaults(run=_geocode)


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data",
        action="append",
        default=[],
        metavar="FILE",
        help="record file to use instead of the shipped records; may be repeated",
    )


def _add_filter(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("filter", "Which records; without any option, all.")
    for key in FILTER_KEYS:
        group.add_argument(
            f"--{key.replace('_', '-')}",
            dest=f"filter_{key}",
            action="append",
            default=[],
            metavar=key.upper(),
            help=_FILTER_HELP[key],
        )


def _filter_of(options: argparse.Namespace) -> Filter:
    pairs = [(key, value) for key in FILTER_KEYS for value in getattr(options, f"filter_{key}")]
    for key, value in pairs:
        # Bytes of the command line that are no text arrive as lone surrogates.
        if not value.isascii() and value != value.encode(errors="replace").decode():
            raise FilterError(f"{key} must be UTF-8 text, got {value!r:.80}")
    return Filter.from_pairs(pairs)


def _records_of(files: Sequence[str]) -> Records:
    if not files:
        return load()
    result = read_records(files)
    _print_problems(result.problems)
    return result.records


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} problems; those records were left out", file=sys.stderr)


def _serve(options: argparse.Namespace) -> int:
    if not 0 < options.port < 2**16:
        raise FilterError(f"--port must be within 1 and 65535, got {options.port}")
    for file in options.data:
        if not Path(file).is_file():
            raise FormatError(f"--data must name a file, got {file!r}")
    if options.data:
        paths = [str(Path(file).resolve()) for file in options.data]
        os.environ[DATA_VARIABLE] = os.pathsep.join(paths)
    if options.tiles is not None:
        os.environ[TILES_VARIABLE] = options.tiles
    # What is wrong with the settings is said here, not by the server's first answer.
    tiles_url()
    current_store()
    _print_problems(load_problems())
    # Streamlit takes a second to import, which no other command should pay for.
    from mapview.server import serve

    serve(address=options.address, port=options.port)
    return 0


def _validate(options: argparse.Namespace) -> int:
    files = options.files or shipped_files()
    result = read_records(files)
    problems = [*result.problems, *validate(result.records)]
    for problem in problems:
        print(problem)
    records = result.records
    counts = (
        f"{len(records.incidents):,} incidents, {len(records.base_areas):,} base areas, "
        f"{len(records.groups):,} groups, {len(records.sources):,} sources"
    )
    print(f"{len(problems):,} problems in {counts}" if problems else f"no problems in {counts}")
    return 1 if problems else 0


def _export(options: argparse.Namespace) -> int:
    ending = Path(options.out).suffix.removeprefix(".").casefold()
    if ending not in EXPORTS:
        raise FormatError(f"OUT must end in {_endings()}, got {options.out!r}")
    chosen = _filter_of(options)
    store = Store(_records_of(options.data))
    about = about_export(store, chosen)
    try:
        with open_atomic_bytes(options.out) as stream:
            pieces = EXPORTS[ending].pieces(store.select(chosen), about, _telling(options.out))
            stream.writelines(pieces)
    except KeyboardInterrupt:
        print("mapview: cancelled; nothing was written", file=sys.stderr)
        return 130
    totals = store.totals(chosen)
    areas = len(store.areas(chosen))
    print(
        f"{totals.shown:,} of {totals.all:,} incidents ({totals.unplaced:,} without a place on the "
        f"map) and {areas:,} base areas written to {options.out}"
    )
    return 0


def _telling(out: str) -> Watch | None:
    """Return what shows on a terminal how far the work is, once it has taken a second."""
    if not sys.stderr.isatty():
        return None
    start = time.monotonic()

    def tell(done: int, total: int) -> None:
        if time.monotonic() - start > 1:
            end = "\r" if done < total else "\n"
            print(f"{out}: {done:,} of {total:,} records", end=end, file=sys.stderr, flush=True)

    return tell


def _geocode(options: argparse.Namespace) -> int:
    proposals = propose(options.name, country=options.country, limit=options.limit)
    for one in proposals:
        print(
            f"{one.score:.2f}  {one.lat:9.4f} {one.lon:9.4f}  {one.precision:<16} "
            f"±{one.radius_km:g} km  {one.name}, {one.admin1 or '–'}, {one.country} "
            f"[{one.source}; matched “{one.matched}”]"
        )
    if not proposals:
        print(f"no proposal for {options.name!r}", file=sys.stderr)
    return 0 if proposals else 1


if __name__ == "__main__":
    sys.exit(main())

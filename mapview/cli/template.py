"""`mapview template` and `mapview viewer`: an empty table, and a page that opens files."""

from __future__ import annotations

import argparse
from pathlib import Path

from geodata.errors import FormatError
from geodata.files import open_atomic_bytes
from geodata.importing import TEMPLATES, template_of
from mapview.briefing.page import write_viewer
from mapview.cli.options import add_workspace, lists_of
from mapview.cli.saying import say

__all__ = ["add_template", "add_viewer"]


def add_template(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview template`."""
    command.add_argument("out", metavar="OUT", help="file to write, ending in .xlsx or .csv")
    command.add_argument(
        "--from",
        dest="known",
        metavar="NAME|FILE",
        help="dataset or record file whose types, countries and groups the lists offer (.xlsx)",
    )
    add_workspace(command)
    command.set_defaults(run=_template)


def _template(options: argparse.Namespace) -> int:
    ending = Path(options.out).suffix.removeprefix(".").casefold()
    if ending not in TEMPLATES:
        raise FormatError(f"OUT must end in .xlsx or .csv, got {options.out!r}")
    lists: dict[str, list[str]] = {}
    if options.known is not None:
        if ending != "xlsx":
            raise FormatError(f"OUT must end in .xlsx to have lists, got {options.out!r}")
        lists = lists_of(options.known)
    with open_atomic_bytes(options.out) as stream:
        stream.write(template_of(ending, **lists))
    say(f"{options.out}: fill it in, then mapview import {options.out}; the examples are skipped")
    return 0


def add_viewer(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview viewer`."""
    command.add_argument("out", metavar="OUT", help="file to write, ending in .html")
    command.set_defaults(run=_viewer)


def _viewer(options: argparse.Namespace) -> int:
    if Path(options.out).suffix.casefold() not in (".html", ".htm"):
        raise FormatError(f"OUT must end in .html, got {options.out!r}")
    page = write_viewer()
    with open_atomic_bytes(options.out) as stream:
        stream.write(page)
    say(
        f"{options.out}: {len(page) // 1000:,} kB; open it in a browser and drop an export, a CSV "
        "or workbook with coordinates and dates, or a GeoJSON, KML, GeoPackage, GeoParquet or "
        "FlatGeobuf of points on it"
    )
    return 0

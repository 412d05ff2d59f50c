"""`mapview template`: an empty table to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path

from geodata.errors import FormatError
from geodata.files import open_atomic_bytes
from geodata.importing import TEMPLATES, template_of
from mapview.cli.saying import say

__all__ = ["add_template"]


def add_template(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview template`."""
    command.add_argument("out", metavar="OUT", help="file to write, ending in .xlsx or .csv")
    command.set_defaults(run=_template)


def _template(options: argparse.Namespace) -> int:
    ending = Path(options.out).suffix.removeprefix(".").casefold()
    if ending not in TEMPLATES:
        raise FormatError(f"OUT must end in .xlsx or .csv, got {options.out!r}")
    with open_atomic_bytes(options.out) as stream:
        stream.write(template_of(ending))
    say(f"{options.out}: fill it in, then mapview import {options.out}; the examples are skipped")
    return 0

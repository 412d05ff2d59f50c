"""`mapview toll`: how many were killed or injured in what a filter finds, within bounds."""

from __future__ import annotations

import argparse
import json

from geodata.queries import SUMMED
from mapview.cli.options import add_data, add_filter, filter_of, store_of
from mapview.programs.counting import toll_payload

__all__ = ["add_toll"]

_ABOUT = {words: about for about, words in SUMMED.items()}


def add_toll(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview toll`."""
    add_data(command)
    command.add_argument(
        "--of",
        choices=list(_ABOUT),
        default=next(iter(_ABOUT)),
        help="who is counted (default: killed)",
    )
    command.add_argument("--json", action="store_true", help="print JSON in place of words")
    add_filter(command)
    command.set_defaults(run=_toll)


def _toll(options: argparse.Namespace) -> int:
    chosen = filter_of(options)
    toll = store_of(options.data).toll(chosen, _ABOUT[options.of])
    print(json.dumps(toll_payload(toll), ensure_ascii=False) if options.json else toll.words)
    return 0

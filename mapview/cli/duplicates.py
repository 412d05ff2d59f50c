"""`mapview duplicates`: which records may be of one event, and the user's word on it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from geodata.errors import RequestError
from geodata.workspace import Pair, Workspace, find_pairs, read_links, records_of
from mapview.cli.options import add_workspace
from mapview.cli.saying import say

__all__ = ["add_duplicates"]


def add_duplicates(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview duplicates`."""
    command.add_argument("names", nargs="*", metavar="NAME", help="datasets; without any, all")
    command.add_argument("--json", action="store_true", help="print JSON in place of words")
    command.add_argument("--most", type=int, default=50, help="how many pairs at most (50)")
    for option, text in (
        ("--link", "two records are one event: they are shown and counted as one"),
        ("--different", "two records are two events, and are listed no more"),
    ):
        command.add_argument(
            option, nargs=2, action="append", default=[], metavar="ID", help=f"{text}; repeatable"
        )
    add_workspace(command)
    command.set_defaults(run=_duplicates)


def _duplicates(options: argparse.Namespace) -> int:
    workspace = Workspace(options.workspace)
    named = [workspace.get(one) for one in options.names] or workspace.datasets()
    records = records_of(named)
    links = read_links(workspace)
    if options.link or options.different:
        known = records.incidents_by_id
        for one, other in (*options.link, *options.different):
            if one == other or one not in known or other not in known:
                raise RequestError(f"two records must be named by their ids, got {one} and {other}")
        for pair in options.link:
            links = links.link(*pair)
        for pair in options.different:
            links = links.part(*pair)
        links.save(workspace)
    pairs = find_pairs(
        records.incidents, apart=links.same | links.different, most=max(1, options.most)
    )
    if options.json:
        told = {"pairs": [one.to_dict() for one in pairs], "linked": sorted(links.same)}
        print(json.dumps(told, ensure_ascii=False))
        return 0
    _tell(pairs, len(links.same))
    return 0


def _tell(pairs: Sequence[Pair], linked: int) -> None:
    for one in pairs:
        say(f"{one.score:.2f}  {one.first.id}  {one.second.id}")
        for record in (one.first, one.second):
            say(f"      {record.event_date}  {record.title}")
        say(f"      {'; '.join(one.reasons)}")
    counted = f"{len(pairs):,} pair{'s' * (len(pairs) != 1)} may be of one event"
    say(f"{counted}; {linked:,} linked. mapview duplicates --link ID ID, or --different ID ID")

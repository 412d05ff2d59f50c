"""`mapview look` and `mapview import`: what a file holds, and a dataset made of it."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from geodata.errors import FormatError, RequestError
from geodata.importing import (
    Account,
    Looked,
    Settings,
    found_by,
    look_through,
)
from geodata.workspace import Workspace, begin_file, build
from mapview.cli.options import add_reading, add_workspace, settings_of
from mapview.cli.saying import counted, say, warn
from mapview.cli.telling import SOME_REJECTED, tell_account, tell_notes, tell_plan

__all__ = ["add_import", "add_look"]

_HUNDRED = 100.0


def add_look(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview look`."""
    command.add_argument("file", metavar="FILE", help="any file of incidents")
    command.add_argument("--json", action="store_true", help="print JSON in place of words")
    add_reading(command)
    command.set_defaults(run=_look)


def _look(options: argparse.Namespace) -> int:
    path = Path(options.file)
    importing = begin_file(path, settings_of(options), "file")
    importing.through(lambda rows: counted(rows, path.name))
    looked = look_through(importing)
    if options.json:
        print(json.dumps(looked.to_dict(), ensure_ascii=False))
    else:
        _tell_look(path, looked)
    return _code(looked.account)


def _tell_look(path: Path, looked: Looked) -> None:
    say(f"{path.name}: {looked.form}")
    tell_plan(looked.plan)
    tell_account(looked.account)
    tell_notes(looked.notes)
    if looked.source is not None and not looked.source.may_publish:
        say(_kept_back(looked.source.licence))
    for name, count, found in looked.proposals:
        meant = (
            f"{found.name}, {found.country} ({found.score:.2f})"
            if found
            else looked.why_unknown(name)
        )
        say(f"  by name only, “{name}” ×{count:,}: {meant}")
    if looked.proposals:
        say("    --set places=accept  takes what is surely meant, and says so in each record")
    for one in looked.records.incidents:
        say(f"  {one.event_date}  {one.title}" + ("" if one.points else "  (no place)"))


def _kept_back(licence: str) -> str:
    return (
        f"{licence}; its rows stay out of exports, embedded maps and briefings, unless you may "
        "publish them: --licence-held"
    )


def _code(account: Account) -> int:
    if not account.accepted:
        return 1
    return SOME_REJECTED if account.rejected else 0


def add_import(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview import`."""
    command.add_argument("files", nargs="+", metavar="FILE", help="any file of incidents")
    command.add_argument("--into", default=None, metavar="NAME", help="name of the dataset")
    command.add_argument(
        "--max-rejected",
        default=None,
        metavar="SHARE",
        help="write nothing if more rows are left out than this, such as 5%%",
    )
    command.add_argument(
        "--report", default=None, metavar="FILE", help="write the rows that were left out as CSV"
    )
    command.add_argument("--json", action="store_true", help="print JSON in place of words")
    add_workspace(command)
    add_reading(command)
    command.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    settings, workspace = settings_of(options), Workspace(options.workspace)
    if options.into and len(options.files) > 1:
        raise RequestError("--into must name the dataset of one file, got several files")
    most = share_of(options.max_rejected) if options.max_rejected else None
    codes = [_import_one(Path(one), options, settings, workspace, most) for one in options.files]
    return 1 if 1 in codes else max(codes)


def _import_one(
    path: Path,
    options: argparse.Namespace,
    settings: Settings,
    workspace: Workspace,
    most: float | None,
) -> int:
    if not path.is_file():
        raise FormatError(f"FILE must be a readable file, got {str(path)!r}")
    name = workspace.check_free(options.into) if options.into else workspace.free_name(path.stem)
    importing = begin_file(path, settings, name)
    importing.through(lambda rows: counted(rows, path.name))
    built = build(workspace, name, importing, [path], most)
    account, plan = importing.account, importing.sheets[0][1]
    if options.json:
        print(json.dumps(found_by(importing).to_dict(), ensure_ascii=False))
    else:
        say(f"{path.name}: {found_by(importing).form}")
        tell_plan(plan)
        tell_account(account)
        tell_notes(importing.notes)
    if built is None:
        warn(f"mapview: {_refusal(account, most)}; nothing was written")
        return 1
    dataset, manifest = built
    if options.report:
        Path(options.report).write_bytes(dataset.file("rejected.csv").read_bytes())
    if not options.json:
        say(f"dataset {dataset.name}: mapview serve --data {dataset.name}")
        if not manifest.may_publish:
            say(_kept_back(manifest.licence))
    return _code(account)


def _refusal(account: Account, most: float | None) -> str:
    if account.accepted and most is not None:
        share = account.rejected / account.rows
        return f"at most {most:.0%} of the rows may be left out, got {share:.1%}"
    return f"at least one row must be a record, got none of {account.rows:,}"


def share_of(text: str) -> float:
    """Return a share that an option gives.

    Raises:
        RequestError: If it is none.

    Example:
        >>> share_of("5%"), share_of("0.05")
        (0.05, 0.05)
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%?)", text.strip())
    share = float(found[1]) / (_HUNDRED if found[2] else 1) if found else -1.0
    if not 0 <= share <= 1:
        raise RequestError(f"--max-rejected must be a share such as 5%, got {text!r}")
    return share

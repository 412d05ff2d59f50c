"""`mapview look` and `mapview import`: what a file holds, and a dataset made of it."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from geodata.errors import FormatError, RequestError
from geodata.importing import (
    Account,
    Importing,
    Looked,
    Plan,
    RowKind,
    Settings,
    begin,
    describe_rule,
    found_by,
    look,
)
from geodata.reading import open_file
from geodata.workspace import Workspace, build, read_recipe
from mapview.cli.options import add_workspace
from mapview.cli.saying import say, warn
from mapview.cli.stopping import stopped_neatly

__all__ = [
    "SOME_REJECTED", "account_lines", "add_import", "add_look", "add_reading",
    "begin_file", "question_lines", "settings_of", "tell_account",
]  # fmt: skip

SOME_REJECTED = 3
_HUNDRED = 100.0
_MOST_NOTES = 10


def add_reading(command: argparse.ArgumentParser) -> None:
    """Add the options that say how a file is to be read."""
    group = command.add_argument_group("reading", "Without any of these, all is guessed and told.")
    group.add_argument("--recipe", default=None, metavar="R.toml", help="read as a recipe says")
    group.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PART=COLUMN",
        help="which column plays a part, such as date=Started, or dates=dmy, dates=mdy, "
        "crs=EPSG:32633; nothing after = takes a part away; may be repeated",
    )
    group.add_argument("--sheet", default=None, help="a sheet or layer, by name or number")
    group.add_argument(
        "--row",
        choices=[str(one) for one in RowKind],
        default=None,
        help="what each row is (default: incident)",
    )
    group.add_argument(
        "--doubtful",
        choices=["keep", "reject"],
        default=None,
        help="what becomes of rows with a doubt (default: keep)",
    )
    group.add_argument(
        "--licence-held",
        action="store_true",
        help="you hold a licence to publish data whose terms forbid it to others, as the GTD's do",
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """Return what the options say of reading.

    Raises:
        RequestError: If one cannot be meant.
    """
    settings = read_recipe(options.recipe) if options.recipe else Settings()
    given = dict(settings.given)
    for one in options.set:
        name, is_given, value = one.partition("=")
        if not is_given:
            raise RequestError(f"--set must be PART=COLUMN, got {one!r}")
        given[name.strip()] = value.strip()
    doubtful = options.doubtful or ("reject" if settings.rejects_doubtful else "keep")
    return replace(
        settings,
        given=given,
        row=RowKind(options.row) if options.row else settings.row,
        sheet=options.sheet or settings.sheet,
        rejects_doubtful=doubtful == "reject",
        holds_licence=options.licence_held or settings.holds_licence,
    )


def begin_file(path: Path, settings: Settings, dataset: str) -> Importing:
    """Return what makes the records of a file.

    Raises:
        FormatError: If it cannot be read.
    """
    return begin(open_file(path), settings, dataset, path.name)


def add_look(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview look`."""
    command.add_argument("file", metavar="FILE", help="any file of incidents")
    command.add_argument("--json", action="store_true", help="print JSON in place of words")
    add_reading(command)
    command.set_defaults(run=_look)


def _look(options: argparse.Namespace) -> int:
    path = Path(options.file)
    looked = look(open_file(path), settings_of(options), file=path.name)
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
    for name, count, found in looked.proposals:
        meant = f"{found.name}, {found.country} ({found.score:.2f})" if found else "not known"
        say(f"  by name only, “{name}” ×{count:,}: {meant}")
    if looked.proposals:
        say("    --set places=accept  takes what is surely meant, and says so in each record")
    for one in looked.records.incidents:
        say(f"  {one.event_date}  {one.title}" + ("" if one.points else "  (no place)"))


def tell_plan(plan: Plan) -> None:
    """Print which column plays which part and why, and what is open."""
    for guess in plan.guesses:
        say(f"  {guess.role:<12} {', '.join(guess.columns) or '–'}: {guess.evidence}")
    for line in question_lines(plan):
        say(line)


def question_lines(plan: Plan) -> Iterator[str]:
    """Yield what is open, with what settles it."""
    for question in plan.questions:
        yield f"? {question.text}"
        for given, meaning in question.answers:
            option = f"--row {given[4:]}" if given.startswith("row=") else f"--set '{given}'"
            yield f"    {option}  {meaning}"


def tell_account(account: Account) -> None:
    """Print what became of the rows."""
    for line in account_lines(account):
        say(line)


def tell_notes(notes: Sequence[str]) -> None:
    """Print what else a file holds and is not read."""
    for one in notes[:_MOST_NOTES]:
        say(f"  note: {one}")
    if len(notes) > _MOST_NOTES:
        say(f"  note: {len(notes) - _MOST_NOTES:,} others")


def account_lines(account: Account) -> Iterator[str]:
    """Yield what became of the rows: by rule, with count and examples."""
    span = f", {account.first_day} to {account.last_day}" if account.first_day else ""
    yield (
        f"{account.rows:,} rows: {account.accepted:,} accepted ({account.with_point:,} with a "
        f"point, {account.doubtful:,} with a doubt), {account.rejected:,} left out{span}"
    )
    skipped = ", ".join(f"{count:,} {kind}" for kind, count in account.skipped.items() if count)
    if skipped:
        yield f"no rows: {skipped}"
    for title, rules in (("left out", account.rules), ("doubtful", account.doubts)):
        for rule, count in rules.most_common():
            examples = "; ".join(account.examples.get(rule, [])[:2])
            yield f"  {title} {count:,} × {rule} ({describe_rule(rule)}): {examples}"


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
    with stopped_neatly():
        importing = begin_file(path, settings, name)
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
            say(f"{manifest.licence}; its rows stay out of exports and briefings")
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

"""`mapview update` and `mapview datasets`: what there is and was, and how a new file changes it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from geodata import RequestError, read_records
from geodata.engines import (
    EngineAddress,
    EngineParts,
    Kept,
    PushedDataset,
    Version,
    open_engine,
    push_versions,
    pushed_datasets,
    remove_pushed,
)
from geodata.files import open_atomic_bytes
from geodata.importing import found_by
from geodata.workspace import (
    Between,
    Dataset,
    Difference,
    Parts,
    Workspace,
    begin_update,
    build,
    came_on,
    compare,
    compare_versions,
    day_of,
    open_parts,
    version_named,
)
from mapview.briefing.differing import difference_page
from mapview.cli.options import add_workspace, print_findings, tell_shipped_versions
from mapview.cli.saying import counted, say, warn
from mapview.cli.telling import SOME_REJECTED, tell_account

__all__ = ["add_datasets", "add_update"]

_SHOWN = 10
_ACTIONS = {
    "list": 0, "show": 1, "rename": 2, "remove": 1, "rejected": 2, "push": 2,
    "versions": 1, "diff": 3, "prune": 2,
}  # fmt: skip
# Of an engine: how many words at least and at most.
_OF_ENGINE = {"list": (0, 0), "versions": (1, 1), "diff": (3, 3), "remove": (1, 2)}


def add_update(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview update`."""
    command.add_argument("name", metavar="NAME", help="a dataset")
    command.add_argument("file", metavar="FILE", help="its new file")
    command.add_argument("--apply", action="store_true", help="put the new file in its place")
    command.add_argument("--json", action="store_true", help="print JSON in place of words")
    add_workspace(command)
    command.set_defaults(run=_update)


def _update(options: argparse.Namespace) -> int:
    workspace = Workspace(options.workspace)
    dataset = workspace.get(options.name)
    path = Path(options.file)
    importing, before = begin_update(dataset, path)
    importing.through(lambda rows: counted(rows, path.name))
    found = compare(before, importing.records())
    looked = found_by(importing)
    if options.json:
        told = {**looked.to_dict(), **found.to_dict()}
        print(json.dumps(told, ensure_ascii=False))
    else:
        tell_account(importing.account)
        _tell(found)
    if not importing.account.accepted:
        warn("mapview: at least one row must be a record, got none; nothing was changed")
        return 1
    if options.apply:
        # Read once more: what was compared is not kept.
        again, _ = begin_update(dataset, path)
        again.through(lambda rows: counted(rows, path.name))
        build(workspace, dataset.name, again, [path])
    if not options.json and options.apply and (kept := len(dataset.versions()) - 1):
        say(f"{kept:,} older version{' is' if kept == 1 else 's are'} kept")
    if not options.json:
        say("applied" if options.apply else "nothing was changed; --apply does it")
    return SOME_REJECTED if importing.account.rejected else 0


def _tell(found: Difference) -> None:
    counts = found.to_dict()
    say(", ".join(f"{count:,} {kind}" for kind, count in counts.items()))
    for title, ids in (("new", found.new), ("gone", found.gone)):
        for one in ids[:_SHOWN]:
            say(f"  {title}: {one}  {found.titles.get(one, '')}")
        if len(ids) > _SHOWN:
            say(f"  {title}: {len(ids) - _SHOWN:,} more")
    for identifier, columns in list(found.values.items())[:_SHOWN]:
        told = "; ".join(f"{name}: {was or '–'} → {now or '–'}" for name, was, now in columns)
        say(f"  changed: {identifier}  {told}")
    if len(found.changed) > _SHOWN:
        say(f"  changed: {len(found.changed) - _SHOWN:,} more")


def add_datasets(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview datasets`."""
    command.add_argument(
        "action",
        nargs="?",
        default="list",
        choices=list(_ACTIONS),
        help="list (default); show NAME; rename NAME NEW; remove NAME; rejected NAME OUT.csv; "
        "push NAME ENGINE, such as postgresql://user@host/database or "
        "spark://host:7077/path/of/folder; versions [NAME]; "
        "diff NAME A B, where A and B are days, fingerprints or now; prune NAME N, which leaves N "
        "older versions. With --engine: list, versions NAME, diff NAME A B and remove NAME "
        "[VERSION] of what was pushed there; VERSION is an older one, by its day or fingerprint, "
        "and without it all of the dataset goes",
    )
    command.add_argument("words", nargs="*", metavar="WORD", help="what the action needs")
    command.add_argument("--json", action="store_true", help="diff: print JSON in place of words")
    command.add_argument(
        "--engine",
        metavar="ADDRESS",
        type=_some_address,
        default=None,
        help="list, versions, diff, remove: of this engine, in place of the workspace",
    )
    command.add_argument(
        "--versions",
        metavar="N",
        type=_at_least_none,
        default=None,
        help="push: of N older versions at most (default: of all that are kept)",
    )
    command.add_argument(
        "--map", metavar="OUT.html", default=None, help="diff: write a page with what differs"
    )
    add_workspace(command)
    command.set_defaults(run=_datasets)


def _some_address(text: str) -> str:
    if not text:  # Such as a variable of the shell that is not set: not the workspace.
        raise argparse.ArgumentTypeError("an engine must have an address, got nothing")
    return text


def _at_least_none(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"must be a number of versions, got {text!r:.40}")
    return int(text)


def _datasets(options: argparse.Namespace) -> int:
    words, needed = options.words, _ACTIONS[options.action]
    if options.engine:
        _of_engine(options.action, words, options)
        return 0
    if options.action == "versions" and not words:
        tell_shipped_versions()
        return 0
    if len(words) != needed:
        raise RequestError(f"datasets {options.action} must have {needed} words, got {len(words)}")
    workspace = Workspace(options.workspace)
    if options.action == "list":
        _list(workspace)
    elif options.action == "show":
        _show(workspace.get(words[0]))
    elif options.action == "rename":
        workspace.rename(words[0], words[1])
    elif options.action == "remove":
        workspace.remove(words[0])
    elif options.action in _OF_VERSIONS:
        _OF_VERSIONS[options.action](workspace.get(words[0]), words[1:], options)
    elif options.action == "push":
        _push(workspace.get(words[0]), EngineAddress(words[1]), options.versions)
    else:
        whole = workspace.get(words[0]).file("rejected.csv").read_bytes()
        with open_atomic_bytes(words[1]) as stream:
            stream.write(whole)
    return 0


def _list(workspace: Workspace) -> None:
    found = workspace.datasets()
    for one in found:
        manifest = one.manifest()
        counts = manifest.counts
        kept_back = "" if manifest.may_publish else "; not for publication"
        say(
            f"{one.name}: {counts.get('accepted', 0):,} records, "
            f"{counts.get('rejected', 0):,} left out; {manifest.form}{kept_back}"
        )
    if not found:
        say(f"no datasets in {workspace.folder}; mapview import FILE makes one")


def _push(dataset: Dataset, address: EngineAddress, most_older: int | None) -> None:
    *older, now = dataset.versions()
    kept = older if most_older is None else older[max(0, len(older) - most_older) :]
    versions = [_version(one) for one in (*kept, now)]
    pushed = push_versions(address, dataset.name, versions, lambda count: warn(f"{count:,} rows …"))
    held = "1 incident is" if pushed.incidents == 1 else f"{pushed.incidents:,} incidents are"
    beside = f", beside {_older(pushed.older)}" if pushed.older else ""
    say(f"{dataset.name}: {held} in {address.told}{beside}")


def _of_engine(action: str, words: list[str], options: argparse.Namespace) -> None:
    if action not in _OF_ENGINE:
        known = ", ".join(_OF_ENGINE)
        raise RequestError(f"--engine must stand with one of {known}, got datasets {action}")
    least, most = _OF_ENGINE[action]
    if not least <= len(words) <= most:
        some = f"{least}" if least == most else f"{least} or {most}"
        raise RequestError(f"datasets {action} --engine must have {some} words, got {len(words)}")
    address = EngineAddress(options.engine)
    if action == "diff":
        parts = open_engine(address, words[:1])
        sides = [_pushed_side(parts, one) for one in words[1:]]
        _tell_difference(parts.name, sides[0], sides[1], options)
    elif action == "remove":
        gone = remove_pushed(address, *words)
        what = f"the version of {came_on(gone.came)} ({gone.version})" if gone else "all of it"
        say(f"{words[0]}: {what} was removed from {address.told}")
    else:
        _list_pushed(address, words)


def _list_pushed(address: EngineAddress, named: list[str]) -> None:
    found = pushed_datasets(address)
    for one in found:
        if not named:
            beside = f", beside {_older(len(one.older))}" if one.older else ""
            say(
                f"{one.name}: {_held(one.shown)}{beside}, {_size(sum(one.sizes.values()))}; pushed "
                f"{one.pushed.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            )
        elif one.name == named[0]:
            _tell_pushed(one)
    if named and named[0] not in [one.name for one in found]:
        known = ", ".join(one.name for one in found) or "none"
        raise RequestError(f"a dataset of the engine must be named ({known}), got {named[0]!r:.80}")
    if not found:
        say(f"no datasets in {address.told}; mapview datasets push NAME ENGINE puts one there")


def _tell_pushed(found: PushedDataset) -> None:
    for one in (*found.older, found.shown):
        is_now = "; this is what is shown" if one == found.shown else ""
        since = f"{one.came:%Y-%m-%d %H:%M}" if one.since else "of no known day "
        size = _size(found.sizes.get(one.state, 0))
        say(f"{since}  {one.version:<12}  {_held(one)}, {size}{is_now}")
    kept = {one.state for one in (*found.older, found.shown)}
    if others := [size for state, size in found.sizes.items() if state not in kept]:
        say(f"of earlier pushes, which go with those that follow: {_size(sum(others))}")


def _held(kept: Kept) -> str:
    return (
        f"{kept.incidents:,} incident{'' if kept.incidents == 1 else 's'} in "
        f"{kept.rows:,} row{'' if kept.rows == 1 else 's'}"
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB"


def _version(dataset: Dataset) -> Version:
    parts = open_parts([dataset.folder], read_records)
    print_findings(parts.problems, parts.notes)
    return Version(dataset.since.isoformat(), parts.catalogue, lambda: parts.engine().batches())


def _older(count: int) -> str:
    return f"{count:,} older version{'' if count == 1 else 's'}"


def _tell_versions(dataset: Dataset, *_: object) -> None:
    kept = dataset.versions()
    if len(kept) == 1:
        say(f"{dataset.name}: one version, of {day_of(dataset)}")
        return
    for one in kept:
        manifest = one.manifest()
        is_now = "; this is what it is now" if one == dataset else ""
        say(
            f"{one.since:%Y-%m-%d %H:%M}  {manifest.version:<12}  "
            f"{manifest.counts.get('accepted', 0):,} records{is_now}"
        )


def _prune(dataset: Dataset, words: list[str], _: object) -> None:
    (text,) = words
    if not text.isdecimal():
        raise RequestError(f"prune must be told how many versions to leave, got {text!r:.40}")
    removed = dataset.prune(int(text))
    say(f"{dataset.name}: {_older(removed)} removed")


@dataclass(frozen=True)
class _Side:
    """One of two versions that are compared."""

    since: datetime
    version: str
    parts: Parts | EngineParts

    def to_dict(self) -> dict[str, str]:
        return {"version": self.version, "since": self.since.isoformat()}


def _side(dataset: Dataset) -> _Side:
    opened = open_parts([dataset.folder], read_records)
    return _Side(dataset.since, dataset.manifest().version, opened)


def _pushed_side(parts: EngineParts, named: str) -> _Side:
    if not parts.versions:
        raise RequestError(
            f"a version must be one of those that were pushed with their days, got {named!r:.40}; "
            f"push {parts.name} again"
        )
    known = [(one.came, one.version) for one in parts.versions]
    kept = parts.versions[version_named(named, known, parts.name)]
    return _Side(kept.came, kept.version, parts.of_version(kept))


def _diff(dataset: Dataset, named: list[str], options: argparse.Namespace) -> None:
    before, now = (_side(dataset.version_named(one)) for one in named)
    _tell_difference(dataset.name, before, now, options)


def _tell_difference(name: str, before: _Side, now: _Side, options: argparse.Namespace) -> None:
    found = compare_versions(before.parts.catalogue, now.parts.catalogue)
    words = f"{name}, from {came_on(before.since)} to {came_on(now.since)}: {found.words}"
    if options.json:
        sides = {"from": before.to_dict(), "to": now.to_dict()}
        print(json.dumps({"dataset": name, **sides, **found.to_dict()}, ensure_ascii=False))
    else:
        say(words)
        _tell_between(found)
    if options.map:
        page = difference_page(found, before.parts.catalogue, now.parts.catalogue, words)
        with open_atomic_bytes(options.map) as stream:
            stream.write(page)
        if not options.json:
            say(f"written to {options.map}")


_OF_VERSIONS: Mapping[str, Callable[[Dataset, list[str], argparse.Namespace], None]] = {
    "versions": _tell_versions,
    "diff": _diff,
    "prune": _prune,
}


def _tell_between(found: Between) -> None:
    for word, titles in (("new", found.new), ("withdrawn", found.withdrawn)):
        for identifier, title in titles.items():
            say(f"  {word}: {identifier}  {title}")
    for one in found.changed:
        say(f"  changed: {one.id}  {one.title}")
        for said in one.said:
            say(f"    {said.what}: {said.before or '–'} → {said.now or '–'}")


def _show(dataset: Dataset) -> None:
    manifest = dataset.manifest()
    say(f"{dataset.name} in {dataset.folder}")
    for name, value in json.loads(manifest.to_text()).items():
        if value not in ("", [], {}):
            words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            say(f"  {name}: {words}")

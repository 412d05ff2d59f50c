"""`mapview update` and `mapview datasets`: what there is and was, and how a new file changes it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from geodata import Filter, Incident, Records, RequestError, Store, read_records
from geodata.engines import EngineAddress, Version, push_versions
from geodata.files import open_atomic_bytes
from geodata.importing import found_by
from geodata.workspace import (
    Between,
    Changed,
    Dataset,
    Difference,
    Parts,
    Workspace,
    begin_update,
    build,
    compare,
    compare_versions,
    day_of,
    open_parts,
)
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.page import write_page
from mapview.cli.options import add_workspace, print_findings, tell_shipped_versions
from mapview.cli.saying import counted, say, warn
from mapview.cli.stopping import stopped_neatly
from mapview.cli.telling import SOME_REJECTED, tell_account

__all__ = ["add_datasets", "add_update"]

_SHOWN = 10
_ACTIONS = {
    "list": 0, "show": 1, "rename": 2, "remove": 1, "rejected": 2, "push": 2,
    "versions": 1, "diff": 3, "prune": 2,
}  # fmt: skip


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
    with stopped_neatly():
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
        "older versions",
    )
    command.add_argument("words", nargs="*", metavar="WORD", help="what the action needs")
    command.add_argument("--json", action="store_true", help="diff: print JSON in place of words")
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


def _at_least_none(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"must be a number of versions, got {text!r:.40}")
    return int(text)


def _datasets(options: argparse.Namespace) -> int:
    words, needed = options.words, _ACTIONS[options.action]
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
        with stopped_neatly():
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


def _diff(dataset: Dataset, named: list[str], options: argparse.Namespace) -> None:
    before, now = (dataset.version_named(one) for one in named)
    opened = [open_parts([one.folder], read_records) for one in (before, now)]
    found = compare_versions(*(one.catalogue for one in opened))
    versions = [
        {"version": one.manifest().version, "since": one.since.isoformat()} for one in (before, now)
    ]
    words = f"{dataset.name}, from {day_of(before)} to {day_of(now)}: {found.words}"
    if options.json:
        told = {"dataset": dataset.name, "from": versions[0], "to": versions[1], **found.to_dict()}
        print(json.dumps(told, ensure_ascii=False))
    else:
        say(words)
        _tell_between(found)
    if options.map:
        page = _page(found, opened, words)
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


def _page(found: Between, opened: list[Parts], words: str) -> bytes:
    """Return the offline page with the incidents that differ; their titles say how."""
    before, now = (one.catalogue for one in opened)
    changed = {one.id: one for one in found.changed}
    incidents = [
        *(_marked("New", one) for one in now.incidents(found.new)),
        *(_marked("Changed", one, changed[one.id]) for one in now.incidents(changed)),
        *(_marked("Withdrawn", one) for one in before.incidents(found.withdrawn)),
    ]
    context = Records.merge([now.context, before.context])
    store = Store.of(context.subset(incidents=incidents, base_areas=[]))
    how = "Titles say which are new, changed or withdrawn: search for one of these words."
    options = BriefingOptions(title=words.partition(":")[0], messages=(words, how))
    return write_page(compose(store, Filter(base_areas=False), options))


def _marked(word: str, incident: Incident, changed: Changed | None = None) -> Incident:
    said = changed.said if changed else ()
    told = [f"{one.what}: before {one.before or '–'}; now {one.now or '–'}." for one in said]
    summary = " ".join(one for one in (*told, incident.summary) if one)
    return incident.but(title=f"{word}: {incident.title}", summary=summary)


def _show(dataset: Dataset) -> None:
    manifest = dataset.manifest()
    say(f"{dataset.name} in {dataset.folder}")
    for name, value in json.loads(manifest.to_text()).items():
        if value not in ("", [], {}):
            words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            say(f"  {name}: {words}")

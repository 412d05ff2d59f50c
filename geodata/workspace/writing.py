"""A dataset is written beside its place and appears there whole; what fails leaves nothing."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any

from geodata.errors import FormatError
from geodata.formulas import guard
from geodata.importing import ADDED_COLUMNS, Importing, Rejected
from geodata.records import BaseArea, Incident, Records, cite
from geodata.workspace.columnar import Columns, Written, in_columns, write_columns
from geodata.workspace.folder import (
    KEPT,
    LAYOUT,
    MANIFEST,
    MOST_VERSIONS,
    VERSIONS,
    Dataset,
    Manifest,
    Workspace,
    now,
)
from geodata.workspace.recipes import recipe_text
from geodata.workspace.sharing import Shared

__all__ = ["build", "write_records"]

_PIECE = 1 << 20
_BATCH = 4_000
_NUMBER = re.compile(r"[+-]?[\d.,]+", re.ASCII)


def build(
    workspace: Workspace,
    name: str,
    importing: Importing,
    files: Sequence[Path],
    most_rejected: float | None = None,
) -> tuple[Dataset, Manifest] | None:
    """Write a dataset, or put another in the place of the one that is there.

    Args:
        workspace: Where.
        name: Its name.
        importing: What makes its records.
        files: What they are read from.
        most_rejected: Which share of the rows may be left out; `None` for any.

    Returns:
        `None` if no row became a record or too many did not; then nothing was written.
    """
    workspace.check_name(name)
    with _beside(workspace.folder, name) as folder:
        written = _write(folder, importing)
        account = importing.account
        if not account.accepted:
            return None
        if most_rejected is not None and account.rejected > most_rejected * account.rows:
            return None
        since = _keep_before(workspace.folder / name, folder, written.version)
        manifest = replace(_manifest(importing, files), layout=LAYOUT, since=since, **vars(written))
        (folder / MANIFEST).write_text(manifest.to_text(), encoding="utf-8")
        plan = importing.sheets[0][1]
        recipe = recipe_text(importing.settings, plan)
        (folder / "recipe.toml").write_text(recipe, encoding="utf-8")
        _put(folder, workspace.folder / name)
    return Dataset(workspace.folder / name), manifest


@contextmanager
def _beside(workspace: Path, name: str) -> Iterator[Path]:
    """Give a folder to build in, which is gone at the end."""
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=workspace, prefix=f".{name}.", ignore_cleanup_errors=True
        ) as folder:
            built = Path(folder) / name
            built.mkdir()
            yield built
    except OSError as error:
        raise FormatError(
            f"{workspace} must be writable, got: {error.strerror or error}"
        ) from error


def _keep_before(target: Path, built: Path, version: str) -> str:
    """Keep what a dataset was beside what it will be, and return since when that is known.

    Files are shared, so that it takes no space but for what is not there any more otherwise. The
    same records again are no other version.

    Args:
        target: Folder of the dataset, if there is one.
        built: Folder that will be in its place.
        version: Fingerprint of its new records.
    """
    if not (target / MANIFEST).is_file():
        return now().isoformat(timespec="seconds")
    dataset = Dataset(target)
    is_same = dataset.manifest().version == version
    kept = dataset.versions()[:-1] if is_same else dataset.versions()
    # Before the clock was put back, or in the same second: each comes after the one before.
    since = dataset.since if is_same else max(now(), dataset.since + timedelta(seconds=1))
    for one in kept[max(0, len(kept) - MOST_VERSIONS + 1) :]:
        _share(one, built / VERSIONS / _version_name(one))
    return since.isoformat(timespec="seconds")


def _version_name(one: Dataset) -> str:
    """Return a folder's name that sorts by time."""
    since = one.since.astimezone(UTC)
    return f"{since:%Y-%m-%dT%H%M%SZ}-{one.manifest().version or 'old'}"


def _share(dataset: Dataset, folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in (one for name in KEPT if (one := dataset.file(name)).is_file()):
        try:
            os.link(path, folder / path.name)
        except OSError:  # Not every file system can.
            shutil.copy2(path, folder / path.name)


def _put(built: Path, target: Path) -> None:
    """Put a built folder under its name; one that is there already goes only then."""
    old = built.parent / ".before"  # What no dataset can be called.
    if target.exists():
        target.rename(old)
    try:
        built.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write(folder: Path, importing: Importing) -> Written:
    """Write records and what is no record."""
    columns = importing.sheets[0][0].columns
    evidence = importing.evidence
    with ExitStack() as stack:

        def opened(name: str) -> IO[str]:
            path = folder / name
            return stack.enter_context(path.open("w", encoding="utf-8", newline=""))

        rejected = csv.writer(opened("rejected.csv"))
        rejected.writerow([*map(_safe, columns), *ADDED_COLUMNS])
        persons = csv.writer(opened("persons.csv"))
        persons.writerow(["id", *map(_safe, importing.persons)])

        def reject(row: Rejected) -> None:
            cells = [*row.cells, *[""] * (len(columns) - len(row.cells))]
            rejected.writerow([*map(_safe, cells), row.line, row.rule, _safe(row.suggestion)])

        def keep_apart(identifier: str, cells: Mapping[str, str]) -> None:
            persons.writerow(
                [identifier, *(_safe(cells.get(one, "")) for one in importing.persons)]
            )

        def context() -> Records:
            return Records(
                groups=evidence.groups, sources=evidence.sources, relations=evidence.relations
            )

        if importing.is_by_row:
            shared = Shared(importing, reject, keep_apart)
            stack.callback(shared.close)
            columns_of_all = shared.columns()
        else:
            columns_of_all = _columns_of(importing.records(reject, keep_apart), context)
        made = write_columns(folder, columns_of_all, context, evidence.dataset)
    if not importing.persons:
        (folder / "persons.csv").unlink()
    return made


def write_records(
    folder: Path,
    records: Iterable[Incident | BaseArea],
    context: Callable[[], Records],
    dataset: str,
) -> Written:
    """Write the records of a dataset while they come by.

    Args:
        folder: Of the dataset.
        records: Incidents and base areas.
        context: Gives the groups, sources and relations that were named so far.
        dataset: Its name.
    """
    return write_columns(folder, _columns_of(records, context), context, dataset)


def _columns_of(
    records: Iterable[Incident | BaseArea], context: Callable[[], Records]
) -> Iterator[Columns]:
    coming = iter(records)
    while some := list(islice(coming, _BATCH)):
        yield in_columns(some, context())


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; a number stays one."""
    return cell if _NUMBER.fullmatch(cell) else guard(cell)


def _manifest(importing: Importing, files: Sequence[Path]) -> Manifest:
    plan = importing.sheets[0][1]
    source = importing.evidence.source
    return Manifest(
        name=importing.evidence.dataset,
        files=(*importing.earlier_files, *(_described(one) for one in files)),
        form=importing.form,
        counts=importing.account.to_dict(),
        doubts=dict(importing.account.doubts),
        mapping=plan.mapping,
        licence=source.licence,
        citation=cite(source),
        may_publish=source.may_publish,
        persons=importing.persons,
    )


def _described(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest.hexdigest()}

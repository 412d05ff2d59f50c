"""A dataset as a folder of Parquet that a cluster reads: how it is written, opened and read.

In the folder of the address each dataset has one, called like it. `dataset.json` says which of its
states is shown; each push writes another, so that whoever reads the one before goes on with it. A
state has `incidents` with the columns that are asked, in files of some thousand rows each,
`records.parquet` with each incident as JSON in the order of the dataset, `context.json` with
its groups, sources, relations and base areas, `places.json` with where the rows of each file lie,
and `cube` with what the cluster counted for views of many.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodata.engines.opening import EngineParts, Shown, check_layout
from geodata.engines.spark.catalogue import (
    CONTEXT_FILE,
    RECORDS_FILE,
    FolderCatalogue,
    text_of,
    write_context,
)
from geodata.engines.spark.sessions import ROWS, Sessions, name_of
from geodata.engines.tables import LAYOUT
from geodata.engines.versions import (
    Kept,
    Noted,
    Version,
    answered_by,
    chosen,
    noted_after,
    versions_of,
)
from geodata.errors import StoreError
from geodata.files import open_atomic, parse_json
from geodata.queries import (
    Catalogue,
    Cube,
    Engine,
    MercatorBox,
    open_cube,
    write_cube,
)

if TYPE_CHECKING:
    from geodata.engines.spark.asking import Part

__all__ = [
    "SHOWN", "noted_of", "open_folder", "push_to_folder", "pushed_at", "shown_of", "state_folder",
]  # fmt: skip

SHOWN = "dataset.json"
_INCIDENTS, _CUBE, _PLACES = "incidents", "cube", "places.json"
# So many lie in a file, which a worker takes at once, and in a part of it, which is read or not.
_ROWS_IN_FILE = 200_000
_ROWS_IN_PART = 20_000
_RECORD = pa.schema([("position", pa.int64()), ("id", pa.string()), ("record", pa.string())])


def push_to_folder(
    sessions: Sessions, name: str, versions: Sequence[Version], tell: Callable[[int], None]
) -> list[Kept]:
    """Write a dataset into the folder of an address; see `push_versions`.

    It is shown once the cluster has read as many rows as were written.
    """
    sessions.check()
    folder = sessions.place.folder / name
    written: list[Kept] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        noted = noted_of(folder)
        there = [one for one in noted.versions if state_folder(folder, one.state).is_dir()]
        kept = []
        try:
            for old in versions[:-1]:
                same = next((one for one in there if one.is_same(old)), None)
                kept.append(same or _write(sessions, folder, old, tell))
                written += [kept[-1]] if same is None else []
            # What is shown is always put anew: so a folder mends that somebody has changed.
            kept.append(_write(sessions, folder, versions[-1], tell))
            written.append(kept[-1])
            kept = [replace(one, is_gone=False) for one in kept]
            over = _show(folder, kept)
        except BaseException:
            for one in written:
                shutil.rmtree(state_folder(folder, one.state), ignore_errors=True)
            raise
        # What is written is shown: whoever ends this now must not take it away.
        for gone in over:
            shutil.rmtree(state_folder(folder, gone), ignore_errors=True)
    except OSError as error:
        raise StoreError(
            f"the folder {folder} must be writable for who pushes, got: {error.strerror or error}"
        ) from error
    return kept


def _write(sessions: Sessions, folder: Path, version: Version, tell: Callable[[int], None]) -> Kept:
    """Write the state of a version that is not there, whole or not at all."""
    state, catalogue = _new_state(folder), version.catalogue
    at = state_folder(folder, state)
    try:
        incidents = _write_records(at / RECORDS_FILE, catalogue)
        rows = _write_rows(at / _INCIDENTS, version.rows(), tell)
        _write_places(at)
        write_context(at / CONTEXT_FILE, catalogue.context)
        _check_read(sessions, at, rows)
        write_cube(at / _CUBE, _counting(sessions, at), catalogue.version, rows)
    except BaseException:
        shutil.rmtree(at, ignore_errors=True)
        raise
    return Kept(version.since, catalogue.version, state, incidents, rows)


def state_folder(folder: Path, state: int) -> Path:
    """Return where a state of a dataset lies."""
    return folder / f"state_{state}"


def _new_state(folder: Path) -> int:
    """Return the number of a state that nobody has, and make its folder."""
    names = (one.name.removeprefix("state_") for one in folder.glob("state_*"))
    last = max((int(one) for one in names if one.isdecimal()), default=0)
    for state in count(last + 1):
        try:
            state_folder(folder, state).mkdir()
        except FileExistsError:  # Somebody else pushes at the same time.
            continue
        return state
    raise AssertionError


def _write_records(path: Path, catalogue: Catalogue) -> int:
    written = 0
    batch: list[dict[str, Any]] = []
    with pq.ParquetWriter(path, _RECORD) as writer:

        def flush() -> None:
            writer.write_batch(pa.RecordBatch.from_pylist(batch, _RECORD))
            batch.clear()

        for written, (identifier, text) in enumerate(catalogue.texts(), 1):
            batch.append({"position": written - 1, "id": identifier, "record": text})
            if len(batch) == _ROWS_IN_PART:
                flush()
        if batch:
            flush()
    return written


def _write_rows(
    folder: Path, batches: Iterable[pa.RecordBatch], tell: Callable[[int], None]
) -> int:
    folder.mkdir()
    written = files = 0
    waiting: list[pa.RecordBatch] = []

    def flush() -> None:
        nonlocal files
        whole = pa.Table.from_batches(waiting, ROWS)
        path = folder / f"part-{files:05}.parquet"
        pq.write_table(whole, path, row_group_size=_ROWS_IN_PART)
        files += 1
        waiting.clear()

    for batch in batches:
        numbers = pa.array(range(written, written + batch.num_rows), pa.int64())
        more = {
            "lower_title": pc.utf8_lower(batch.column("title")),
            "lower_place": pc.utf8_lower(batch.column("place")),
            "row": numbers,
        }
        columns = [more[one] if one in more else batch.column(one) for one in ROWS.names]
        waiting.append(pa.RecordBatch.from_arrays(columns, schema=ROWS))
        before, written = written, written + batch.num_rows
        if sum(one.num_rows for one in waiting) >= _ROWS_IN_FILE:
            flush()
        if before // 50_000 != written // 50_000:
            tell(written)
    if waiting or not files:
        flush()
    return written


def _write_places(at: Path) -> None:
    """Write the edges of what is drawn of each part of each file: x0, y0, x1, y1.

    A part of which nothing is drawn is not there.
    """
    found: dict[str, list[list[int]]] = {}
    for path in sorted((at / _INCIDENTS).glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for part in range(file.num_row_groups):
                rows = file.read_row_group(part, columns=["x", "y", "is_mappable"])
                rows = rows.filter(rows["is_mappable"])
                if rows.num_rows:
                    x, y = (pc.min_max(rows[name]).as_py() for name in ("x", "y"))
                    edges = [x["min"], y["min"], x["max"], y["max"]]
                    found.setdefault(path.name, []).append(edges)
    (at / _PLACES).write_text(json.dumps(found), encoding="utf-8")


def _places(at: Path) -> list[Part]:
    """Return where what is drawn of each part of the files lies; none if nobody says so."""
    from geodata.engines.spark.asking import Part

    path = at / _PLACES
    found = parse_json(text_of(path), str(path)) if path.is_file() else {}
    told = found.values() if isinstance(found, dict) else [None]
    if not all(_is_box(one) or (isinstance(one, list) and all(map(_is_box, one))) for one in told):
        raise StoreError(f"{path} must say where the rows of each file lie, got another")
    parts = []
    for name, edges in found.items():
        # An earlier push told it of whole files.
        boxes, rows = ([edges], _ROWS_IN_FILE) if _is_box(edges) else (edges, _ROWS_IN_PART)
        file = at / _INCIDENTS / Path(name).name
        parts += [Part(file, MercatorBox(*box), rows) for box in boxes]
    return parts


def _is_box(value: object) -> bool:
    return isinstance(value, list) and [type(one) for one in value] == [int] * 4


def _check_read(sessions: Sessions, at: Path, written: int) -> None:
    """See whether the machines of the cluster have what this one wrote."""
    folder = at / _INCIDENTS
    question = f"select count(row) as n from {name_of(folder)}"  # noqa: S608 - our own
    found = sessions.ask(question, folder)["n"][0].as_py()
    if found != written:
        raise StoreError(
            f"each machine of the cluster must have the folder {at}, got {found:,} of "
            f"{written:,} rows there"
        )


def _counting(sessions: Sessions, at: Path) -> Engine:
    """Return a state as an engine that asks the cluster each question."""
    # It takes a second to load.
    from geodata.engines.spark.asking import CountingEngine, SparkBackend

    return CountingEngine(SparkBackend(sessions, at / _INCIDENTS), _places(at))


def _show(folder: Path, kept: Sequence[Kept]) -> list[int]:
    """Let a dataset be that of the last of some states; return those that are over."""
    noted, now = noted_of(folder), kept[-1]
    text, over = noted_after(noted, kept)
    told = {
        "layout": LAYOUT,
        "state": now.state,
        "state_before": noted.state,
        "version": now.version,
        "incidents": now.incidents,
        "rows": now.rows,
        "versions": text,
        "pushed": datetime.now(UTC).isoformat(),
    }
    with open_atomic(folder / SHOWN) as file:
        json.dump(told, file)
    return over


def noted_of(folder: Path) -> Noted:
    """Return what is said of a dataset before a push."""
    found = shown_of(folder)
    if found is None:
        return Noted()
    before = found.get("state_before")
    # A folder of another name is none that a push made.
    return Noted(found["state"], before if type(before) is int else None, _versions(folder, found))


def _versions(folder: Path, shown: dict[str, Any]) -> tuple[Kept, ...]:
    # An earlier program says nothing of them.
    text = shown.get("versions")
    return versions_of(text if isinstance(text, str) else None, str(folder / SHOWN))


def shown_of(folder: Path) -> dict[str, Any] | None:
    """Return what is shown of a dataset; `None` if there is none."""
    path = folder / SHOWN
    if not path.is_file():
        return None
    found = parse_json(text_of(path), str(path))
    whole = {"layout": 0, "state": 0, "incidents": 0, "rows": 0, "version": ""}
    if not isinstance(found, dict) or any(
        type(found.get(key)) is not type(value) for key, value in whole.items()
    ):
        raise StoreError(f"{path} must say what is shown, as a push writes it, got another")
    return found


@dataclass(frozen=True)
class _SparkParts(EngineParts):
    """What a folder holds of a dataset.

    Attributes:
        sessions: Where it is asked.
        folder: Of its state.
    """

    sessions: Sessions
    folder: Path

    def _opened_engine(self) -> Engine:
        if self.rows > self.most_held:
            return _counting(self.sessions, self.folder)
        from geodata.engines.spark.asking import SparkBackend, SparkEngine

        return SparkEngine(SparkBackend(self.sessions, self.folder / _INCIDENTS), self.rows)

    def _of_state(self, kept: Kept, most_held: int) -> Self:
        at = state_folder(self.folder.parent, kept.state)
        return replace(
            self,
            catalogue=_catalogue(self.sessions, at, kept),
            state=kept.state,
            rows=kept.rows,
            folder=at,
            most_held=most_held,
        )

    def shown(self) -> Shown | None:
        """Return which of its states whoever opens it now is shown; no cluster is asked."""
        found = shown_of(self.folder.parent)
        if found is None:
            return None
        kept = answered_by(_versions(self.folder.parent, found), found["state"])
        return found["state"], found["version"], tuple(one.state for one in kept)

    def cube(self) -> Cube | None:
        """Return what counts its rows for views of many, if it was pushed with them."""
        path = self.folder / _CUBE
        return open_cube(path, self.catalogue.version, lambda: self.sessions.check_there(path))


def open_folder(sessions: Sessions, named: Sequence[str], most_held: int) -> EngineParts:
    """Open a dataset in the folder of an address; see `open_engine`.

    Args:
        sessions: With the cluster of the address.
        named: Its name.
        most_held: Of so many rows at most a server holds what is counted.
    """
    sessions.check()
    found = {one.parent.name for one in sessions.place.folder.glob(f"*/{SHOWN}")}
    name = chosen(found, named)
    folder = sessions.place.folder / name
    shown = shown_of(folder) or {}
    check_layout(name, shown.get("layout"))
    state, rows = shown["state"], shown["rows"]
    at = state_folder(folder, state)
    now = Kept("", shown["version"], state, shown["incidents"], rows)
    versions = answered_by(_versions(folder, shown), state)
    catalogue = _catalogue(sessions, at, now)
    pushed = pushed_at(folder, shown)
    return _SparkParts(
        name,
        catalogue,
        state,
        rows,
        sessions,
        at,
        versions=versions,
        most_held=most_held,
        at=pushed,
    )


def pushed_at(folder: Path, shown: Mapping[str, Any]) -> datetime:
    """Return when a dataset was pushed last, of which something is shown."""
    try:
        return datetime.fromisoformat(shown["pushed"]).astimezone(UTC)
    except (KeyError, TypeError, ValueError):  # An earlier program does not say it.
        return datetime.fromtimestamp((folder / SHOWN).stat().st_mtime, UTC)


def _catalogue(sessions: Sessions, at: Path, kept: Kept) -> FolderCatalogue:
    return FolderCatalogue(sessions, at, version=kept.version, incidents=kept.incidents)

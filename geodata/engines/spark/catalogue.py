"""The records of a state in a folder for Spark, which the server reads by itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import duckdb

from geodata.engines.catalogue import NumberedCatalogue, context_of, incident_of, texts_of
from geodata.engines.spark.sessions import Sessions
from geodata.files import parse_json
from geodata.records import Incident, Records

__all__ = [
    "CONTEXT_FILE",
    "RECORDS_FILE",
    "FolderCatalogue",
    "read_context",
    "text_of",
    "write_context",
]

CONTEXT_FILE, RECORDS_FILE = "context.json", "records.parquet"


class FolderCatalogue(NumberedCatalogue):
    """The records of a state; the server reads them from the folder by itself.

    Args:
        sessions: With the cluster, which is not asked for them.
        folder: Of the state.
        version: Of its data.
        incidents: How many incidents it has.
    """

    def __init__(self, sessions: Sessions, folder: Path, *, version: str, incidents: int) -> None:
        sessions.check_there(folder / CONTEXT_FILE)
        super().__init__(read_context(folder / CONTEXT_FILE), version=version, count=incidents)
        self._sessions = sessions
        self._path = folder / RECORDS_FILE
        self._reader = duckdb.connect(":memory:")

    def _sought(self, identifiers: Collection[str]) -> Iterator[Incident]:
        # Half a letter is in no id.
        asked = [one for one in identifiers if one == one.encode(errors="replace").decode()]
        yield from self._made("where id in (select unnest(?::varchar[]))", [asked])

    def _between(self, first: int, end: int) -> Iterator[Incident]:
        return self._made("where position >= ? and position < ?", [first, end])

    def _made(self, which: str, values: list[Any]) -> Iterator[Incident]:
        """Yield the incidents of some rows in their order."""
        question = f"select record from read_parquet(?) {which} order by position"  # noqa: S608
        self._sessions.check_there(self._path)
        try:
            with self._reader.cursor() as cursor:
                found = cursor.execute(question, [str(self._path), *values]).fetchall()
        except duckdb.IOException:
            # It may have been removed since.
            self._sessions.check_there(self._path)
            raise
        for (text,) in found:
            yield incident_of(text, str(self._path))


def read_context(path: Path) -> Records:
    """Return the groups, sources, relations and base areas of a state.

    Raises:
        FormatError: If the file is no JSON.
        StoreError: If it holds no such records.
    """
    found = parse_json(text_of(path), str(path))
    return context_of(found, str(path))


def write_context(path: Path, context: Records) -> None:
    """Write what `read_context` reads."""
    path.write_text(json.dumps(texts_of(context)), encoding="utf-8")


def text_of(path: Path) -> str:
    """Return the text of a file, whatever somebody wrote into it."""
    # Letters that are none make no JSON, which is told in a sentence.
    return path.read_text("utf-8", errors="replace")

"""Which records this process shows, opened once and shared by the routes and the script."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pyarrow as pa

from geodata import Problem, Store, load, read_records
from geodata.datasets import credit_of_prepared
from geodata.errors import FormatError
from geodata.files import parse_json
from geodata.publication.prepare import Publication, prepare
from geodata.queries import to_table
from geodata.records import ReadResult
from geodata.workspace import files_of
from mapview.settings import current_settings

__all__ = [
    "DATA_VARIABLE", "current_store", "data_files", "forget", "load_notes", "load_problems",
    "read_ahead",
]  # fmt: skip

# Files to show instead of the shipped records; see `data_files`.
DATA_VARIABLE = "MAPVIEW_DATA"


def data_files() -> list[str]:
    """Return the record files that were asked for; none means the shipped records.

    They are a JSON list, or separated like PATH; a file whose name has the separator is one, too.

    Raises:
        FormatError: If it begins as a list and is none.
    """
    text = os.environ.get(DATA_VARIABLE, "")
    if text and _is_file(text):
        return [text]
    if text.startswith("["):
        return [str(path) for path in parse_json(text, DATA_VARIABLE)]
    return [path for path in text.split(os.pathsep) if path]


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # A list of files may be longer than any name.
        return False


@dataclass(frozen=True)
class _Read:
    """What the files hold, as far as it may be served."""

    result: ReadResult
    table: pa.Table
    changes: tuple[str, ...] = ()
    credit: str = ""


@cache
def _read() -> _Read:
    files = [one for named in data_files() for one in files_of(named)]
    result = read_records(files) if files else ReadResult(load())
    records, problems = result.records, result.problems
    if not records.incidents and not records.base_areas and problems:
        raise FormatError(f"no record could be read; the first problem is {problems[0]}")
    settings = current_settings()
    if not settings.is_public:
        return _Read(result, to_table(records))
    publication = Publication(coarsen=settings.coarsen)
    prepared = prepare(records, publication)
    # Nothing else of this process ever sees more than this.
    return _Read(
        replace(result, records=prepared.records),
        to_table(prepared.records),
        prepared.changes,
        credit_of_prepared(prepared.records, publication),
    )


@cache
def _opened() -> Store:
    read = _read()
    return Store.of(read.result.records, read.table, read.changes, read.credit)


def read_ahead() -> None:
    """Read the records and make what is kept of them, without opening the store.

    Raises:
        FormatError: If a record file cannot be read, or holds no valid record.
    """
    # The fingerprint is kept with the records.
    _ = _read().result.records.version


def forget() -> None:
    """Read the records anew when they are asked for next."""
    _read.cache_clear()
    _opened.cache_clear()


def current_store() -> Store:
    """Return the store of this process.

    Raises:
        FormatError: If a record file cannot be read, or holds no valid record.
    """
    return _opened()


def load_problems() -> tuple[Problem, ...]:
    """Return what was wrong with records that were left out."""
    return _read().result.problems


def load_notes() -> tuple[Problem, ...]:
    """Return what was read otherwise than it stands in the files."""
    return _read().result.notes

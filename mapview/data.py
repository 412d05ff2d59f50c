"""Which records this process shows, opened once and shared by the routes and the script."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from geodata import Problem, Store, load, read_records
from geodata.errors import FormatError
from geodata.files import parse_json

__all__ = ["DATA_VARIABLE", "current_store", "data_files", "load_notes", "load_problems"]

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


@cache
def _opened() -> tuple[Store, tuple[Problem, ...], tuple[Problem, ...]]:
    files = data_files()
    if not files:
        return Store.of(load()), (), ()
    result = read_records(files)
    if not result.records.incidents and not result.records.base_areas and result.problems:
        raise FormatError(f"no record could be read; the first problem is {result.problems[0]}")
    return Store.of(result.records), result.problems, result.notes


def current_store() -> Store:
    """Return the store of this process.

    Raises:
        FormatError: If a record file cannot be read, or holds no valid record.
    """
    return _opened()[0]


def load_problems() -> tuple[Problem, ...]:
    """Return what was wrong with records that were left out."""
    return _opened()[1]


def load_notes() -> tuple[Problem, ...]:
    """Return what was read otherwise than it stands in the files."""
    return _opened()[2]

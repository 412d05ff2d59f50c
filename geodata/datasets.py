"""The records that ship with the program, and how to read and write any set of record files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from geodata.errors import FormatError, Problem
from geodata.files import open_atomic, read_text
from geodata.formats.csv import read_csv
from geodata.formats.geojson import ReadResult, parse_geojson, read_geojson, write_geojson
from geodata.records.collection import Records
from geodata.records.model import Group, Source

__all__ = [
    "CREDIT",
    "RECORDS_DIR",
    "credit_of",
    "load",
    "read_records",
    "shipped_files",
    "write_shipped",
]

RECORDS_DIR = Path(__file__).parent / "data" / "records"
CREDIT = "Mapview records, CC BY 4.0, compiled from the sources named with each claim."

_FEATURE_FILES = ("incidents.geojson", "base_areas.geojson")
_LIST_FILES = ("groups.json", "sources.json")


@cache
def load() -> Records:
    """Return the shipped records.

    Raises:
        FormatError: If a shipped file is missing or broken; the message says which and how.

    Example:
        >>> load().incidents_by_id["kerman-2024-01-03"].country
        'IR'
    """
    result = read_records(shipped_files())
    if result.problems:
        raise FormatError(f"the shipped records must be valid, got: {result.problems[0]}")
    return result.records


def credit_of(version: str) -> str:
    """Return the credit line of records by their version: ours, or none for those of others.

    Example:
        >>> credit_of(load().version) == CREDIT, credit_of(Records().version)
        (True, '')
    """
    return CREDIT if version == load().version else ""


def shipped_files() -> list[Path]:
    """Return the shipped record files."""
    return [RECORDS_DIR / name for name in (*_FEATURE_FILES, *_LIST_FILES)]


def read_records(paths: Iterable[str | Path]) -> ReadResult:
    """Read record files of any kind that we write, together.

    Args:
        paths: `.geojson` files, `.csv` files, or lists of groups or sources as `.json`.

    Returns:
        The good records, and a problem for every one that is not, or that uses an id again.

    Raises:
        FormatError: If a file cannot be read or has an unknown ending.
    """
    results = [_read_file(Path(path)) for path in paths]
    problems = [problem for result in results for problem in result.problems]
    parts = [result.records for result in results]
    problems += _repeated_ids(parts)
    return ReadResult(Records.merge(parts), tuple(problems))


def _read_file(path: Path) -> ReadResult:
    if path.name.startswith(("groups", "sources")) and path.suffix == ".json":
        return _read_list(path)
    if path.suffix in (".geojson", ".json"):
        return read_geojson(path)
    if path.suffix == ".csv":
        return read_csv(path)
    raise FormatError(f"a record file must end in .geojson, .json or .csv, got {path.name}")


def _read_list(path: Path) -> ReadResult:
    name = "groups" if path.name.startswith("groups") else "sources"
    try:
        members = json.loads(read_text(path))
    except ValueError as error:
        raise FormatError(f"{path.name} must be JSON, got: {error}") from error
    collection = {"type": "FeatureCollection", "features": [], name: members}
    return parse_geojson(json.dumps(collection), file=path.name)


def _repeated_ids(parts: Sequence[Records]) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for record in (r for part in parts for r in (*part.incidents, *part.base_areas)):
        if record.id in seen:
            problems.append(Problem(record.id, "id", f"id must be unique, got {record.id} again"))
        seen.add(record.id)
    return problems


def write_shipped(records: Records, folder: str | Path = RECORDS_DIR) -> None:
    """Write records as the four shipped files, in an order that makes changes easy to read."""
    folder = Path(folder)
    incidents = sorted(records.incidents, key=lambda one: (one.span.start, one.id))
    areas = sorted(records.base_areas, key=lambda one: one.id)
    write_geojson(folder / _FEATURE_FILES[0], Records(incidents=tuple(incidents)), stored=True)
    write_geojson(folder / _FEATURE_FILES[1], Records(base_areas=tuple(areas)), stored=True)
    _write_list(folder / _LIST_FILES[0], records.groups)
    _write_list(folder / _LIST_FILES[1], records.sources)


def _write_list(path: Path, members: Sequence[Group] | Sequence[Source]) -> None:
    dumped = {one.id: one.model_dump(mode="json", exclude_defaults=True) for one in members}
    ordered = [dumped[identifier] for identifier in sorted(dumped)]
    with open_atomic(path) as stream:
        stream.write(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n")

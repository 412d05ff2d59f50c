"""The records that ship with the program: where they lie, their credit, how they are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from geodata.errors import FormatError
from geodata.files import open_atomic
from geodata.formats.geojson import read_geojson, read_json, write_geojson
from geodata.publication.prepare import Publication, prepare
from geodata.records import Group, ReadResult, Records, Relation, Source

__all__ = [
    "CREDIT",
    "RECORDS_DIR",
    "SHIPPED_SINCE",
    "SHIPPED_VERSION",
    "credit_of",
    "credit_of_prepared",
    "load",
    "shipped_files",
    "write_shipped",
]

RECORDS_DIR = Path(__file__).parent / "data" / "records"
# The one version that there is, and since when: a release of other records changes both.
SHIPPED_SINCE, SHIPPED_VERSION = date(2026, 11, 27), "3c72b00628da"
CREDIT = "Mapview records, CC BY 4.0, compiled from the sources named with each claim."

# What `coarsen` puts behind the ids of records that it made the same.
_COUNTED = re.compile(r"-\d{1,5}$")
_FEATURE_FILES = ("incidents.geojson", "base_areas.geojson")
_LIST_FILES = ("groups.json", "sources.json", "relations.json")
_LISTS = tuple(name.removesuffix(".json") for name in _LIST_FILES)


@cache
def load() -> Records:
    """Return the shipped records.

    Raises:
        FormatError: If a shipped file is missing or broken; the message says which and how.

    Example:
        >>> load().incidents_by_id["kerman-2024-01-03"].country
        'IR'
    """
    result = ReadResult.merge(
        [
            *(read_geojson(RECORDS_DIR / name) for name in _FEATURE_FILES),
            *(read_json(RECORDS_DIR / name) for name in _LIST_FILES),
        ]
    )
    if wrong := (*result.problems, *result.notes):
        raise FormatError(f"the shipped records must be valid, got: {wrong[0]}")
    return result.records


def credit_of(version: str) -> str:
    """Return the credit line of records by their version: ours, or none for those of others.

    Example:
        >>> credit_of(load().version) == CREDIT, credit_of(Records().version)
        (True, '')
    """
    return CREDIT if version == load().version else ""


def credit_of_prepared(records: Records, publication: Publication) -> str:
    """Return the credit line of prepared records: ours, if they can be of those that we ship.

    What they were before is not looked at, or the line would tell.
    """
    marks = _marks(records)
    return CREDIT if marks and marks <= _shipped_marks(publication) else ""


@lru_cache(maxsize=8)
def _shipped_marks(publication: Publication) -> frozenset[tuple[str, ...]]:
    return _marks(prepare(load(), publication).records)


def _marks(records: Records) -> frozenset[tuple[str, ...]]:
    """Return what records are known by.

    Ids of coarsened ones follow from all that is told of them; others keep theirs, which anybody
    may use, and are known by their dates and titles too.
    """
    incidents = ((_stem(one.id), one.event_date, one.title) for one in records.incidents)
    return frozenset((*incidents, *((_stem(one.id), one.group) for one in records.base_areas)))


def _stem(identifier: str) -> str:
    return _COUNTED.sub("", identifier)


def shipped_files() -> list[Path]:
    """Return the shipped record files."""
    return [RECORDS_DIR / name for name in (*_FEATURE_FILES, *_LIST_FILES)]


def write_shipped(records: Records, folder: str | Path = RECORDS_DIR) -> None:
    """Write records as the shipped files, in an order that makes changes easy to read."""
    folder = Path(folder)
    incidents = sorted(records.incidents, key=lambda one: (one.span.start, one.id))
    areas = sorted(records.base_areas, key=lambda one: one.id)
    write_geojson(folder / _FEATURE_FILES[0], Records(incidents=tuple(incidents)), stored=True)
    write_geojson(folder / _FEATURE_FILES[1], Records(base_areas=tuple(areas)), stored=True)
    for name, file in zip(_LISTS, _LIST_FILES, strict=True):
        _write_list(folder / file, getattr(records, name))


def _write_list(path: Path, members: Iterable[Group | Source | Relation]) -> None:
    dumped = {one.id: one.model_dump(mode="json", exclude_defaults=True) for one in members}
    ordered = [dumped[identifier] for identifier in sorted(dumped)]
    with open_atomic(path) as stream:
        stream.write(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n")

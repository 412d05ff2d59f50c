"""Documented incidents and base areas: records, queries and exchange formats.

Each name, and each room, is loaded when it is first asked for, so that whoever imports one room of
this package does not wait for what asks engines and writes files.

Example:
    >>> import geodata
    >>> records = geodata.load()
    >>> len(records.incidents) == len(geodata.to_geodataframe(records))
    True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geodata.datasets import load
    from geodata.errors import (
        FilterError,
        FormatError,
        GeodataError,
        Problem,
        RecordError,
        RequestError,
        StoreError,
    )
    from geodata.formats.geodataframe import to_geodataframe
    from geodata.formats.registry import read_records
    from geodata.queries import Filter, Store
    from geodata.records import BaseArea, Claim, Group, Incident, Records, Source

__all__ = [
    "BaseArea",
    "Claim",
    "Filter",
    "FilterError",
    "FormatError",
    "GeodataError",
    "Group",
    "Incident",
    "Problem",
    "RecordError",
    "Records",
    "RequestError",
    "Source",
    "Store",
    "StoreError",
    "load",
    "read_records",
    "to_geodataframe",
]

# All others are models of records or errors.
_HOMES = {
    "Filter": "geodata.queries",
    "Problem": "geodata.errors",
    "Store": "geodata.queries",
    "load": "geodata.datasets",
    "read_records": "geodata.formats.registry",
    "to_geodataframe": "geodata.formats.geodataframe",
}


def __getattr__(name: str) -> Any:
    if name in __all__:
        others = "geodata.errors" if name.endswith("Error") else "geodata.records"
        found = globals()[name] = getattr(import_module(_HOMES.get(name, others)), name)
        return found
    # Whoever says `geodata.queries` need not have imported that room.
    room = f"{__name__}.{name}"
    try:
        return import_module(room)
    except ModuleNotFoundError as error:
        if error.name != room:
            raise
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

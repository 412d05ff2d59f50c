"""Documented incidents and base areas: records, queries and exchange formats.

Example:
    >>> import geodata
    >>> records = geodata.load()
    >>> len(records.incidents) == len(geodata.to_geodataframe(records))
    True
"""

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

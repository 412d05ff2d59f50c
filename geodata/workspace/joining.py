"""The records of several datasets together, each as it is."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.formats.registry import read_records
from geodata.records import Records
from geodata.workspace.folder import Dataset
from geodata.workspace.opening import read_all

__all__ = ["records_of"]


def records_of(datasets: Iterable[Dataset]) -> Records:
    """Return the records of several datasets, linked ones not yet as one.

    Raises:
        FormatError: If one cannot be read.
    """
    return read_all([one.folder for one in datasets], read_records).records

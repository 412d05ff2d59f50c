"""Databases whose columns have a meaning that is written down: ACLED, UCDP GED, GTD."""

from geodata.importing.known.registry import is_restricted, known_by
from geodata.importing.known.shape import Known, Values

__all__ = ["Known", "Values", "is_restricted", "known_by"]

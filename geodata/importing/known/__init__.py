"""Databases whose columns have a meaning that is written down: ACLED, UCDP GED, GTD."""

from geodata.importing.known.registry import known_by, names_restricted, restriction_of
from geodata.importing.known.shape import Known, Values

__all__ = ["Known", "Values", "known_by", "names_restricted", "restriction_of"]

"""What may go out: permission, coarsening, redaction, and how far it may be handed on."""

from geodata.publication.marking import MARKED, Tlp, highest, marking_of
from geodata.publication.permission import is_restricted, leave_out_restricted
from geodata.publication.prepare import (
    DROPPABLE,
    Coarsening,
    Publication,
    prepare,
    tellable_filter,
)

__all__ = [
    "DROPPABLE", "MARKED", "Coarsening", "Publication", "Tlp", "highest", "is_restricted",
    "leave_out_restricted", "marking_of", "prepare", "tellable_filter",
]  # fmt: skip

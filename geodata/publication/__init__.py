"""What may go out: permission, coarsening, redaction."""

from geodata.publication.permission import is_restricted, leave_out_restricted
from geodata.publication.prepare import Publication, prepare, tellable_filter

__all__ = [
    "Publication", "is_restricted", "leave_out_restricted", "prepare", "tellable_filter",
]  # fmt: skip

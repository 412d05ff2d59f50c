"""Dates so far from all others that one of their digits may be wrong."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.errors import Problem
from geodata.records import Dated, far_dates

__all__ = ["tell_far_dates"]


def tell_far_dates(incidents: Iterable[Dated]) -> list[Problem]:
    """Return a note on each incident that no timeline shows beside the others; it may be right."""
    message = "a date should not be so far from all others that no timeline shows both, got {!r}"
    return [
        Problem(one.id, "event_date", message.format(one.event_date))
        for one in far_dates(incidents)
    ]

"""Two dates of a row as one period."""

from __future__ import annotations

from geodata.importing.making.draft import RowError
from geodata.records import parse_date

__all__ = ["in_order"]


def in_order(first: str, last: str) -> str:
    """Return a period from the first to the last of two dates, or the one that is known.

    Raises:
        RowError: If it ends before it starts.

    Example:
        >>> in_order("2024-01-03", "2024-01-05"), in_order("2024", "")
        ('2024-01-03/2024-01-05', '2024')
    """
    if not first or not last or first == last:
        return first or last
    if parse_date(last).end < parse_date(first).start:
        raise RowError("dates_reversed", "", f"{first}, {last}", f"{last}/{first}")
    return f"{first}/{last}"

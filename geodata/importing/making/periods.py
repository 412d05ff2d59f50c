"""Two dates of a row as one period."""

from __future__ import annotations

from geodata.importing.making.draft import RowError
from geodata.records import parse_date

__all__ = ["in_order"]


def in_order(first: str, last: str) -> str:
    """Return a period from the first to the last of two dates, or the one that is known.

    Where one of several days is meant, the period is one of those from the first to the last.

    Raises:
        RowError: If it ends before it starts.

    Example:
        >>> in_order("2024-01-03", "2024-01-05"), in_order("2024", "")
        ('2024-01-03/2024-01-05', '2024')
        >>> in_order("[2022-03-04,2022-04-03]", "[2022-04-05,2022-05-04]")
        '[2022-03-04..2022-05-04]'
    """
    if not first or not last or first == last:
        return first or last
    begin, end = parse_date(first), parse_date(last)
    if begin.has_start and end.has_end and end.end < begin.start:
        raise RowError("dates_reversed", "", f"{first}, {last}", f"{last}/{first}")
    if "[" in first + last:
        start = begin.start.isoformat() if begin.has_start else ""
        stop = end.end.isoformat() if end.has_end else ""
        return f"[{start}..{stop}]" if start or stop else "XXXX"
    return f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"

"""Cells that somebody corrected while a file was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from geodata.errors import RequestError

__all__ = ["Broken", "Fix"]

_MAY_LACK = frozenset({"sheet", "row"})


@dataclass(frozen=True)
class Fix:
    """What somebody put in the place of a cell.

    It holds only where the cell still says what it said, in the same row: next month's file may
    have another one there, and empty cells all say the same.

    Attributes:
        line: Where the row stands; 0 for anywhere, which its mark tells.
        column: Its column.
        was: What stands in the file.
        now: What is read instead.
        sheet: Where the row is read from, if a file has several.
        row: The mark of the row, see `fixing.mark_of`; empty for any that stands there.
    """

    line: int
    column: str
    was: str
    now: str
    sheet: str = ""
    row: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as a recipe keeps it."""
        return {
            name: value for name, value in asdict(self).items() if value or name not in _MAY_LACK
        }

    @classmethod
    def from_dict(cls, kept: Any) -> Fix:
        """Return what a recipe says.

        Raises:
            RequestError: If it cannot be meant.
        """
        names = {one.name for one in fields(cls)}
        if not isinstance(kept, Mapping) or not names - _MAY_LACK <= set(kept) <= names:
            raise RequestError(f"fix must say line, column, was and now, got {kept!r:.200}")
        line = kept["line"]
        least = 0 if kept.get("row") else 1
        if not isinstance(line, int) or isinstance(line, bool) or line < least:
            raise RequestError(
                f"the line of a fix must be a number from {least} on, got {line!r:.80}"
            )
        texts = ("column", "was", "now", "sheet", "row")
        return cls(line, *(str(kept.get(one, "")) for one in texts))


@dataclass(frozen=True)
class Broken:
    """Cells of a row that break a rule and may be corrected.

    Attributes:
        line: Where the row stands.
        cells: Their columns, each with what stands there.
        meant: What each may be meant to be; empty if nobody can say.
        sheet: Where the row is read from, if a file has several.
        row: Its mark, which tells it from others at the same line; see `Fix`.
    """

    line: int
    cells: tuple[tuple[str, str], ...]
    meant: tuple[str, ...]
    sheet: str = ""
    row: str = field(default="", compare=False)

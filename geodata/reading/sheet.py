"""What a file is read as: sheets of named columns and rows, or a refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from geodata.errors import FormatError, one_line

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["BadRow", "Cell", "Refused", "Row", "Sheet"]

# Text stays text; only formats that type their values give anything else.
Cell: TypeAlias = str | int | float | bool | date | datetime | None


class Refused(FormatError):  # noqa: N818 - it is said of a file, as an answer
    """A file cannot be read; the message is one sentence that says what it is and why.

    Args:
        message: The sentence; what libraries say in several lines becomes one.
    """

    def __init__(self, message: str) -> None:
        super().__init__(one_line(" ".join(message.split())))


class Row(NamedTuple):
    """A row of data.

    Attributes:
        number: Which row of data it is, in the order of the file, from 1.
        line: Where it stands: line of a text, row of a sheet, feature from 1.
        cells: As many values as there are columns.
        geometry: Where it is, in longitude and latitude, if the file has geometry.
        damaged: Which cells held bytes that are no letters; these are U+FFFD now.
        fixed: Which cells somebody corrected, each with what stands in the file.
        merged: Which cells have what stands above them, since the file merged both.
    """

    number: int
    line: int
    cells: tuple[Cell, ...]
    geometry: BaseGeometry | None = None
    damaged: tuple[int, ...] = ()
    fixed: tuple[tuple[int, str], ...] = ()
    merged: tuple[int, ...] = ()


class BadRow(NamedTuple):
    """A row that cannot be split into the cells of its columns.

    Attributes:
        number: Which row of data it is; good and bad ones are counted together.
        line: Where it stands.
        rule: What it breaks, in one word, such as `unterminated_quote`.
        text: The row as it came, cut if it is very long.
    """

    number: int
    line: int
    rule: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    Attributes:
        name: Sheet, layer or member of an archive; empty if the file is one table.
        columns: Their names, unique and never empty.
        has_geometry: Whether rows may have a geometry.
        rows: Begins to read the rows, each time anew; memory is bounded.
        form: What the file is, for people, such as `CSV, ;, Windows-1252`.
        skipped: What was no row, by kind; filled anew whenever the rows are read.
        notes: What else the file holds and no sheet is made of, such as sheets of prose.
        beside: Texts that the file has for all of its rows, by name; a name may come again.
        letters: Where its bytes do not say how letters are encoded: Python's name of each
            encoding, its label, and how some words read in it; the likely one first.
    """

    name: str
    columns: tuple[str, ...]
    has_geometry: bool
    rows: Callable[[], Iterator[Row | BadRow]]
    form: str = ""
    skipped: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    beside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    letters: tuple[tuple[str, str, str], ...] = ()

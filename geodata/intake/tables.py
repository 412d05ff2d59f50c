"""Tables as text: which character parts the columns, and which column is which."""

from __future__ import annotations

import codecs
import csv
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from geodata.errors import FormatError
from geodata.intake.features import FIELDS, field_name

__all__ = ["LEGACY", "Table", "decode_table", "read_table"]

# What spreadsheets in western Europe saved before Unicode, and still may.
LEGACY = "Windows-1252"
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_LIMIT = threading.Lock()


@dataclass(frozen=True)
class Table:
    """A table of texts.

    Attributes:
        header: Names of the columns as they stand there.
        rows: The cells of each row that has any, with its number as a spreadsheet counts.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def decode_table(raw: bytes, name: str) -> tuple[str, bool]:
    """Return the text of a table, and whether its encoding was guessed.

    Args:
        raw: UTF-8, or UTF-16 as Excel saves Unicode; what is neither is read as `LEGACY`.
        name: What it is, for messages.

    Raises:
        FormatError: If it begins as UTF-16 and is none.
    """
    encoding = next((_MARKS[mark] for mark in _MARKS if raw.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in raw[:2]:
        encoding = "utf-16-be" if raw[0] == 0 else "utf-16-le"
    try:
        return raw.decode(encoding), False
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16"):
            raise FormatError(f"{name} must be UTF-16 as it begins, got: {error.reason}") from error
        return raw.decode(LEGACY, "replace"), True


def read_table(text: str, name: str) -> Table:
    r"""Return the table in a text.

    Columns are parted by what the first line says (`sep=;`), or else by the character that gives
    most columns of records.

    Args:
        text: CSV, by whatever separator.
        name: What it is, for messages.

    Raises:
        FormatError: If the text is no table.

    Example:
        >>> read_table("sep=;\nid;lat\na;34,5\n", "x.csv").rows
        ((3, ('a', '34,5')),)
    """
    first, _, rest = text.partition("\n")
    told = first.strip().casefold()
    if told.startswith("sep=") and len(told) == len("sep=;"):
        separator, text, start = first.strip()[-1], rest, 2
    elif told == "sep=":  # A tab, which `strip` took.
        separator, text, start = "\t", rest, 2
    else:
        separator, start = _separator(text), 1
    try:
        with _long_cells():
            lines = list(
                csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
            )
    except csv.Error as error:
        parted = _SEPARATORS.get(separator, repr(separator))
        raise FormatError(f"{name} must be CSV, got: {error}, with {parted} for columns") from error
    header, *rows = lines or [[]]
    numbered = enumerate(rows, start=start + 1)
    return Table(tuple(header), tuple((number, tuple(row)) for number, row in numbered if any(row)))


def _separator(text: str) -> str:
    """Return the character that parts the first line into most fields of records."""
    found = {one: _fields(text, one) for one in _SEPARATORS}
    return max(_SEPARATORS, key=lambda one: found[one])


def _fields(text: str, separator: str) -> tuple[int, int]:
    try:
        with _long_cells():
            header = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        return (0, 0)
    return (sum(field_name(one) in FIELDS for one in header), len(header))


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be of any length: claims are, and the limit is one of the whole process."""
    with _LIMIT:
        before = csv.field_size_limit(2**31 - 1)
        try:
            yield
        finally:
            csv.field_size_limit(before)

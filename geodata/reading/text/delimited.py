"""Delimited text as a sheet: CSV and its kin, from whatever program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from geodata.reading.ending import without_total
from geodata.reading.layout import Layout, find_layout, name_columns
from geodata.reading.sheet import BadRow, Refused, Row, Sheet
from geodata.reading.source import Source
from geodata.reading.text.dialect import find_dialect, find_end
from geodata.reading.text.encoding import DAMAGED, Encoding, find_encoding, text_of
from geodata.reading.text.records import Broken, Dialect, records_of

__all__ = ["open_delimited"]

_SAMPLE = 1 << 18
_SAMPLED = 400
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[\r\n]", re.IGNORECASE)
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_TOLD = 500
# More words than a cell of a list of one column has, on average.
_WORDS = 8
# So many commas a sentence may have.
_FEW = 3


class _Watched:
    """Pieces of text, of which is known whether any so far held what is no letter."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces, self.are_damaged = pieces, False

    def __iter__(self) -> _Watched:
        return self

    def __next__(self) -> str:
        piece = next(self._pieces)
        self.are_damaged = self.are_damaged or DAMAGED in piece
        return piece


@dataclass(frozen=True)
class _Text:
    """A delimited text of which is known how it is to be read."""

    source: Source
    encoding: Encoding
    dialect: Dialect
    columns: tuple[str, ...]
    names: tuple[str, ...]
    start: int
    before: Counter[str]
    skipped: Counter[str]

    def rows(self) -> Iterator[Row | BadRow]:
        self.skipped.clear()
        self.skipped.update(self.before)
        return without_total(self._rows, self.skipped)

    def _rows(self, skipped: Counter[str]) -> Iterator[Row | BadRow]:
        width, names = len(self.columns), list(self.names)
        pieces = _Watched(text_of(self.source, self.encoding))
        first = names[0] if names else DAMAGED
        records = records_of(
            pieces, self.dialect, self.source.limits, width=width, start=self.start
        )
        number = empty = headers = 0
        new = tuple.__new__
        for line, cells in records:
            if isinstance(cells, Broken):
                number += 1
                yield BadRow(number, line, cells.rule, cells.text)
                continue
            lead = cells[0]
            if (not lead or lead.isspace()) and not any(map(str.strip, cells)):
                empty += 1
                continue
            if lead == first and cells == names:
                headers += 1
                continue
            number += 1
            if len(cells) != width:
                short = self._fitted(cells, width)
                if short is None:
                    text = self.dialect.delimiter.join(cells)[:_TOLD]
                    yield BadRow(number, line, "too_many_cells", text)
                    continue
                cells = short  # noqa: PLW2901 - the same row, filled up
            damaged: tuple[int, ...] = ()
            if pieces.are_damaged:
                damaged = tuple(at for at, one in enumerate(cells) if DAMAGED in one)
            yield new(Row, (number, line, tuple(cells), None, damaged, (), ()))
        skipped.update(+Counter(empty=empty, header=headers))

    @staticmethod
    def _fitted(cells: list[str], width: int) -> list[str] | None:
        """Return as many cells as there are columns, if what is too much is empty."""
        if len(cells) < width:
            return cells + [""] * (width - len(cells))
        return None if any(map(str.strip, cells[width:])) else cells[:width]


def open_delimited(source: Source, *, encoding: str = "") -> list[Sheet]:
    """Return the table in a delimited text.

    Args:
        source: The text.
        encoding: How it is encoded, if somebody said so.

    Raises:
        Refused: If it is no table.
    """
    found = find_encoding(source, encoding)
    sample = _sample(source, found)
    if not sample.strip(f"{DAMAGED} \r\n\t,;|"):
        raise Refused(f"{source.name} is an empty file")
    named = _SEPARATOR.match(sample)
    start = 2 if named else 1
    end = find_end(sample)
    rest = sample[named.end() :].removeprefix("\n") if named else sample
    dialect = Dialect(named[1], end) if named else find_dialect(rest, end, source.limits)
    records = list(
        islice(records_of(iter([sample]), dialect, source.limits, start=start), _SAMPLED)
    )
    cells = [one if isinstance(one, list) else [] for _, one in records]
    layout = find_layout(cells)
    widest = _width(layout, cells)
    if widest > source.limits.columns:
        most = source.limits.columns
        raise Refused(f"{source.name} has {widest:,} columns, and a table has at most {most:,}")
    if _is_prose(layout, cells, dialect):
        raise Refused(f"{source.name} is text without columns")
    before = layout.skipped + Counter(sep=1 if named else 0)
    text = _Text(
        source,
        found,
        dialect,
        name_columns(_padded(layout, widest)),
        layout.names,
        records[layout.begin][0] if layout.begin < len(records) else _behind(sample, end),
        +before,
        Counter(),
    )
    return [
        Sheet(
            source.member,
            text.columns,
            has_geometry=False,
            rows=text.rows,
            form=_form(text),
            skipped=text.skipped,
        )
    ]


def _sample(source: Source, encoding: Encoding) -> str:
    """Return the first whole lines."""
    pieces, length = [], 0
    for piece in text_of(source, encoding):
        pieces.append(piece)
        length += len(piece)
        if length >= _SAMPLE:
            break
    else:
        return "".join(pieces)
    text = "".join(pieces)
    cut = max(text.rfind("\n"), text.rfind("\r"))
    if cut < 0:
        raise Refused(f"the first line of {source.name} has at least {length:,} characters")
    return text[: cut + 1]


def _behind(sample: str, end: str) -> int:
    """Return the line behind a text."""
    return sample.count(end) + (1 if sample.endswith(end) else 2)


def _is_prose(layout: Layout, cells: Sequence[Sequence[str]], dialect: Dialect) -> bool:
    """Return whether a text has no columns: lines of many words, or nothing below its names."""
    below = [one for one in cells[layout.begin :] if any(one)]
    if not below:
        return layout.skipped["preamble"] > 0
    widths = [len(one) for one in cells if any(map(str.strip, one))]
    if not widths:
        return True
    if max(widths) == 1:
        words = sum(len(dialect.delimiter.join(one).split()) for one in cells)
        return words > len(widths) * _WORDS
    return max(widths) <= _FEW and sum(one > 1 for one in widths) * 2 < len(widths)


def _width(layout: Layout, cells: Sequence[Sequence[str]]) -> int:
    """Return how many columns there are: as the header has, or more if rows commonly have more."""
    below = [len(_stripped(one)) for one in cells[layout.begin :] if any(one)]
    named = len(layout.names)
    wider = [one for one in below if one > named]
    return max(wider, default=1) if len(wider) * 10 > len(below) * 9 or not named else named


def _stripped(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _padded(layout: Layout, width: int) -> list[str]:
    """Return the header as wide as the rows; what is one short lacks the name of row names."""
    names = list(layout.names)
    if len(names) == width - 1 and names:
        return ["", *names]
    return names + [""] * (width - len(names))


def _form(text: _Text) -> str:
    delimiter = text.dialect.delimiter
    return f"CSV, {_NAMES.get(delimiter, delimiter)}, {text.encoding.label}"

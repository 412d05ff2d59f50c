"""The records of delimited text, one after another, whatever is wrong with one of them.

A quotation mark that is not closed costs its line and no more: what follows is read anew from the
next line end.
"""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from geodata.reading.limits import Limits

__all__ = ["Broken", "Dialect", "records_of"]

_TOLD = 500
# From how many searches in vain for a closing mark they reach less far.
_PATIENCE = 50
_SHORT_REACH = 20_000
_LIMIT = threading.Lock()
# Stands for the line end that ends no line here, at which `csv.reader` would stop; a text that is
# read has no NUL.
_HIDDEN = "\0"


@dataclass(frozen=True)
class Dialect:
    """How a text is parted.

    Attributes:
        delimiter: What parts cells.
        end: What parts lines; a line that ends in CR LF ends in LF here.
        quote: What cells are quoted with; empty if marks are letters here.
    """

    delimiter: str
    end: str = "\n"
    quote: str = '"'


class Broken(NamedTuple):
    """A record that cannot be split.

    Attributes:
        rule: What it breaks.
        text: How it begins.
    """

    rule: str
    text: str


class _Lines:
    """Lines of a text: whole blocks of them, or one by one to go back to, as `csv.reader` reads."""

    def __init__(self, pieces: Iterator[str], end: str, limits: Limits) -> None:
        self.end, self.at, self.limit = end, 0, 0
        self.buffer: list[str] = []
        # How many lines there are before the buffer.
        self.before = 0
        self.other = "\r" if end == "\n" else "\n"
        self._most = limits.row
        self._blocks = self._whole(pieces)

    def _whole(self, pieces: Iterator[str]) -> Iterator[str]:
        rest = ""
        for piece in pieces:
            cut = piece.rfind(self.end)
            if cut >= 0:
                yield rest + piece[:cut]
                rest = piece[cut + 1 :]
            elif len(rest) <= self._most:
                # Nothing more of a line that is far too long is kept.
                rest += piece
        if rest:
            yield rest

    def skip(self, count: int) -> None:
        """Leave out lines at the start."""
        while self.before < count and (block := next(self._blocks, None)) is not None:
            lines = block.split(self.end)
            kept = lines[count - self.before :]
            self.before += len(lines) - len(kept)
            self.buffer = kept

    def block(self) -> str | None:
        """Return the next whole lines, without the last line end."""
        return next(self._blocks, None)

    def load(self, lines: list[str]) -> None:
        """Begin to read lines one by one."""
        self.before += len(self.buffer)
        self.buffer, self.at = lines, 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.limit <= 0:
            raise StopIteration
        if self.at == len(self.buffer):
            self.buffer.extend(next(self._blocks).split(self.end))
        line = self.buffer[self.at]
        self.at += 1
        self.limit -= len(line) + 1
        if self.other in line[:-1]:
            line = line[:-1].replace(self.other, _HIDDEN) + line[-1:]
        return line + self.end


def records_of(
    pieces: Iterator[str], dialect: Dialect, limits: Limits, *, width: int = 0, start: int = 1
) -> Iterator[tuple[int, list[str] | Broken]]:
    """Yield the records of a text with the line that each begins in.

    Args:
        pieces: The text, piece by piece.
        dialect: How it is parted.
        limits: How long lines and cells may be.
        width: How many cells a record has, if that is known; it tells a record that runs over
            lines from a mark that was not closed.
        start: The line to begin with.
    """
    lines = _Lines(pieces, dialect.end, limits)
    lines.skip(start - 1)
    splitter = _Splitter(lines, dialect, limits, width)
    while True:
        while lines.at < len(lines.buffer):
            line = lines.buffer[lines.at]
            lines.at += 1
            number = lines.before + lines.at
            yield number, splitter.split(line)
        block = lines.block()
        if block is None:
            return
        lines.load([])
        done = yield from _quickly(block, dialect, limits, width, lines.before)
        rest = block.split(dialect.end)[done:] if done >= 0 else []
        lines.before += done if done >= 0 else block.count(dialect.end) + 1
        lines.load(rest)


def _quickly(
    block: str, dialect: Dialect, limits: Limits, width: int, before: int
) -> Generator[tuple[int, list[str]], None, int]:
    """Yield the records of whole lines as long as nothing is wrong.

    Returns:
        How many lines were read, or -1 for all.
    """
    end, delimiter, quote = dialect.end, dialect.delimiter, dialect.quote
    if len(block) > limits.cell or (quote and quote in block and width == 0):
        return 0
    if not quote or quote not in block:
        for number, line in enumerate(block.split(end), start=before + 1):
            yield number, (line[:-1] if line[-1:] == "\r" else line).split(delimiter)
        return -1
    reader = csv.reader(
        io.StringIO(block, newline=end), delimiter=delimiter, quotechar=quote, strict=True
    )
    done = 0
    try:
        for cells in reader:
            if reader.line_num > done + 1 and len(cells) != width:
                return done
            yield before + done + 1, cells or [""]
            done = reader.line_num
    except csv.Error:
        return done
    return -1


class _Splitter:
    """Splits lines that hold quotation marks."""

    def __init__(self, lines: _Lines, dialect: Dialect, limits: Limits, width: int) -> None:
        self._lines, self._dialect, self._width = lines, dialect, width
        self._limits, self._reach, self._in_vain = limits, limits.quoted, 0
        self._reader = csv.reader(
            lines, delimiter=dialect.delimiter, quotechar=dialect.quote or '"', strict=True
        )
        quote, delimiter = re.escape(dialect.quote or '"'), re.escape(dialect.delimiter)
        closing = rf"(?={delimiter}|$)"
        # A mark closes a cell only before a delimiter; others within it are letters of it.
        self._loose = re.compile(
            rf"{quote}((?:{quote}{quote}|\\{quote}|[^{quote}]|{quote}(?!{delimiter}|$))*+){quote}{closing}"
            rf"|([^{delimiter}]*){closing}",
            re.DOTALL,
        )

    def split(self, line: str) -> list[str] | Broken:
        """Split the record that a line begins, the one before what is to be read next."""
        if len(line) > self._limits.row:
            return Broken("row_too_long", line[:_TOLD])
        quote = self._dialect.quote
        cells: list[str] | Broken
        if quote and quote in line:
            cells = self._quoted(line)
        else:
            cells = line.removesuffix("\r").split(self._dialect.delimiter)
        longest = self._limits.cell
        if len(line) > longest and isinstance(cells, list) and max(map(len, cells)) > longest:
            return Broken("cell_too_long", line[:_TOLD])
        return cells

    def _quoted(self, line: str) -> list[str] | Broken:
        lines = self._lines
        begin = lines.at - 1
        cells = self._strictly(begin, len(line))
        taken = lines.buffer[begin : lines.at]
        if cells is not None and (len(taken) == 1 or self._is_one(cells, taken)):
            return cells
        if len(taken) > 1:
            self._in_vain += 1
            if self._in_vain > _PATIENCE:
                self._reach = _SHORT_REACH
        lines.at = begin + 1
        return self._by_itself(line)

    def _strictly(self, begin: int, length: int) -> list[str] | None:
        """Return the cells from a line on, over line ends if need be, if all marks are right."""
        lines = self._lines
        reach = max(self._reach, length + 2)
        lines.at, lines.limit = begin, reach
        try:
            cells = next(self._reader)
        except StopIteration:
            return None
        except csv.Error as error:
            if "limit" not in str(error):
                return None
            lines.at, lines.limit = begin, reach
            cells = self._any_length() or []
        other = lines.other
        return [one.replace(_HIDDEN, other) for one in cells] or None

    def _any_length(self) -> list[str] | None:
        """Return the next cells, for which the limit of the whole process is lifted meanwhile."""
        with _LIMIT:
            before = csv.field_size_limit(2**31 - 1)
            try:
                return next(self._reader)
            except (csv.Error, StopIteration):
                return None
            finally:
                csv.field_size_limit(before)

    def _is_one(self, cells: list[str], taken: list[str]) -> bool:
        """Return whether lines are one record rather than several after an open mark."""
        width = self._width
        if not width or len(cells) == width:
            return True
        delimiter = self._dialect.delimiter
        return not any(one.count(delimiter) == width - 1 for one in taken[1:])

    def _by_itself(self, line: str) -> list[str] | Broken:
        """Split one line in which marks do not stand as they should."""
        line = line.removesuffix("\r")
        quote = self._dialect.quote
        if cells := self._loosely(line):
            return cells
        parts = line.split(self._dialect.delimiter)
        if not any(one.lstrip().startswith(quote) for one in parts):
            return parts
        return Broken("unterminated_quote", line[:_TOLD])

    def _loosely(self, line: str) -> list[str]:
        """Return the cells if each mark at the start of one is closed, and they are as many."""
        cells, at, quote = [], 0, self._dialect.quote
        while True:
            found = self._loose.match(line, at)
            if found is None:
                return []
            quoted, plain = found.groups()
            if quoted is None and plain.startswith(quote):
                return []
            cells.append(plain if quoted is None else quoted.replace(quote * 2, quote))
            at = found.end() + 1
            if found.end() == len(line):
                break
        return cells if not self._width or len(cells) == self._width else []

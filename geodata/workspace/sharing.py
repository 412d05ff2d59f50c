"""Records of a file in columns, block by block: rows of large files are shared among processors.

What is written does not depend on that. A block is made as if nothing had been before it; blocks
are taken in the order of the file, and one with a part of an id that came before is made once more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from itertools import islice
from typing import Any, NamedTuple

from geodata.helpers import Helpers, processors
from geodata.importing import Found, Importing, Rejected
from geodata.records import Records
from geodata.workspace.columnar import Columns, in_columns

__all__ = ["Shared"]

# A block is what is held at once for each processor.
_ROWS = 4_000
_LETTERS = 8_000_000
# A helper takes some seconds to start, in which so many blocks are made without one.
_ALONE = 10
# More would wait for the process that reads and writes, which takes a fifth of the work.
_MOST_HELPERS = 4
# So many blocks wait for each helper, so that none waits for a block.
_WAITING = 2

# Where ids come again and again, helpers make in vain; of these blocks each was made twice.
_MOST_AGAIN = 8

Row = Any


class _Block(NamedTuple):
    found: Found
    columns: Columns


class _Maker:
    """Makes blocks of rows.

    Args:
        importing: Makes their records.
    """

    def __init__(self, importing: Importing) -> None:
        self._importing = importing

    def __call__(self, piece: tuple[int, Sequence[Row], Mapping[str, int]]) -> _Block:
        """Return what some rows of a sheet come to; see `Importing.of_rows`."""
        records, found = self._importing.of_rows(*piece)
        evidence = self._importing.evidence
        return _Block(
            found, in_columns(records, Records(groups=evidence.groups, sources=evidence.sources))
        )


class Shared:
    """Makes the records of a file whose rows are records each by itself.

    Args:
        importing: Makes them, and has in the end what they came to.
        reject: Is handed each row that is none.
        keep_apart: Is handed the id of a record with the cells that name persons.
    """

    def __init__(
        self,
        importing: Importing,
        reject: Callable[[Rejected], None],
        keep_apart: Callable[[str, dict[str, str]], None],
    ) -> None:
        self._importing, self._reject, self._keep_apart = importing, reject, keep_apart
        self._maker = _Maker(importing.apart())
        self._count = self._again = 0
        self._helpers: Helpers | None = None
        self._asked: deque[tuple[int, list[Row], Future[Any]]] = deque()

    def columns(self) -> Iterator[Columns]:
        """Yield the records in columns, in the order of the file."""
        importing = self._importing
        for at, (sheet, _) in enumerate(importing.sheets):
            rows = sheet.rows()
            while block := _next_block(rows):
                yield from self._made(at, block)
            while self._asked:
                yield self._awaited()
            importing.account.skipped.update(sheet.skipped)
        # What is written of all needs the memory that helpers hold.
        self.close()
        importing.close()

    def close(self) -> None:
        """End what is still being made elsewhere."""
        if self._helpers is not None:
            self._helpers.close()
            self._helpers = None

    def _made(self, at: int, rows: list[Row]) -> Iterator[Columns]:
        self._count += 1
        if self._count == _ALONE + 1 and processors() > 1:
            count = min(processors(), _MOST_HELPERS)
            self._helpers = Helpers(_Maker, self._importing.apart(), count)
        if self._helpers is None:
            while self._asked:
                yield self._awaited()
            yield self._taken(self._made_here(at, rows))
            return
        self._asked.append((at, rows, self._helpers.ask((at, rows, {}))))
        if len(self._asked) > _WAITING * min(processors(), _MOST_HELPERS):
            yield self._awaited()

    def _awaited(self) -> Columns:
        at, rows, made = self._asked.popleft()
        try:
            block: _Block = made.result()
        except (RuntimeError, CancelledError):
            # What a helper cannot do is done here, or fails here with the reason.
            return self._taken(self._made_here(at, rows))
        if self._importing.evidence.used.keys().isdisjoint(block.found.names.used):
            return self._taken(block)
        self._again += 1
        if self._again == _MOST_AGAIN:
            self.close()
        return self._taken(self._made_here(at, rows))

    def _made_here(self, at: int, rows: list[Row]) -> _Block:
        return self._maker((at, rows, self._importing.evidence.used))

    def _taken(self, block: _Block) -> Columns:
        importing = self._importing
        importing.take(block.found)
        for one in block.found.rejected:
            self._reject(one)
        for identifier, cells in block.found.persons:
            self._keep_apart(identifier, cells)
        return block.columns


def _next_block(rows: Iterator[Row]) -> list[Row]:
    """Return the next rows, fewer where they are long; none at the end."""
    block: list[Row] = []
    letters = 0
    for row in islice(rows, _ROWS):
        block.append(row)
        letters += _length(row)
        if letters > _LETTERS:
            break
    return block


def _length(row: Row) -> int:
    """Return about how many letters a row has."""
    try:
        return len("".join(row.cells))
    except TypeError:
        return sum(len(one) for one in row.cells if isinstance(one, str))
    except AttributeError:
        return len(row.text)

"""The first rows of a sheet, and what its columns look like by them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property
from itertools import islice

from geodata.importing.values import is_null, number_of, text_of
from geodata.reading import Row, Sheet

__all__ = ["Column", "Sample"]

_MOST_ROWS = 2_000


class Column:
    """One column of a sample.

    Args:
        index: Where it stands.
        name: Its name.
        texts: Its cells as text, one a row, empty where nothing is known.
    """

    def __init__(self, index: int, name: str, texts: Sequence[str]) -> None:
        self.index, self.name, self.texts = index, name, texts

    @cached_property
    def filled(self) -> list[str]:
        """Its cells that say something."""
        return [one for one in self.texts if one]

    @cached_property
    def distinct(self) -> set[str]:
        """Its different cells that say something."""
        return set(self.filled)

    @cached_property
    def numeric(self) -> float:
        """Which share of the filled cells are numbers."""
        return self.share(lambda text: number_of(text) is not None)

    @cached_property
    def mean_length(self) -> float:
        """How long its cells are."""
        return sum(map(len, self.filled)) / len(self.filled) if self.filled else 0.0

    def share(self, holds: Callable[[str], bool]) -> float:
        """Return of which share of the filled cells something holds."""
        if not self.filled:
            return 0.0
        answers = {text: holds(text) for text in self.distinct}
        return sum(answers[text] for text in self.filled) / len(self.filled)


class Sample:
    """The first rows of a sheet.

    Args:
        sheet: Where they are from.
        most: How many at most.
    """

    def __init__(self, sheet: Sheet, most: int = _MOST_ROWS) -> None:
        good = (row for row in sheet.rows() if isinstance(row, Row))
        self.rows: list[Row] = list(islice(good, most))
        self.sheet = sheet
        tables = [[_known(text_of(cell)) for cell in row.cells] for row in self.rows]
        self.columns: list[Column] = [
            Column(index, name, [row[index] for row in tables])
            for index, name in enumerate(sheet.columns)
        ]

    def but(self, change: Callable[[str], str]) -> Sample:
        """Return a sample whose cells are changed."""
        other = copy(self)
        other.columns = [
            Column(one.index, one.name, [change(text) for text in one.texts])
            for one in self.columns
        ]
        return other

    @cached_property
    def placed(self) -> float:
        """Which share of the rows has a geometry."""
        if not self.rows:
            return 0.0
        return sum(row.geometry is not None for row in self.rows) / len(self.rows)


def _known(text: str) -> str:
    return "" if is_null(text) else text

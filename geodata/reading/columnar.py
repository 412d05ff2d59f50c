"""Batches of Arrow columns as rows: what Parquet and GDAL hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.reading.limits import Limits
from geodata.reading.shapes import Moves, shapes_of_wkb
from geodata.reading.sheet import BadRow, Cell, Row
from geodata.reading.values import cell_of, damaged_in, longest

__all__ = ["cells_of", "rows_of_batches"]


def rows_of_batches(
    batches: Iterable[Any], geometry: str, moves: Moves, limits: Limits
) -> Iterator[Row | BadRow]:
    """Yield the rows of batches.

    Args:
        batches: Record batches of Arrow.
        geometry: Name of the column of well-known binary; empty if there is none.
        moves: Takes shapes to longitude and latitude.
        limits: How long cells may be.
    """
    number = 0
    for batch in batches:
        names = batch.schema.names
        place = names.index(geometry) if geometry in names else -1
        columns = [cells_of(batch.column(at)) for at in range(len(names)) if at != place]
        shapes: Sequence[Any] = [None] * batch.num_rows
        if place >= 0:
            shapes = shapes_of_wkb(batch.column(place).to_pylist(), moves)
        every = zip(*columns, strict=True) if columns else iter([()] * batch.num_rows)
        is_plain = all(_is_plain(batch.column(at)) for at in range(len(names)))
        for cells, shape in zip(every, shapes, strict=True):
            number += 1
            if not is_plain and longest(cells) > limits.cell:
                yield BadRow(number, number, "cell_too_long", str(cells)[:500])
            else:
                yield Row(number, number, cells, shape, () if is_plain else damaged_in(cells))


def _is_plain(column: Any) -> bool:
    """Return whether a column holds no text at all."""
    return not (
        pa.types.is_string(column.type)
        or pa.types.is_large_string(column.type)
        or pa.types.is_binary(column.type)
        or pa.types.is_dictionary(column.type)
        or pa.types.is_nested(column.type)
    )


def cells_of(column: Any) -> Sequence[Cell]:
    """Return the cells of a column; text that is none is kept with U+FFFD."""
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        column, kind = column.storage, column.storage.type
    if pa.types.is_dictionary(kind):
        values = cells_of(column.dictionary)
        return [None if one is None else values[one] for one in column.indices.to_pylist()]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _texts(column)
    if pa.types.is_timestamp(kind):
        return _moments(column)
    try:
        return [cell_of(one) for one in column.to_pylist()]
    except (ValueError, OverflowError, pa.ArrowException):
        return [cell_of(str(one)) for one in column.cast(pa.string()).to_pylist()]


def _texts(column: Any) -> Sequence[Cell]:
    try:
        return [cell_of(one) for one in column.to_pylist()]
    except UnicodeDecodeError:
        raw = column.cast(pa.large_binary()).to_pylist()
        return [None if one is None else one.decode("utf-8", "replace") for one in raw]


def _moments(column: Any) -> Sequence[Cell]:
    """Return moments; those beyond the years that Python has, or finer than it has, as texts."""
    kind = column.type
    try:
        plain = pc.cast(column, pa.timestamp("us", kind.tz), safe=False)
        found: list[Cell] = plain.to_pylist()
    except (ValueError, OverflowError, pa.ArrowException):
        texts: Sequence[Cell] = column.cast(pa.int64()).to_pylist()
        return [None if one is None else str(one) for one in texts]
    return found

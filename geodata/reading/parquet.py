"""Parquet as a sheet, with places if it is GeoParquet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geodata.reading.columnar import rows_of_batches
from geodata.reading.layout import name_columns
from geodata.reading.shapes import Moves, moves_from
from geodata.reading.sheet import BadRow, Refused, Row, Sheet
from geodata.reading.source import Source

__all__ = ["open_parquet"]

_BATCH = 2_000
# What a file of Mapview says beside its rows.
_OURS = b"mapview"
_GEOARROW = ("point",)


def open_parquet(source: Source) -> list[Sheet]:
    """Return the table in a Parquet file.

    Raises:
        Refused: If it is damaged, or has more rows or columns than a table of incidents.
    """
    with source.on_disk(".parquet") as path:
        try:
            with pq.ParquetFile(path) as file:
                schema, count = file.schema_arrow, file.metadata.num_rows
        except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
            raise Refused(f"{source.name} is damaged Parquet: {str(error)[:200]}") from error
    limits = source.limits
    if count > limits.rows or len(schema.names) > limits.columns:
        raise Refused(
            f"{source.name} has {count:,} rows and {len(schema.names):,} columns; "
            f"at most {limits.rows:,} and {limits.columns:,} are read"
        )
    place, described = _geometry(schema)
    # No system that is named is longitude and latitude; one that is null is unknown.
    moves = moves_from(described.get("crs"), source.name)
    skipped: Counter[str] = Counter()

    def rows() -> Iterator[Row | BadRow]:
        skipped.clear()
        yield from _rows(source, schema, place, moves)

    columns = name_columns([one for one in schema.names if one != place])
    form = "GeoParquet" if place else "Parquet"
    told = (schema.metadata or {}).get(_OURS, b"").decode("utf-8", "replace")
    beside = {_OURS.decode(): [told]} if told else {}
    return [Sheet(source.member, columns, bool(place), rows, form, skipped, beside=beside)]


def _geometry(schema: Any) -> tuple[str, dict[str, Any]]:
    """Return the name of the column of places, and what is told of it."""
    try:
        told = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        name = told.get("primary_column", "")
        described = told.get("columns", {}).get(name, {})
        crs = described.get("crs")
        if isinstance(crs, dict):
            described = {**described, "crs": json.dumps(crs)}
    except (ValueError, AttributeError, RecursionError):
        name, described = "", {}
    if isinstance(name, str) and name in schema.names:
        return name, described
    binary = (pa.types.is_binary, pa.types.is_large_binary)
    for field in schema:
        plain = getattr(field.type, "storage_type", field.type)
        if field.name.casefold() in ("geometry", "geom", "wkb_geometry", "wkb") and any(
            one(plain) for one in binary
        ):
            return field.name, {}
    return "", {}


def _rows(source: Source, schema: Any, place: str, moves: Moves) -> Iterator[Row | BadRow]:
    # Kept as dictionaries, one long text in many rows is held once.
    texts = [one.name for one in schema if pa.types.is_string(one.type)]
    with source.on_disk(".parquet") as path:
        try:
            with pq.ParquetFile(path, read_dictionary=texts) as file:
                batches = file.iter_batches(batch_size=_BATCH)
                if place:
                    batches = (_with_wkb(one, place) for one in batches)
                yield from rows_of_batches(batches, place, moves, source.limits)
        except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
            raise Refused(f"{source.name} is damaged Parquet: {str(error)[:200]}") from error


def _with_wkb(batch: Any, name: str) -> Any:
    """Return a batch whose places are well-known binary: points may be pairs of numbers."""
    at = batch.schema.names.index(name)
    column = batch.column(at)
    if isinstance(column.type, pa.BaseExtensionType):
        column = column.storage
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return batch.set_column(at, name, column)
    values = [
        None if one is None else shapely.to_wkb(shapely.Point(*_pair(one)))
        for one in column.to_pylist()
    ]
    return batch.set_column(at, name, pa.array(values, pa.binary()))


def _pair(value: Any) -> tuple[float, float]:
    if isinstance(value, dict) and "x" in value and "y" in value:
        return float(value["x"]), float(value["y"])
    if isinstance(value, list) and len(value) >= 2 and not isinstance(value[0], list | dict):  # noqa: PLR2004
        return float(value[0]), float(value[1])
    raise ValueError("its places are in a form that is not read; WKB is")

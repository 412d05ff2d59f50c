"""Files that say of themselves what no program would write, put together byte by byte."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from shapely import Point, to_wkb

__all__ = [
    "KABUL",
    "long_head",
    "long_names",
    "many_tables",
    "parquet",
    "repeated_cell",
    "repeated_page",
    "repeated_text",
    "wide_points",
]

KABUL = to_wkb(Point(69.2, 34.5))
GEO = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
_INT, _BYTES, _LIST, _STRUCT = 5, 8, 9, 12
_DICTIONARY, _DATA = 2, 0
_REQUIRED, _TEXT, _UTF8 = 0, 6, 0

_Value: TypeAlias = "int | bytes | Mapping[int, _Value] | Sequence[_Value]"


def parquet(
    columns: dict[str, pa.Array],
    compression: str = "zstd",
    version: str = "1.0",
    *,
    int96: bool = False,
    places: Sequence[bytes] = (),
) -> bytes:
    """Return a GeoParquet with these columns beside one of places, all in Kabul unless given."""
    count = max(map(len, columns.values()), default=1)
    table = pa.table({"geometry": pa.array(places or [KABUL] * count), **columns})
    stream = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({"geo": json.dumps(GEO)}),
        stream,
        compression=compression,
        data_page_version=version,
        use_deprecated_int96_timestamps=int96,
    )
    return stream.getvalue()


def _varint(number: int) -> bytes:
    low, rest = number & 127, number >> 7
    return bytes([low | 128]) + _varint(rest) if rest else bytes([low])


def _kind(value: _Value) -> int:
    kinds = ((int, _INT), (bytes, _BYTES), (Mapping, _STRUCT), (Sequence, _LIST))
    return next(kind for one, kind in kinds if isinstance(value, one))


def _thrift(value: _Value) -> bytes:
    if isinstance(value, int):
        return _varint(2 * value)
    if isinstance(value, bytes):
        return _varint(len(value)) + value
    if isinstance(value, Mapping):
        fields = (
            bytes([_kind(one)]) + _varint(2 * number) + _thrift(one)
            for number, one in value.items()
        )
        return b"".join(fields) + b"\0"
    kind = _kind(value[0]) if value else _INT
    return bytes([0xF0 | kind]) + _varint(len(value)) + b"".join(map(_thrift, value))


def _file(body: bytes, columns: int, groups: int, head: int) -> bytes:
    """Return a Parquet without rows, whose groups have for their text the page at `head`."""
    schema = [{4: b"schema", 5: 2}, *({1: _TEXT, 3: _REQUIRED, 4: name} for name in (b"a", b"b"))]
    schema[1][6] = _UTF8
    column = {1: _TEXT, 2: [0], 3: [b"a"], 4: 0, 5: 1, 6: 0, 7: 0, 9: head, 11: head}
    group = _thrift({1: [{2: 0, 3: column}] * columns, 2: 0, 3: 0})
    said = {
        1: b"geo",
        2: json.dumps({"primary_column": "b", "columns": {"b": {"encoding": "WKB"}}}).encode(),
    }
    groups_of = (
        bytes([_LIST]) + _varint(8) + bytes([0xF0 | _STRUCT]) + _varint(groups) + group * groups
    )
    about = _thrift({1: 1, 2: schema, 3: 0})[:-1] + groups_of + _thrift({5: [said]})
    return b"PAR1" + body + about + struct.pack("<I", len(about)) + b"PAR1"


def _page(kind: int, data: bytes, count: int, **fields: _Value) -> bytes:
    about = {7: {1: count, 2: 0}} if kind == _DICTIONARY else {5: {1: count, 2: 0, 3: 3, 4: 3}}
    more = {int(name[1:]): value for name, value in fields.items()}
    return _thrift({1: kind, 2: 0, 3: len(data), **about, **more}) + data


def repeated_page() -> bytes:
    """Return a Parquet whose dictionary of a megabyte stands in twenty thousand groups of rows."""
    text = "é".encode() * 500_000
    body = _page(_DICTIONARY, struct.pack("<I", len(text)) + text, 1) + _page(_DATA, b"", 0)
    return _file(body, 1, 20_000, 4)


def long_head() -> bytes:
    """Return a Parquet in which each of twenty thousand groups has a page described by 400 kB."""
    body = _page(_DATA, b"", 0, _30=[0] * 400_000)
    return _file(body, 1, 20_000, 4)


def many_tables() -> bytes:
    """Return a Parquet that describes itself by three million tables of nothing."""
    whole = _file(b"", 1, 0, 4)
    about = whole[4:-9] + bytes([_LIST]) + _varint(2 * 40) + bytes([0xF0 | _STRUCT])
    about += _varint(3_000_000) + bytes(3_000_001)
    return b"PAR1" + about + struct.pack("<I", len(about)) + b"PAR1"


def repeated_text() -> bytes:
    """Return a Parquet of a kilobyte, each of whose rows has the same megabyte for its title."""
    rows = 40_000
    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), ["x" * 1_000_000])
    return parquet({"title": text})


def repeated_cell() -> bytes:
    """Return a workbook in which each of many cells has the same thirty kilobytes."""
    book = Workbook()
    sheet = book.active
    sheet.append(["date", "lat", "lon", *(f"title{i}" for i in range(10))])
    for _ in range(800):
        sheet.append(["2020", 1, 1, *["x" * 30_000] * 10])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _table(fields: Mapping[int, bytes], at: int) -> bytes:
    """Return a table of FlatBuffers that begins at a place, its fields as they stand in it."""
    slots = max(fields) + 1
    head = 4 + 2 * slots
    places, body = [0] * slots, b""
    for number, content in fields.items():
        places[number] = 4 + len(body)
        body += content
    shape = struct.pack(f"<HH{slots}H", head, 4 + len(body), *places)
    return struct.pack("<i", -4 - len(body)) + body + shape if at >= 0 else b""


def long_names() -> bytes:
    """Return a FlatGeobuf of a feature with two thousand columns that share a name of 6 MB."""
    # A vector of offsets to one table, which has for its name a text behind it.
    count, text = 2_000, "é".encode() * 3_000_000
    feature = bytearray(_table({2: struct.pack("<I", 0)}, 4))
    vector = 4 + len(feature)
    table = vector + 4 + 4 * count
    column = bytearray(_table({0: struct.pack("<I", 0)}, table))
    text_at = table + len(column)
    column[4:8] = struct.pack("<I", text_at - (table + 4))
    feature[4:8] = struct.pack("<I", vector - 8)
    offsets = b"".join(struct.pack("<I", table - (vector + 4 + 4 * i)) for i in range(count))
    part = struct.pack("<I", 4) + bytes(feature) + struct.pack("<I", count) + offsets
    part += bytes(column) + struct.pack("<I", len(text)) + text
    header = struct.pack("<I", 4) + _table({0: struct.pack("<I", 4), 9: struct.pack("<H", 0)}, 4)
    magic = b"fgb\x03fgb\x01"
    return b"".join([magic, *(struct.pack("<I", len(one)) + one for one in (header, part))])


def wide_points() -> bytes:
    """Return a GeoJSON of many points, of which one has two thousand properties."""
    point = {"type": "Point", "coordinates": [69.2, 34.5]}
    first = {"type": "Feature", "geometry": point, "properties": {f"p{i}": 1 for i in range(2000)}}
    rest = json.dumps({"type": "Feature", "geometry": point, "properties": {}})
    features = ",".join([json.dumps(first), *[rest] * 10_000])
    return f'{{"type": "FeatureCollection", "features": [{features}]}}'.encode()

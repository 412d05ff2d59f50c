"""GeoParquet 1.1 for analysis: one row a record, with claims and sources nested in it.

Incidents and base areas are told apart by `record_kind`, as in the other formats. The file's
metadata have under `mapview` what the export says of itself, and the groups and sources, as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq
import shapely

from geodata.files import Watch, open_atomic_bytes, writing
from geodata.formats.columns import (
    AREA,
    CLAIM,
    GEOMETRY,
    INCIDENT,
    Row,
    claim_row,
    members,
    record_row,
    record_rows,
    to_json_text,
    to_table,
)
from geodata.formats.kept import (
    TOLD,
    FeatureBlock,
    Gathered,
    Kept,
    KeptBody,
    KeptFeatures,
    end_anew,
)
from geodata.geodesy import DECIMALS, bounding_box, corners_of
from geodata.records import Incident, Named, Records

__all__ = ["to_rows", "write_geoparquet", "write_kept_geoparquet", "write_many_geoparquet"]


_COLUMNS = {**INCIDENT, **AREA}
_ROWS = to_table((), _COLUMNS, geometry=True).schema
_TEXT = pa.string()
# They are told apart from the text before Arrow reads it, or are read as text.
_APART = ("id", "upstream", GEOMETRY)
_DAYS = {name for name, kind in INCIDENT.items() if kind == pa.date32()}
_PROPERTIES = {
    name: _TEXT if name in _DAYS else kind for name, kind in INCIDENT.items() if name not in _APART
}
_FEATURE = pa.schema([("id", _TEXT), ("properties", pa.struct(_PROPERTIES.items()))])
# No quote stands unescaped within a text, so that these are found nowhere else.
_UPSTREAM, _BEHIND_UPSTREAM, _VALUE = ',"upstream":', '"},"type_of_source":"', '"value":'
_NUMBER = re.compile(r"-?[0-9][^,}]*")
_MORE = 2
_decode = json.JSONDecoder().raw_decode
_ROWS_A_GROUP = 16_000


def write_geoparquet(
    path: str | Path,
    records: Records,
    *,
    about: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
) -> None:
    """Write records as GeoParquet; the file appears only when complete.

    Args:
        path: The file to write.
        records: What to write.
        about: What the file says of itself, such as the filter and the data version.
        watch: Is told how many records are done.
    """
    rows = list(record_rows(records, watch))
    table = to_table((_nested(row) for row in rows), _COLUMNS, geometry=True)
    extent = _Extent()
    extent.take([row[GEOMETRY] for row in rows if row[GEOMETRY]])
    table = table.replace_schema_metadata(_metadata(extent, about, records))
    with open_atomic_bytes(path) as stream:
        pq.write_table(table, stream, compression="zstd")


def write_many_geoparquet(
    path: str | Path,
    batches: Iterable[Sequence[Incident]],
    context: Records,
    make: Callable[[Sequence[Incident], Records, Collection[str]], FeatureBlock],
    *,
    about: Mapping[str, Any] | None = None,
    kept: Kept | None = None,
) -> None:
    """Write the same of incidents of which only a batch is held, some thousand rows at once.

    Args:
        path: The file to write.
        batches: The incidents.
        context: The base areas that follow, and all that they may name.
        make: Makes the features of some incidents, from which rows are made, and what of `TOLD` is
            asked.
        about: As for `write_geoparquet`.
        kept: Where features and rows of all are kept for the next time, if anywhere.
    """
    gathered = Gathered()

    def tables() -> Iterator[pa.Table]:
        with kept.keeping(context) if kept else nullcontext() as keep:
            for some in batches:
                block = make(some, context, TOLD if keep else ("text",))
                if keep:
                    keep.add(block)
                gathered.take(block.rows)
                yield block.rows

    with writing(path) as temporary:
        _write_rows(temporary, tables(), context)
        if kept and (body := kept.body(context)):
            body.keep(temporary)
        end_anew(temporary, _metadata_of(gathered, context, about))


def write_kept_geoparquet(
    path: str | Path,
    features: KeptFeatures,
    context: Records,
    *,
    about: Mapping[str, Any] | None = None,
    body: KeptBody | None = None,
    watch: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the same of features whose text was kept.

    Args:
        path: The file to write.
        features: Those of the incidents.
        context: As for `write_many_geoparquet`.
        about: Likewise.
        body: Where the rows of all are kept, if these are all.
        watch: Is told how many incidents are done, and may stop it.
    """

    def tables() -> Iterator[pa.Table]:
        done = 0
        for some in features.tables():
            watch(done)
            yield some
            done += some.num_rows

    count = 0
    for found in features.look():
        watch(0)
        count += found
    with writing(path) as temporary:
        if body is None or not body.copy_to(temporary, lambda done: watch(int(done * count))):
            _write_rows(temporary, tables(), context)
            if body:
                body.keep(temporary)
        end_anew(temporary, _metadata_of(features.gathered, context, about))
        watch(count)


def _write_rows(path: Path, features: Iterable[pa.Table], context: Records) -> None:
    """Write features as rows, some thousand in a group, and base areas behind them."""
    areas = (_nested(record_row(one, context)) for one in context.base_areas)
    tables = chain(map(to_rows, features), [to_table(areas, _COLUMNS, geometry=True)])
    # Arrow's own schema has the metadata of the beginning, in which its readers look alone.
    with pq.ParquetWriter(path, _ROWS, compression="zstd", store_schema=False) as writer:
        waiting: list[pa.Table] = []
        for some in tables:
            waiting.append(some)
            if sum(map(len, waiting)) >= _ROWS_A_GROUP:
                writer.write_table(pa.concat_tables(waiting))
                waiting = []
        if waiting:
            writer.write_table(pa.concat_tables(waiting))


def _metadata_of(
    gathered: Gathered, context: Records, about: Mapping[str, Any] | None
) -> dict[str, str]:
    """Return what a file says of incidents and of the base areas behind them."""
    areas = context.base_areas
    named = Named(gathered.values, gathered.sources)
    named.take(areas)
    rows = (record_row(one, context) for one in areas)
    extent = _Extent()
    extent.take_points(gathered)
    extent.take([row[GEOMETRY] for row in rows if row[GEOMETRY]])
    records = context.subset_of(named, incidents=(), base_areas=areas)
    return _metadata(extent, about, records)


def to_rows(features: pa.Table) -> pa.Table:
    """Return features as rows of typed columns, in a tenth of the time that their records take.

    Args:
        features: Some of a kept file, with `lons`, `lats` and `text`.
    """
    count = features.num_rows
    if not count:
        return _ROWS.empty_table()
    texts, upstream = _parted(features["text"].to_pylist())
    content = "\n".join(texts).encode()
    read = pj.read_json(
        pa.BufferReader(content),
        read_options=pj.ReadOptions(use_threads=False, block_size=len(content) + 1),
        parse_options=pj.ParseOptions(explicit_schema=_FEATURE, unexpected_field_behavior="ignore"),
    ).combine_chunks()
    properties = read["properties"].combine_chunks()
    found = {
        "id": read["id"].combine_chunks(),
        "upstream": pa.array(upstream, _TEXT),
        GEOMETRY: _places(features),
        **{name: _filled(name, properties.field(name)) for name in _PROPERTIES},
    }
    columns = [found.get(one.name, pa.nulls(count, one.type)) for one in _ROWS]
    return pa.table(columns, schema=_ROWS)


def _parted(features: Iterable[str]) -> tuple[list[str], list[str | None]]:
    """Return texts as Arrow reads them, and apart what an import kept, as text."""
    texts, upstream = [], []
    for text in features:
        at = text.find(_UPSTREAM)
        cells, end = _cells_at(text, at + len(_UPSTREAM))
        upstream.append(cells)
        before, *claims = text[end:].split(_VALUE)
        # What stands before a feature is not of it.
        texts.append("".join([text[2:at], before, *map(_told, claims)]))
    return texts, upstream


def _cells_at(text: str, start: int) -> tuple[str | None, int]:
    """Return what an import kept, which begins at a place in a feature, and where it ends."""
    end = text.find(_BEHIND_UPSTREAM, start) + 2
    cells = text[start:end]
    if end > 1 and "\\u" not in cells:
        return cells, end
    found, end = _decode(text, start)
    return to_json_text(found) if found else None, end


def _told(rest: str) -> str:
    """Return what a claim says from its value on, the value as text and as a number."""
    found = _NUMBER.match(rest)
    if found is None:
        return _VALUE + rest
    number = found[0]
    return f'{_VALUE}"{number}","number":{number}{rest[found.end() :]}'


def _filled(name: str, cells: Any) -> Any:
    """Return a column as rows have it, in which what is empty is not there."""
    if name in _DAYS:
        return cells.cast(pa.date32())
    if name != "claims":
        return _without_empty(cells)
    # A claim may say that something is an empty text.
    kept = [
        cells.values.field(one) if one == "value" else _without_empty(cells.values.field(one))
        for one in CLAIM
    ]
    claims = pa.StructArray.from_arrays(kept, fields=list(cells.type.value_type))
    return pa.ListArray.from_arrays(cells.offsets, claims)


def _without_empty(cells: Any) -> Any:
    kind = cells.type
    if pa.types.is_string(kind):
        lengths = pc.binary_length(cells)
    elif pa.types.is_list(kind):
        lengths = pc.list_value_length(cells)
    else:
        return cells
    return pc.if_else(pc.equal(lengths, 0), pa.scalar(None, kind), cells)


def _places(features: pa.Table) -> Any:
    """Return where features are, as well-known binary, rounded as their text is."""
    lons, lats = (features[name].combine_chunks() for name in ("lons", "lats"))
    numbers = pc.list_value_length(lons).to_numpy()
    points = shapely.points(
        *([round(one, DECIMALS) for one in some.flatten().to_pylist()] for some in (lons, lats))
    )
    owners = np.repeat(np.arange(len(numbers)), numbers)
    has_many = numbers[owners] >= _MORE
    places = np.full(len(numbers), None, dtype=object)
    places[owners[~has_many]] = points[~has_many]
    if has_many.any():
        shapely.multipoints(points[has_many], indices=owners[has_many], out=places)
    return pa.array(shapely.to_wkb(places), pa.binary())


def _metadata(extent: _Extent, about: Mapping[str, Any] | None, records: Records) -> dict[str, str]:
    return {
        "geo": to_json_text(extent.described()),
        "mapview": to_json_text({"about": dict(about or {}), **members(records)}),
    }


def _nested(row: Row) -> Row:
    return {**row, "claims": [claim_row(claim) for claim in row["claims"] or ()]}


class _Extent:
    """What the metadata of GeoParquet say of places, gathered while they come by."""

    def __init__(self) -> None:
        self._kinds: set[str] = set()
        self._lons: set[float] = set()
        self._lats: list[float] = []
        self._spans: set[tuple[float, float]] = set()

    def take(self, geometries: Sequence[shapely.Geometry]) -> None:
        """Take some places."""
        for geometry in geometries:
            self._kinds.add(geometry.geom_type)
            for west, south, east, north in (one.bounds for one in shapely.get_parts(geometry)):
                self._lons |= {west, east}
                self._lats = [min((south, *self._lats)), max((north, *self._lats))]
                if west < east:
                    self._spans.add((west, east))

    def take_points(self, gathered: Gathered) -> None:
        """Take the places of incidents."""
        self._kinds |= {"Point" if one == 1 else "MultiPoint" for one in gathered.numbers}
        self._lons |= gathered.lons
        self._lats += gathered.lats

    def described(self) -> dict[str, Any]:
        """Return the metadata; without `crs` they mean longitude and latitude, WGS 84."""
        box = bounding_box(corners_of(self._lons, self._lats), list(self._spans))
        column: dict[str, Any] = {
            "encoding": "WKB",
            "geometry_types": sorted(self._kinds),
            "orientation": "counterclockwise",
        }
        if box is not None:
            column["bbox"] = box
        return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}

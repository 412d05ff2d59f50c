"""Layers that GDAL reads (shapefile, GeoPackage, FlatGeobuf) as sheets, batch by batch."""

from __future__ import annotations

import codecs
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

from geodata.reading.columnar import rows_of_batches
from geodata.reading.layout import name_columns
from geodata.reading.shapes import Moves, moves_from
from geodata.reading.sheet import BadRow, Refused, Row, Sheet
from geodata.reading.source import Source
from geodata.reading.text.alphabets import Letters, letters_of, note_of

__all__ = ["open_layers"]

_BATCH = 5_000
_BESIDE = {".shp": (".dbf", ".shx", ".prj", ".cpg"), ".dbf": (".cpg",)}
_ERRORS = (DataSourceError, DataLayerError, FieldError, GeometryError, pa.ArrowException)
_HIGH = re.compile(rb"[\x80-\xff]")
# A dBase table has a byte for its language: none, or "that of the machine", which says none either.
_LANGUAGE, _UNSAID = slice(29, 30), (b"", b"\0", b"\x57")
_HEADER = 32


def open_layers(source: Source, ending: str, form: str, wanted: str = "") -> list[Sheet]:
    """Return the layers of a file.

    Args:
        source: The file.
        ending: What GDAL knows it by, such as `.gpkg`.
        form: What it is, for people.
        wanted: How the texts of a shapefile or dBase table are encoded, if somebody said so.

    Raises:
        Refused: If it is damaged, lacks a part, or is in a coordinate system that is unknown.
    """
    if ending == ".shp" and not source.has(".shx"):
        raise Refused(
            f"{source.name} is a part of a shapefile; its .shx is missing, which is needed too"
        )
    encoding, letters = _encoding(source, ending, wanted) if ending in _BESIDE else (None, None)
    notes = (note_of(letters),) if letters and not wanted else ()
    # Its own reader of batches hands over wrong offsets where a feature has no geometry.
    pyogrio.set_gdal_config_options({"OGR_FLATGEOBUF_STREAM_BASE_IMPL": True})
    with _on_disk(source, ending) as path, _refusing(source), _quiet():
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
        if len(names) > source.limits.members:
            raise Refused(f"{source.name} has {len(names):,} layers")
        infos = [pyogrio.read_info(path, layer=one, encoding=encoding) for one in names]
    if not infos:
        raise Refused(f"{source.name} is a {form} without a layer")
    is_one = len(names) == 1
    layers = (_Layer(source, ending, form, one, encoding, notes) for one in names)
    sheets = [one.sheet(info, is_one=is_one) for one, info in zip(layers, infos, strict=True)]
    return [replace(one, letters=letters.readings) for one in sheets] if letters else sheets


@contextmanager
def _on_disk(source: Source, ending: str) -> Iterator[Path]:
    with source.on_disk(ending, others=_BESIDE.get(ending, ())) as path:
        yield path


@contextmanager
def _refusing(source: Source) -> Iterator[None]:
    try:
        yield
    except _ERRORS as error:
        raise Refused(f"{source.name} is damaged: {str(error)[:200]}") from error
    except (ValueError, OSError, RuntimeError, OverflowError) as error:
        raise Refused(f"{source.name} cannot be read: {str(error)[:200]}") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what GDAL warns of to itself, but not while others work."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _quietly(batches: Iterator[Any]) -> Iterator[Any]:
    while True:
        with _quiet():
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


def _encoding(source: Source, ending: str, wanted: str) -> tuple[str | None, Letters | None]:
    """Return how the texts beside a shapefile are encoded, and how others read where it is open."""
    head = source.head(1 << 20) if ending == ".dbf" else source.neighbour_head(".dbf", 1 << 20)
    is_plain = not _HIGH.search(head, _HEADER)
    if wanted:
        return _of_gdal(wanted), None if is_plain else letters_of(head[_HEADER:])
    if source.neighbour_head(".cpg", 40).strip() or is_plain:
        return None, None
    try:
        # Cut where a cell may be cut.
        head[_HEADER : max(head.rfind(b" "), _HEADER)].decode("utf-8")
    except UnicodeDecodeError:
        if head[_LANGUAGE] not in _UNSAID:
            return None, None
    else:
        return "UTF-8", None
    letters = letters_of(head[_HEADER:])
    return _of_gdal(letters.codec), letters


def _of_gdal(name: str) -> str:
    return codecs.lookup(name).name.upper().replace("_", "-")


@dataclass(frozen=True)
class _Layer:
    """A layer of a file.

    Attributes:
        source: The file.
        ending: What GDAL knows it by.
        form: What it is, for people.
        name: The layer's.
        encoding: Of its texts, if the file does not say.
        notes: What is to be told of that.
    """

    source: Source
    ending: str
    form: str
    name: str
    encoding: str | None
    notes: tuple[str, ...]

    def sheet(self, info: dict[str, Any], *, is_one: bool) -> Sheet:
        """Return it as a sheet; it needs its name only beside others."""
        source = self.source
        fields = [str(one) for one in info["fields"]]
        if len(fields) > (most := source.limits.columns):
            raise Refused(
                f"{source.name} has {len(fields):,} columns, and a table at most {most:,}"
            )
        has_geometry = info.get("geometry_type") is not None
        is_told = info.get("crs") or not has_geometry
        moves = moves_from(info.get("crs"), source.name)
        skipped: Counter[str] = Counter()

        def rows() -> Iterator[Row | BadRow]:
            skipped.clear()
            yield from self._rows(moves)

        return Sheet(
            "/".join(one for one in (source.member, "" if is_one else self.name) if one),
            name_columns(fields),
            has_geometry,
            rows,
            self.form,
            skipped,
            (*self.notes, *(() if is_told else ("no coordinate system is named in it",))),
            {str(one): [str(text)] for one, text in (info.get("layer_metadata") or {}).items()},
        )

    def _rows(self, moves: Moves) -> Iterator[Row | BadRow]:
        with _on_disk(self.source, self.ending) as path, _refusing(self.source):
            with _quiet():
                opened = pyogrio.open_arrow(
                    path,
                    layer=self.name,
                    encoding=self.encoding,
                    batch_size=_BATCH,
                    use_pyarrow=True,
                )
                meta, reader = opened.__enter__()
            try:
                geometry = meta["geometry_name"] or "wkb_geometry"
                batches = _quietly(iter(reader))
                yield from rows_of_batches(batches, geometry, moves, self.source.limits)
            finally:
                opened.__exit__(None, None, None)

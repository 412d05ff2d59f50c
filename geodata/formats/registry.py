"""The table of file formats: by ending, what each is called, how it is read and how written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, cast

from geodata.errors import FormatError
from geodata.files import Watch, open_atomic_bytes, watched
from geodata.formats.csv import read_csv, to_csv
from geodata.formats.excel import read_xlsx, write_xlsx
from geodata.formats.flatgeobuf import write_flatgeobuf
from geodata.formats.geojson import (
    kept_to_collection,
    many_to_collection,
    read_geojson,
    read_json,
    to_collection,
)
from geodata.formats.geopackage import read_geopackage, write_geopackage
from geodata.formats.geoparquet import (
    write_geoparquet,
    write_kept_geoparquet,
    write_many_geoparquet,
)
from geodata.formats.kept import Kept, feature_block, lines_to_csv, many_to_csv
from geodata.formats.kml import KmlSymbols, write_kml, write_kmz
from geodata.records import Incident, Named, ReadResult, Records

__all__ = ["FORMATS", "Format", "Kept", "KmlSymbols", "ManyRecords", "read_records"]

About = Mapping[str, Any]

_OF_DAY = ("as_known_on", "as_pushed_at")
_END = "\r\n"
_PIECE = 1 << 20
_Piece = TypeVar("_Piece", bound=str | bytes)


@dataclass(frozen=True)
class ManyRecords:
    """Records of which no more than a batch is held at once.

    Attributes:
        batches: Gives the incidents some at a time, in their order.
        count: How many there are.
        context: The base areas that go with them; and groups, sources and relations, of which
            those go with them that they name.
        has_multiple: Whether an incident has several places.
        kept: Where their features are kept as text, if anywhere.
    """

    batches: Callable[[], Iterator[Sequence[Incident]]]
    count: int
    context: Records
    has_multiple: bool = False
    kept: Kept | None = None

    def passing(self, tick: Callable[[], None] = lambda: None) -> Records:
        """Return them as a set whose incidents are read anew each time somebody goes through them.

        Args:
            tick: Is called for each batch that is read, and may stop it.
        """
        passing, named = _Passing(self, tick), Named()
        features = self.kept.opened(self.context) if self.kept else None
        if features is not None:
            for _ in features.look():
                tick()
            named = Named(features.gathered.values, features.gathered.sources)
        else:
            named.take(passing)
        named.take(self.context.base_areas)
        areas = self.context.base_areas
        records = self.context.subset_of(named, incidents=(), base_areas=areas)
        return replace(records, incidents=cast("tuple[Incident, ...]", passing))

    def told(self, watch: Watch | None) -> Iterator[Sequence[Incident]]:
        """Yield the batches, and tell how many incidents are done."""
        done = 0
        for batch in self.batches():
            if watch:
                watch(done, self.count)
            yield batch
            done += len(batch)
        if watch:
            watch(self.count, self.count)


class _Passing:
    """Incidents of which only a batch is held, to go through and to count, and no more.

    Args:
        many: The incidents.
        tick: As for `ManyRecords.passing`.
    """

    def __init__(self, many: ManyRecords, tick: Callable[[], None]) -> None:
        self._many, self._tick = many, tick

    def __len__(self) -> int:
        return self._many.count

    def __iter__(self) -> Iterator[Incident]:
        for batch in self._many.batches():
            self._tick()
            yield from batch


@dataclass(frozen=True)
class Format:
    """A file format. It is read, written, or both.

    Attributes:
        ending: File ending without the dot.
        label: What a button says.
        media_type: For HTTP.
        read: Reads a file.
        texts: Gives the file as text, record by record, where it can be written so.
        many: Gives the same text of records of which only a batch is held, where there is a way.
        write: Writes a file, where it cannot. Of very many it holds only some at once: it goes
            through the incidents, more than once if it must, and neither sorts nor keeps them.
        write_many: Writes the same of records of which only a batch is held, where there is a way.
        look: What `write` takes to make it look like our maps, if anything: `colors`,
            `symbols` or `styles`.
        copied: What it copies of features that were kept; of `geodata.formats.kept.TOLD`.
    """

    ending: str
    label: str
    media_type: str
    read: Callable[[Path], ReadResult] | None = None
    texts: Callable[[Records, About], Iterator[str]] | None = None
    many: Callable[[ManyRecords, About, Watch | None], Iterator[str | bytes]] | None = None
    write: Callable[..., None] | None = None
    write_many: Callable[[str | Path, ManyRecords, About, Watch | None], None] | None = None
    look: str = ""
    copied: tuple[str, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether it can be written."""
        return bool(self.texts or self.write)

    def dressed(self, looks: Mapping[str, Any]) -> Format:
        """Return the format with what its `look` asks for, as its writer takes it."""
        if self.write is None or not self.look:
            return self
        return replace(self, write=partial(self.write, **{self.look: looks[self.look]}))

    def pieces(
        self, records: Records | ManyRecords, about: About, watch: Watch | None = None
    ) -> Iterator[bytes]:
        """Yield the bytes of a file one after the other.

        Args:
            records: What to write.
            about: What the file says of itself, where the format has room for it.
            watch: Is told how many records are done, and may stop it.

        Raises:
            FormatError: If the format is only read.
        """
        if isinstance(records, ManyRecords) and self.many is not None:
            pieces = self.many(records, about, watch)
            return (one.encode() if isinstance(one, str) else one for one in pieces)
        if self.texts is not None and isinstance(records, Records):
            total = len(records.incidents) + len(records.base_areas)
            return (one.encode() for one in watched(self.texts(records, about), total, watch))
        if self.write is None:
            raise FormatError(f"a format that can be written must be named, got {self.ending}")
        return self._from_file(records, about, watch)

    def save(
        self,
        path: str | Path,
        records: Records | ManyRecords,
        about: About | None = None,
        watch: Watch | None = None,
    ) -> None:
        """Write a file; it appears only when complete, and an error names it.

        Args: as for `pieces`.

        Raises:
            FormatError: If the file cannot be written, or the format is only read.
        """
        if self.write is not None:
            self._write(path, records, about, watch)
            return
        with open_atomic_bytes(path) as stream:
            stream.writelines(self.pieces(records, about or {}, watch))

    def _write(
        self,
        path: str | Path,
        records: Records | ManyRecords,
        about: About | None,
        watch: Watch | None,
    ) -> None:
        if isinstance(records, ManyRecords) and self.write_many is not None:
            self.write_many(path, records, about or {}, watch)
        elif self.write is not None:
            if isinstance(records, ManyRecords):
                tell = _Told(watch, records.count + len(records.context.base_areas))
                records, watch = records.passing(tell.again), tell
            self.write(path, records, about=about, watch=watch)

    def _from_file(
        self,
        records: Records | ManyRecords,
        about: About,
        watch: Watch | None,
    ) -> Iterator[bytes]:
        """Yield the bytes of a file that is not written from its beginning to its end."""
        with TemporaryDirectory(prefix="mapview-") as folder:
            path = Path(folder) / f"export.{self.ending}"
            try:
                self._write(path, records, about, watch)
            except FormatError as error:
                # Its name says nothing to whoever asked.
                raise FormatError(str(error).replace(str(path), "a temporary file")) from error
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    yield piece


class _Told:
    """Tells how many records are done, and says so again while other things are done.

    Args:
        watch: Who is told, and may stop the work.
        total: How many records there are.
    """

    def __init__(self, watch: Watch | None, total: int) -> None:
        self._watch, self._last = watch, (0, total)

    def __call__(self, done: int, total: int) -> None:
        self._last = done, total
        self.again()

    def again(self) -> None:
        if self._watch:
            self._watch(*self._last)


def _geojson_texts(records: Records, about: About) -> Iterator[str]:
    return to_collection(records, about={"mapview": dict(about)})


def _many_geojson(many: ManyRecords, about: About, watch: Watch | None) -> Iterator[str | bytes]:
    said, is_multiple = {"mapview": dict(about)}, many.has_multiple
    features = many.kept.opened(many.context, "text") if many.kept else None
    if features is None:
        return many_to_collection(
            many.told(watch),
            many.context,
            feature_block,
            about=said,
            is_multiple=is_multiple,
            kept=many.kept,
        )
    options: dict[str, Any] = {"count": many.count, "watch": watch}
    return kept_to_collection(
        features, many.context, about=said, is_multiple=is_multiple, **options
    )


def _csv_texts(records: Records, about: About) -> Iterator[str]:
    yield from _marked(_dated(to_csv(records), about))


def _many_csv(many: ManyRecords, about: About, watch: Watch | None) -> Iterator[str | bytes]:
    kept = many.kept if _OF_DAY[0] not in about else None
    features = kept.opened(many.context, "line") if kept else None
    if features is None:
        yield from _marked(_dated(many_to_csv(many.told(watch), many.context), about))
    else:
        yield from _marked(lines_to_csv(features.lines(many.count, watch), many.context))


def _dated(lines: Iterator[str], about: About) -> Iterator[str]:
    """Return lines of a table, with the day of whose data they are where that is not now."""
    told = {name: about[name] for name in _OF_DAY if about.get(name)}
    if not told:
        return lines
    return (
        ",".join([line.removesuffix(_END), *(told.values() if number else told)]) + _END
        for number, line in enumerate(lines)
    )


def _marked(lines: Iterator[_Piece]) -> Iterator[str | _Piece]:
    # Excel takes a CSV for UTF-8 only by its byte-order mark.
    yield "\ufeff"
    yield from lines


def _many_geoparquet(
    path: str | Path, many: ManyRecords, about: About, watch: Watch | None
) -> None:
    kept, context = many.kept, many.context
    features = kept.opened(context, "text") if kept else None
    if kept is None or features is None:
        write_many_geoparquet(
            path, many.told(watch), context, feature_block, about=about, kept=kept
        )
        return
    write_kept_geoparquet(
        path,
        features,
        context,
        about=about,
        body=kept.body(context),
        watch=lambda done: watch(done, many.count) if watch else None,
    )


FORMATS: Mapping[str, Format] = {
    one.ending: one
    for one in (
        Format(
            "geojson",
            "GeoJSON",
            "application/geo+json",
            read_geojson,
            _geojson_texts,
            _many_geojson,
            copied=("text",),
        ),
        Format("json", "JSON", "application/json", read_json),
        Format(
            "csv",
            "CSV",
            "text/csv; charset=utf-8",
            read_csv,
            _csv_texts,
            _many_csv,
            copied=("line",),
        ),
        Format(
            "xlsx",
            "Excel (XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            read_xlsx,
            write=write_xlsx,
        ),
        Format(
            "kml",
            "Google Earth (KML)",
            "application/vnd.google-earth.kml+xml",
            write=write_kml,
            look="colors",
        ),
        Format(
            "kmz",
            "Google Earth with our symbols (KMZ)",
            "application/vnd.google-earth.kmz",
            write=write_kmz,
            look="symbols",
        ),
        Format(
            "gpkg",
            "GeoPackage",
            "application/geopackage+sqlite3",
            read_geopackage,
            write=write_geopackage,
            look="styles",
        ),
        Format(
            "parquet",
            "GeoParquet",
            "application/vnd.apache.parquet",
            write=write_geoparquet,
            write_many=_many_geoparquet,
            copied=("text",),
        ),
        Format("fgb", "FlatGeobuf", "application/flatgeobuf", write=write_flatgeobuf),
    )
}


def read_records(paths: Iterable[str | Path]) -> ReadResult:
    """Read record files of any kind that we write and read, together.

    Args:
        paths: `.geojson`, `.csv`, `.gpkg` and our own `.xlsx` files, or lists of groups, sources
            or relations as `.json`.

    Returns:
        The good records, and a problem for every one that is not, or that uses an id again.

    Raises:
        FormatError: If a file cannot be read or has an unknown ending.
    """
    return ReadResult.merge([_read(Path(path)) for path in paths])


def _read(path: Path) -> ReadResult:
    known = FORMATS.get(path.suffix.removeprefix(".").casefold())
    if known is None or known.read is None:
        *others, last = (f".{one.ending}" for one in FORMATS.values() if one.read)
        raise FormatError(
            f"a record file must end in {', '.join(others)} or {last}, got {path.name}"
        )
    return known.read(path)

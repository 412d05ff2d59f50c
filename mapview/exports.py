"""Exports of records: what each kind is called, what it says of itself, how its bytes are made.

The command, the route and the download button all take the bytes from `Export.pieces`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geodata.datasets import credit_of
from geodata.files import Watch, watched
from geodata.formats.csv import to_csv
from geodata.formats.flatgeobuf import write_flatgeobuf
from geodata.formats.geojson import to_collection
from geodata.formats.geopackage import write_geopackage
from geodata.formats.geoparquet import write_geoparquet
from geodata.formats.kml import write_kml
from geodata.formats.xlsx import write_xlsx
from geodata.publication.prepare import Publication, prepare, tellable_filter
from geodata.queries.filters import Filter
from geodata.queries.store import Store
from geodata.queries.words import describe_filter
from geodata.records.collection import Records
from geodata.records.features import BASE_AREA
from mapview.cartography.style import HATCHES, KINDS

__all__ = ["EXPORTS", "Export", "export_name", "file_name", "prepare_export"]

About = Mapping[str, Any]

_PIECE = 1 << 20
_COLORS = {
    **{event_type: kind.color.light for kind in KINDS for event_type in kind.types},
    BASE_AREA: HATCHES[0].color.light,
}


@dataclass(frozen=True)
class Export:
    """A kind of export.

    Args:
        ending: File ending without the dot.
        label: What a button says.
        media_type: For HTTP.
        pieces: Gives the bytes of the file one after the other, from the records, what the file
            says of itself, and, if wanted, who is told how many records are done and may stop it.
    """

    ending: str
    label: str
    media_type: str
    pieces: Callable[[Records, About, Watch | None], Iterator[bytes]]


def prepare_export(
    store: Store, chosen: Filter, publication: Publication | None = None
) -> tuple[Records, dict[str, Any]]:
    """Return the records of an export and what it says of itself.

    Args:
        store: The whole record.
        chosen: Which of it.
        publication: What must be coarsened or left out; by default only what its licence forbids
            to publish.

    Returns:
        The records as they may go out; filter, counts, data version; credit and changes if
        there are any.
    """
    publication = publication or Publication()
    prepared = prepare(store.select(chosen), publication)
    records = prepared.records
    told = tellable_filter(chosen, publication)
    about = {
        "title": describe_filter(told, store.context),
        "filter": told.to_query(),
        "incidents": len(records.incidents),
        "incidents_in_all": store.all_incidents,
        "incidents_not_placed": sum(not one.is_mappable for one in records.incidents),
        "base_areas": len(records.base_areas),
        "data_version": store.version,
        "credit": credit_of(store.version),
        "changes": list(prepared.changes),
    }
    empty = {name for name in ("credit", "changes") if not about[name]}
    return records, {name: value for name, value in about.items() if name not in empty}


def _geojson(records: Records, about: About, watch: Watch | None) -> Iterator[bytes]:
    return _encoded(to_collection(records, about={"mapview": dict(about)}), records, watch)


def _csv(records: Records, about: About, watch: Watch | None) -> Iterator[bytes]:
    del about  # A table has no place for it that would not be taken for a row.
    # Excel takes a CSV for UTF-8 only by its byte-order mark.
    yield "\ufeff".encode()
    yield from _encoded(to_csv(records), records, watch)


def _encoded(texts: Iterable[str], records: Records, watch: Watch | None) -> Iterator[bytes]:
    total = len(records.incidents) + len(records.base_areas)
    return (text.encode() for text in watched(texts, total, watch))


def _from_file(
    ending: str, write: Callable[..., None], records: Records, about: About, watch: Watch | None
) -> Iterator[bytes]:
    """Give the bytes of a file whose format is not written from its beginning to its end."""
    with TemporaryDirectory(prefix="mapview-") as folder:
        path = Path(folder) / f"export.{ending}"
        write(path, records, about=about, watch=watch)
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece


def _file(ending: str, label: str, media_type: str, write: Callable[..., None]) -> Export:
    return Export(ending, label, media_type, partial(_from_file, ending, write))


_KINDS = (
    Export("geojson", "GeoJSON", "application/geo+json", _geojson),
    Export("csv", "CSV", "text/csv; charset=utf-8", _csv),
    _file(
        "xlsx",
        "Excel (XLSX)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
    _file(
        "kml",
        "Google Earth (KML)",
        "application/vnd.google-earth.kml+xml",
        partial(write_kml, colors=_COLORS),
    ),
    _file("gpkg", "GeoPackage", "application/geopackage+sqlite3", write_geopackage),
    _file("parquet", "GeoParquet", "application/vnd.apache.parquet", write_geoparquet),
    _file("fgb", "FlatGeobuf", "application/flatgeobuf", write_flatgeobuf),
)
EXPORTS: Mapping[str, Export] = {kind.ending: kind for kind in _KINDS}


def export_name(chosen: Filter, kind: Export) -> str:
    """Return the name of an export's file; see `file_name`.

    Example:
        >>> export_name(Filter.from_query("from=2018&country=TJ"), EXPORTS["csv"])
        'incidents-from-2018-01-01-country-TJ.csv'
    """
    return file_name("incidents", chosen, kind.ending)


def file_name(stem: str, chosen: Filter, ending: str) -> str:
    """Return a file name that says what is in the file, in plain letters.

    Example:
        >>> file_name("briefing", Filter(), "pdf")
        'briefing.pdf'
    """
    words = re.sub(r"[^A-Za-z0-9-]+", "-", chosen.to_query()).strip("-")[:80].strip("-")
    return f"{stem}-{words}.{ending}" if words else f"{stem}.{ending}"

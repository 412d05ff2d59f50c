"""KML 2.2 for Google Earth and the like: folders by event type, time spans, claims in the balloon.

A KMZ is the same with pictures of the symbols in it, so that it needs nothing from elsewhere.

Records that no map can show are in a folder of their own, without geometry. A base area is there
for the days on which it certainly was used, and pale, in a further folder, for those on which it
may have been. Places that are known
only roughly have a ring besides, which holds them; the pin in it is no place. Balloons are HTML by
the format; all of a record's text is escaped in them. The data of each placemark, and those of the
document, are all that a record has, and so reading gives the same records again.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, cast

import shapely
from markupsafe import Markup
from shapely import MultiPolygon

from geodata.archives import write_stable_zip
from geodata.files import Watch, open_atomic, open_atomic_bytes
from geodata.formats.columns import (
    GEOMETRY,
    Row,
    about_label,
    about_rows,
    each_record,
    members,
    record_row,
    to_json_text,
)
from geodata.formats.kml.balloons import OPEN, balloon, lines_of, place_text
from geodata.formats.kml.looks import ASSUMED, RING, KmlSymbols, Looks, symbol_of
from geodata.formats.xmltext import XmlWriter
from geodata.records import (
    BaseArea,
    EventType,
    GeoPrecision,
    Incident,
    RecordKind,
    Records,
    validity,
)
from geodata.rings import ring

__all__ = ["write_kml", "write_kmz"]

_Record = Incident | BaseArea
_Span = tuple[date | None, date | None]

_NAMESPACE = "http://www.opengis.net/kml/2.2"
# A ring around more than that is around half a continent and says nothing.
_MOST_RING_KM = 1_000
# Finer than that a pin tells the truth.
_SURE = GeoPrecision.SETTLEMENT.rank
_TYPES = [str(one) for one in EventType]
# So many groups or sources are one text; what reads XML bounds how long a text is.
_AT_ONCE = 1_000


def write_kml(
    path: str | Path,
    records: Records,
    *,
    about: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    colors: Mapping[str, str] | None = None,
) -> None:
    """Write records as KML; the file appears only when complete.

    Args:
        path: The file to write.
        records: What to write.
        about: What the file says of itself; the title becomes the document's name.
        watch: Is told how many records are done.
        colors: Colour as `#rrggbb` for each event type, for `base area`, and, after `own:`, for a
            type in the words of its source that stands for itself; grey without.
    """
    with open_atomic(path) as stream:
        _write_document(XmlWriter(stream), records, about, Looks(colors or {}), watch)


def write_kmz(
    path: str | Path,
    records: Records,
    *,
    about: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    symbols: KmlSymbols | None = None,
) -> None:
    """Write records as KMZ; the file appears only when complete.

    Args: as for `write_kml`, and `symbols` for how records are drawn; grey pins without.
    """
    names: dict[bytes, str] = {}
    pictures: dict[tuple[str, str], str] = {}
    if symbols:
        drawn = (one for one in each_record(records) if one.is_mappable)
        for key in dict.fromkeys(symbol_of(one, symbols.colors) for one in drawn):
            # Types that share a symbol share its picture.
            pictures[key] = names.setdefault(symbols.draw(*key), f"symbols/{len(names) + 1}.png")
    looks = Looks(symbols.colors if symbols else {}, pictures)
    with (
        open_atomic_bytes(path) as file,
        TemporaryFile("w+", encoding="utf-8", newline="", prefix="mapview-") as text,
    ):
        _write_document(XmlWriter(text), records, about, looks, watch)
        text.flush()
        # Readers take the first KML for what is shown.
        found = ((name, io.BytesIO(content)) for content, name in names.items())
        write_stable_zip(file, chain([("doc.kml", cast("IO[bytes]", text.buffer))], found))


def _write_document(
    out: XmlWriter,
    records: Records,
    about: Mapping[str, Any] | None,
    looks: Looks,
    watch: Watch | None,
) -> None:
    with out.element("kml", xmlns=_NAMESPACE), out.element("Document"):
        out.leaf("name", str((about or {}).get("title", "Mapview records")))
        out.leaf("open", "1")
        facts = about_rows(about)
        out.leaf("description", balloon((about_label(one["name"]), one["value"]) for one in facts))
        looks.write_styles(out)
        _write_members(out, records)
        with out.waiting() as rings:
            ringed = _write_folders(out, records, looks, watch, rings)
            _write_uncertain(out, records, looks)
            if ringed:
                with out.element("Folder"):
                    out.leaf("name", f"How exactly places are known ({ringed:,})")
                    out.append(rings)


def _write_folders(
    out: XmlWriter, records: Records, looks: Looks, watch: Watch | None, rings: XmlWriter
) -> int:
    """Write a folder for each rank, and the rings of all; return how many have rings.

    What comes in another order than the records do waits on the disk.
    """
    counts: Counter[int] = Counter()
    ringed = 0
    with ExitStack() as stack:
        waiting: dict[int, XmlWriter] = {}
        for record in each_record(records, watch):
            rank, row = _folder_rank(record), record_row(record, records)
            counts[rank] += 1
            if rank not in waiting:
                waiting[rank] = stack.enter_context(out.waiting())
            _write_placemark(waiting[rank], record, row, records, looks)
            if points := _ring_points(record):
                ringed += 1
                _write_rings(rings, record, row, points)
        for rank in sorted(counts):
            with out.element("Folder"):
                out.leaf("name", f"{_folder_name(rank)} ({counts[rank]:,})")
                out.append(waiting[rank])
    return ringed


def _folder_rank(record: _Record) -> int:
    """Return the position of a record's folder: event types in order, base areas, not placed."""
    if not record.is_mappable:
        is_listed = isinstance(record, Incident) and record.record_kind is RecordKind.AGGREGATE
        return len(_TYPES) + (2 if is_listed else 1 if isinstance(record, Incident) else 3)
    return _TYPES.index(record.event_types[0]) if isinstance(record, Incident) else len(_TYPES)


def _folder_name(rank: int) -> str:
    off_map = (
        "Events without a known place",
        "Campaigns and counts, listed only",
        "Base areas that are not on the map",
    )
    return [*(one.capitalize() for one in _TYPES), "Base areas", *off_map][rank]


def _write_placemark(
    out: XmlWriter, record: _Record, row: Row, records: Records, looks: Looks
) -> None:
    if isinstance(record, Incident):
        # Silence on the beginning is not "always".
        days = (row["date_start"] or row["date_end"], row["date_end"])
        _write_marked(out, record, row, records, (days, looks.style(record)))
    else:
        days, is_certain = next(_times(record, records), ((None, None), True))
        style = looks.style(record, is_pale=not is_certain)
        _write_marked(out, record, row, records, (days, style))


def _write_uncertain(out: XmlWriter, records: Records, looks: Looks) -> None:
    """Write the times of base areas for which nothing is certain, beside those that are."""
    drawn = [one for one in records.base_areas if one.is_mappable]
    parts = [(area, days) for area in drawn for days, _ in islice(_times(area, records), 1, None)]
    if not parts:
        return
    with out.element("Folder"):
        out.leaf("name", f"Base areas, not certain for the time ({len(parts):,})")
        for area, days in parts:
            row = record_row(area, records)
            _write_marked(out, area, row, records, (days, looks.style(area, is_pale=True)))


def _times(area: BaseArea, records: Records) -> Iterator[tuple[_Span, bool]]:
    for days, is_certain in validity(area, records).by_day():
        yield (days.first, days.known_last), is_certain


def _write_marked(
    out: XmlWriter, record: _Record, row: Row, records: Records, marked: tuple[_Span, str]
) -> None:
    """Write a placemark for some days, in a style."""
    (days, style), name = marked, _name(record, row)
    with out.element("Placemark"):
        out.leaf("name", name)
        lines = lines_of(record, row, records)
        out.leaf("description", balloon([("", Markup("<b>{}</b>").format(name)), *lines]))
        _write_span(out, days)
        out.leaf("styleUrl", f"#{style}")
        _write_data(out, record, row)
        if record.is_mappable:
            _write_geometry(out, row[GEOMETRY])


def _name(record: _Record, row: Row) -> str:
    if isinstance(record, Incident):
        return record.title
    return ": ".join(part for part in (row["group_name"], record.place or record.admin1) if part)


def _write_members(out: XmlWriter, records: Records) -> None:
    """Write groups, sources and relations, from which reading has what records name."""
    with out.element("ExtendedData"):
        for name, rows in members(records).items():
            for first in range(0, max(len(rows), 1), _AT_ONCE):
                _write_value(out, name, rows[first : first + _AT_ONCE])


def _write_data(out: XmlWriter, record: _Record, row: Row) -> None:
    with out.element("ExtendedData"):
        for name, value in row.items():
            if name != GEOMETRY and value is not None:
                _write_value(out, name, value)
        if row[GEOMETRY] is not None and not record.is_mappable:
            # Such as the middle of a country: told, and drawn by no program.
            _write_value(out, GEOMETRY, shapely.to_geojson(row[GEOMETRY]))


def _write_value(out: XmlWriter, name: str, value: Any) -> None:
    with out.element("Data", name=name):
        out.leaf("value", _value_text(value))


def _value_text(value: Any) -> str:
    if isinstance(value, list) and not all(isinstance(one, str) for one in value):
        return to_json_text(value)
    if isinstance(value, bool):
        return to_json_text(value)
    return "; ".join(value) if isinstance(value, list) else str(value)


def _write_span(out: XmlWriter, days: _Span) -> None:
    if any(days):
        with out.element("TimeSpan"):
            for name, day in zip(("begin", "end"), days, strict=True):
                if day:
                    out.leaf(name, day.isoformat())


def _write_geometry(out: XmlWriter, geometry: shapely.Geometry) -> None:
    if geometry.geom_type == "Point":
        with out.element("Point"):
            _write_coordinates(out, geometry)
    elif geometry.geom_type == "Polygon":
        with out.element("Polygon"):
            with out.element("outerBoundaryIs"), out.element("LinearRing"):
                _write_coordinates(out, geometry.exterior)
            for hole in geometry.interiors:
                with out.element("innerBoundaryIs"), out.element("LinearRing"):
                    _write_coordinates(out, hole)
    else:
        with out.element("MultiGeometry"):
            for part in geometry.geoms:
                _write_geometry(out, part)


def _write_coordinates(out: XmlWriter, geometry: shapely.Geometry) -> None:
    out.leaf("coordinates", " ".join(f"{lon},{lat}" for lon, lat in geometry.coords))


def _write_rings(
    out: XmlWriter, record: _Record, row: Row, points: Iterable[tuple[float, float]]
) -> None:
    """Write the rings around the places of a record."""
    is_open = record.geo_precision is GeoPrecision.NOT_STATED
    known = OPEN if is_open else f"within {record.radius_km:g} km"
    name = f"{_name(record, row)}: {known}"
    with out.element("Placemark"):
        out.leaf("name", name)
        out.leaf("description", balloon([("", name), ("", place_text(record))]))
        _write_span(out, (row["date_start"], row["date_end"]))
        out.leaf("styleUrl", f"#{ASSUMED if is_open else RING}")
        rings = [part for lon, lat in points for part in ring(lon, lat, record.reach_km)]
        _write_geometry(out, rings[0] if len(rings) == 1 else MultiPolygon(rings))


def _ring_points(record: _Record) -> list[tuple[float, float]]:
    """Return the centres of the rings that a record needs."""
    if not record.is_mappable or record.geo_precision.rank <= _SURE:
        return []
    if not 0 < record.reach_km <= _MOST_RING_KM:
        return []
    if isinstance(record, Incident):
        return list(record.points)
    point = record.geometry if record.geometry and record.geometry["type"] == "Point" else None
    return [tuple(point["coordinates"][:2])] if point else []

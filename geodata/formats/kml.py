"""KML 2.2 for Google Earth and the like: folders by event type, time spans, claims in the balloon.

Records that no map can show are in a folder of their own, without geometry. A base area is there
for the days on which it certainly was used, and pale, in a further folder, for those on which it
may have been. Places that are known
only roughly have a ring besides, which holds them; the pin in it is no place. Balloons are HTML by
the format; all of a record's text is escaped in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import shapely
from markupsafe import Markup, escape
from shapely import MultiPolygon

from geodata.files import Watch, open_atomic, watched
from geodata.formats.columns import (
    GEOMETRY,
    Row,
    about_label,
    about_rows,
    members,
    record_row,
    to_json_text,
)
from geodata.formats.xmltext import XmlWriter
from geodata.records import (
    BASE_AREA,
    BaseArea,
    ClaimAbout,
    EventType,
    GeoPrecision,
    Incident,
    RecordKind,
    Records,
    describe_claim,
    describe_date,
    describe_parties,
    describe_place,
    validity,
)
from geodata.rings import ring

__all__ = ["write_kml"]

_Record = Incident | BaseArea
_Balloon = list[tuple[str, Any]]
_Span = tuple[date | None, date | None]

_NAMESPACE = "http://www.opengis.net/kml/2.2"
# A ring around more than that is around half a continent and says nothing.
_MOST_RING_KM = 1_000
# Finer than that a pin tells the truth.
_SURE = GeoPrecision.SETTLEMENT.rank
_RING, _ASSUMED = "ring", "assumed"
_OPEN = "the source does not say how exact its point is"
_PALE = "pale"
_GREY = "#6a645b"
_OWN = "own:"
_TYPES = [str(one) for one in EventType]


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
        out = XmlWriter(stream)
        with out.element("kml", xmlns=_NAMESPACE), out.element("Document"):
            out.leaf("name", str((about or {}).get("title", "Mapview records")))
            out.leaf("open", "1")
            facts = about_rows(about)
            out.leaf(
                "description", _html((about_label(one["name"]), one["value"]) for one in facts)
            )
            _write_styles(out, colors or {})
            _write_data(out, members(records))
            _write_folders(out, records, colors or {}, watch)
            _write_uncertain(out, records)
            _write_rings(out, records)


def _write_styles(out: XmlWriter, colors: Mapping[str, str]) -> None:
    for color in sorted({_GREY, *colors.values()}):
        _write_style(out, _style(color), _kml_color(color), _kml_color(color, opacity="40"))
    pale = [_kml_color(colors.get(BASE_AREA, _GREY), opacity=one) for one in ("66", "1a")]
    _write_style(out, _PALE, *pale)
    for name, color in ((_RING, _kml_color(_GREY)), (_ASSUMED, _kml_color(_GREY, opacity="66"))):
        with out.element("Style", id=name):
            with out.element("LineStyle"):
                out.leaf("color", color)
                out.leaf("width", "1")
            with out.element("PolyStyle"):
                out.leaf("fill", "0")
            _write_balloon_style(out)


def _write_style(out: XmlWriter, name: str, line: str, fill: str) -> None:
    with out.element("Style", id=name):
        with out.element("IconStyle"):
            out.leaf("color", line)
        with out.element("LineStyle"):
            out.leaf("color", line)
            out.leaf("width", "1.5")
        with out.element("PolyStyle"):
            out.leaf("color", fill)
        _write_balloon_style(out)


def _write_balloon_style(out: XmlWriter) -> None:
    # The name of a placemark would stand in the balloon unescaped; the description has it, too.
    with out.element("BalloonStyle"):
        out.leaf("text", "$[description]")


def _style(color: str) -> str:
    return f"color-{color.removeprefix('#')}"


def _kml_color(color: str, *, opacity: str = "ff") -> str:
    """Return `#rrggbb` as KML has it, in the order opacity, blue, green, red.

    Example:
        >>> _kml_color("#dd4a12")
        'ff124add'
    """
    red, green, blue = color[1:3], color[3:5], color[5:7]
    return f"{opacity}{blue}{green}{red}"


def _write_folders(
    out: XmlWriter, records: Records, colors: Mapping[str, str], watch: Watch | None
) -> None:
    # Sorting keeps the order of records within a folder.
    everything = sorted(_all(records), key=_folder_rank)
    counts = {rank: len(list(found)) for rank, found in groupby(everything, key=_folder_rank)}
    told = watched(everything, len(everything), watch)
    for rank, found in groupby(told, key=_folder_rank):
        with out.element("Folder"):
            out.leaf("name", f"{_folder_name(rank)} ({counts[rank]:,})")
            for record in found:
                _write_placemark(out, record, records, colors)


def _all(records: Records) -> list[_Record]:
    return [*records.incidents, *records.base_areas]


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
    out: XmlWriter, record: _Record, records: Records, colors: Mapping[str, str]
) -> None:
    row = record_row(record, records)
    if isinstance(record, Incident):
        color = colors.get(_look_of(record, colors), _GREY)
        # Silence on the beginning is not "always".
        days = (row["date_start"] or row["date_end"], row["date_end"])
        _write_marked(out, record, records, days, _style(color))
    else:
        days, is_certain = next(_times(record, records), ((None, None), True))
        style = _style(colors.get(BASE_AREA, _GREY)) if is_certain else _PALE
        _write_marked(out, record, records, days, style)


def _look_of(incident: Incident, looks: Collection[str]) -> str:
    """Return by which of the looks an incident is drawn: its own type, or one of ours."""
    own = f"{_OWN}{incident.type_of_source}"
    is_own = incident.event_types[0] is EventType.OTHER and own in looks
    return own if is_own else incident.event_types[0]


def _write_uncertain(out: XmlWriter, records: Records) -> None:
    """Write the times of base areas for which nothing is certain, beside those that are."""
    drawn = [one for one in records.base_areas if one.is_mappable]
    parts = [(area, days) for area in drawn for days, _ in islice(_times(area, records), 1, None)]
    if not parts:
        return
    with out.element("Folder"):
        out.leaf("name", f"Base areas, not certain for the time ({len(parts):,})")
        for area, days in parts:
            _write_marked(out, area, records, days, _PALE)


def _times(area: BaseArea, records: Records) -> Iterator[tuple[_Span, bool]]:
    for days, is_certain in validity(area, records).by_day():
        yield (days.first, days.known_last), is_certain


def _write_marked(
    out: XmlWriter, record: _Record, records: Records, days: _Span, style: str
) -> None:
    row = record_row(record, records)
    name = _name(record, row)
    with out.element("Placemark"):
        out.leaf("name", name)
        lines = _lines(record, row, records)
        out.leaf("description", _html([("", Markup("<b>{}</b>").format(name)), *lines]))
        _write_span(out, days)
        out.leaf("styleUrl", f"#{style}")
        _write_data(out, row)
        if record.is_mappable:
            _write_geometry(out, row[GEOMETRY])


def _name(record: _Record, row: Row) -> str:
    if isinstance(record, Incident):
        return record.title
    return ": ".join(part for part in (row["group_name"], record.place or record.admin1) if part)


def _write_data(out: XmlWriter, values: Mapping[str, Any]) -> None:
    with out.element("ExtendedData"):
        for name, value in values.items():
            if name != GEOMETRY and value is not None:
                with out.element("Data", name=name):
                    out.leaf("value", _value_text(value))


def _value_text(value: Any) -> str:
    if isinstance(value, list) and not all(isinstance(one, str) for one in value):
        return to_json_text(value)
    return "; ".join(value) if isinstance(value, list) else str(value)


def _lines(record: _Record, row: Row, records: Records) -> _Balloon:
    if isinstance(record, Incident):
        return _incident_lines(record, row, records)
    return _area_lines(record, row, records)


def _incident_lines(incident: Incident, row: Row, records: Records) -> _Balloon:
    types = ", ".join(incident.event_types)
    return [
        ("", f"{describe_date(incident.event_date)} – {types}, {incident.status}"),
        ("", _place_text(incident)),
        ("Killed", row["fatalities_text"]),
        ("Injured", row["injured_text"]),
        ("Killed or injured", row["casualties_text"] if _has_casualties(row) else ""),
        ("Responsibility", row["attribution_text"]),
        *describe_parties(incident, records),
        ("", incident.summary),
        *_claim_lines(incident, records),
    ]


def _has_casualties(row: Row) -> bool:
    """Whether a source counts the killed and the injured together."""
    return any(claim["about"] == ClaimAbout.CASUALTIES for claim in row["claims"] or ())


def _area_lines(area: BaseArea, row: Row, records: Records) -> _Balloon:
    return [
        ("", f"{area.kind} of {row['group_name']}, {area.status}"),
        ("", _place_text(area)),
        ("From", describe_date(area.valid_from) if area.valid_from else "not stated"),
        ("To", describe_date(area.valid_to) if area.valid_to else "not stated"),
        ("Last attested", describe_date(area.last_cited)),
        ("", area.note),
        *_claim_lines(area, records),
    ]


def _place_text(record: _Record) -> str:
    if record.geo_precision is GeoPrecision.NOT_STATED:
        return f"{describe_place(record)} ({_OPEN})"
    within = f", within {record.radius_km:g} km" if record.radius_km else ""
    return f"{describe_place(record)} (known to: {record.geo_precision}{within})"


def _claim_lines(record: _Record, records: Records) -> _Balloon:
    if not record.claims:
        return []
    return [
        ("", Markup("<b>Claims</b>")),
        *(("", f"• {describe_claim(one, records)}") for one in record.claims),
    ]


def _html(lines: Iterable[tuple[str, Any]]) -> str:
    """Return labelled lines as HTML in which only the line breaks and headings are ours.

    Example:
        >>> _html([("Killed", "<b>3</b>"), ("", "")])
        'Killed: &lt;b&gt;3&lt;/b&gt;'
    """
    escaped = [escape(f"{label}: {text}" if label else text) for label, text in lines if text]
    # Google Earth puts other fields where a text says $[field].
    return str(Markup("<br>").join(escaped).replace("$[", Markup("&#36;[")))


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


def _write_rings(out: XmlWriter, records: Records) -> None:
    ringed = [one for one in _all(records) if _ring_points(one)]
    if not ringed:
        return
    with out.element("Folder"):
        out.leaf("name", f"How exactly places are known ({len(ringed):,})")
        for record in ringed:
            row = record_row(record, records)
            is_open = record.geo_precision is GeoPrecision.NOT_STATED
            known = _OPEN if is_open else f"within {record.radius_km:g} km"
            name = f"{_name(record, row)}: {known}"
            with out.element("Placemark"):
                out.leaf("name", name)
                out.leaf("description", _html([("", name), ("", _place_text(record))]))
                _write_span(out, (row["date_start"], row["date_end"]))
                out.leaf("styleUrl", f"#{_ASSUMED if is_open else _RING}")
                rings = [
                    part
                    for lon, lat in _ring_points(record)
                    for part in ring(lon, lat, record.reach_km)
                ]
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

"""What the balloon of a record says in a KML: labelled lines of HTML, in which all text is text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from geodata.records import (
    BaseArea,
    ClaimAbout,
    GeoPrecision,
    Incident,
    Records,
    describe_claim,
    describe_date,
    describe_parties,
    describe_place,
    describe_shared_toll,
)

__all__ = ["OPEN", "balloon", "lines_of", "place_text"]

_Row = Mapping[str, Any]
_Record = Incident | BaseArea
_Balloon = list[tuple[str, Any]]

OPEN = "the source does not say how exact its point is"


def lines_of(record: _Record, row: _Row, records: Records) -> _Balloon:
    """Return what is told of a record, a label and a text each; the label may be empty.

    Args:
        record: The record.
        row: The same as `record_row` gives it.
        records: The set that it belongs to.
    """
    if isinstance(record, Incident):
        return _incident_lines(record, row, records)
    return _area_lines(record, row, records)


def _incident_lines(incident: Incident, row: _Row, records: Records) -> _Balloon:
    types = ", ".join(incident.event_types)
    return [
        ("", f"{describe_date(incident.event_date)} – {types}, {incident.status}"),
        ("", place_text(incident)),
        ("Killed", row["fatalities_text"]),
        ("Injured", row["injured_text"]),
        ("Killed or injured", row["casualties_text"] if _has_casualties(row) else ""),
        ("", _shared(incident, row)),
        ("Responsibility", row["attribution_text"]),
        *describe_parties(incident, records),
        ("", incident.summary),
        *_claim_lines(incident, records),
    ]


def _shared(incident: Incident, row: _Row) -> str:
    """Return that the tolls above are not its own alone, if any is given."""
    people = (ClaimAbout.FATALITIES, ClaimAbout.INJURED, ClaimAbout.CASUALTIES)
    if not any(claim["about"] in people for claim in row["claims"] or ()):
        return ""
    return describe_shared_toll(incident.casualties_combined, is_beyond=incident.shares_toll_beyond)


def _has_casualties(row: _Row) -> bool:
    """Whether a source counts the killed and the injured together."""
    return any(claim["about"] == ClaimAbout.CASUALTIES for claim in row["claims"] or ())


def _area_lines(area: BaseArea, row: _Row, records: Records) -> _Balloon:
    return [
        ("", f"{area.kind} of {row['group_name']}, {area.status}"),
        ("", place_text(area)),
        ("From", describe_date(area.valid_from) if area.valid_from else "not stated"),
        ("To", describe_date(area.valid_to) if area.valid_to else "not stated"),
        ("Last attested", describe_date(area.last_cited)),
        ("", area.note),
        *_claim_lines(area, records),
    ]


def place_text(record: _Record) -> str:
    """Return where a record is, and how exactly that is known."""
    if record.geo_precision is GeoPrecision.NOT_STATED:
        return f"{describe_place(record)} ({OPEN})"
    within = f", within {record.radius_km:g} km" if record.radius_km else ""
    return f"{describe_place(record)} (known to: {record.geo_precision}{within})"


def _claim_lines(record: _Record, records: Records) -> _Balloon:
    if not record.claims:
        return []
    return [
        ("", Markup("<b>Claims</b>")),
        *(("", f"• {describe_claim(one, records)}") for one in record.claims),
    ]


def balloon(lines: Iterable[tuple[str, Any]]) -> str:
    """Return labelled lines as HTML in which only the line breaks and headings are ours.

    Example:
        >>> balloon([("Killed", "<b>3</b>"), ("", "")])
        'Killed: &lt;b&gt;3&lt;/b&gt;'
    """
    escaped = [escape(f"{label}: {text}" if label else text) for label, text in lines if text]
    # Google Earth puts other fields where a text says $[field].
    return str(Markup("<br>").join(escaped).replace("$[", Markup("&#36;[")))

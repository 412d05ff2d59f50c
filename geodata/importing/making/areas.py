"""A row that is a position or an area of a group, when the user says that rows are."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from shapely.geometry import mapping

from geodata.importing.making.draft import Draft, clean_id, invalid, row_hash
from geodata.importing.making.evidence import Evidence
from geodata.reading import Row
from geodata.records import BaseArea, GeoPrecision, Role, role_of

__all__ = ["area_of"]

_OUTLINES = ("Point", "Polygon", "MultiPolygon")


def area_of(draft: Draft, row: Row, evidence: Evidence) -> BaseArea:
    """Return a base area of what a row says.

    It is of the party that the row names, or else of what its title names.

    Raises:
        RowError: If it is none.
    """
    named = [str(one.value) for one in draft.claims if role_of(one) in (Role.ACTOR, Role.OTHER)]
    group = named[0] if named else evidence.party(draft.title)
    key = clean_id(draft.upstream_id) if draft.upstream_id else row_hash(draft.upstream)
    try:
        return BaseArea(
            id=f"{evidence.dataset}:{key}.{row.number}",
            group=group,
            level=draft.precision if draft.point else GeoPrecision.UNKNOWN,
            kind="reported presence",
            status="reported",
            geometry=_geometry(draft, row),
            last_cited=draft.event_date or "XXXX",
            place=draft.place,
            admin1=draft.admin1,
            country=draft.country,
            geo_precision=draft.precision,
            radius_km=draft.radius_km,
            geo_basis=draft.basis,
            claims=tuple(draft.claims),
            upstream=draft.upstream,
            note=draft.summary,
        )
    except ValidationError as error:
        raise invalid(error) from error


def _geometry(draft: Draft, row: Row) -> dict[str, Any] | None:
    if row.geometry is not None and row.geometry.geom_type in _OUTLINES[1:]:
        return dict(mapping(row.geometry))
    return {"type": "Point", "coordinates": list(draft.point)} if draft.point else None

"""A row that is a position or an area of a group, when the user says that rows are."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from shapely.geometry import mapping

from geodata.importing.making.draft import Draft, invalid
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
    try:
        return BaseArea(
            id=f"{evidence.dataset}:{draft.key}.{row.number}",
            group=group,
            level=draft.precision if draft.point else GeoPrecision.UNKNOWN,
            kind="reported presence",
            status="reported",
            geometry=_geometry(draft, row),
            last_cited=draft.event_date or "XXXX",
            note=draft.summary,
            **draft.shared(),
        )
    except ValidationError as error:
        raise invalid(error) from error


def _geometry(draft: Draft, row: Row) -> dict[str, Any] | None:
    if row.geometry is not None and row.geometry.geom_type in _OUTLINES[1:]:
        return dict(mapping(row.geometry))
    return {"type": "Point", "coordinates": list(draft.point)} if draft.point else None

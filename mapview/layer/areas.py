"""A base area as the layer draws it, in the browser's app and in a page."""

from __future__ import annotations

from typing import Any

from mapview.lines import AreaLine

__all__ = ["area_payload"]


def area_payload(area: AreaLine) -> dict[str, Any]:
    """Return a base area that is on the map, as plain values."""
    if area.point is None:
        raise ValueError(f"a base area must be on the map to be drawn, got {area.id}")
    return {
        "id": area.id,
        "group": area.group,
        "group_name": area.group_label,
        "place": area.locality,
        "kind": area.kind,
        "status": area.status,
        "period": area.period,
        "standing": area.standing,
        "faded": area.is_faded,
        "undated": area.validity.certain is None,
        "ended": area.has_ended,
        "hatch": area.hatch,
        "lon": area.point[0],
        "lat": area.point[1],
        "radius_km": area.radius_km,
        "province": area.province or None,
        "level": str(area.level),
    }

"""What the map layer is sent: columns for points and cells, and base areas with their hatch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from geodata.queries import (
    EVENT_TYPES,
    POINT_COLUMNS,
    STATUSES,
    Cells,
    Filter,
    Listed,
    Points,
    Store,
)
from mapview.cartography import KINDS, drawn_as, group_hatches, kind_of
from mapview.detail import area_line
from mapview.layer.areas import area_payload

__all__ = ["LISTED_SENT", "POINTS_SENT", "areas_payload", "list_payload", "view_payload"]

# The columns of points as the layer reads them: by kind, which is drawn, and not by type.
POINTS_SENT = tuple("kind" if name == "type" else name for name in POINT_COLUMNS)
# The same of incidents in the list that opens from a stack.
LISTED_SENT = ("id", "title", "date", "kind", "status")
_KIND_OF_TYPE = tuple(kind_of([one]) for one in EVENT_TYPES)


def view_payload(answer: Points | Cells, store: Store) -> dict[str, Any]:
    """Return a view as the layer reads it; see `Mapview.create` in the assets."""
    shared = {"version": store.version, "total": answer.total}
    # After all types come those that stand for themselves, and so they do after all kinds.
    kind_of_code = [*_KIND_OF_TYPE, *(len(KINDS) + at for at in range(len(store.own_types)))]
    if isinstance(answer, Cells):
        counts = _kind_counts(answer.types, kind_of_code)
        # Of most filters all certainly fit, and are the same array.
        is_sure = answer.certain is answer.types
        return {
            **shared,
            "mode": "clusters",
            "x": answer.x,
            "y": answer.y,
            "n": answer.n,
            "kinds": counts,
            "certain": counts if is_sure else _kind_counts(answer.certain, kind_of_code),
            "cell": answer.shift,
        }
    columns = {**answer.columns, "kind": [kind_of_code[code] for code in answer.columns["type"]]}
    certain = list(map(int, answer.certain))
    return {
        **shared,
        "mode": "points",
        **{name: columns[name] for name in POINTS_SENT},
        "certain": certain,
    }


def _kind_counts(types: np.ndarray[Any, Any], kinds: Sequence[int]) -> list[list[int]]:
    """Return counts by kind of each cell, from those by type and the kind of each type."""
    kinds_of_types = np.eye(max(kinds) + 1, dtype=int)[list(kinds)]
    counts: list[list[int]] = (types @ kinds_of_types).tolist()
    return counts


def list_payload(listed: Listed, own: Sequence[str] = ()) -> dict[str, Any]:
    """Return incidents for the list that opens from a stack.

    Args:
        listed: The incidents.
        own: The types that stand for themselves, as the store has them.
    """
    rows = listed.rows
    return {
        "id": [row.id for row in rows],
        "title": [row.title for row in rows],
        "date": [row.event_date for row in rows],
        "kind": [drawn_as(row.event_types, row.source_type, own) for row in rows],
        "status": [[str(one) for one in STATUSES].index(row.status) for row in rows],
        "certain": list(map(int, listed.certain)),
        "more": listed.more,
    }


def areas_payload(chosen: Filter, store: Store) -> dict[str, Any]:
    """Return the base areas that a filter shows and a map can draw, and what no map can show."""
    hatches = group_hatches(store.context.base_areas)
    lines = (area_line(view, store.context, hatches) for view in store.areas(chosen))
    off_map = store.off_map_by_country(chosen)
    return {
        "areas": [area_payload(line) for line in lines if line.is_placed],
        "unplaced": {
            one.country: [one.events - one.uncertain_events, one.events]
            for one in off_map
            if one.country and one.events
        },
    }

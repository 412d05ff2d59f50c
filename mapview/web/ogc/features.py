"""The features of both collections, page by page, as far as they may go out."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from shapely.geometry import box, shape

from geodata.geodesy import MercatorBox, project
from geodata.queries import Bounds, Filter, Store, area_box, extent_of
from geodata.records import BaseArea, Incident, alike, to_area_feature, to_feature
from mapview.once import once_a_store
from mapview.web.ogc.asked import KEYS, Asked

__all__ = ["Page", "extent_in", "feature_of", "has_undated", "page_of"]


class Page(NamedTuple):
    """A part of what was asked for.

    Attributes:
        features: GeoJSON features.
        matched: How many features fit in all; what may fit counts.
    """

    features: list[dict[str, Any]]
    matched: int


def page_of(collection: str, asked: Asked, store: Store) -> Page:
    """Return the part of a collection that is asked for: incidents by date, areas by id."""
    if collection == "incidents":
        ids, matched = store.sorted_ids(
            asked.chosen,
            "start",
            down=False,
            placed=_sides(asked.box) if asked.box else True,
            offset=asked.offset,
            limit=asked.limit,
        )
        return Page([_dated(_incident(one, store), store) for one in store.incidents(ids)], matched)
    shown = (view.area for view in store.areas(asked.chosen) if view.area.is_mappable)
    areas = [one for one in shown if asked.box is None or _meets(one, asked.box)]
    page = areas[asked.offset : asked.offset + asked.limit]
    features = (to_area_feature(one, store.context) for one in page)
    return Page([_dated(one, store) for one in features], len(areas))


def _dated(feature: dict[str, Any], store: Store) -> dict[str, Any]:
    """Return a feature that says of which day's data it is, where that is another than now's.

    Programs show what a feature says, and nothing of what stands around it.
    """
    if store.known is None:
        return feature
    return {**feature, "properties": {**feature["properties"], **store.of_day}}


def feature_of(collection: str, identifier: str, store: Store) -> dict[str, Any] | None:
    """Return one feature of a collection by id."""
    if collection == "incidents":
        incident = store.incident(identifier)
        found = _incident(incident, store) if incident and incident.is_mappable else None
    else:
        area = store.area(identifier)
        found = to_area_feature(area, store.context) if area and area.is_mappable else None
    return _dated(found, store) if found else None


def extent_in(collection: str, store: Store) -> Bounds | None:
    """Return west, south, east, north of a collection; across 180° west is more than east."""
    if collection == "incidents":
        has_any = store.totals(Filter()).placed
        found = store.extent(Filter()) if has_any else None
    else:
        boxes = (area_box(one) for one in store.context.base_areas if one.is_mappable)
        found = extent_of((one, 1) for one in boxes if one)
    return found.whole if found else None


def has_undated(store: Store) -> bool:
    """Whether a feature has no date, so that it is in no period."""
    whole, dated = (Asked(one, None, 0, 1) for one in (Filter(), Filter(start=date.min)))
    return any(
        page_of(one, dated, store).matched < page_of(one, whole, store).matched for one in KEYS
    )


def _incident(incident: Incident, store: Store) -> dict[str, Any]:
    # All of one type, whatever the page: programs take the first for what all are.
    return alike(to_feature(incident, store.context), is_multiple=_has_multiple(store))


@once_a_store(2)
def _has_multiple(store: Store) -> bool:
    return store.has_multiple(Filter())


def _sides(bounds: Bounds) -> list[MercatorBox]:
    """Return a frame as boxes in web mercator."""
    corners = [
        (project(west, north), project(east, south)) for west, south, east, north in _parts(bounds)
    ]
    return [MercatorBox(x0, y0, x1, y1) for (x0, y0), (x1, y1) in corners]


def _meets(area: BaseArea, bounds: Bounds) -> bool:
    outline = shape(area.geometry)
    return any(outline.intersects(box(*part)) for part in _parts(bounds))


def _parts(bounds: Bounds) -> list[Bounds]:
    """Return a frame as frames that do not cross 180°."""
    west, south, east, north = bounds
    if west <= east:
        return [bounds]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]

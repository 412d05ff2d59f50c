"""What the service says of itself: its pages, what it conforms to, and its parameters (OpenAPI)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geodata.queries import PARTS
from mapview.web.ogc.asked import DEFAULT_LIMIT, KEYS, MOST_FEATURES
from mapview.web.ogc.conditions import LANGUAGE, PROPERTIES

__all__ = [
    "GEOJSON",
    "JSON",
    "OPENAPI",
    "api_document",
    "collection_document",
    "conformance_document",
    "landing_document",
    "link",
]

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

_TITLE = "Mapview: documented incidents"
_ABOUT = (
    "Incidents with a place on the map, and base areas, each with the claims of its sources. "
    "Records keep to what their sources say, so a date may be a month and a place a district: "
    "date_start, date_end, geo_precision and radius_km tell how exactly each is known."
)
_CONFORMANCE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
_COLLECTIONS = {
    "incidents": (
        "Incidents",
        (
            "Incidents whose place is known better than to the country, as points. A point stands "
            "for a place that is known to within radius_km, and bbox is held against the point."
        ),
    ),
    "base_areas": (
        "Base areas",
        (
            "Areas that sources name as in use by a group, each with the outline or the point of "
            "the place that is named."
        ),
    ),
}
_MATCHED = (
    "numberMatched counts what may fit: a record whose days are not known exactly fits "
    "each period that meets them, unless when=certain is given."
)
_BESIDE: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "bbox": (
        (
            "west,south,east,north in degrees (CRS84); west above east crosses 180°. Two heights "
            "may stand in it, and are left aside."
        ),
        {
            "type": "array",
            "items": {"type": "number"},
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        },
    ),
    "datetime": (
        (
            "a day, a time (its day counts) or an interval with / and .. for an open end. A record "
            f"is in it if one of its possible days is; what has no date is in none. {_MATCHED}"
        ),
        {"type": "string"},
    ),
    "limit": (
        "at most so many features",
        {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_FEATURES,
            "default": DEFAULT_LIMIT,
        },
    ),
    "offset": (
        "how many features to leave out before",
        {"type": "integer", "minimum": 0, "default": 0},
    ),
    "filter": (
        "conditions joined by AND, of these: "
        + ", ".join(f"{name} ({how})" for name, how in PROPERTIES.items()),
        {"type": "string"},
    ),
    "filter-lang": (
        "the language of filter, of which a part is understood",
        {"type": "string", "enum": [LANGUAGE], "default": LANGUAGE},
    ),
    "v": (
        "fingerprint of the data that pages before came from; other data answer 409",
        {"type": "string"},
    ),
}


def link(href: str, rel: str, media_type: str = JSON, title: str = "") -> dict[str, str]:
    """Return a link as all these documents have them."""
    found = {"href": href, "rel": rel, "type": media_type}
    return {**found, "title": title} if title else found


def landing_document(root: str, credit: str) -> dict[str, Any]:
    """Return the page by which other programs find all others.

    Args:
        root: Address of the service.
        credit: Who is credited for the records; empty for nobody.
    """
    page = {
        "title": _TITLE,
        "description": _ABOUT,
        "links": [
            link(root, "self", title="This document"),
            link(f"{root}/api", "service-desc", OPENAPI, "All parameters (OpenAPI 3.0)"),
            link(f"{root}/conformance", "conformance", title="What the service conforms to"),
            link(f"{root}/collections", "data", title="The collections"),
        ],
    }
    return {**page, "attribution": credit} if credit else page


def conformance_document(*, has_undated: bool) -> dict[str, Any]:
    """Return what the service conforms to.

    Args:
        has_undated: Whether a record has no date: by the core that would be in every period, by
            us it is in none.
    """
    classes = ["oas30", "geojson"] if has_undated else ["core", "oas30", "geojson"]
    return {"conformsTo": [f"{_CONFORMANCE}/{one}" for one in classes]}


def collection_document(
    root: str, collection: str, extent: Sequence[float] | None, changes: Iterable[str]
) -> dict[str, Any]:
    """Return what is said of a collection.

    Args:
        root: Address of the service.
        collection: Its id.
        extent: West, south, east, north of it.
        changes: A sentence for each way in which records were changed before they came here.
    """
    title, about = _COLLECTIONS[collection]
    place = f"{root}/collections/{collection}"
    found: dict[str, Any] = {
        "id": collection,
        "title": title,
        "description": " ".join([about, _MATCHED, *changes]),
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            link(place, "self", title=title),
            link(f"{place}/items", "items", GEOJSON, f"{title}, page by page"),
        ],
    }
    if extent:
        found["extent"] = {"spatial": {"bbox": [list(extent)], "crs": CRS84}}
    return found


def api_document(root: str) -> dict[str, Any]:
    """Return all addresses and parameters as an OpenAPI 3.0 document."""
    paths = {
        "/": _path("landing page", JSON),
        "/conformance": _path("what the service conforms to", JSON),
        "/api": _path("this document", OPENAPI),
        "/collections": _path("all collections", JSON),
    }
    for collection, (title, _) in _COLLECTIONS.items():
        place = f"/collections/{collection}"
        paths[place] = _path(f"about: {title}", JSON)
        asked = _parameters(collection)
        paths[f"{place}/items"] = _path(f"features: {title}", GEOJSON, asked)
        of_one = [_FEATURE_ID, *(one for one in asked if one["name"] == "known")]
        paths[f"{place}/items/{{featureId}}"] = _path(f"one of: {title}", GEOJSON, of_one)
    return {
        "openapi": "3.0.3",
        "info": {"title": _TITLE, "version": "1.0.0", "description": _ABOUT},
        "servers": [{"url": root}],
        "paths": paths,
    }


_FEATURE_ID = {
    "name": "featureId",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
}


def _path(about: str, media_type: str, parameters: Iterable[Any] = ()) -> dict[str, Any]:
    answers = {
        "200": {"description": about, "content": {media_type: {"schema": {"type": "object"}}}},
        "400": {
            "description": "a sentence that says what must hold, and what came",
            "content": {JSON: {"schema": {"type": "object"}}},
        },
    }
    asked = {"summary": about, "responses": answers}
    return {"get": {**asked, "parameters": list(parameters)} if parameters else asked}


def _parameters(collection: str) -> list[dict[str, Any]]:
    helps = {one.key: one for one in PARTS.values()}
    many = {"type": "array", "items": {"type": "string"}}
    keys = (
        _parameter(
            key,
            helps[key].help,
            many if isinstance(helps[key].default, tuple) else {"type": "string"},
            explode=True,
        )
        for key in KEYS[collection]
    )
    beside = (_parameter(name, *about, explode=False) for name, about in _BESIDE.items())
    return [*beside, *keys]


def _parameter(
    name: str, about: str, schema: Mapping[str, Any], *, explode: bool
) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": about,
        "schema": schema,
        "style": "form",
        "explode": explode,
    }

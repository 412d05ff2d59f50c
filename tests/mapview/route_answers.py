"""Reads the answers of the routes."""

from __future__ import annotations

import re
from typing import Any

from samples import WORLD

from mapview.web.server import ROUTES

TRACE = re.compile(r"Traceback|File \"|\.py\b|Error:")


def sentence(answer: Any, status: int) -> str:
    """The sentence of an error answer, which must be JSON and must not show our insides."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    assert list(answer.json()) == ["error"]
    text = str(answer.json()["error"])
    assert not TRACE.search(text)
    assert len(text) < 1_000
    return text


# An address for each route that is none of an export.
ADDRESSES = {
    "/api/version": "/api/version",
    "/api/view": f"/api/view?z=9&b={WORLD}",
    "/api/areas": "/api/areas",
    "/api/list": f"/api/list?b={WORLD}",
    "/api/within": f"/api/within?b={WORLD}",
    "/api/counts": "/api/counts",
    "/api/tolls": "/api/tolls",
    "/api/stage": "/api/stage",
    "/api/summary": "/api/summary",
    "/api/spreads": "/api/spreads",
    "/api/rows": "/api/rows?offset=0&limit=100",
    "/api/area-rows": "/api/area-rows",
    "/api/extent": "/api/extent",
    "/api/places": "/api/places?q=kulob",
    "/api/said": "/api/said?which=unplaced",
    "/api/told": "/api/told?id=nowhere-to-be-read-2019",
    "/api/incidents/{identifier:path}": "/api/incidents/nowhere-to-be-read-2019",
    "/api/data/left-out/{name}": "/api/data/left-out/mine",
    "/api/data/template.{ending}": "/api/data/template.csv",
    "/api/card.png": "/api/card.png?w=600",
    "/healthz": "/healthz",
    "/metrics": "/metrics",
    "/embed": "/embed",
    "/api/oembed": "/api/oembed?url=http%3A%2F%2Flocalhost%2F",
    "/api/v1": "/api/v1",
    "/api/v1/openapi.json": "/api/v1/openapi.json",
    "/api/v1/incidents": "/api/v1/incidents",
    "/api/v1/incidents/{id:path}": "/api/v1/incidents/nowhere-to-be-read-2019",
    "/api/v1/counts": "/api/v1/counts?by=type",
    "/api/v1/tolls": "/api/v1/tolls",
    "/api/v1/groups": "/api/v1/groups",
    "/api/v1/groups/{id:path}": "/api/v1/groups/iskp",
    "/api/v1/base-areas": "/api/v1/base-areas",
    "/api/v1/base-areas/{id:path}": "/api/v1/base-areas/nowhere",
    "/api/v1/sources": "/api/v1/sources",
    "/ogc": "/ogc",
    "/ogc/": "/ogc/",
    "/ogc/conformance": "/ogc/conformance",
    "/ogc/api": "/ogc/api",
    "/ogc/collections": "/ogc/collections",
    "/ogc/collections/{collection}": "/ogc/collections/incidents",
    "/ogc/collections/{collection}/items": "/ogc/collections/incidents/items",
    "/ogc/collections/{collection}/items/{identifier:path}": (
        "/ogc/collections/incidents/items/nowhere-to-be-read-2019"
    ),
    "/assets/basemap/{name}": "/assets/basemap/labels.json",
    "/assets/mapview.js": "/assets/mapview.js",
    "/assets/drop.js": "/assets/drop.js",
    "/assets/mapview.css": "/assets/mapview.css",
    "/assets/leaflet": "/assets/leaflet/leaflet.js",
    "/{before:before}{room:room}{rest:rest}": "/api/nothing",
}

# The route that is sent something; whom it refuses stands in `handing/test_routes.py`.
FILE = "/api/data/file"


def addresses() -> list[str]:
    """An address of each route that is asked for something."""
    return [ADDRESSES.get(one.path, one.path) for one in ROUTES if one.path != FILE]

"""OGC API – Features at `/ogc`: what GIS programs connect to.

The parameters of a filter stand in the address under their own keys, not in `f`. What is wrong with
a request is a 400 with a sentence, as the standard has it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geodata.errors import RequestError
from geodata.queries import Store
from mapview.data import current_store
from mapview.outgoing import credit_of, published
from mapview.web.asking import answer_once
from mapview.web.middleware import own_address
from mapview.web.ogc.asked import KEYS, PAGING, Asked
from mapview.web.ogc.description import (
    GEOJSON,
    JSON,
    OPENAPI,
    api_document,
    collection_document,
    conformance_document,
    landing_document,
    link,
)
from mapview.web.ogc.features import extent_in, feature_of, has_undated, page_of

__all__ = ["OGC_ROUTES"]

_DAY = "known"
_ROOT = "/ogc"


def _root(request: Request) -> str:
    return own_address(request, _ROOT)


def _store() -> Store:
    return published(current_store())


def landing(request: Request) -> Response:
    """Answer the page by which other programs find all others."""
    store = _store()
    credit = store.credit or credit_of(store.version)
    return answer_once(request, store.version, lambda: landing_document(_root(request), credit))


def conformance(request: Request) -> Response:
    """Answer what the service conforms to."""
    store = _store()
    return answer_once(
        request,
        store.version,
        lambda: conformance_document(has_undated=has_undated(store)),
    )


def api(request: Request) -> Response:
    """Answer all parameters."""
    return answer_once(
        request, _store().version, lambda: api_document(_root(request)), media_type=OPENAPI
    )


def collections(request: Request) -> Response:
    """Answer both collections."""
    store, root = _store(), _root(request)

    def make() -> dict[str, Any]:
        return {
            "links": [link(f"{root}/collections", "self")],
            "collections": [_about(root, one, store) for one in KEYS],
        }

    return answer_once(request, store.version, make)


def collection(request: Request) -> Response:
    """Answer what is said of a collection."""
    store, name = _store(), _collection(request)
    return answer_once(request, store.version, lambda: _about(_root(request), name, store))


def _about(root: str, name: str, store: Store) -> dict[str, Any]:
    return collection_document(root, name, extent_in(name, store), store.changes)


def _collection(request: Request) -> str:
    name: str = request.path_params["collection"]
    if name not in KEYS:
        raise HTTPException(404, f"a collection must be one of {', '.join(KEYS)}, got {name!r:.40}")
    return name


def items(request: Request) -> Response:
    """Answer a page of the features that are asked for."""
    store, name = _store(), _collection(request)
    known = (*PAGING, *KEYS[name])
    _refuse_others(request, ("v", *known))
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key in known]
    asked = Asked.of(pairs, KEYS[name])
    place = f"{_root(request)}/collections/{name}/items"

    def address(offset: int) -> str:
        others = [pair for pair in pairs if pair[0] not in ("limit", "offset")]
        paging = [("limit", asked.limit), ("offset", offset), ("v", store.version)]
        return f"{place}?{urlencode([*others, *paging])}"

    def make() -> dict[str, Any]:
        features, matched = page_of(name, asked, store)
        after, before = asked.offset + len(features), max(0, asked.offset - asked.limit)
        query = request.url.query
        links = [link(f"{place}?{query}" if query else place, "self", GEOJSON)]
        if features and after < matched:
            links.append(link(address(after), "next", GEOJSON))
        if asked.offset:
            links.append(link(address(before), "prev", GEOJSON))
        return {
            "type": "FeatureCollection",
            **store.of_day,
            "numberMatched": matched,
            "numberReturned": len(features),
            "links": [*links, link(f"{_root(request)}/collections/{name}", "collection")],
            "features": features,
        }

    return answer_once(request, store.version, make, media_type=GEOJSON)


def item(request: Request) -> Response:
    """Answer one feature, of a day's data if that is asked."""
    _refuse_others(request, [one for one in KEYS[_collection(request)] if one == _DAY])
    store, name, identifier = _store(), _collection(request), request.path_params["identifier"]
    feature = feature_of(name, identifier, store)
    if feature is None:
        raise HTTPException(404, f"id must be that of one of {name}, got {identifier!r:.200}")
    place = f"{_root(request)}/collections/{name}"
    query = f"?{urlencode({_DAY: store.known.isoformat()})}" if store.known else ""
    links = [
        link(f"{place}/items/{quote(identifier, safe='')}{query}", "self", GEOJSON),
        link(place, "collection", JSON),
    ]
    return answer_once(
        request,
        store.version,
        lambda: {**feature, **store.of_day, "links": links},
        media_type=GEOJSON,
    )


def _refuse_others(request: Request, known: Collection[str]) -> None:
    for name in request.query_params:
        if name not in known:
            if not known:
                raise RequestError(f"a parameter must not stand in this address, got {name!r:.40}")
            raise RequestError(f"a parameter must be one of {', '.join(known)}, got {name!r:.40}")


def _route(path: str, endpoint: Callable[[Request], Response], *, has_own: bool = False) -> Route:
    """Return a route that says what is wrong with a request as the standard has it.

    Args:
        path: Its address.
        endpoint: Makes its answer, in a thread.
        has_own: Whether it takes parameters, and refuses others itself.
    """

    @wraps(endpoint)
    def answer(request: Request) -> Response:
        try:
            if not has_own:
                _refuse_others(request, ())
            return endpoint(request)
        except RequestError as error:
            raise HTTPException(400, str(error)) from error

    return Route(path, answer)


OGC_ROUTES = [
    _route(_ROOT, landing),
    _route(f"{_ROOT}/", landing),
    _route(f"{_ROOT}/conformance", conformance),
    _route(f"{_ROOT}/api", api),
    _route(f"{_ROOT}/collections", collections),
    _route(f"{_ROOT}/collections/{{collection}}", collection),
    _route(f"{_ROOT}/collections/{{collection}}/items", items, has_own=True),
    _route(f"{_ROOT}/collections/{{collection}}/items/{{identifier:path}}", item, has_own=True),
]

"""The JSON interface at `/api/v1`: every question of `mapview.programs`, by its address."""

from __future__ import annotations

from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapview.data import current_store
from mapview.outgoing import credit_of, published
from mapview.programs import OPERATIONS, NotFoundError, Operation, openapi_document
from mapview.web.asking import answer_once, refuse_others
from mapview.web.middleware import own_address

__all__ = ["PROGRAM_ROUTES"]

_ROOT = "/api/v1"


def _describe(request: Request) -> Response:
    refuse_others(request, {"v"})
    root, store = own_address(request, _ROOT), published(current_store())
    return answer_once(
        request,
        store.version,
        lambda: openapi_document(
            root, OPERATIONS.values(), store.credit or credit_of(store.version)
        ),
        media_type="application/vnd.oai.openapi+json;version=3.1",
    )


def _answer(operation: Operation, request: Request) -> Response:
    store = published(current_store())
    given = [(name, text) for name, text in request.query_params.multi_items() if name != "v"]
    given += request.path_params.items()
    try:
        return answer_once(request, store.version, partial(operation.ask, store, given))
    except NotFoundError as error:
        raise HTTPException(404, str(error)) from error


def _route(operation: Operation) -> Route:
    def answer(request: Request) -> Response:
        return _answer(operation, request)

    path = operation.path.replace("{id}", "{id:path}").rstrip("/")
    return Route(f"{_ROOT}{path}", answer, name=operation.name)


PROGRAM_ROUTES = [
    Route(f"{_ROOT}/openapi.json", _describe),
    *map(_route, OPERATIONS.values()),
]

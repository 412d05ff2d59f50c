"""What a request asks, and answers in JSON that are made once for whoever has them already."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geodata.errors import ChangedError, RequestError
from geodata.queries import Filter
from geodata.tongue import ENGLISH, language_asked, speaking
from mapview.web.answers import etag_of, head_of, is_known

__all__ = [
    "answer_once",
    "filter_of",
    "language_of",
    "parameter",
    "refuse_other_data",
    "refuse_others",
    "route",
]


def answer_once(
    request: Request,
    version: str,
    make: Callable[[], Any],
    send: Callable[[Any, dict[str, str]], Response] | None = None,
    media_type: str = "application/json",
) -> Response:
    """Answer with JSON, or with 304 before any query when the client has this answer already.

    Args:
        request: What is asked.
        version: Fingerprint of the data that answer.
        make: Makes the answer.
        send: Sends it with some headers; as JSON by default.
        media_type: What is said of it.
    """
    refuse_other_data(request, version)
    etag = etag_of(version, f"{request.url.path}?{request.url.query}")
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return head_of(headers, media_type)
    if send:
        return send(make(), headers)
    return JSONResponse(make(), headers=headers, media_type=media_type)


def refuse_other_data(request: Request, version: str) -> None:
    """Refuse a page that shows other data than these: nothing may be put together of both.

    Raises:
        ChangedError: If it does.
    """
    if request.query_params.get("v") not in (None, "", version):
        raise ChangedError


def parameter(request: Request, name: str) -> str:
    """Return a parameter that must be given.

    Raises:
        RequestError: If it is not.
    """
    value = request.query_params.get(name)
    if value is None:
        raise RequestError(f"{name} must be given, got nothing")
    return value


def route(path: str, endpoint: Callable[[Request], Response], *names: str) -> Route:
    """Return a route that takes a filter, a version, a day, a language and some parameters.

    Args:
        path: Its address.
        endpoint: Makes its answer, in a thread.
        names: What it is asked by beside `f`, `v`, `known` and `lang`; others are refused.
    """

    @wraps(endpoint)
    def answer(request: Request) -> Response:
        refuse_others(request, {"f", "v", "known", "lang", *names})
        with speaking(language_of(request)):
            return endpoint(request)

    return Route(path, answer)


def refuse_others(request: Request, known: Collection[str]) -> None:
    """Refuse what would be passed over: an answer about everything is not what was asked for.

    Raises:
        RequestError: If there is a parameter that is none of the known ones.
    """
    for name in request.query_params:
        if name not in known:
            names = ", ".join(sorted(known))
            raise RequestError(
                f"a parameter must be one of {names}, where f holds the filter, got {name!r:.40}"
            )


def language_of(request: Request) -> str:
    """Return the code of the language that is asked for; English without one.

    Raises:
        RequestError: If it is none of ours.
    """
    return language_asked(request.query_params.get("lang") or ENGLISH)


def filter_of(request: Request) -> Filter:
    """Return the filter that is asked for."""
    return Filter.from_query(request.query_params.get("f", ""))

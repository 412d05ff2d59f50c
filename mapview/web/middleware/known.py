"""Which state of the data a request asks for: `known`, by itself or in its filter."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from geodata import Filter, GeodataError
from mapview.data import asked_as_known
from mapview.web.middleware.refusals import refusal

__all__ = ["AsKnown"]

_KEY, _FILTER = b"known", "f"


class AsKnown:
    """Lets a request be answered of the data as they were known on its day (ASGI middleware).

    One that names none is answered of what is shown as it comes, to its end.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; one whose day is none is refused."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        try:
            day = None
            if _KEY in scope["query_string"]:
                day = Filter.from_pairs(_asked(request)).known
        except GeodataError as error:
            await refusal(request, str(error), 422)(scope, receive, send)
            return
        with asked_as_known(day):
            await self.app(scope, receive, send)


def _asked(request: Request) -> list[tuple[str, str]]:
    """Return all that a request says of its day: twice another is no day."""
    given = [*request.query_params.multi_items()]
    given += parse_qsl(request.query_params.get(_FILTER, ""))
    return [pair for pair in given if pair[0] == _KEY.decode() and pair[1]]

"""How many requests there are, how long they take, and a line of a log for each, if asked for.

Both name the route that answers, never the address: that holds what somebody looks for, or which
record they read.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapview.settings import current_settings

__all__ = ["REGISTRY", "Metering", "route_names"]

REGISTRY = CollectorRegistry()
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
_LABELS = ("route", "method", "status")
_REQUESTS = Counter("mapview_requests", "Requests that were answered.", _LABELS, registry=REGISTRY)
_TIMES = Histogram(
    "mapview_request_seconds",
    "How long answers took.",
    ("route",),
    buckets=_SECONDS,
    registry=REGISTRY,
)
_OPEN = Gauge("mapview_requests_open", "Requests at work.", registry=REGISTRY)
_PAGES = Gauge("mapview_pages_open", "Pages of the app that are open.", registry=REGISTRY)


def route_names(routes: Sequence[BaseRoute]) -> list[tuple[re.Pattern[str], str]]:
    """Return the pattern of each route with its path, in the order in which they are tried."""
    known = [one for one in routes if hasattr(one, "path_regex") and hasattr(one, "path")]
    return [(one.path_regex, one.path) for one in known]


class Metering:
    """Counts and times what passes (ASGI middleware).

    Args:
        app: What answers.
        routes: Those of ours; what none of them answers is told as Streamlit's.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute] = ()) -> None:
        self.app = app
        self._names = route_names(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note what came of it."""
        kind = scope["type"]
        if kind == "http":
            await self._http(scope, receive, send)
        elif kind == "websocket":
            with _PAGES.track_inprogress():
                await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 500  # what stays if nothing is ever sent
        size = 0
        started = time.perf_counter()

        async def send_and_note(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            with _OPEN.track_inprogress():
                await self.app(scope, receive, send_and_note)
        finally:
            seconds = time.perf_counter() - started
            name = self._name(scope["path"])
            method = scope["method"] if scope["method"] in _METHODS else "other"
            _REQUESTS.labels(name, method, status).inc()
            _TIMES.labels(name).observe(seconds)
            if current_settings().logs_requests:
                _write(name, method, status, seconds, size)

    def _name(self, path: str) -> str:
        return next((name for pattern, name in self._names if pattern.match(path)), "streamlit")


def _write(name: str, method: str, status: int, seconds: float, size: int) -> None:
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "route": name,
        "method": method,
        "status": status,
        "ms": round(1_000 * seconds, 1),
        "bytes": size,
    }
    print(json.dumps(line), file=sys.stderr, flush=True)  # noqa: T201 - this is the log

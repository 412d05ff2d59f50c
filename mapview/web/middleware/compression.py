"""Streamlit's own scripts and styles, compressed: a third of the bytes on a slow line.

Streamlit compresses all other answers, and leaves these to a proxy, since it would do so anew for
each reader. Their names change with their content, so here each is compressed once and kept; those
that are too small for that, and fonts, are kept as they are. A page asks for sixty of them.
"""

from __future__ import annotations

import gzip

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapview.web.middleware.holding import holding

__all__ = ["Compressed"]

_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")
_LEVEL = 6
_LEAST_BYTES = 1_000


class Compressed:
    """Sends the files below `/static`, and the page that asks for them, compressed (ASGI)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and compress what comes back."""
        if not _is_asked(scope):
            await self.app(scope, receive, send)
            return
        kept = self._kept.get(scope["path"])
        if kept and not _has(scope, b"if-none-match"):
            await _send_whole(*kept, send)
            return

        async def finish(start: Message, body: bytes) -> None:
            await self._finish(scope["path"], start, body, send)

        await self.app(scope, receive, holding(send, _is_whole, finish))

    async def _finish(self, path: str, start: Message, body: bytes, send: Send) -> None:
        headers = MutableHeaders(scope=start)
        if _is_packed_here(headers):
            body = await to_thread.run_sync(_packed, body)
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(body))
            headers.add_vary_header("Accept-Encoding")
            if "etag" in headers:
                headers["ETag"] = f"W/{headers['etag'].removeprefix('W/')}"
            del headers["Accept-Ranges"]
        if _lasts(headers):
            # No more than there are such files: a path that is none is not answered with one.
            self._kept[path] = (start, body)
        await _send_whole(start, body, send)


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)


async def _send_whole(start: Message, body: bytes, send: Send) -> None:
    await send({**start, "headers": list(start["headers"])})
    await send({"type": "http.response.body", "body": body})


def _is_asked(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or _has(scope, b"range"):
        return False
    path = scope["path"]
    is_streamlits = path == "/" or path.startswith("/static/")
    return is_streamlits and "gzip" in Headers(scope=scope).get("accept-encoding", "")


def _has(scope: Scope, name: bytes) -> bool:
    return any(one == name for one, _ in scope["headers"])


def _is_whole(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    is_plain = message["status"] == 200 and "content-encoding" not in headers  # noqa: PLR2004
    return is_plain and (_is_packed_here(headers) or _lasts(headers))


def _is_packed_here(headers: Headers) -> bool:
    is_long = int(headers.get("content-length", "0")) >= _LEAST_BYTES
    return is_long and headers.get("content-type", "").startswith(_TEXT)


def _lasts(headers: Headers) -> bool:
    return "immutable" in headers.get("cache-control", "")

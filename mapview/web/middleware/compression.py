"""Streamlit's own scripts and styles, compressed: a third of the bytes on a slow line.

Streamlit compresses all other answers, and leaves these to a proxy, since it would do so anew for
each reader. Their names change with their content, so here each is compressed once and kept.
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
    """Sends the files below `/static` compressed, and the page that asks for them (ASGI)."""

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

        await self.app(scope, receive, holding(send, _is_text, finish))

    async def _finish(self, path: str, start: Message, body: bytes, send: Send) -> None:
        packed = await to_thread.run_sync(_packed, body)
        headers = MutableHeaders(scope=start)
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(packed))
        headers.add_vary_header("Accept-Encoding")
        if "etag" in headers:
            headers["ETag"] = f"W/{headers['etag'].removeprefix('W/')}"
        del headers["Accept-Ranges"]
        if "immutable" in headers.get("cache-control", ""):
            # No more than there are such files: a path that is none is not answered with one.
            self._kept[path] = (start, packed)
        await _send_whole(start, packed, send)


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


def _is_text(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    return (
        message["status"] == 200  # noqa: PLR2004
        and headers.get("content-type", "").startswith(_TEXT)
        and "content-encoding" not in headers
        and int(headers.get("content-length", "0")) >= _LEAST_BYTES
    )

"""A page before its script runs: in which language it is, how wide, and with what links say of it.

Streamlit draws an empty narrow column until the script has said how wide the page is. The frame in
it asks for its files one after another, unless its page says at once which they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geodata.tongue import LANGUAGES
from mapview.web.middleware.holding import holding

__all__ = ["FirstLook"]

# What `mapview/ui/page.css` says once it is there; pages beside the map say more, and win.
_STYLE = b"<style>.stApp .stMainBlockContainer{max-width:none;padding:0}</style>"
_BEFORE = b"</head>"
_PAGES = ("/", "/about", "/groups", "/data")
# As long as with any other language of ours.
_ENGLISH = b'<html lang="en"'


class FirstLook:
    """Puts a style and tags into the head of the map's page (ASGI middleware).

    Each page of the app says of itself in which language it is, as its address asks.

    Args:
        app: What answers.
        tags: Gives the tags of the page that is asked for, in a thread.
        links: What is soon needed by pages at some paths, as a header `Link` says it. Tags would
            not do: streamlit-folium writes the head of its page anew, and all would be asked twice.
    """

    def __init__(
        self,
        app: ASGIApp,
        tags: Callable[[Request], str] | None = None,
        links: Mapping[str, str] | None = None,
    ) -> None:
        self.app = app
        self._tags = tags
        self._links = links or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to the head of the page that comes back."""
        path = scope["path"] if scope["type"] == "http" else ""
        if path in self._links:
            await self.app(scope, receive, _linking(send, self._links[path]))
            return
        if path not in _PAGES:
            await self.app(scope, receive, send)
            return

        async def finish(start: Message, body: bytes) -> None:
            request = Request(scope)
            code = request.query_params.get("lang", "")
            if code in LANGUAGES:
                body = body.replace(_ENGLISH, _ENGLISH.replace(b"en", code.encode()), 1)
            added = _STYLE if path == "/" else b""
            if self._tags and path == "/":
                tags = await to_thread.run_sync(self._tags, request)
                added += tags.encode("utf-8", "replace")
            await _finish(start, body, send, added, is_asked=scope["method"] != "HEAD")

        await self.app(scope, receive, holding(send, _is_page, finish))


def _linking(send: Send, links: str) -> Send:
    async def send_with_links(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Link"] = links
        await send(message)

    return send_with_links


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    is_html = headers.get("content-type", "").startswith("text/html")
    return start["status"] == 200 and is_html and "content-encoding" not in headers  # noqa: PLR2004


async def _finish(start: Message, body: bytes, send: Send, added: bytes, *, is_asked: bool) -> None:
    headers = MutableHeaders(scope=start)
    if is_asked:
        body = body.replace(_BEFORE, added + _BEFORE, 1)
        headers["Content-Length"] = str(len(body))
    elif "content-length" in headers:
        headers["Content-Length"] = str(int(headers["content-length"]) + len(added))
    del headers["Accept-Ranges"]
    await send(start)
    await send({"type": "http.response.body", "body": body})

"""The map's page as Streamlit first lays it out: as wide as it stays, so that nothing moves.

Streamlit draws an empty narrow column until the script has said how wide the page is.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapview.web.middleware.holding import holding

__all__ = ["FirstLook"]

# What `mapview/ui/page.css` says once it is there; pages beside the map say more, and win.
_STYLE = b"<style>.stApp .stMainBlockContainer{max-width:none;padding:0}</style>"
_BEFORE = b"</head>"


class FirstLook:
    """Puts a style into the head of the map's page (ASGI middleware)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the style to the page that comes back."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return

        async def finish(start: Message, body: bytes) -> None:
            await _finish(start, body, send, is_asked=scope["method"] != "HEAD")

        await self.app(scope, receive, holding(send, _is_page, finish))


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    is_html = headers.get("content-type", "").startswith("text/html")
    return start["status"] == 200 and is_html and "content-encoding" not in headers  # noqa: PLR2004


async def _finish(start: Message, body: bytes, send: Send, *, is_asked: bool) -> None:
    headers = MutableHeaders(scope=start)
    if is_asked:
        body = body.replace(_BEFORE, _STYLE + _BEFORE, 1)
        headers["Content-Length"] = str(len(body))
    elif "content-length" in headers:
        headers["Content-Length"] = str(int(headers["content-length"]) + len(_STYLE))
    del headers["Accept-Ranges"]
    await send(start)
    await send({"type": "http.response.body", "body": body})

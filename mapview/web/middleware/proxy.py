"""What stands between browsers and the server: a prefix of all paths, and who took off encryption.

A proxy may hand on `/map/about` as it is or as `/about`; both find the page. What is sent names no
place on the server but relative to itself, and this module is the only one that knows the prefix.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapview.settings import current_settings

__all__ = ["Proxy", "own_address"]

_SECURE = {"http": "https", "ws": "wss"}


class Proxy:
    """Answers below the prefix as at the root (ASGI middleware)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as if it had come without a proxy."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        settings = current_settings()
        prefix = settings.base_path
        if settings.behind_proxy and _is_secure(scope):
            scope = {**scope, "scheme": _SECURE.get(scope["scheme"], scope["scheme"])}
        if prefix and scope["path"] == prefix and scope["type"] == "http":
            query = scope["query_string"].decode("latin-1")
            address = f"{prefix}/{'?' if query else ''}{query}"
            await RedirectResponse(address, status_code=308)(scope, receive, send)
            return

        async def send_within(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                place = headers.get("location", "")
                if place.startswith("/") and not place.startswith("//"):
                    headers["location"] = f"{prefix}{place}"
            await send(message)

        await self.app(_below(scope, prefix), receive, send_within if prefix else send)


def _below(scope: Scope, prefix: str) -> Scope:
    if not prefix or not scope["path"].startswith(f"{prefix}/"):
        return scope
    raw = scope.get("raw_path") or b""
    start = prefix.encode()
    return {
        **scope,
        "path": scope["path"][len(prefix) :],
        "raw_path": raw.removeprefix(start),
    }


def _is_secure(scope: Scope) -> bool:
    # The nearest proxy's own word is the last, whatever came in from before it.
    said = [value for name, value in scope["headers"] if name == b"x-forwarded-proto"]
    return bool(said) and said[-1].rpartition(b",")[2].strip().lower() == b"https"


def own_address(request: Request, path: str = "/") -> str:
    """Return the address of something of this server, as whoever asks reaches it.

    Args:
        request: Whose host is meant; the guard has let it in.
        path: From the server's root on.
    """
    return f"{request.url.scheme}://{request.url.netloc}{current_settings().base_path}{path}"

"""What a server answers that is there for embedded maps alone: these, and nothing of the app."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mapview.settings import current_settings

__all__ = ["EmbedOnly"]

# An embedded map holds all that it needs; the last is how those who run a server see that it lives.
_SERVED = frozenset({"/embed", "/api/oembed", "/_stcore/health"})
_SENTENCE = "this server must be asked for /embed, got another address: it has nothing else to show"
_POLICY = "default-src 'none'; frame-ancestors 'none'"


class EmbedOnly:
    """Refuses whatever is no embedded map, if the server is set so (ASGI middleware)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say what there is."""
        kind = scope["type"]
        if kind not in ("http", "websocket") or not current_settings().is_embed_only:
            await self.app(scope, receive, send)
        elif kind == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": _SENTENCE[:120]})
        elif scope["path"] in _SERVED:
            await self.app(scope, receive, send)
        elif "text/html" in Request(scope).headers.get("accept", ""):
            page = (
                '<!doctype html><html lang="en"><meta charset="utf-8"><title>Mapview</title>'
                f"<p>{_SENTENCE[0].upper()}{_SENTENCE[1:]}.</p></html>"
            )
            headers = {"Content-Security-Policy": _POLICY}
            await HTMLResponse(page, status_code=403, headers=headers)(scope, receive, send)
        else:
            await JSONResponse({"error": _SENTENCE}, status_code=403)(scope, receive, send)

"""What a server answers that is there for embedded maps alone: these, and nothing of the app."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mapview.settings import current_settings
from mapview.web.middleware.refusals import refusal

__all__ = ["EmbedOnly"]

# An embedded map holds all that it needs; the last three tell those who run the server how it is.
_SERVED = frozenset(
    {"/embed", "/api/oembed", "/api/card.png", "/healthz", "/metrics", "/_stcore/health"}
)
_SENTENCE = "this server must be asked for /embed, got another address: it has nothing else to show"


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
        else:
            await refusal(Request(scope), _SENTENCE, 403)(scope, receive, send)

"""Headers that keep pages to themselves: nothing from other hosts, no framing by other sites.

Who may frame the embedded map is set by `MAPVIEW_FRAME_ANCESTORS`, as sources of a
Content-Security-Policy; by default any page of this machine's own server may, and nobody else.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geodata.errors import SettingError
from mapview.layer.tiles import tiles_url

__all__ = ["ANCESTORS_VARIABLE", "SecurityHeaders", "frame_ancestors", "policy"]

ANCESTORS_VARIABLE = "MAPVIEW_FRAME_ANCESTORS"
# A host source of a Content-Security-Policy, or 'self' or 'none'; nothing that could end the rule,
# and no scheme alone, which lets in every site.
_SOURCE = re.compile(r"'self'|'none'|(?:https?://)?(?:\*\.)?[A-Za-z0-9.-]+(?::(?:\d{1,5}|\*))?")


@cache
def _streamlit_scripts() -> str:
    """Return the fingerprints of the scripts that stand in Streamlit's own page."""
    package = importlib.util.find_spec("streamlit")
    folder = Path(package.origin).parent if package and package.origin else Path()
    page = (folder / "static" / "index.html").read_text("utf-8")
    digests = (hashlib.sha256(one.encode()).digest() for one in _INLINE.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)


_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Streamlit puts styles of its elements and ours into the page as they come. No other host may be
# asked for anything.
_PAGE = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    # It covers the page's own WebSocket too; a bare `ws:` would allow any host.
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
# streamlit-folium runs the map's script, which arrives as text, with `eval`. None of it is text of
# records.
_COMPONENT = {**_PAGE, "script-src": "'self' 'unsafe-inline' 'unsafe-eval'"}
_DATA = {"default-src": "'none'", "frame-ancestors": "'none'"}


def policy(path: str) -> str:
    """Return the Content-Security-Policy for a path of this server."""
    if path.startswith(("/api/", "/assets/")):
        rules = dict(_DATA)
    elif path.startswith("/component/"):
        rules = dict(_COMPONENT)
    else:
        rules = {**_PAGE, "script-src": f"{_PAGE['script-src']} {_streamlit_scripts()}"}
    url = tiles_url()
    if url and "img-src" in rules:
        parts = urlsplit(url)
        rules["img-src"] += f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}"
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def frame_ancestors() -> str:
    """Return who may frame the embedded map, as a Content-Security-Policy says it.

    Raises:
        SettingError: If the setting is no list of sources.
    """
    words = os.environ.get(ANCESTORS_VARIABLE, "").split()
    for word in words:
        if not _SOURCE.fullmatch(word):
            raise SettingError(
                f"{ANCESTORS_VARIABLE} must list sites such as https://example.org, "
                f"got {word!r:.80}"
            )
    return " ".join(words) or "'self'"


class SecurityHeaders:
    """Adds the headers to every HTTP answer (ASGI middleware)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add headers to what comes back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # The embedded map knows the fingerprints of its own scripts and brings its policy.
                headers.setdefault("Content-Security-Policy", policy(scope["path"]))
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)

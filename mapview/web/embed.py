"""The map inside other people's pages: `/embed`, and oEmbed, by which their software finds it.

Who may frame it is told by `mapview.web.security.frame_ancestors`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup, escape
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geodata.errors import GeodataError, RequestError
from geodata.queries import Filter, describe_filter
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.page import write_page
from mapview.data import current_store
from mapview.web.addresses import Address, MapView, changed_since, snippet
from mapview.web.proxy import own_address
from mapview.web.security import frame_ancestors

__all__ = ["EMBED_ROUTES", "Discovery"]

OEMBED_PATH = "/api/oembed"
EMBED_PATH = "/embed"

_META_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_PAGES_KEPT = 32
_SIZE = (640, 480)


def embed(request: Request) -> Response:
    """Answer the map of a filter as a page of its own, made to stand in a frame."""
    try:
        address = Address.from_query(request.url.query)
        store = current_store()
        notice = changed_since(address.version, store.version)
        page = _page(address.chosen, address.view, notice, store.version)
    except GeodataError as error:
        return _refusal(str(error))
    meta = _META_POLICY.search(page)
    rules = meta[1].decode() if meta else "default-src 'none'"
    discovery = _oembed_url(request)
    headers = {
        "Content-Security-Policy": f"{_unescaped(rules)}; frame-ancestors {frame_ancestors()}",
        "Link": _link(discovery),
        "Cache-Control": "no-cache",
    }
    link = Markup('<link rel="alternate" type="application/json+oembed" href="{}">')
    # The page itself is kept for every host that asks; only this line depends on the host.
    head = link.format(discovery).encode() + b"\n</head>"
    return HTMLResponse(page.replace(b"</head>", head, 1), headers=headers)


def _unescaped(rules: str) -> str:
    return rules.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&")


@lru_cache(maxsize=_PAGES_KEPT)
def _page(chosen: Filter, view: MapView | None, notice: str, version: str) -> bytes:
    """Return the page; the fingerprint is part of the key, so that new data give a new page."""
    del version
    store = current_store()
    options = BriefingOptions(extent=view.bounds() if view else None)
    home = f"./?{Address(chosen, view, store.version).to_query()}"
    briefing = compose(store, chosen, options)
    return write_page(briefing, embedded=True, notice=notice, home=home)


def _refusal(sentence: str) -> Response:
    """Answer with a sentence that a reader of the framing page can read."""
    text = f"This map cannot be shown: {sentence}."
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Mapview</title>'
        f"<p>{escape(text)}</p></html>"
    )
    policy = f"default-src 'none'; frame-ancestors {frame_ancestors()}"
    return HTMLResponse(page, status_code=422, headers={"Content-Security-Policy": policy})


class Discovery:
    """Adds to the app's page the header by which software finds its embedded form (middleware).

    The page's own HTML is Streamlit's, so that a `<link>` has no place in it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the header to what comes back."""

        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Link"] = _link(_oembed_url(Request(scope)))
            await send(message)

        is_page = scope["type"] == "http" and scope["path"] == "/"
        await self.app(scope, receive, send_with_link if is_page else send)


def _link(address: str) -> str:
    return f'<{address}>; rel="alternate"; type="application/json+oembed"'


def _oembed_url(request: Request) -> str:
    query = request.url.query
    asked = own_address(request, request.url.path) + (f"?{query}" if query else "")
    told = urlencode({"url": asked, "format": "json"})
    return f"{own_address(request, OEMBED_PATH)}?{told}"


def oembed(request: Request) -> Response:
    """Answer what to put into a page for an address of this app (oembed.com, type `rich`)."""
    wanted = request.query_params
    if wanted.get("format", "json") != "json":
        return JSONResponse({"error": "format must be json"}, status_code=501)
    query = _own_query(wanted.get("url", ""), request)
    if query is None:
        return JSONResponse(
            {"error": f"url must be an address of the map on {own_address(request)}"},
            status_code=404,
        )
    try:
        address = Address.from_query(query)
        width = _size(wanted.get("maxwidth"), _SIZE[0], "maxwidth")
        height = _size(wanted.get("maxheight"), _SIZE[1], "maxheight")
    except GeodataError as error:
        return JSONResponse({"error": str(error)}, status_code=422)
    store = current_store()
    title = describe_filter(address.chosen, store.context)
    told = address.to_query()
    url = own_address(request, EMBED_PATH) + (f"?{told}" if told else "")
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Mapview",
        "provider_url": own_address(request),
        "width": width,
        "height": height,
        "html": snippet(url, title, width=str(width), height_px=height),
    }
    return JSONResponse(answer)


def _own_query(url: str, request: Request) -> str | None:
    """Return the query of an address of this app's map; `None` for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    own = urlsplit(own_address(request, ""))
    is_own = (parts.scheme, parts.netloc) == (own.scheme, own.netloc)
    is_map = parts.path in {own.path, f"{own.path}/", f"{own.path}{EMBED_PATH}"}
    return parts.query if is_own and is_map else None


def _size(text: str | None, usual: int, name: str) -> int:
    if text is None:
        return usual
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        raise RequestError(f"{name} must be a number of pixels, got {text!r:.20}")
    return max(1, min(usual, int(text)))


EMBED_ROUTES = [Route(EMBED_PATH, embed), Route(OEMBED_PATH, oembed)]

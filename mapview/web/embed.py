"""The map inside other people's pages: `/embed`, and oEmbed, by which their software finds it.

Who may frame it is told by `mapview.web.middleware.security.frame_ancestors`.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode, urlsplit

from anyio import to_thread
from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geodata.errors import ChangedError, EngineError, GeodataError, RequestError
from geodata.tongue import labelled, say, speaking
from mapview.briefing.page import page_policy
from mapview.data import current_store
from mapview.settings import current_settings
from mapview.web.addresses import Address, snippet
from mapview.web.answers import etag_of, head_of, is_known, made_for, takes_gzip
from mapview.web.kept import Kept
from mapview.web.middleware import (
    SECONDS_WITHOUT_ENGINE,
    frame_ancestors,
    own_address,
    sentence_page,
    told_in,
)
from mapview.web.preview import card_fitting, image_tags
from mapview.workers import Busy, of_version, queue_of, write_embedded

__all__ = ["EMBED_ROUTES", "Discovery"]

OEMBED_PATH = "/api/oembed"
EMBED_PATH = "/embed"

HOME = "./"
_SIZE = (640, 480)
_MOST = 1_000_000


async def embed(request: Request) -> Response:
    """Answer the map of a filter as a page of its own, made to stand in a frame."""
    try:
        address = Address.from_query(request.url.query)
    except GeodataError as error:
        return _refusal(request, str(error))
    discovery, spoken = _oembed_url(request), address.language
    etag = etag_of(current_store().version, address.chosen.to_query(), discovery, spoken)
    headers = {
        "Content-Security-Policy": f"{page_policy()}; frame-ancestors {frame_ancestors()}",
        "Link": _link(discovery),
        "ETag": etag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
    }
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return head_of(headers, "text/html")
    try:
        asked = Address(address.chosen, language=spoken)
        page = await _PAGES.get(asked, current_store().version)
    except Busy as busy:
        return _refusal(request, str(busy), seconds=busy.seconds)
    except GeodataError as error:
        has_changed = isinstance(error, ChangedError)
        seconds = SECONDS_WITHOUT_ENGINE if has_changed or isinstance(error, EngineError) else 0
        return _refusal(request, str(error), seconds, status=409 if has_changed else 0)
    link = Markup('<link rel="alternate" type="application/json+oembed" href="{}">')
    # The page itself is kept for all who ask; only these lines depend on what they asked by.
    store = current_store()
    # The card has no base areas.
    shown = replace(address, chosen=replace(address.chosen, base_areas=False))
    said = shown.describe(store.context)
    more = link.format(discovery) + "\n" + image_tags(request, address.chosen, said)
    page = page.replace(b"</head>", more.encode() + b"</head>", 1)
    if takes_gzip(request):
        headers["Content-Encoding"] = "gzip"
        # Nearly all of it is compressed within, so that more effort would gain nothing.
        page = await to_thread.run_sync(partial(gzip.compress, page, 1, mtime=0))
    return HTMLResponse(page, headers=headers)


async def _make(address: Address, version: str) -> bytes:
    # Where there is no app, there is nothing to lead to.
    home = "" if current_settings().is_embed_only else HOME
    asked = (version, write_embedded, address.chosen, home, address.language)
    with await made_for(None, queue_of("embeds"), of_version, *asked) as file:
        return file.read()


_PAGES = Kept(_make)


def _refusal(request: Request, sentence: str, seconds: int = 0, status: int = 0) -> Response:
    """Answer with a sentence that a reader of the framing page can read.

    Args:
        request: Says in which language, if that is known of the sentence.
        sentence: What is wrong.
        seconds: After how long the page asks again by itself; 0 for never.
        status: Of the answer, if it is not the usual one of either.
    """
    again = f'<meta http-equiv="refresh" content="{seconds}">' if seconds else ""
    words, code = told_in(request.query_params.get("lang", ""), sentence)
    with speaking(code):
        told = labelled(say("This map cannot be shown"), words)
    page = sentence_page(told, again, code=code)
    headers = {
        "Content-Security-Policy": f"default-src 'none'; frame-ancestors {frame_ancestors()}"
    }
    if seconds:
        headers["Retry-After"] = str(seconds)
    return HTMLResponse(page, status or (503 if seconds else 422), headers=headers)


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
    store = current_store(address.chosen.known)
    title = address.describe(store.context)
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
        **card_fitting(
            request,
            address.chosen,
            _size(wanted.get("maxwidth"), _MOST, "maxwidth"),
            _size(wanted.get("maxheight"), _MOST, "maxheight"),
        ),
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

"""The card of a filter, and what the app's page says of itself to software that shows links."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geodata.errors import GeodataError, RequestError
from geodata.queries import Filter, describe_filter
from geodata.scope import describe_scope
from mapview.briefing.message import short_headline
from mapview.data import current_store
from mapview.detail import incident_line
from mapview.web.addresses import Address
from mapview.web.answers import etag_of, head_of, is_known, made_for
from mapview.web.asking import filter_of, refuse_other_data, refuse_others
from mapview.web.kept import Kept
from mapview.web.preview import CARD_PATH, KIND, WIDTHS, image_tags, tags_of
from mapview.workers import of_version, queue_of, write_card

__all__ = ["CARD_ROUTES", "page_tags"]


async def card(request: Request) -> Response:
    """Answer the map of a filter as a card, in one of two sizes."""
    chosen, width = filter_of(request), request.query_params.get("w", "1200")
    refuse_others(request, ("f", "v", "w"))
    if width not in map(str, WIDTHS):
        raise RequestError(f"w must be {' or '.join(map(str, WIDTHS))}, got {width!r:.20}")
    version = current_store().version
    refuse_other_data(request, version)
    etag = etag_of(version, "card", width, chosen.to_query())
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return head_of(headers, KIND)
    content = await _CARDS[int(width)].get(chosen, version)
    return Response(content, media_type=KIND, headers=headers)


async def _make(dpi: int, chosen: Filter, version: str) -> bytes:
    # Whoever asked may go away while others wait for it.
    asked = (version, write_card, chosen, dpi)
    with await made_for(None, queue_of("embeds"), of_version, *asked) as file:
        return file.read()


_CARDS = {width: Kept(partial(_make, dpi)) for width, dpi in WIDTHS.items()}


def page_tags(request: Request) -> Markup:
    """Return the tags of the app's page; none where its address cannot be understood."""
    try:
        chosen, title, shown, said = _told(request)
    except GeodataError:
        return Markup()
    tags = {
        "og:site_name": "Mapview",
        "og:type": "website",
        "og:title": title,
        "og:description": said,
    }
    described = Markup('<meta name="description" content="{}">\n').format(said)
    return described + tags_of(tags) + image_tags(request, chosen, f"{shown}. {said}")


def _told(request: Request) -> tuple[Filter, str, str, str]:
    """Return what an address shows, or the one record that it opens.

    With it come its title, that of its card, which has no base areas, and a description.
    """
    address = Address.from_query(request.url.query)
    with address.speaking():
        return _worded(request, address)


def _worded(request: Request, address: Address) -> tuple[Filter, str, str, str]:
    store = current_store()
    identifier = parse_qs(request.url.query).get("id", [""])[-1]
    incident = store.incident(identifier) if identifier else None
    if incident is None:
        chosen = address.chosen
        said = f"{describe_scope(store.totals(chosen))}."
        card = describe_filter(replace(chosen, base_areas=False), store.context)
        return chosen, describe_filter(chosen, store.context), card, said
    line = incident_line(incident, store.context)
    chosen = Filter(ids=(identifier,), base_areas=False, known=address.chosen.known)
    parts = (one for one in (line.what, line.place, line.responsibility) if one)
    told = " ".join(f"{one[0].upper()}{one[1:].rstrip('.')}." for one in parts)
    title = short_headline(line)
    return chosen, title, title, told


CARD_ROUTES = [Route(CARD_PATH, card)]

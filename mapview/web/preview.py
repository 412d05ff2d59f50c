"""What is seen of a link before it is opened: title, counts with bounds, and the map as a card.

Software that shows links reads them as `og:` tags; the card is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request

from geodata.queries import Filter
from mapview.web.middleware import own_address

__all__ = ["CARD_PATH", "KIND", "WIDTHS", "card_fitting", "image_tags", "tags_of"]

CARD_PATH = "/api/card.png"
# Widths that there are, the largest first, and the pixels an inch that give them.
WIDTHS = {1200: 96, 600: 48}
_SHAPE = 630 / 1200
KIND = "image/png"


def _address(request: Request, chosen: Filter, width: int) -> str:
    told = {"f": chosen.to_query()} if chosen != Filter() else {}
    small = {"w": str(width)} if width != max(WIDTHS) else {}
    query = urlencode({**told, **small})
    return own_address(request, CARD_PATH) + (f"?{query}" if query else "")


def card_fitting(request: Request, chosen: Filter, width: int, height: int) -> dict[str, str | int]:
    """Return address and size of the largest card that fits, as oEmbed has them, or nothing.

    Args:
        request: Whose host is meant.
        chosen: What the card shows.
        width: The most that it may be wide, in pixels.
        height: The most that it may be high.
    """
    for one in WIDTHS:
        high = round(one * _SHAPE)
        if one <= width and high <= height:
            address = _address(request, chosen, one)
            size = {"thumbnail_width": one, "thumbnail_height": high}
            return {"thumbnail_url": address, **size}
    return {}


def image_tags(request: Request, chosen: Filter, said: str) -> Markup:
    """Return the tags that lead to the card.

    Args:
        request: Whose host is meant.
        chosen: What the card shows; it leaves out base areas.
        said: The same in words, without base areas.
    """
    width = max(WIDTHS)
    tags = {
        "og:image": _address(request, chosen, width),
        "og:image:type": KIND,
        "og:image:width": str(width),
        "og:image:height": str(round(width * _SHAPE)),
        "og:image:alt": said,
    }
    card_kind = Markup('<meta name="twitter:card" content="summary_large_image">\n')
    return card_kind + tags_of(tags)


def tags_of(values: dict[str, str]) -> Markup:
    """Return `og:` tags with names and contents."""
    return Markup().join(_each(values))


def _each(values: dict[str, str]) -> Iterator[Markup]:
    for name, content in values.items():
        yield Markup('<meta property="{}" content="{}">\n').format(name, content)

"""Addresses that can be handed on: what they say of filter, view and data, and how they are made.

The app, the embedded map and links between them use the same keys: those of a filter, `view` for
the part of the map, `v` for the fingerprint of the data that the link was made from, and `lang`
for the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from markupsafe import Markup

from geodata.errors import RequestError
from geodata.geodesy import mercator_latitude, mercator_y
from geodata.queries import FILTER_KEYS, Bounds, Filter, describe_filter
from geodata.records import ENGLISH, Records, language_asked, speaking
from mapview.briefing.content import CHANGED

__all__ = ["VERSION_KEY", "VIEW_KEY", "Address", "MapView", "changed_since", "snippet"]

VIEW_KEY = "view"
VERSION_KEY = "v"
LANGUAGE_KEY = "lang"
_TILE_PX = 256
_MOST_ZOOM = 22
_MOST_FIELDS = 600
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class MapView:
    """A part of the map: its middle and its zoom.

    Attributes:
        lon: Degrees east.
        lat: Degrees north; beyond web mercator's last latitude the map's edge is shown.
        zoom: Web-mercator zoom level.
    """

    lon: float
    lat: float
    zoom: float

    @classmethod
    def parse(cls, text: str) -> MapView:
        """Return the view that a text such as `66.9,37.2,5` describes.

        Raises:
            RequestError: If it is not lon,lat,zoom within their bounds.
        """
        parts = [part.strip() for part in text.split(",")]
        if len(parts) != 3 or not all(map(_NUMBER.fullmatch, parts)):  # noqa: PLR2004
            raise RequestError(f"view must be lon,lat,zoom, got {text!r:.60}")
        lon, lat, zoom = map(float, parts)
        inside = abs(lon) <= 180 and abs(lat) <= 90 and 0 <= zoom <= _MOST_ZOOM  # noqa: PLR2004
        if not inside:
            raise RequestError(
                f"view must have lon within 180, lat within 90 and zoom within [0, {_MOST_ZOOM}], "
                f"got {text!r:.60}"
            )
        return cls(lon, lat, zoom)

    def __str__(self) -> str:
        return f"{self.lon:.4f},{self.lat:.4f},{self.zoom:g}"

    def bounds(self, *, width_px: int = 960, height_px: int = 600) -> Bounds:
        """Return west, south, east, north of what a map of that size shows, in degrees.

        Args:
            width_px: Width of the map.
            height_px: Its height.

        Example:
            >>> MapView(60, 0, 0).bounds(width_px=128, height_px=128)
            (-30.0, -66.5133, 150.0, 66.5133)
        """
        world = _TILE_PX * 2**self.zoom
        half = min(180.0, 180 * width_px / world)
        middle, reach = mercator_y(self.lat), height_px / world / 2
        south, north = (round(mercator_latitude(middle + side), 4) for side in (reach, -reach))
        if half == 180:  # noqa: PLR2004 - the whole way around
            return (-180.0, south, 180.0, north)
        return (_turned(self.lon - half), south, _turned(self.lon + half), north)


def _turned(lon: float) -> float:
    return round((lon + 180) % 360 - 180, 4)


@dataclass(frozen=True)
class Address:
    """What a link says.

    Attributes:
        chosen: The filter.
        view: The part of the map; `None` leaves it to the page.
        version: Fingerprint of the data that the link was made from; empty for none.
        language: One of `LANGUAGES`.
    """

    chosen: Filter = field(default_factory=Filter)
    view: MapView | None = None
    version: str = ""
    language: str = ENGLISH

    @classmethod
    def from_query(cls, query: str) -> Address:
        """Return what a query says; keys that only the app knows are left aside.

        Raises:
            RequestError: If a value cannot be understood.

        Example:
            >>> Address.from_query("country=TJ&panel=table&view=69,38,6").chosen.countries
            ('TJ',)
        """
        try:
            pairs = parse_qsl(query, max_num_fields=_MOST_FIELDS)
        except ValueError as error:
            raise RequestError(f"an address must have at most {_MOST_FIELDS} values") from error
        return cls.from_pairs(pairs)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Address:
        """Return what keys and values say; see `from_query`."""
        pairs = list(pairs)
        last = dict(pairs)
        version = last.get(VERSION_KEY, "")
        return cls(
            chosen=Filter.from_pairs((key, value) for key, value in pairs if key in FILTER_KEYS),
            view=MapView.parse(last[VIEW_KEY]) if last.get(VIEW_KEY) else None,
            version=version if re.fullmatch(r"[0-9a-f]{12}", version, re.ASCII) else "",
            language=language_asked(last.get(LANGUAGE_KEY) or ENGLISH),
        )

    def describe(self, records: Records) -> str:
        """Return what the link's filter says, in the link's language."""
        with self.speaking():
            return describe_filter(self.chosen, records)

    def speaking(self) -> AbstractContextManager[None]:
        """Return what speaks the link's language for a while."""
        return speaking(self.language)

    def to_query(self) -> str:
        """Return the query that `from_query` reads."""
        pairs = self.chosen.to_pairs()
        if self.view:
            pairs.append((VIEW_KEY, str(self.view)))
        if self.version:
            pairs.append((VERSION_KEY, self.version))
        if self.language != ENGLISH:
            pairs.append((LANGUAGE_KEY, self.language))
        return urlencode(pairs, safe=",")


def changed_since(version: str, current: str) -> str:
    """Return a sentence when the data are not those that a link was made from, or nothing.

    Args:
        version: Fingerprint in the link; empty when it has none.
        current: Fingerprint of the data shown.
    """
    if not version or version == current:
        return ""
    return CHANGED.format(link=version, now=current)


def snippet(url: str, title: str, *, width: str = "100%", height_px: int = 520) -> str:
    """Return the HTML that puts the embedded map into another page.

    The frame gets no rights but to run its own script and to open links in a new tab. That tab is
    free of the frame's limits: the whole map, or a source's site, would not work within them.

    Args:
        url: Address of the embedded map.
        title: What screen readers say of the frame.
        width: Width as HTML takes it.
        height_px: Height in CSS pixels.
    """
    frame = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" style="border:0;max-width:100%" '
        'loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
        'referrerpolicy="no-referrer"></iframe>'
    )
    return str(frame.format(url, title, width, height_px))

"""Online map tiles: off unless whoever starts the program switches them on.

Tiles tell their server which part of the world somebody looks at, so the program never asks for
one by itself. The address is a setting; only the browser fetches them.
"""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from geodata.errors import SettingError

__all__ = ["ATTRIBUTION_VARIABLE", "OSM_TILES", "TILES_VARIABLE", "tiles_options", "tiles_url"]

TILES_VARIABLE = "MAPVIEW_TILES"
ATTRIBUTION_VARIABLE = "MAPVIEW_TILES_ATTRIBUTION"
OSM_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
# A host goes into the Content-Security-Policy, where `{s}.` becomes `*.`.
_HOST = re.compile(r"(\{s\}\.)?[A-Za-z0-9.:\[\]-]+")
# What an address has; it stands in a script and in attributes.
_PLAIN = re.compile(r"[A-Za-z0-9{}\[\]:/?#@!$&()*+,;=%._~-]+")
_OSM_ATTRIBUTION = "© OpenStreetMap contributors"


def tiles_url() -> str:
    """Return the tile address that was switched on, or an empty text.

    `on` stands for OpenStreetMap's standard tiles.

    Raises:
        SettingError: If the setting is no http(s) address with {z}, {x} and {y}.
    """
    setting = os.environ.get(TILES_VARIABLE, "").strip()
    if setting.casefold() in ("", "off"):
        return ""
    url = OSM_TILES if setting.casefold() == "on" else setting
    if not _is_template(url):
        raise SettingError(
            f"{TILES_VARIABLE} must be on, off or an http(s) address with {{z}}, {{x}} and {{y}}, "
            f"got {setting!r:.120}"
        )
    return url


def _is_template(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    named = all(name in url for name in ("{z}", "{x}", "{y}"))
    is_host = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc) is not None
    return named and is_host and _PLAIN.fullmatch(url) is not None


def tiles_options() -> dict[str, str] | None:
    """Return address and attribution of the tiles, or `None` when they are off."""
    url = tiles_url()
    attribution = os.environ.get(ATTRIBUTION_VARIABLE, "").strip() or _OSM_ATTRIBUTION
    return {"url": url, "attribution": attribution} if url else None

"""Own the browser's half of the map: which modules a page begins with, and which styles it has."""

from __future__ import annotations

from typing import Final

# Each is joined with all that it imports; see `mapview.assets.bundle`.
FRAME_ENTRY: Final = "frame.js"
PAGE_ENTRY: Final = "page/main.js"

GROUP_STYLES: Final = "group.css"
STYLESHEETS: Final[tuple[str, ...]] = ("map.css", "controls.css")

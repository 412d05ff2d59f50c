"""Own the browser's half of the map: which modules a page begins with, and which styles it has."""

from __future__ import annotations

from typing import Final

# Each is joined with all that it imports; see `mapview.assets.bundle`.
FRAME_ENTRY: Final = "frame.js"
PAGE_ENTRY: Final = "page/main.js"
DROP_ENTRY: Final = "drop.js"
VIEWER_ENTRY: Final = "viewer/main.js"
# A module of its own, as notebooks load them.
NOTEBOOK_ENTRY: Final = "notebook.js"

GROUP_STYLES: Final = "group.css"
VIEWER_STYLES: Final = "viewer/viewer.css"
_MAP: Final = ("map.css", "legend.css", "controls.css")
_STAGE: Final = (
    "page.css",
    "bar.css",
    "stage.css",
    "goto.css",
    "filters.css",
    "timeline.css",
    "sheet.css",
    "table.css",
    "charts.css",
    "comparison.css",
    "tongue.css",
)
# Of the map and of the stage around it.
STYLESHEETS: Final[tuple[str, ...]] = (*_MAP, *(f"page/{name}" for name in _STAGE))

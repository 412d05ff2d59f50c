"""Own the browser's half of the map: which scripts and styles, in which order."""

from __future__ import annotations

from typing import Final

# Classic scripts without a build step: each adds to window.Mapview and leans on those before it.
SCRIPTS: Final[tuple[str, ...]] = (
    "geometry.js",
    "view.js",
    "dom.js",
    "topology.js",
    "stack.js",
    "feed.js",
    "symbols.js",
    "areas.js",
    "labels.js",
    "basemap.js",
    "marks.js",
    "canvas.js",
    "panel.js",
    "legend.js",
    "data.js",
    "input.js",
    "layer.js",
)

STYLESHEETS: Final[tuple[str, ...]] = ("map.css",)

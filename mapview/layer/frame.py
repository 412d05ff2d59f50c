"""The folium map that streamlit-folium hosts: constant, with one small part that varies.

The map's script never changes between runs, so the frame is never rebuilt and the view is kept.
What varies is a `MapState`, given as `feature_group_to_add`: one line that tells the layer in the
frame which filter to show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import folium
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps

__all__ = ["IncidentLayer", "MapState", "OfflineMap", "draw_map"]

# From the frame's page, `component/<name>/index.html`, to the server's root: a path from the root
# would miss the prefix that a proxy may have put before it.
ROOT = "../../"
BASEMAP = {
    "world": f"{ROOT}assets/basemap/world.topojson",
    "provinces": f"{ROOT}assets/basemap/provinces.topojson",
    "labels": f"{ROOT}assets/basemap/labels.json",
}


def script_value(value: object) -> str:
    r"""Return a value as JavaScript in which no text can end the script or begin a template.

    folium reads the finished script as a Jinja template once more, so that a `{{ … }}` in a
    filter's text would be run by this program.

    Example:
        >>> print(script_value({"filter": "q={{7*7}}</script>"}))
        {"filter": "q=\u007b{7*7}}\u003c/script\u003e"}
    """
    return re.sub(r"\{(?=[{%#])", r"\\u007b", str(htmlsafe_json_dumps(value)))


class OfflineMap(folium.Map):
    """A folium map whose page loads nothing but what this program serves itself.

    folium's own lists name ten files on four hosts; only Leaflet is needed.
    """

    default_js = [  # noqa: RUF012 - folium reads them from the class
        ("leaflet", f"{ROOT}assets/leaflet/leaflet.js"),
        ("mapview", f"{ROOT}assets/mapview.js"),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet_css", f"{ROOT}assets/leaflet/leaflet.css"),
        ("mapview_css", f"{ROOT}assets/mapview.css"),
    ]


class IncidentLayer(folium.MacroElement):
    """Puts the incident map of the assets on a folium map.

    Args:
        tiles: `{"url", "attribution"}` of online tiles, or `None` to stay offline.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.mapviewMap = Mapview.mountInFrame(
                {{ this._parent.get_name() }}, {{ this.config }});
        {% endmacro %}
    """)

    def __init__(self, *, tiles: Mapping[str, str] | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "IncidentLayer"
        config = {
            "api": f"{ROOT}api",
            "basemap": BASEMAP,
            "tiles": dict(tiles) if tiles else None,
        }
        self.config = script_value(config)


class MapState(folium.FeatureGroup):
    """The part of the map that varies: which filter it shows and what is selected.

    Args:
        state: As `setState` of the layer takes it: `filter`, `version`, `selected`, `area`, and
            what `assets/frame.js` adds, such as `go` with lon, lat and zoom to fly to.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.featureGroup([]);
            window.mapviewMap.setState({{ this.state }});
        {% endmacro %}
    """)

    def __init__(self, state: Mapping[str, Any]) -> None:
        super().__init__()
        self.state = script_value(dict(state))


def draw_map(*, tiles: Mapping[str, str] | None = None) -> OfflineMap:
    """Return the map with the incident layer; the same script every time."""
    figure = OfflineMap(tiles=None, zoom_control=True, control_scale=False, world_copy_jump=True)
    IncidentLayer(tiles=tiles).add_to(figure)
    return figure

"""The folium map that streamlit-folium hosts, with the stage on it.

The map's script never changes while the records stay, so the frame is never rebuilt. What is
chosen is the stage's own; the program around is told of it when it is needed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import folium
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps

from mapview.layer.stage import app_skeleton, tongue_of_scripts

__all__ = ["FRAME_PAGE", "IncidentLayer", "OfflineMap", "draw_map", "early_links"]

FRAME_PAGE = "/component/streamlit_folium.st_folium/index.html"
# From the frame's page to the server's root: a path from the root
# would miss the prefix that a proxy may have put before it.
ROOT = "../../"
BASEMAP = {
    "world": f"{ROOT}assets/basemap/world.topojson",
    "outlook": f"{ROOT}assets/basemap/outlook.topojson",
    "provinces": f"{ROOT}assets/basemap/provinces.topojson",
    "detail": f"{ROOT}assets/basemap/detail.topojson",
    "labels": f"{ROOT}assets/basemap/labels.json",
}


# Letters that are not Latin stay as they are, which is a third as long as their codes.
_CODED = re.compile(r"[^ -~\w]")


def _plainly(value: object, **how: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, **how)
    return _CODED.sub(lambda one: json.dumps(one[0])[1:-1], text)


def script_value(value: object) -> str:
    r"""Return a value as JavaScript in which no text can end the script or begin a template.

    folium reads the finished script as a Jinja template once more, so that a `{{ … }}` in a
    filter's text would be run by this program.

    Example:
        >>> print(script_value({"filter": "q={{7*7}}</script>"}))
        {"filter": "q=\u007b{7*7}}\u003c/script\u003e"}
    """
    return re.sub(r"\{(?=[{%#])", r"\\u007b", str(htmlsafe_json_dumps(value, dumps=_plainly)))


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
    """Puts the stage with the incident map on a folium map.

    Args:
        config: What `mountInFrame` of the assets takes beside the addresses.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            Mapview.mountInFrame({{ this._parent.get_name() }}, {{ this.config }});
        {% endmacro %}
    """)

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "IncidentLayer"
        self.config = script_value({"api": f"{ROOT}api", "basemap": BASEMAP, **config})


def early_links() -> str:
    """Return as a header `Link` what the first picture needs: the frame asks for it at once.

    streamlit-folium asks for the scripts one after another, and these for data and ground.
    """
    data = (f"{ROOT}api/stage", BASEMAP["world"], BASEMAP["labels"])
    kinds = {
        **{address: "as=script" for _, address in OfflineMap.default_js},
        **{address: "as=style" for _, address in OfflineMap.default_css},
        **dict.fromkeys(data, "as=fetch; crossorigin"),
    }
    return ", ".join(f"<{one}>; rel=preload; {kind}" for one, kind in kinds.items())


def draw_map(config: Mapping[str, Any]) -> OfflineMap:
    """Return the map with the stage; the same script for the same configuration.

    Args:
        config: `home`, `formats`, `tiles`, and what is to be known first.
    """
    figure = OfflineMap(tiles=None, zoom_control=True, control_scale=False, world_copy_jump=True)
    spoken = {"skeleton": app_skeleton(), "tongue": tongue_of_scripts()}
    IncidentLayer({**spoken, **config}).add_to(figure)
    return figure

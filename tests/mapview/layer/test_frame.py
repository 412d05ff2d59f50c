"""The folium map: the same script every time, nothing from elsewhere, state as plain values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import streamlit_folium
from samples import HOSTILE, Tags
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_leaflet_string

from mapview.layer.frame import BASEMAP, ROOT, MapState, draw_map

TILES = {"url": "https://tiles.example/{z}/{x}/{y}.png", "attribution": "</script><b>x</b>"}


def state(**changes: Any) -> dict[str, Any]:
    plain = {"filter": "", "version": "1", "selected": None, "area": None, "go": None}
    return plain | changes


def state_script(value: dict[str, Any]) -> str:
    """The script as streamlit-folium sends it to the frame."""
    return str(_get_feature_group_string(MapState(value), draw_map()))


def told(script: str) -> Any:
    """What the layer is told by such a script."""
    match = re.search(r"window\.mapviewMap\.setState\((.*)\);$", script, re.MULTILINE)
    assert match is not None
    return json.loads(match[1])


def mounted(script: str) -> Any:
    """The configuration that the layer is mounted with."""
    match = re.search(r"Mapview\.mountInFrame\(\s*(\w+), (\{.*\})\);$", script, re.MULTILINE)
    assert match is not None
    return json.loads(match[2])


def test_script_is_the_same_every_time() -> None:
    assert _get_map_string(draw_map()) == _get_map_string(draw_map())
    assert _get_map_string(draw_map()) != _get_map_string(draw_map(tiles=TILES))


def test_page_is_the_same_but_for_ids() -> None:
    pages = [re.sub(r"[0-9a-f]{32}", "id", draw_map().get_root().render()) for _ in range(2)]
    assert pages[0] == pages[1]


def test_page_asks_for_own_files_only() -> None:
    html = draw_map().get_root().render()
    tags = Tags(html)
    addresses = [*tags.values("src"), *tags.values("href")]
    assert len(addresses) == 4
    assert all(re.fullmatch(r"\.\./\.\./assets/[a-z/]+\.(js|css)", one) for one in addresses)
    assert re.findall(r"(?:https?:)?//\w[\w.-]*\.\w+", html) == []


def test_layer_is_mounted_on_the_map() -> None:
    script = generate_leaflet_string(draw_map())
    config = mounted(script)
    assert config["basemap"] == BASEMAP
    # A path from the root would miss the prefix of a proxy.
    assert [one for one in (config["api"], *BASEMAP.values()) if not one.startswith(ROOT)] == []
    assert config["tiles"] is None
    assert script.index("L.map(") < script.index("Mapview.mountInFrame(")


def test_tiles_are_named_only_when_given() -> None:
    assert "tiles.example" not in _get_map_string(draw_map())
    script = _get_map_string(draw_map(tiles=TILES))
    assert mounted(script)["tiles"] == TILES
    assert "</script" not in script


def test_streamlit_folium_passes_on_the_latlng_of_a_click_as_it_is() -> None:
    """Messages of the layer travel as the `latlng` of a click on a layer; see assets/frame.js."""
    (script,) = (Path(streamlit_folium.__file__).parent / "frontend/build").rglob("main.*.js")
    text = script.read_text("utf-8")
    # Each layer that is on the map at the start is listened to, and what came is told.
    handler = re.search(r'\.on\("click",(\w+)\),\w+&&\w+\.on\("mouseover",\1\)', text)
    assert handler is not None
    taken = rf"function {handler[1]}\((\w+)\)\{{[^}}]*\.last_object_clicked=\1\.latlng\|\|null"
    assert re.search(taken, text)
    assert re.search(r"last_object_clicked:(\w+)\(\w+\.last_object_clicked\)", text)


def test_state_changes_the_small_part_only() -> None:
    one, same, other = (state_script(state(filter=f)) for f in ("type=arson", "type=arson", ""))
    assert one == same != other
    assert told(one) == state(filter="type=arson")
    assert told(state_script(state(selected="a"))) != told(other)
    go = {"lon": 1.5, "lat": -2.5, "zoom": 7, "id": "a"}
    assert told(state_script(state(go=go)))["go"] == go


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_state_stays_a_value(text: str) -> None:
    value = state(filter=text, selected=text, area=text)
    script = state_script(value)
    assert told(script) == value
    assert "<" not in script
    assert "\u2028" not in script
    assert script.count("\n") == state_script(state()).count("\n")


@pytest.mark.parametrize("text", ["{{7*191}}", "{%raw%}", "{#", "{{{7*191}}}", "{{'L'}}", "${7}"])
def test_state_is_no_template(text: str) -> None:
    """folium compiles the finished script as a template, which must not run anybody's text."""
    figure = draw_map()
    value = state(filter=text)
    MapState(value).add_to(figure)
    page = figure.get_root().render()
    assert "1337" not in page
    assert told(page) == told(state_script(value)) == value

"""The folium map: the same script every time, nothing from elsewhere, texts as plain values."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import streamlit_folium
from page_parts import config_of
from samples import HOSTILE, Tags
from streamlit_folium import _get_map_string, generate_leaflet_string

from mapview import assets
from mapview.layer.frame import BASEMAP, ROOT, draw_map

TILES = {"url": "https://tiles.example/{z}/{x}/{y}.png", "attribution": "</script><b>x</b>"}
CONFIG: dict[str, Any] = {"home": {"near": [60, 30, 70, 40]}, "tiles": None, "notices": []}


def test_script_is_the_same_every_time() -> None:
    assert _get_map_string(draw_map(CONFIG)) == _get_map_string(draw_map(CONFIG))
    assert _get_map_string(draw_map(CONFIG)) != _get_map_string(draw_map(CONFIG | {"tiles": TILES}))


def test_page_is_the_same_but_for_ids() -> None:
    pages = [re.sub(r"[0-9a-f]{32}", "id", draw_map(CONFIG).get_root().render()) for _ in range(2)]
    assert pages[0] == pages[1]


def test_page_asks_for_own_files_only() -> None:
    html = draw_map(CONFIG).get_root().render()
    tags = Tags(html)
    addresses = [*tags.values("src"), *tags.values("href")]
    assert len(addresses) == 4
    assert all(re.fullmatch(r"\.\./\.\./assets/[a-z/]+\.(js|css)", one) for one in addresses)
    assert re.findall(r"(?:https?:)?//\w[\w.-]*\.\w+", html) == []


def test_layer_is_mounted_on_the_map() -> None:
    script = generate_leaflet_string(draw_map(CONFIG))
    config = config_of(script)
    assert config["basemap"] == BASEMAP
    # A path from the root would miss the prefix of a proxy.
    assert [one for one in (config["api"], *BASEMAP.values()) if not one.startswith(ROOT)] == []
    assert config["tiles"] is None
    assert script.index("L.map(") < script.index("Mapview.mountInFrame(")


def test_tiles_are_named_only_when_given() -> None:
    assert "tiles.example" not in _get_map_string(draw_map(CONFIG))
    script = _get_map_string(draw_map(CONFIG | {"tiles": TILES}))
    assert config_of(script)["tiles"] == TILES
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


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_a_value(text: str) -> None:
    config = CONFIG | {"notices": [{"words": text, "lines": [text]}]}
    script = _get_map_string(draw_map(config))
    assert config_of(script)["notices"] == config["notices"]
    assert text not in script or not re.search("[<>&'{]|[^ -~]", text)
    assert "\u2028" not in script
    assert script.count("\n") == _get_map_string(draw_map(CONFIG)).count("\n")


@pytest.mark.parametrize("text", ["{{7*191}}", "{%raw%}", "{#", "{{{7*191}}}", "{{'L'}}", "${7}"])
def test_text_is_no_template(text: str) -> None:
    """folium compiles the finished script as a template, which must not run anybody's text."""
    page = draw_map(CONFIG | {"changed": text}).get_root().render()
    assert "1337" not in page
    assert config_of(page)["changed"] == text
    assert config_of(_get_map_string(draw_map(CONFIG | {"changed": text})))["changed"] == text


def test_the_skeleton_has_every_part_that_scripts_look_for() -> None:
    skeleton = Tags(config_of(_get_map_string(draw_map(CONFIG)))["skeleton"])
    ids = skeleton.values("id")
    assert len(ids) == len({*ids})
    pages = Path(assets.__file__).parent
    scripts = "".join(one.read_text("utf-8") for one in (pages / "page").glob("*.js"))
    own = {"home", "print-legend", "print-map", "print-rows", "print-words"}  # of pages and paper
    assert {*re.findall(r"byId\(\"([\w-]+)\"\)", scripts)} - {*ids} <= own
    assert {*skeleton.values("aria-controls"), *skeleton.values("for")} <= {*ids}

"""Tests of styles for QGIS: well-formed, and a symbol of ours for each value of the column."""

from __future__ import annotations

import base64
import re

import pytest
from fixed_records import incident
from lxml import etree
from pyogrio import read_dataframe

from geodata.records import BASE_AREA, SYMBOLS, Records
from mapview.cartography import DRAWN, KINDS, OTHER, qgis_styles
from mapview.cartography.legend import WORDS
from mapview.exports import export_as


@pytest.mark.parametrize(
    ("layer", "said", "values"),
    [
        ("incidents", "symbol", [*SYMBOLS]),
        ("base_areas", "symbol", [BASE_AREA]),
        (
            "footprints",
            "CASE WHEN \"form\" = 'assumed' THEN 'assumed' ELSE symbol END",
            [*SYMBOLS, "assumed", BASE_AREA],
        ),
    ],
)
def test_every_value_of_the_symbol_column_has_its_look(layer, said, values):
    style = etree.fromstring(qgis_styles()[layer])
    assert style.find("renderer-v2").get("attr") == said
    categories = style.findall("renderer-v2/categories/category")
    assert [one.get("value") for one in categories] == values
    symbols = {one.get("name") for one in style.findall("renderer-v2/symbols/symbol")}
    assert {one.get("symbol") for one in categories} == symbols
    # QGIS drops a class whose symbol draws nothing.
    assert all(len(one) for one in style.findall("renderer-v2/symbols/symbol"))
    assert style.find("temporal").get("startField") == "date_start"


def test_symbols_have_our_outlines_colours_and_hollowness():
    style = etree.fromstring(qgis_styles()["incidents"])
    for kind, layer in zip(KINDS, style.iter("layer"), strict=True):
        look = {one.get("k"): one.get("v") for one in layer.findall("prop")}
        drawing = etree.fromstring(base64.b64decode(look["name"].removeprefix("base64:")))
        assert len(drawing[1].get("points").split()) > 2
        expression = next(
            one.get("value") for one in layer.iter("Option") if one.get("name") == "expression"
        )
        assert kind.color.light in expression
        assert "carried out" in expression


def test_nothing_is_said_to_lie_in_a_ring_that_bounds_nothing():
    style = etree.fromstring(qgis_styles()["footprints"])
    [one] = [
        one for one in style.iter("category") if "somewhere in this area" not in one.get("label")
    ][:1]
    assert one.get("value") == "assumed"
    assert one.get("label") == WORDS["assumed"]
    layers = style.findall(f"renderer-v2/symbols/symbol[@name='{one.get('symbol')}']/layer")
    assert [layer.get("class") for layer in layers] == ["SimpleLine"]


OWN = ("Theft", "", "Peter's \\ car\x01")


def test_types_in_the_words_of_a_source_have_their_looks():
    styles = {name: etree.fromstring(text) for name, text in qgis_styles(OWN).items()}
    for layer, more in (("incidents", ""), ("footprints", ": somewhere in this area")):
        renderer = styles[layer].find("renderer-v2")
        labels = {one.get("value"): one.get("label") for one in renderer.iter("category")}
        assert labels["own-a"] == f"Theft{more}"
        assert labels["own-c"] == f"Peter's \\ car\ufffd{more}"
        assert labels["other"] == f"Other types{more}"
        assert "own-b" not in labels
        said = renderer.get("attr")
        assert "= 'Theft' THEN 'own-a'" in said
        assert "= 'Peter''s \\\\ car\ufffd' THEN 'own-c'" in said
        assert 'ELSE "symbol" END' in said
    letters = [one for one in styles["incidents"].iter("layer") if one.get("class") == "FontMarker"]
    told = [{one.get("k"): one.get("v") for one in layer.findall("prop")} for layer in letters]
    assert [one["chr"] for one in told] == ["A", "C"]
    colors = [one.get("value") for layer in letters for one in layer.iter("Option")]
    for kind in (DRAWN[OTHER + 1], DRAWN[OTHER + 3]):
        assert f"if(\"status\" = 'carried out', '#ffffff', '{kind.color.light}')" in colors


def test_without_such_types_the_column_says_it():
    assert qgis_styles(("", "")) == qgis_styles()


def test_exports_bring_them_along(tmp_path):
    one, other = (
        incident(name, event_types=("other",), type_of_source=name, points=((69.2, 34.5),))
        for name in ("theft", "protest")
    )
    path = tmp_path / "one.gpkg"
    export_as("gpkg", ("protest", "theft")).save(path, Records((one,)))
    found = read_dataframe(path, layer="layer_styles", read_geometry=False)
    styles = dict(zip(found["f_table_name"], found["styleQML"], strict=True))
    expected = dict(qgis_styles(("", "theft")))
    del expected["base_area_outlines"]  # There is no such layer.
    assert styles == expected
    export_as("kml", ("protest", "theft")).save(tmp_path / "two.kml", Records((one, other)))
    text = (tmp_path / "two.kml").read_text("utf-8")
    used = re.findall("<styleUrl>#color-(.*)</styleUrl>", text)
    assert [f"#{color}" for color in used] == [DRAWN[OTHER + at].color.light for at in (2, 1)]

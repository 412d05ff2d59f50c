"""Tests of styles for QGIS: well-formed, and a symbol of ours for each value of the column."""

from __future__ import annotations

import base64

import pytest
from lxml import etree

from geodata.records import BASE_AREA, SYMBOLS
from mapview.cartography import KINDS, qgis_styles
from mapview.exports import EXPORTS


@pytest.mark.parametrize(
    ("layer", "values"),
    [
        ("incidents", [*SYMBOLS]),
        ("base_areas", [BASE_AREA]),
        ("footprints", [*SYMBOLS, BASE_AREA]),
    ],
)
def test_every_value_of_the_symbol_column_has_its_look(layer, values):
    style = etree.fromstring(qgis_styles()[layer])
    assert style.find("renderer-v2").get("attr") == "symbol"
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


def test_exports_bring_them_along(tmp_path):
    assert EXPORTS["gpkg"].look == "styles"
    assert EXPORTS["gpkg"].write.keywords["styles"] == qgis_styles()

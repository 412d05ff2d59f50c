"""Our symbols as QGIS reads them: a style (QML) for each layer of a GeoPackage that has places."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from lxml.builder import E

from geodata.records import BASE_AREA
from mapview.cartography.outlines import symbol_outline
from mapview.cartography.style import HATCHES, KINDS, PALETTE, Kind

__all__ = ["qgis_styles"]

_SYMBOL_MM = "3.6"
# An event that was not carried out for certain is hollow, as on our maps.
_FILL = "if(\"status\" = 'carried out', '{color}', '{paper}')"
_TIME = {"enabled": "1", "mode": "2", "startField": "date_start", "endField": "date_end"}
_RING, _HATCH = PALETTE["ring"].light, HATCHES[0]
_PLAIN = {"style": "no", "outline_style": "solid", "outline_width": "0.3"}


def qgis_styles() -> Mapping[str, str]:
    """Return the styles by the name of the layer."""
    incidents = {kind.id: (kind.label, _marker(kind)) for kind in KINDS}
    return {
        "incidents": _style(incidents, "marker"),
        "base_areas": _style({BASE_AREA: ("Base area", _dot())}, "marker"),
        "footprints": _style(dict(_areas()), "fill"),
    }


def _areas() -> Iterator[tuple[str, tuple[str, list[Any]]]]:
    for kind in KINDS:
        # Of its own for each: an element is in one place alone.
        ring = _layer("SimpleFill", **_PLAIN, outline_color=_rgb(_RING))
        yield kind.id, (f"{kind.label}: somewhere in this area", [ring])
    line = _layer("SimpleLine", line_color=_rgb(_HATCH.color.light), line_width="0.2")
    lines = E.symbol(line, name="@hatch@0", type="line", alpha="0.7")
    angle, step = str(-_HATCH.angle), str(_HATCH.spacing_px * 0.4)
    hatch = _layer("LinePatternFill", angle=angle, distance=step)
    hatch.append(lines)
    edge = _layer("SimpleFill", **_PLAIN, outline_color=_rgb(_HATCH.color.light))
    yield BASE_AREA, ("Base area", [hatch, edge])


def _dot() -> list[Any]:
    color, halo = _rgb(_HATCH.color.light), _rgb(PALETTE["halo"].light)
    return [_layer("SimpleMarker", name="circle", size="1.4", color=color, outline_color=halo)]


def _marker(kind: Kind) -> list[Any]:
    color, paper = kind.color.light, PALETTE["paper"].light
    drawing = base64.b64encode(_drawing(kind).encode()).decode()
    rgb = _rgb(color)
    found = _layer(
        "SvgMarker", name=f"base64:{drawing}", size=_SYMBOL_MM, color=rgb, outline_color=rgb
    )
    fill = {"active": "true", "expression": _FILL.format(color=color, paper=paper), "type": "3"}
    types = {"active": "bool", "expression": "QString", "type": "int"}
    options = [E.Option(name=name, value=fill[name], type=types[name]) for name in types]
    properties = E.Option(E.Option(*options, name="fillColor", type="Map"), type="Map")
    properties.set("name", "properties")
    collection = E.Option(name="type", value="collection", type="QString")
    whole = E.Option(E.Option(name="name", value="", type="QString"), properties, collection)
    whole.set("type", "Map")
    found.append(E.data_defined_properties(whole))
    return [found]


def _drawing(kind: Kind) -> str:
    """Return a symbol as SVG that QGIS fills, with a halo around it."""
    points = " ".join(f"{x:.3f},{y:.3f}" for x, y in symbol_outline(kind.shape))
    halo = f'fill="none" stroke="{PALETTE["halo"].light}" stroke-width="0.7"'
    look = 'fill="param(fill)" stroke="param(outline)" stroke-width="0.3"'
    shapes = "".join(f'<polygon points="{points}" {one}/>' for one in (halo, look))
    box = 'width="300" height="300" viewBox="-1.5 -1.5 3 3"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{shapes}</svg>'


def _layer(kind: str, **properties: str) -> Any:
    props = [E.prop(k=name, v=value) for name, value in properties.items()]
    return E.layer(*props, **{"class": kind, "enabled": "1", "locked": "0", "pass": "0"})


def _rgb(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"


def _style(classes: Mapping[str, tuple[str, list[Any]]], kind: str) -> str:
    categories, symbols = E.categories(), E.symbols()
    for index, (value, (label, layers)) in enumerate(classes.items()):
        number = str(index)
        categories.append(E.category(value=value, label=label, symbol=number, render="true"))
        symbols.append(E.symbol(*layers, name=number, type=kind, alpha="1"))
    look = {"type": "categorizedSymbol", "attr": "symbol"}
    renderer = E("renderer-v2", categories, symbols, **look)
    whole = E.qgis(E.temporal(**_TIME), renderer, version="3.22.0")
    return str(etree.tostring(whole, encoding="unicode", pretty_print=True))

"""Our symbols as QGIS reads them: a style (QML) for each layer of a GeoPackage that has places."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from lxml.builder import E

from geodata.formats.xmltext import xml_text
from geodata.records import BASE_AREA, EventType
from mapview.cartography.outlines import symbol_outline
from mapview.cartography.style import DRAWN, HATCHES, KINDS, OTHER, PALETTE, Kind, label_of

__all__ = ["qgis_styles"]

_SYMBOL_MM = "3.6"
# An event that was not carried out for certain is hollow, as on our maps.
_FILL = "if(\"status\" = 'carried out', '{color}', '{paper}')"
_LETTER_MM = "2.3"
# What stands for itself on our maps: a type for which we have no word, in the words of its source.
# A bar is a space in the column that types are counted in.
_OWN = f"""WHEN "event_types" LIKE '["{EventType.OTHER}"%' AND """
_OWN += """replace("type_of_source", '|', ' ') = {type} THEN '{id}'"""
_TIME = {"enabled": "1", "mode": "2", "startField": "date_start", "endField": "date_end"}
_RING, _HATCH = PALETTE["ring"].light, HATCHES[0]
_PLAIN = {"style": "no", "outline_style": "solid", "outline_width": "0.3"}


def qgis_styles(own: Sequence[str] = ()) -> Mapping[str, str]:
    """Return the styles by the name of the layer.

    Args:
        own: Types in the words of sources that stand for themselves; see `drawn_as`. Of one that is
            empty there is no look.
    """
    kinds = [at for at in range(len(KINDS) + len(own)) if at < len(KINDS) or own[at - len(KINDS)]]
    labels = {at: xml_text(label_of(at, own if any(own) else ())) for at in kinds}
    incidents = {DRAWN[at].id: (labels[at], _marker(DRAWN[at])) for at in kinds}
    value = _value(own)
    return {
        "incidents": _style(incidents, "marker", value),
        "base_areas": _style({BASE_AREA: ("Base area", _dot())}, "marker"),
        "footprints": _style(dict(_areas(labels)), "fill", value),
    }


def _value(own: Sequence[str]) -> str:
    """Return the column or expression that says what a record is drawn as."""
    cases = " ".join(
        _OWN.format(type=_quoted(one), id=kind.id)
        for one, kind in zip(own, DRAWN[OTHER + 1 :], strict=False)
        if one
    )
    return f'CASE {cases} ELSE "symbol" END' if cases else "symbol"


def _quoted(text: str) -> str:
    r"""Return a text as QGIS has it in an expression.

    Example:
        >>> print(_quoted("Peter's \\ car"))
        'Peter''s \\ car'
    """
    escaped = xml_text(text).replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'".replace("\n", "\\n").replace("\t", "\\t")


def _areas(labels: Mapping[int, str]) -> Iterator[tuple[str, tuple[str, list[Any]]]]:
    for at, label in labels.items():
        # Of its own for each: an element is in one place alone.
        ring = _layer("SimpleFill", **_PLAIN, outline_color=_rgb(_RING))
        yield DRAWN[at].id, (f"{label}: somewhere in this area", [ring])
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
    _fill_by_status(found, color, paper)
    if not kind.letter:
        return [found]
    font = {"font": "Noto Sans", "font_style": "Bold", "outline_width": "0"}
    letter = _layer("FontMarker", chr=kind.letter, size=_LETTER_MM, color=_rgb(paper), **font)
    _fill_by_status(letter, paper, color)
    return [found, letter]


def _fill_by_status(layer: Any, sure: str, other: str) -> None:
    """Fill a layer with one colour where an event was carried out, else with another."""
    fill = {"active": "true", "expression": _FILL.format(color=sure, paper=other), "type": "3"}
    types = {"active": "bool", "expression": "QString", "type": "int"}
    options = [E.Option(name=name, value=fill[name], type=types[name]) for name in types]
    properties = E.Option(E.Option(*options, name="fillColor", type="Map"), type="Map")
    properties.set("name", "properties")
    collection = E.Option(name="type", value="collection", type="QString")
    whole = E.Option(E.Option(name="name", value="", type="QString"), properties, collection)
    whole.set("type", "Map")
    layer.append(E.data_defined_properties(whole))


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


def _style(classes: Mapping[str, tuple[str, list[Any]]], kind: str, value: str = "symbol") -> str:
    categories, symbols = E.categories(), E.symbols()
    for index, (name, (label, layers)) in enumerate(classes.items()):
        number = str(index)
        categories.append(E.category(value=name, label=label, symbol=number, render="true"))
        symbols.append(E.symbol(*layers, name=number, type=kind, alpha="1"))
    look = {"type": "categorizedSymbol", "attr": value}
    renderer = E("renderer-v2", categories, symbols, **look)
    whole = E.qgis(E.temporal(**_TIME), renderer, version="3.22.0")
    return str(etree.tostring(whole, encoding="unicode", pretty_print=True))

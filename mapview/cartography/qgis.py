"""Our symbols as QGIS reads them: a style (QML) for each layer of a GeoPackage that has places."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from lxml.builder import E

from geodata.formats.xmltext import xml_text
from geodata.records import BASE_AREA, EventType
from mapview.cartography.legend import WORDS
from mapview.cartography.outlines import symbol_outline
from mapview.cartography.style import DRAWN, HATCHES, KINDS, OTHER, PALETTE, Kind, label_of

__all__ = ["SEA", "ground_styles", "held", "qgis_styles"]

_SYMBOL_MM = "3.6"
# An event that was not carried out for certain is hollow, as on our maps.
_FILL = "if(\"status\" = 'carried out', '{color}', '{paper}')"
_LETTER_MM = "2.3"
# What stands for itself on our maps: a type for which we have no word, in the words of its source.
# A bar is a space in the column that types are counted in.
_OWN = f"""WHEN "event_types" LIKE '["{EventType.OTHER}"%' AND """
_OWN += """replace("type_of_source", '|', ' ') = {type} THEN '{id}'"""
# Days from their first moment to the last: as mere fields (mode 2) QGIS 3.22 holds that a day ends
# where it begins, and so shows what is of one day on none.
_TIME = {
    "enabled": "1", "mode": "4", "limitMode": "0",
    "startField": "date_start", "endField": "date_end",
    "startExpression": 'to_datetime("date_start")',
    "endExpression": """to_datetime("date_end") + to_interval('1 day')""",
}  # fmt: skip
_RING, _HATCH = PALETTE["ring"].light, HATCHES[0]
_DASHED = {"use_custom_dash": "1", "customdash": "1.1;0.8"}
_PLAIN = {"style": "no", "outline_style": "solid", "outline_width": "0.3"}


def _rgb(color: str, *, alpha: int = 255) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


SEA = _rgb(PALETTE["sea"].light)
"""The colour below all, as red, green, blue and opacity."""
# Something lies somewhere inside: dots, as rings on our maps. Dashes are for disputed borders.
_INSIDE = {"style": "solid", "color": _rgb(_RING, alpha=26), "outline_style": "no"}
_DOTS = {
    "line_color": _rgb(_RING, alpha=217), "line_width": "0.45", "capstyle": "round",
    "joinstyle": "round", "use_custom_dash": "1", "customdash": "0.01;0.9",
}  # fmt: skip
# A ring that bounds nothing: nothing is said to lie in it, and its dots are sparse.
_ASSUMED = "assumed"
_SPARSE = _DOTS | {"customdash": "0.01;2.2"}
_FOOTPRINT = f"""CASE WHEN "form" = '{_ASSUMED}' THEN '{_ASSUMED}' ELSE {{value}} END"""


def qgis_styles(own: Sequence[str] = ()) -> Mapping[str, str]:
    """Return the styles by the name of the layer.

    Args:
        own: Types in the words of sources that stand for themselves; see `drawn_as`. Of one that is
            empty there is no look.
    """
    kinds = [at for at in range(len(KINDS) + len(own)) if at < len(KINDS) or own[at - len(KINDS)]]
    labels = {at: held(label_of(at, own if any(own) else ())) for at in kinds}
    incidents = {DRAWN[at].id: (labels[at], _marker(DRAWN[at])) for at in kinds}
    value, areas = _value(own), dict(_areas(labels))
    return {
        "incidents": _style(incidents, "marker", value),
        "base_areas": _style({BASE_AREA: ("Base area", _dot())}, "marker"),
        "base_area_outlines": _style({BASE_AREA: ("Base area", _hatched())}, "fill"),
        "footprints": _style(areas, "fill", _FOOTPRINT.format(value=value)),
    }


def ground_styles() -> Mapping[str, str]:
    """Return the styles of the ground by the name of the layer; its column `kind` says of what."""
    shore, coast = {"outline_style": "solid", "outline_width": "0.12"}, _paint("coast")
    land = _layer("SimpleFill", style="solid", color=_paint("land"), outline_color=coast, **shore)
    edge = {**shore, "outline_color": _paint("lake_line")}
    lakes = _layer("SimpleFill", style="solid", color=SEA, **edge)
    kinds = {
        "border": ("Border", {"line_color": _paint("border"), "line_width": "0.28"}),
        "disputed": (
            "Disputed border",
            {"line_color": _paint("border"), "line_width": "0.28"} | _DASHED,
        ),
        "province": ("Province", {"line_color": _paint("province_line"), "line_width": "0.12"}),
    }
    lines = {one: (label, [_layer("SimpleLine", **look)]) for one, (label, look) in kinds.items()}
    return {
        "land": _style({"land": ("Land", [land])}, "fill", "kind", is_timed=False),
        "lakes": _style({"lake": ("Lake", [lakes])}, "fill", "kind", is_timed=False),
        "lines": _style(lines, "line", "kind", is_timed=False),
    }


def _paint(name: str) -> str:
    return _rgb(PALETTE[name].light)


def _value(own: Sequence[str]) -> str:
    """Return the column or expression that says what a record is drawn as."""
    cases = " ".join(
        _OWN.format(type=_quoted(one), id=kind.id)
        for one, kind in zip(own, DRAWN[OTHER + 1 :], strict=False)
        if one
    )
    return f'CASE {cases} ELSE "symbol" END' if cases else "symbol"


def held(text: str) -> str:
    """Return a text as files of QGIS hold it, which are XML."""
    return xml_text(text)


def _quoted(text: str) -> str:
    r"""Return a text as QGIS has it in an expression.

    Example:
        >>> print(_quoted("Peter's \\ car"))
        'Peter''s \\ car'
    """
    escaped = held(text).replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'".replace("\n", "\\n").replace("\t", "\\t")


def _areas(labels: Mapping[int, str]) -> Iterator[tuple[str, tuple[str, list[Any]]]]:
    for at, label in labels.items():
        # Of its own for each: an element is in one place alone.
        inside = [_layer("SimpleFill", **_INSIDE), _layer("SimpleLine", **_DOTS)]
        yield DRAWN[at].id, (f"{label}: somewhere in this area", inside)
    yield _ASSUMED, (WORDS["assumed"], [_layer("SimpleLine", **_SPARSE)])
    yield BASE_AREA, ("Base area", _hatched())


def _hatched() -> list[Any]:
    line = _layer("SimpleLine", line_color=_rgb(_HATCH.color.light), line_width="0.2")
    lines = E.symbol(line, name="@hatch@0", type="line", alpha="0.7")
    angle, step = str(-_HATCH.angle), str(_HATCH.spacing_px * 0.4)
    hatch = _layer("LinePatternFill", angle=angle, distance=step)
    hatch.append(lines)
    edge = _layer("SimpleFill", **_PLAIN, outline_color=_rgb(_HATCH.color.light))
    return [hatch, edge]


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


def _style(
    classes: Mapping[str, tuple[str, list[Any]]],
    kind: str,
    value: str = "symbol",
    *,
    is_timed: bool = True,
) -> str:
    categories, symbols = E.categories(), E.symbols()
    for index, (name, (label, layers)) in enumerate(classes.items()):
        number = str(index)
        categories.append(E.category(value=name, label=label, symbol=number, render="true"))
        symbols.append(E.symbol(*layers, name=number, type=kind, alpha="1"))
    look = {"type": "categorizedSymbol", "attr": value}
    renderer = E("renderer-v2", categories, symbols, **look)
    whole = E.qgis(*([E.temporal(**_TIME)] if is_timed else []), renderer, version="3.22.0")
    return str(etree.tostring(whole, encoding="unicode", pretty_print=True))

"""How records look in a KML: styles by colour, and in a KMZ by the pictures of our symbols."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geodata.formats.xmltext import XmlWriter
from geodata.records import BASE_AREA, BaseArea, EventType, Incident

__all__ = ["ASSUMED", "RING", "KmlSymbols", "Looks", "symbol_of"]

RING, ASSUMED = "ring", "assumed"
"""The style of a ring around a place that is known only roughly."""
_PALE = "pale"
_GREY = "#6a645b"
# How opaque areas are, and lines and areas that may not have been.
_FAINT, _PALENESS = "40", ("66", "1a")
_OWN = "own:"


@dataclass(frozen=True)
class KmlSymbols:
    """How records are drawn in a KMZ.

    Attributes:
        colors: As for `write_kml`.
        draw: Gives a symbol as PNG: by a key of `colors` and the outcome, or by `base area` and the
            kind of area.
    """

    colors: Mapping[str, str]
    draw: Callable[[str, str], bytes]


@dataclass(frozen=True)
class Looks:
    """Colours by key, and names of pictures by key and what they depend on besides."""

    colors: Mapping[str, str]
    pictures: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def style(self, record: Incident | BaseArea, *, is_pale: bool = False) -> str:
        """Return the name of a record's style."""
        picture = self.pictures.get(symbol_of(record, self.colors))
        if picture:
            return f"{_PALE}-{_stem(picture)}" if is_pale else _stem(picture)
        color = self.colors.get(symbol_of(record, self.colors)[0], _GREY)
        return _PALE if is_pale else _style(color)

    def write_styles(self, out: XmlWriter) -> None:
        """Write the styles that `style` names, `RING` and `ASSUMED`."""
        colors = self.colors
        for color in sorted({_GREY, *colors.values()}):
            _write_style(out, _style(color), _kml_color(color), _kml_color(color, opacity=_FAINT))
        pale = [_kml_color(colors.get(BASE_AREA, _GREY), opacity=one) for one in _PALENESS]
        _write_style(out, _PALE, *pale)
        for name, color in ((RING, _kml_color(_GREY)), (ASSUMED, _kml_color(_GREY, opacity="66"))):
            with out.element("Style", id=name):
                with out.element("LineStyle"):
                    out.leaf("color", color)
                    out.leaf("width", "1")
                with out.element("PolyStyle"):
                    out.leaf("fill", "0")
                _write_balloon_style(out)
        for picture, (key, _) in {name: key for key, name in self.pictures.items()}.items():
            color = self.colors.get(key, _GREY)
            line, fill = _kml_color(color), _kml_color(color, opacity=_FAINT)
            _write_style(out, _stem(picture), line, fill, picture)
            line, fill = (_kml_color(color, opacity=one) for one in _PALENESS)
            _write_style(out, f"{_PALE}-{_stem(picture)}", line, fill, picture)


def symbol_of(record: Incident | BaseArea, looks: Collection[str]) -> tuple[str, str]:
    """Return what a record is drawn as: a key of colours, and what else its symbol shows."""
    if isinstance(record, BaseArea):
        return BASE_AREA, str(record.kind)
    return _look_of(record, looks), str(record.status)


def _look_of(incident: Incident, looks: Collection[str]) -> str:
    """Return by which of the looks an incident is drawn: its own type, or one of ours."""
    own = f"{_OWN}{incident.type_of_source}"
    is_own = incident.event_types[0] is EventType.OTHER and own in looks
    return own if is_own else incident.event_types[0]


def _stem(picture: str) -> str:
    """Return the name of the style of a picture.

    Example:
        >>> _stem("symbols/3.png")
        'symbol-3'
    """
    return f"symbol-{Path(picture).stem}"


def _write_style(out: XmlWriter, name: str, line: str, fill: str, picture: str = "") -> None:
    with out.element("Style", id=name):
        with out.element("IconStyle"):
            # A picture has its own colours, and is only as opaque as the line.
            out.leaf("color", f"{line[:2]}ffffff" if picture else line)
            if picture:
                with out.element("Icon"):
                    out.leaf("href", picture)
                # A symbol stands around its place, while a pin stands on it.
                out.leaf("hotSpot", "", x="0.5", y="0.5", xunits="fraction", yunits="fraction")
        with out.element("LineStyle"):
            out.leaf("color", line)
            out.leaf("width", "1.5")
        with out.element("PolyStyle"):
            out.leaf("color", fill)
        _write_balloon_style(out)


def _write_balloon_style(out: XmlWriter) -> None:
    # The name of a placemark would stand in the balloon unescaped; the description has it, too.
    with out.element("BalloonStyle"):
        out.leaf("text", "$[description]")


def _style(color: str) -> str:
    return f"color-{color.removeprefix('#')}"


def _kml_color(color: str, *, opacity: str = "ff") -> str:
    """Return `#rrggbb` as KML has it, in the order opacity, blue, green, red.

    Example:
        >>> _kml_color("#dd4a12")
        'ff124add'
    """
    red, green, blue = color[1:3], color[3:5], color[5:7]
    return f"{opacity}{blue}{green}{red}"

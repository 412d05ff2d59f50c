"""Draws the cartography's primitives as native shapes, so that an icon can be edited and moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from mapview.briefing.office import ARIAL, EMU_PER_PT, UNKNOWN, add_child, rgb, width_pt
from mapview.briefing.slides.boxes import Box, Para, add_text
from mapview.cartography import Primitive, Vertices

__all__ = ["SlidePen", "add_rectangle"]

# From so many line widths on, a dash is a long one.
_LONG_DASH: Final = 3
_PER_CENT: Final = 1000


@dataclass(frozen=True)
class SlidePen:
    """Draws around one point of a slide.

    Attributes:
        shapes: Where to.
        x: The point, in points from the left.
        y: The same from the top.
        scale: Points a unit of the primitives.
        name: What the shapes are called.
    """

    shapes: Any
    x: float
    y: float
    scale: float
    name: str

    def polygon(self, points: Vertices, one: Primitive) -> None:
        """Draw a closed outline as a freeform."""
        self._finish(self._freeform((points,), is_closed=True), one)

    def circle(self, one: Primitive) -> None:
        """Draw an oval."""
        from pptx.enum.shapes import MSO_SHAPE

        x, y, radius = (part * self.scale for part in one.at)
        box = Box(self.x + x - radius, self.y + y - radius, 2 * radius, 2 * radius)
        self._finish(self.shapes.add_shape(MSO_SHAPE.OVAL, *box.emu), one)

    def lines(self, lines: tuple[Vertices, ...], one: Primitive) -> None:
        """Draw lines as one freeform."""
        if lines:
            self._finish(self._freeform(lines, is_closed=False), one)

    def letter(self, one: Primitive) -> None:
        """Write a text around its middle."""
        x, y, size = (part * self.scale for part in one.at)
        left = x - width_pt(one.name, size, ARIAL.bold) / 2
        # A template may have letters that are wider and stand further apart than ours.
        width, height = width_pt(one.name, size, UNKNOWN.bold) + 2, UNKNOWN.leading * size
        box = Box(self.x + left, self.y + y - 0.6 * size, width, height)
        para = Para(one.name, size, is_bold=True, color=one.fill.lstrip("#"))
        add_text(self.shapes, box, [para], self.name)

    def _freeform(self, lines: tuple[Vertices, ...], *, is_closed: bool) -> Any:
        builder = self.shapes.build_freeform(*self._emu(lines[0][0]))
        for index, line in enumerate(lines):
            if index:
                builder.move_to(*self._emu(line[0]))
            rest = [self._emu(point) for point in line[1:]]
            builder.add_line_segments(rest, close=is_closed)
        return builder.convert_to_shape()

    def _emu(self, point: tuple[float, float]) -> tuple[int, int]:
        x, y = self.x + point[0] * self.scale, self.y + point[1] * self.scale
        return round(x * EMU_PER_PT), round(y * EMU_PER_PT)

    def _finish(self, shape: Any, one: Primitive) -> None:
        _plain(shape, self.name)
        _fill(shape, one.fill, one.fill_alpha)
        _outline(shape, one.stroke, one.width * self.scale, alpha=one.stroke_alpha, dash=_dash(one))


def add_rectangle(shapes: Any, box: Box, name: str, *, fill: str, line: str) -> None:
    """Add a rectangle with a thin line around it; colours as `#rrggbb`."""
    from pptx.enum.shapes import MSO_SHAPE

    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    _plain(shape, name)
    _fill(shape, fill, 1)
    _outline(shape, line, 0.75)


def _dash(one: Primitive) -> str:
    """Return what DrawingML calls the dashes of a line; empty for none."""
    if not one.dash:
        return ""
    if one.is_round:
        return "sysDot"
    return "dash" if one.dash[0] >= _LONG_DASH * one.width else "sysDash"


def _plain(shape: Any, name: str) -> None:
    """Name a shape, and take away the shadow that themes give to shapes."""
    shape.name = name
    element = shape._element  # noqa: SLF001 - python-pptx cannot remove a style
    for style in element.findall("{*}style"):
        element.remove(style)


def _fill(shape: Any, color: str, alpha: float) -> None:
    if not color:
        shape.fill.background()
        return
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(color)
    _mix(shape._element.spPr.find("./{*}solidFill/{*}srgbClr"), alpha)  # noqa: SLF001 - no name


def _outline(shape: Any, color: str, width: float, *, alpha: float = 1, dash: str = "") -> None:
    from pptx.util import Pt

    if not color:
        shape.line.fill.background()
        return
    shape.line.color.rgb = rgb(color)
    shape.line.width = Pt(width)
    element = shape.line._ln  # noqa: SLF001 - python-pptx writes dashes in another place
    _mix(element.find(".//{*}srgbClr"), alpha)
    if dash:
        add_child(element, "prstDash", val=dash)


def _mix(tone: Any, alpha: float) -> None:
    """Let the ground shine through a colour."""
    if alpha < 1:
        add_child(tone, "alpha", val=str(round(alpha * 100) * _PER_CENT))

"""Icons on slides: each primitive is one native shape, and nothing else is drawn."""

from __future__ import annotations

from typing import Any

import pytest
from pptx import Presentation

from mapview.briefing.slides.pen import SlidePen
from mapview.cartography.icons import icon, size_circles
from mapview.cartography.legend import LegendEntry, every_entry
from mapview.cartography.primitives import Primitive, replay
from mapview.cartography.style import HATCHES, KINDS

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ENTRIES = [
    *every_entry(),
    *(LegendEntry("", "symbol", f"kind {kind}", kind=kind) for kind in range(len(KINDS))),
    *(LegendEntry("", "hatch", f"hatch {one}", hatch=one) for one in range(len(HATCHES))),
]


def drawn(primitives: tuple[Primitive, ...]) -> list[Any]:
    """What a pen leaves on a slide, read again: one tuple a shape."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    replay(primitives, SlidePen(slide.shapes, 100, 100, 0.75, "Symbol"))
    return [read(shape) for shape in slide.shapes]


def read(shape: Any) -> tuple[str, str, str, bool]:
    """Geometry or text, colour of its filling and of its line, and whether that is dashed."""
    if shape.has_text_frame and shape.text_frame.text:
        [run] = shape.text_frame.paragraphs[0].runs
        return shape.text_frame.text, f"#{run.font.color.rgb}".lower(), "", False
    properties = shape._element.spPr
    geometry = properties.find(f"{A}prstGeom")
    line = properties.find(f"{A}ln")
    return (
        "path" if geometry is None else geometry.get("prst"),
        color(properties.find(f"{A}solidFill")),
        color(line.find(f"{A}solidFill")) if line is not None else "",
        line is not None and line.find(f"{A}prstDash") is not None,
    )


def color(fill: Any) -> str:
    return "" if fill is None else "#" + fill.find(f"{A}srgbClr").get("val").lower()


def asked(one: Primitive) -> tuple[str, str, str, bool]:
    if one.shape == "letter":
        return one.name, one.fill, "", False
    geometry = "ellipse" if one.shape == "circle" else "path"
    return geometry, one.fill, one.stroke, bool(one.dash)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one.label[:30])
def test_an_icon_is_its_primitives(entry: LegendEntry) -> None:
    primitives = icon(entry)
    assert drawn(primitives) == [asked(one) for one in primitives]


def test_circles_are_their_primitives() -> None:
    primitives, _ = size_circles(((2, 6.0), (40, 14.0)), point=1)
    assert drawn(primitives) == [asked(one) for one in primitives]


def test_the_ground_shines_through() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    ring = icon(LegendEntry("", "ring", ""))[:1]
    replay(ring, SlidePen(slide.shapes, 0, 0, 1, "Ring"))
    [shape] = slide.shapes
    alphas = [one.get("val") for one in shape._element.iter(f"{A}alpha")]
    assert alphas == ["10000", "85000"]

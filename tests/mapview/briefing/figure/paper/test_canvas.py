from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from PIL import Image

from mapview.briefing.figure.paper.canvas import Canvas, drawing
from mapview.briefing.figure.paper.fonts import Face
from mapview.briefing.figure.sizes import Size
from mapview.cartography.style import PALETTE

SIZE = Size(100, 80, 127)  # 5 pixels a millimetre.


def pixels(canvas: Canvas) -> np.ndarray:
    with drawing():
        return np.asarray(Image.open(io.BytesIO(canvas.finish("T"))).convert("RGB"))


def rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))


def svg_of(*words: str, halo: str | None = None, align: str = "left") -> str:
    canvas = Canvas(SIZE, "svg")
    with drawing():
        for row, one in enumerate(words):
            at = (10, 10 + 10 * row)
            canvas.text(at, one, Face(9), "ink", halo=halo, align=align)  # type: ignore[arg-type]
        return canvas.finish("A <title>").decode("utf-8")


def test_millimetres_grow_to_the_right_and_down() -> None:
    canvas = Canvas(SIZE, "png")
    canvas.shape(shapely.box(10, 20, 30, 25), fill="#ff0000")
    found = pixels(canvas)
    assert found.shape == (400, 500, 3)
    red = np.argwhere((found == (255, 0, 0)).all(axis=2))
    assert red.min(axis=0) == pytest.approx([100, 50], abs=1)
    assert red.max(axis=0) == pytest.approx([125, 150], abs=1)


def test_colours_are_of_the_palette_on_light_paper() -> None:
    canvas = Canvas(SIZE, "png")
    canvas.shape(shapely.box(10, 10, 20, 20), fill="sea")
    found = pixels(canvas)
    assert tuple(found[75, 75]) == rgb(PALETTE["sea"].light)
    assert tuple(found[0, 0]) == rgb(PALETTE["paper"].light)
    with pytest.raises(KeyError):
        canvas.shape(shapely.box(0, 0, 1, 1), fill="no such colour")


@pytest.mark.parametrize("way", [1, -1])
def test_holes_stay_open_whichever_way_they_run(way: int) -> None:
    corners = [(20, 20), (30, 20), (30, 30), (20, 30)]
    ring = shapely.Polygon([(10, 10), (40, 10), (40, 40), (10, 40)], [corners[::way]])
    canvas = Canvas(SIZE, "png")
    canvas.shape(ring, fill="#ff0000")
    found = pixels(canvas)
    assert tuple(found[80, 80]) == (255, 0, 0)
    assert tuple(found[125, 125]) == rgb(PALETTE["paper"].light)


def test_later_things_lie_above() -> None:
    canvas = Canvas(SIZE, "png")
    canvas.shape(shapely.box(10, 10, 40, 40), fill="#ff0000")
    canvas.shape(shapely.box(12, 12, 14, 14), fill="#0000ff")
    assert tuple(pixels(canvas)[65, 65]) == (0, 0, 255)


def test_nothing_is_drawn_of_nothing() -> None:
    canvas = Canvas(SIZE, "svg")
    canvas.shape(shapely.Polygon(), fill="sea")
    canvas.shape([], line="ink")
    canvas.text((1, 1), " \n ", Face(9), "ink")
    with drawing():
        assert "<text" not in canvas.finish("T").decode("utf-8")


def test_a_title_is_told_and_stays_text() -> None:
    svg = svg_of("words")
    assert '<title id="title">A &lt;title&gt;</title>' in svg
    ET.fromstring(svg)  # noqa: S314 - our own


def test_a_halo_lies_behind_the_letters() -> None:
    assert not re.search(r'id="(halo|mark)-\d+"', svg_of("words", halo="halo"))
    for words in ("words", "کرمان"):
        # Programs that draw know no rule of a style sheet for a group by the start of its id.
        assert '<text style="paint-order: stroke; stroke: #' in svg_of(words, halo="halo")
        assert "paint-order" not in svg_of(words)


def test_a_persian_text_runs_from_the_right_at_the_same_place() -> None:
    left, right = svg_of("Kerman"), svg_of("کرمان")
    assert "text-anchor: start" in left
    assert "direction: rtl" in right
    assert "text-anchor: end" in right
    assert "text-anchor: middle" in svg_of("کرمان", align="center")


def test_numbers_of_a_drawing_are_short() -> None:
    canvas = Canvas(SIZE, "svg")
    canvas.shape(shapely.Point(33.3333, 33.3333).buffer(10), line="ink")
    with drawing():
        svg = canvas.finish("T").decode("utf-8")
    outlines = re.findall(r' d="([^"]+)"', svg)
    assert not any(re.search(r"\.\d{3}", one) for one in outlines)

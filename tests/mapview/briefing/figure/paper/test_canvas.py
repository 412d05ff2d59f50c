from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from PIL import Image

from mapview.briefing.figure.paper.canvas import Canvas, drawing
from mapview.briefing.figure.paper.fonts import Face, width_mm
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


APART = Face(20, spacing=0.3)


@pytest.mark.parametrize(("align", "before"), [("left", 0), ("center", 0.5), ("right", 1)])
@pytest.mark.parametrize("halo", [None, "#ff0000"])
def test_letters_set_apart_are_as_wide_as_they_were_measured(
    align: str, before: float, halo: str | None
) -> None:
    canvas = Canvas(SIZE, "png")
    canvas.text((50, 40), "HIH", APART, "#0000ff", align=align, halo=halo)  # type: ignore[arg-type]
    found = pixels(canvas).astype(int)
    columns = np.flatnonzero((found[..., 2] - found[..., 0] > 128).any(axis=0)) / 5
    width = width_mm("HIH", APART)
    side = 0.1 * APART.mm  # beside the upright of an H
    left, right = columns.min(), columns.max() + 0.2
    assert left == pytest.approx(50 - before * width + side, abs=0.35)
    assert right == pytest.approx(50 + (1 - before) * width - side, abs=0.35)
    reds = np.flatnonzero((found[..., 0] - found[..., 2] > 128).any(axis=0)) / 5
    assert (len(reds) > 0) == bool(halo)
    if halo:
        assert reds.min() == pytest.approx(left - 0.46, abs=0.35)


def test_letters_set_apart_stay_one_text_in_an_svg() -> None:
    canvas = Canvas(SIZE, "svg")
    canvas.text((50, 20), "AFGHANISTAN", APART, "ink", align="center", halo="halo")
    canvas.text((50, 40), "ایران", APART, "ink", align="center")
    canvas.text((50, 60), "IRAN", Face(20), "ink", align="center")
    with drawing():
        texts = list(ET.fromstring(canvas.finish("T")).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314 - our own
    styles = {one.text: one.get("style", "") for one in texts}
    # In points, as sizes are, and at the text itself, which Inkscape keeps.
    assert "letter-spacing: 6.000px" in styles["AFGHANISTAN"]
    assert "paint-order" in styles["AFGHANISTAN"]
    assert not any("letter-spacing" in style for text, style in styles.items() if text[0] != "A")
    [x] = {float(one.get("x", 0)) for one in texts if one.text == "AFGHANISTAN"}
    # Programs put a gap after the last letter, too.
    assert x == pytest.approx((50 + 0.3 * APART.mm / 2) * 72 / 25.4, abs=0.01)

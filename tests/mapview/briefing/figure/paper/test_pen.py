"""Primitives on paper: scaled, where they belong, with their halo underneath."""

from __future__ import annotations

import pytest
from figure_parts import Pen

from mapview.briefing.figure.paper.pen import CanvasPen, pixel_mm
from mapview.cartography.primitives import Primitive, replay


def test_a_pixel_is_a_ninth_of_a_symbol() -> None:
    assert pixel_mm(1.8) == pytest.approx(0.2)


def test_shapes_stand_around_their_point_in_millimetres() -> None:
    canvas = Pen()
    box = Primitive(shape="box", at=(-10, -5, 10, 5, 0), stroke="ring", width=2, dash=(4, 3))
    replay([box], CanvasPen(canvas, (50, 40), 0.2))
    [drawn] = canvas.drawn
    assert drawn.shape.bounds == pytest.approx((48, 39, 52, 41))
    assert drawn.how["width"] == pytest.approx(0.4)
    assert drawn.how["dash"] == pytest.approx((0.8, 0.6))


def test_a_halo_lies_under_its_shape() -> None:
    canvas = Pen()
    shape = Primitive(shape="outline", name="square", at=(9,), fill="#123456", halo=3)
    replay([shape], CanvasPen(canvas, (50, 40), 0.2))
    assert [one.how.get("line") for one in canvas.drawn] == ["halo", None]
    assert canvas.drawn[1].how["fill"] == "#123456"


@pytest.mark.parametrize(("halo", "least"), [(0, 5), (3, 7)])
def test_letters_can_be_read_however_small_the_icon(halo: float, least: float) -> None:
    sizes = []

    class Sizes(Pen):
        def text(self, at, words, face, color, **how):  # type: ignore[no-untyped-def,override]
            sizes.append(face.size)

    for scale in (0.01, 1):
        mark = Primitive(shape="letter", name="?", at=(5, 5, 12), fill="ink", halo=halo)
        replay([mark], CanvasPen(Sizes(), (50, 40), scale))
    assert sizes[0] == least
    assert sizes[1] == pytest.approx(12 / 25.4 * 72)

from __future__ import annotations

import math

import pytest
import shapely
from figure_parts import Pen, area, view_of
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.map.hatching import (
    draw_areas,
    draw_hatched,
    draw_marks,
    draw_tints,
)
from mapview.briefing.figure.scene.areas import drawn_areas
from mapview.cartography.style import HATCHES

SQUARE = shapely.box(0, 0, 20, 20)


def strokes(pen: Pen) -> BaseGeometry:
    """Return the lines of the hatch: the first line that was drawn."""
    return next(one.shape for one in pen.drawn if one.how.get("line"))


@pytest.mark.parametrize("index", [0, 1, 13])
def test_lines_have_the_angle_and_spacing_of_their_group(index: int) -> None:
    pen = Pen()
    draw_hatched(pen, SQUARE, index, faded=False, wide=False)
    (x0, y0), (x1, y1) = next(part.coords for part in shapely.get_parts(strokes(pen)))
    angle = math.degrees(math.atan2(y1 - y0, x1 - x0)) % 180
    assert angle == pytest.approx(HATCHES[index].angle)
    spacing = SQUARE.area / strokes(pen).length
    assert spacing == pytest.approx(0.2 * HATCHES[index].spacing_px, rel=0.05)


def test_neighbours_of_a_group_line_up() -> None:
    whole, left, right = Pen(), Pen(), Pen()
    draw_hatched(whole, SQUARE, 0, faded=False, wide=False)
    draw_hatched(left, shapely.box(0, 0, 7, 20), 0, faded=False, wide=False)
    draw_hatched(right, shapely.box(7, 0, 20, 20), 0, faded=False, wide=False)
    halves = shapely.union(strokes(left), strokes(right))
    assert strokes(whole).hausdorff_distance(halves) < 1e-6


def test_a_wide_area_is_hatched_along_its_edge_and_not_filled() -> None:
    pen = Pen()
    draw_hatched(pen, SQUARE, 0, faded=False, wide=True)
    assert not strokes(pen).intersects(shapely.box(3, 3, 17, 17))
    assert not any(one.how.get("fill") for one in pen.drawn)


def test_past_its_last_citation_an_area_is_pale_and_dotted() -> None:
    now, past = Pen(), Pen()
    draw_hatched(now, SQUARE, 0, faded=False, wide=False)
    draw_hatched(past, SQUARE, 0, faded=True, wide=False)
    assert past.drawn[0].how["fill_alpha"] < now.drawn[0].how["fill_alpha"]
    assert "dash" not in now.drawn[-1].how
    assert past.drawn[-1].how["cap"] == "round"


def test_the_frame_is_no_edge_of_an_area() -> None:
    frame = shapely.box(-1, -1, 10, 30)
    pen = Pen()
    draw_tints(pen, [SQUARE.intersection(frame)], frame)
    tint, edge = pen.drawn
    assert (tint.how["fill"], edge.how["line"]) == ("tint", "ring")
    assert edge.shape.length == pytest.approx(10 + 20 + 10, abs=0.1)


def test_areas_are_drawn_in_their_frame() -> None:
    pen = Pen()
    view = view_of()
    drawn = drawn_areas((area(radius_km=150), area(id="b", group="h", hatch=3)), view)
    draw_areas(pen, drawn, view.polygon)
    frame = view.polygon.buffer(1e-6)
    assert pen.drawn
    assert all(frame.covers(one.shape) for one in pen.drawn)
    assert {one.how["line"] for one in pen.drawn if "line" in one.how} == {
        HATCHES[0].color.light,
        HATCHES[3].color.light,
    }


def drawn(**values: object) -> Pen:
    """Return what is drawn of one base area."""
    pen, view = Pen(), view_of()
    shown = drawn_areas((area(**values),), view)
    draw_areas(pen, shown, view.polygon)
    draw_marks(pen, shown, view, 1.0)
    return pen


def test_an_area_that_ended_is_struck_through_and_not_hatched() -> None:
    held, lost = drawn(standing=2), drawn(standing=2, has_ended=True)
    assert any(one.how.get("fill") for one in held.drawn)
    assert not any(one.how.get("fill") for one in lost.drawn)
    stroke = lost.drawn[-1].shape
    (x0, y0), (x1, y1) = stroke.coords
    assert x1 > x0
    assert y1 < y0
    outline = lost.drawn[0].shape
    assert stroke.length > 0.6 * (outline.bounds[2] - outline.bounds[0])


@pytest.mark.parametrize(("standing", "more"), [(0, 2), (1, 2), (2, 1), (3, 0)])
def test_an_area_says_by_its_form_what_it_was(standing: int, more: int) -> None:
    # A mark and its halo, or a band.
    assert len(drawn(standing=standing).drawn) - len(drawn(standing=3).drawn) == more

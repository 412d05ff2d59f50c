from __future__ import annotations

import math

import pytest
import shapely
from figure_parts import FRAME, Pen, incident

from mapview.briefing.figure.map.labelling import obstacles_of
from mapview.briefing.figure.map.symbols import draw_disc, draw_on_map, draw_symbol
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.stacks import SYMBOL_MM, Symbol, stack_symbols
from mapview.cartography.outlines import symbol_outline
from mapview.cartography.style import KINDS, PALETTE, STATUSES

AT = (50.0, 40.0)
DISPUTED = next(i for i, one in enumerate(STATUSES) if one.mark)


def symbol_of(*places: object) -> Symbol:
    [symbol], _ = stack_symbols([(*AT, one) for one in places], SYMBOL_MM)  # type: ignore[misc]
    return symbol


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_a_symbol_has_the_outline_and_colour_of_its_kind(kind: int) -> None:
    pen = Pen()
    draw_symbol(pen, AT, 2, kind, 0)
    last = pen.drawn[-1]
    outline = [(AT[0] + 2 * x, AT[1] + 2 * y) for x, y in symbol_outline(KINDS[kind].shape)]
    assert last.shape.equals(shapely.Polygon(outline))
    assert last.how["fill"] == KINDS[kind].color.light
    assert "line" not in last.how


def test_a_hollow_symbol_is_paper_inside_and_a_disputed_one_is_marked() -> None:
    for status, one in enumerate(STATUSES):
        pen = Pen()
        draw_symbol(pen, AT, 2, 0, status)
        assert (pen.drawn[-1].how["fill"] == PALETTE["paper"].light) is one.hollow
        assert pen.words == ([one.mark] if one.mark else [])


def test_a_province_has_a_small_symbol_on_a_plate() -> None:
    plain, small = Pen(), Pen()
    draw_symbol(plain, AT, 2, 0, 0)
    draw_symbol(small, AT, 2, 0, 0, is_area=True)
    assert small.drawn[-1].shape.area < plain.drawn[-1].shape.area / 2
    assert small.drawn[0].how["line"] == PALETTE["ring"].light
    assert small.drawn[0].shape.covers(small.drawn[-1].shape)


def test_the_rim_of_a_disc_has_the_shares_of_the_kinds() -> None:
    pen = Pen()
    draw_disc(pen, AT, 4, "4", [(0, 3), (2, 1)], symbol=2)
    shares = {one.how["fill"]: one.shape.area for one in pen.drawn[1:3]}
    assert shares[KINDS[0].color.light] == pytest.approx(0.75 * math.pi * 16, rel=0.01)
    assert shares[KINDS[2].color.light] == pytest.approx(0.25 * math.pi * 16, rel=0.01)
    [(number, (x, y))] = pen.texts
    assert (number, x) == ("4", AT[0])
    assert AT[1] < y < AT[1] + 2


def test_a_ring_too_small_to_be_seen_is_drawn_around_its_symbol() -> None:
    for radius_km, is_drawn in ((0, True), (5, True), (50, False)):
        pen = Pen()
        draw_on_map(pen, symbol_of(incident(form="ring", radius_km=radius_km)), SYMBOL_MM, 10)
        assert bool(pen.lines("ring")) is is_drawn
    pen = Pen()
    draw_on_map(pen, symbol_of(incident(radius_km=0)), SYMBOL_MM, 10)
    assert not pen.lines("ring")


def test_several_are_a_disc_with_their_number() -> None:
    pen = Pen()
    draw_on_map(pen, symbol_of(*(incident(id=f"i{i}") for i in range(12))), SYMBOL_MM, 10)
    assert pen.words == ["12"]
    assert not pen.haloed


def test_a_disc_says_how_many_of_it_certainly_fit() -> None:
    pen = Pen()
    some = [incident(id=f"i{i}", is_certain=i < 9) for i in range(12)]
    draw_on_map(pen, symbol_of(*some, incident(id="i0")), SYMBOL_MM, 10)
    assert pen.words == ["9–12"]


@pytest.mark.parametrize(("number", "is_wide"), [("2", False), ("0–2", True), ("15–19", True)])
def test_a_number_wider_than_its_disc_is_parted_from_the_rim(number: str, *, is_wide: bool) -> None:
    pen = Pen()
    draw_disc(pen, AT, 2.4, number, [(0, 3), (2, 1)], symbol=SYMBOL_MM)
    assert pen.haloed == ([number] if is_wide else [])


def test_a_symbol_keeps_its_paper_clear_and_that_of_its_mark() -> None:
    beside = Rect(AT[0] + SYMBOL_MM + 1, AT[1] - 3, AT[0] + SYMBOL_MM + 2, AT[1] - 2)
    for status, is_marked in ((0, False), (DISPUTED, True)):
        obstacles = obstacles_of([symbol_of(incident(status=status))], FRAME, 1)
        assert obstacles.hits(Rect.around(AT, 1, 1))
        assert obstacles.hits(beside) is is_marked

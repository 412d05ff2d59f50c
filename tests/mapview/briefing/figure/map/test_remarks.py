from __future__ import annotations

from dataclasses import replace

import pytest
from figure_parts import FRAME, Pen, incident, view_of

from mapview.briefing.figure.map.placement import Obstacles
from mapview.briefing.figure.map.remarks import Remark, Unsaid, draw_ties, projection_words
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.projection import fit_view
from mapview.briefing.figure.scene.stacks import SYMBOL_MM, stack_symbols


def test_it_says_how_many_marks_have_no_name_and_nothing_where_all_have() -> None:
    assert Unsaid().lines == []
    assert Unsaid(1).joined(Unsaid(0, 2)).lines == [
        "1 mark has no name on this sheet",
        "Lines lead to the places of marks",
    ]
    assert Remark.of(Unsaid(), Obstacles(FRAME), 1) is None


def test_it_stands_where_nothing_else_does() -> None:
    obstacles = Obstacles(FRAME)
    for taken in FRAME.corners(40, 12):
        obstacles.add(taken)
    remark = Remark.of(Unsaid(12), obstacles, 1)
    assert remark is not None
    assert not any(remark.box.overlaps(taken) for taken in FRAME.corners(40, 12))
    assert FRAME.encloses(remark.box)
    pen = Pen()
    remark.draw(pen)
    assert pen.words == ["12 marks have no name on this sheet"]


def test_where_nothing_is_free_it_covers_as_little_as_may_be() -> None:
    obstacles = Obstacles(FRAME)
    left, top, right, bottom = FRAME
    # A little of each place is taken, and all of the corner of the scale bar.
    for x in range(int(left), int(right), 12):
        obstacles.add(Rect(x, top, x + 0.5, bottom))
    bar = Rect(left, bottom - 30, left + 70, bottom)
    obstacles.add(bar)
    remark = Remark.of(Unsaid(12), obstacles, 1)
    assert remark is not None
    assert not remark.box.overlaps(bar)


HOLDS = "The scale holds in the middle of the map"


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        (((44, 23), (82, 46)), ("Lambert conformal conic projection", HOLDS)),
        (((20, -9), (35, 6)), ("Lambert azimuthal equal-area projection", HOLDS)),
        (((-118, 34), (20, 59), (139, 35)), ("Equal Earth projection",)),
    ],
)
def test_it_names_the_projection_and_where_its_scale_holds(
    corners: tuple[tuple[float, float], ...], words: tuple[str, ...]
) -> None:
    view = fit_view([(*one, 0) for one in corners], FRAME)
    assert projection_words(view) == words
    remark = Remark.of_projection(view, Obstacles(FRAME), 1)
    assert remark is not None
    assert remark.lines == words


def test_the_scale_holds_where_it_says() -> None:
    # To the middle of the frame, in each direction, and no more at its edge.
    view = fit_view([(44, 23, 0), (82, 46, 0)], FRAME)
    (x, y), km = FRAME.middle, 40.0
    lon, lat = view.ground(x, y)
    ring = view.ring(lon, lat, km)
    left, top, right, bottom = ring.bounds
    assert (right - left) * view.km_per_mm == pytest.approx(2 * km, rel=0.01)
    assert (bottom - top) * view.km_per_mm == pytest.approx(2 * km, rel=0.01)


def test_where_no_place_is_free_the_projection_is_not_said() -> None:
    full = Obstacles(FRAME)
    full.add(FRAME)
    assert Remark.of_projection(view_of(), full, 1) is None
    assert Remark.of(Unsaid(1), full, 1) is not None


def test_marks_of_neighbouring_provinces_stay_apart_and_lead_to_their_places() -> None:
    many = [
        (100.0, 80.0, incident(id=f"{code}{i}", province=code))
        for code in ("AF.13", "AF.18", "AF.40")
        for i in range(3)
    ]
    symbols, _ = stack_symbols(many, SYMBOL_MM)
    assert sorted(one.places[0].province for one in symbols) == ["AF.13", "AF.18", "AF.40"]
    assert all(len({place.province for place in one.places}) == 1 for one in symbols)
    pen = Pen()
    draw_ties(pen, symbols)
    aside = [one for one in symbols if one.is_aside]
    assert len(pen.lines("ink")) == len(aside)
    draw_ties(pen, [replace(one, beside=(one.x + 20, one.y)) for one in symbols])
    assert len(pen.lines("ink")) == len(aside) + len(symbols)


def test_neighbours_that_had_to_move_too_far_share_a_disc_of_their_country() -> None:
    many = [
        (100.0, 80.0, incident(id=f"i{i}", province=f"AF.{i:02}", country="AF")) for i in range(120)
    ]
    symbols, _ = stack_symbols(many, SYMBOL_MM)
    assert [one.count for one in symbols] == [120]

from __future__ import annotations

import shapely
from figure_parts import FRAME, Pen, view_of

from mapview.briefing.figure.map.ground import draw_ground
from mapview.briefing.figure.scene.projection import fit_view


def test_land_lies_on_the_sea_and_all_of_it_in_the_frame() -> None:
    pen = Pen()
    draw_ground(pen, view_of((50.0, 29.0)))
    sea, land = (one.shape for one in pen.drawn[:2])
    frame = shapely.box(*FRAME)
    assert sea.equals(frame)
    assert 0.2 < land.area / frame.area < 0.9
    assert all(frame.buffer(0.01).covers(one.shape) for one in pen.drawn)


def test_only_disputed_borders_are_dashed() -> None:
    pen = Pen()
    draw_ground(pen, view_of((75.0, 34.0)))
    plain, disputed = pen.lines("border")
    assert "dash" not in plain.how
    assert disputed.how["dash"]
    assert disputed.shape.length > 10


def test_provinces_are_drawn_where_they_can_be_told_apart() -> None:
    near, far = Pen(), Pen()
    draw_ground(near, view_of())
    draw_ground(far, view_of(around_km=3_000))
    assert near.lines("province_line")
    assert not far.lines("province_line")


def test_rivers_are_drawn_with_provinces_and_districts_only_closer() -> None:
    close, near, far = Pen(), Pen(), Pen()
    draw_ground(close, view_of(around_km=100))
    draw_ground(near, view_of(around_km=600))
    draw_ground(far, view_of(around_km=3_000))
    assert [bool(pen.lines("river")) for pen in (close, near, far)] == [True, True, False]
    assert [bool(pen.lines("district_line")) for pen in (close, near, far)] == [True, False, False]


def test_lines_of_an_inset_are_finer() -> None:
    whole, inset = Pen(), Pen()
    draw_ground(whole, view_of())
    draw_ground(inset, view_of(), 0.5)
    widths = [[one.how["width"] for one in pen.lines("border")] for pen in (whole, inset)]
    assert widths[1] == [width / 2 for width in widths[0]]


def test_the_world_has_its_edge() -> None:
    view = fit_view([(-118, 34, 0), (20, 59, 0), (139, 35, 0)], FRAME)
    pen = Pen()
    draw_ground(pen, view)
    assert 0.4 < pen.drawn[0].shape.area / view.polygon.area < 0.95

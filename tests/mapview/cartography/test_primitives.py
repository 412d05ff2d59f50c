"""Primitives: what their numbers mean, and how they are handed over."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from mapview.cartography.primitives import BAND, FIELD, Primitive, hatches_to_json, plain
from mapview.cartography.style import HATCHES

BOX = Primitive(shape="box", at=(-4, -3, 4, 3, 0), fill="paper")


def test_an_outline_has_the_radius_that_it_is_given() -> None:
    square = Primitive(shape="outline", name="square", at=(10,))
    assert shapely.Polygon(square.points).bounds == pytest.approx((-8.6, -8.6, 8.6, 8.6))


@pytest.mark.parametrize(
    ("start", "end", "middle"),
    [(0, 0.25, (1, -1)), (0.25, 0.5, (1, 1)), (0.5, 0.75, (-1, 1)), (0.75, 1, (-1, -1))],
)
def test_sectors_run_clockwise_from_the_top(
    start: float, end: float, middle: tuple[float, float]
) -> None:
    sector = shapely.Polygon(Primitive(shape="sector", at=(10, start, end)).points)
    assert sector.area == pytest.approx(shapely.Point(0, 0).buffer(10).area / 4, rel=0.01)
    assert sector.contains(shapely.Point(middle))


def test_sectors_make_a_whole_disc() -> None:
    parts = [
        shapely.Polygon(Primitive(shape="sector", at=(10, start, end)).points)
        for start, end in ((0, 0.43), (0.43, 0.71), (0.71, 1))
    ]
    whole = shapely.union_all(parts)
    assert sum(part.area for part in parts) == pytest.approx(whole.area)
    assert whole.area == pytest.approx(shapely.Point(0, 0).buffer(10).area, rel=0.01)


def test_round_corners_take_little_from_a_box() -> None:
    sharp = shapely.Polygon(BOX.points)
    round_ = shapely.Polygon(replace(BOX, at=(-4, -3, 4, 3, 1)).points)
    assert sharp.equals(shapely.box(-4, -3, 4, 3))
    assert round_.is_valid
    assert round_.bounds == pytest.approx(sharp.bounds)
    assert sharp.area - 1 < round_.area < sharp.area


def test_what_is_as_usual_is_not_sent() -> None:
    assert plain([BOX]) == [{"shape": "box", "at": (-4, -3, 4, 3, 0), "fill": "paper"}]


def test_each_hatch_is_sent_with_its_lines_over_all_and_along_the_edge() -> None:
    inside = shapely.box(*FIELD).buffer(-BAND - 0.1, join_style="mitre")
    for sent, hatch in zip(hatches_to_json(), HATCHES, strict=True):
        whole = shapely.MultiLineString(sent["lines"])
        band = shapely.MultiLineString(sent["band"])
        assert sent["angle"] == hatch.angle
        assert whole.intersects(inside)
        assert not band.intersects(inside)
        assert 0 < band.length < whole.length

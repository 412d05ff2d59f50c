from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.geodesy import distance_km, ground_circle
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.projection import fit_view
from mapview.cartography.topology import world

FRAME = Rect(10.0, 20.0, 210.0, 150.0)

places = st.lists(
    st.tuples(st.floats(-180, 180), st.floats(-85, 85), st.floats(0, 300)), min_size=1, max_size=8
)


@given(places)
def test_every_place_is_in_the_frame(wanted: list[tuple[float, float, float]]) -> None:
    view = fit_view(wanted, FRAME)
    for lon, lat, _ in wanted:
        x, y = view.point(lon, lat)
        assert view.frame.has((x, y)), (view.parameters, lon, lat, x, y)


@pytest.mark.parametrize(
    ("wanted", "projection"),
    [
        ([(60, 30, 0), (75, 40, 0)], "lcc"),
        ([(36, -5, 0), (38, 5, 0)], "laea"),
        ([(20, 80, 0), (-150, 84, 0)], "laea +lat_0=90"),
        ([(-118, 34, 0), (20, 59, 0), (139, 35, 0)], "eqearth"),
        ([(178.4, -18.1, 0), (-179.2, -16.9, 0)], "lcc"),
    ],
)
def test_projection_fits_the_content(
    wanted: list[tuple[float, float, float]], projection: str
) -> None:
    assert f"+proj={projection}" in fit_view(wanted, FRAME).parameters


def test_parallels_stand_at_sixths() -> None:
    parameters = fit_view([(60, 30, 0), (70, 42, 0)], FRAME).parameters
    assert "+lat_1=31.9" in parameters
    assert "+lat_2=40.0" in parameters


def test_one_place_is_shown_with_its_surroundings() -> None:
    view = fit_view([(69.17, 34.53, 0)], FRAME)
    assert view.km_per_mm * (FRAME.height) == pytest.approx(120, rel=0.02)


def test_rings_have_their_true_radius() -> None:
    view = fit_view([(60, 25, 0), (75, 42, 0)], FRAME)
    for lon, lat in ((62, 28), (70, 40)):
        points = ground_circle(lon, lat, 100)
        assert all(distance_km(lon, lat, *at) == pytest.approx(100, rel=1e-6) for at in points)
        left, top, right, bottom = view.ring(lon, lat, 100).bounds
        # Conformal: as wide as high.
        assert right - left == pytest.approx(bottom - top, rel=0.02)
        assert right - left == pytest.approx(200 / view.km_per_mm, rel=0.06)


@pytest.mark.parametrize(
    "wanted",
    [
        [(178.4, -18.1, 50), (-179.2, -16.9, 50)],
        [(177, 64, 300), (-170, 66, 300)],
        [(15, 78, 100), (100, 80, 10), (-60, 82, 10)],
        [(-118, 34, 100), (139, 35, 100), (18, 59, 10), (150, -34, 10)],
        [(0, -88, 10)],
        [(69, 34, 10)],
    ],
    ids=["Fiji", "Chukotka", "Arctic", "world", "South Pole", "Kabul"],
)
def test_no_streak_crosses_the_map(wanted: list[tuple[float, float, float]]) -> None:
    view = fit_view(wanted, FRAME)
    frame = shapely.box(*FRAME)
    for line in view.shapes(world().coasts):
        assert frame.buffer(0.01).covers(line)
        for part in shapely.get_parts(line):
            at = np.asarray(part.coords)
            lons, lats = view.from_mm(at[:, 0], at[:, 1])
            ground = list(zip(lons, lats, strict=True))
            steps = [distance_km(*one, *other) for one, other in pairwise(ground)]
            assert max(steps, default=0) < 400


def test_north_is_up_in_the_middle_and_leans_at_the_sides() -> None:
    view = fit_view([(44, 23, 0), (82, 46, 0)], FRAME)
    middle = view.point(63, 35)
    assert abs((view.north_at(*middle) + 180) % 360 - 180) < 0.5
    assert view.turn_of_north > 5
    assert fit_view([(69, 34, 0)], FRAME).turn_of_north < 2

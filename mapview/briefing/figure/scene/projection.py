"""Projections, and which one shows some places best in a frame on paper.

- Lambert's conformal conic, its standard parallels at 1/6 and 5/6 of the latitudes shown: for all
  of the middle latitudes. Circles on the ground stay circles.
- Lambert's azimuthal equal-area: near the equator, near the poles, or where little else fits.
- Equal Earth: where more than about half the world is shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyproj
from numpy.typing import NDArray

from geodata.geodesy import EARTH_RADIUS_KM, ground_circles
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.view import View

__all__ = ["fit_view"]

Floats = NDArray[np.float64]

# The world in Equal Earth, rounded up, on a sphere of the Earth's mean radius; and some sea
# around its edge.
_WORLD_WIDTH_M = 34_487_000
_WORLD_HEIGHT_M = 16_785_000
_WORLD_MARGIN = 1.02
# Less than so much around a place would show no second name.
_LEAST_KM = 120
# Degrees of longitude or latitude from which on only a map of the world shows all.
_WORLD_LON = 170
_WORLD_LAT = 80
# Latitudes beyond which, and spans around a pole from which on, a cone opens too wide.
_POLAR = 66
_POLAR_LON = 90
# Within so many degrees of the equator a cone's standard parallels fall together.
_EQUATORIAL = 12
# Enough points around a place to know how far its circle reaches.
_CIRCLE_STEPS = 24
# Places are told apart to 11 m, so that rounding of the input changes no frame.
_PLACE_DECIMALS = 4


def _middle_and_span(lons: Floats) -> tuple[float, float]:
    """Return the middle longitude of places and how many degrees they span, over 180° or not."""
    turned = np.unique(np.mod(lons, 360))
    gaps = np.diff(np.append(turned, turned[0] + 360))
    widest = int(np.argmax(gaps))
    span = 360 - float(gaps[widest])
    west = float(turned[(widest + 1) % len(turned)])
    middle = (west + span / 2 + 180) % 360 - 180
    return middle, span


def _parameters(lons: Floats, lats: Floats) -> str:
    middle, span = _middle_and_span(lons)
    south, north = float(lats.min()), float(lats.max())
    height, lat = north - south, (north + south) / 2
    common = f"+lon_0={middle:.4f} +R={EARTH_RADIUS_KM * 1000:.1f}"
    if abs(lat) > _POLAR and (abs(lat) + height / 2 > _WORLD_LAT or span > _POLAR_LON):
        return f"+proj=laea +lat_0={math.copysign(90, lat):g} {common}"
    if span > _WORLD_LON or height > _WORLD_LAT:
        return f"+proj=eqearth {common}"
    crosses = south < 0 < north and height > 2 * abs(lat)
    if abs(lat) < _EQUATORIAL or abs(lat) > _WORLD_LAT or crosses:
        return f"+proj=laea +lat_0={lat:.4f} {common}"
    first, second = south + height / 6, north - height / 6
    return f"+proj=lcc +lat_0={lat:.4f} +lat_1={first:.4f} +lat_2={second:.4f} {common}"


def fit_view(
    places: Sequence[tuple[float, float, float]],
    frame: Rect,
    *,
    pad: float = 0.06,
    tight: bool = False,
) -> View:
    """Return the view that shows places in a frame on paper.

    Args:
        places: Longitude, latitude and a radius in km that must be seen too.
        frame: Where on paper.
        pad: Share of the frame that stays free on each side.
        tight: Show exactly what is asked for, however small.
    """
    wanted = np.unique(np.array(places, float).round(_PLACE_DECIMALS), axis=0)
    wanted[:, 2] = np.maximum(wanted[:, 2], 1.0)
    points = ground_circles(wanted, _CIRCLE_STEPS)
    parameters = _parameters(points[:, 0], points[:, 1])
    project = pyproj.Proj(parameters)
    x, y = project(points[:, 0], points[:, 1])
    width, height = frame.width, frame.height
    extent = max(float(np.ptp(x)) / width, float(np.ptp(y)) / height) / (1 - 2 * pad)
    least = 0 if tight else _LEAST_KM * 1000 / min(width, height)
    scale = max(extent, least)
    middle = ((float(x.max()) + float(x.min())) / 2, (float(y.max()) + float(y.min())) / 2)
    if "eqearth" in parameters:
        world = (_WORLD_WIDTH_M / width, _WORLD_HEIGHT_M / height)
        return View(parameters, frame, _WORLD_MARGIN * max(world), (0.0, 0.0))
    return View(parameters, frame, scale, middle)

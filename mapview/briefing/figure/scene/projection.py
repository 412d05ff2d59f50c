"""Projections fitted to what is shown, and `View`: the part of the world in a frame on paper.

- Lambert's conformal conic, its standard parallels at 1/6 and 5/6 of the latitudes shown: for all
  of the middle latitudes. Circles on the ground stay circles.
- Lambert's azimuthal equal-area: near the equator, near the poles, or where little else fits.
- Equal Earth: where more than about half the world is shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.geodesy import EARTH_RADIUS_KM, ground_circle, ground_circles

__all__ = ["Box", "View", "fit_view"]

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

# Of Equal Earth.
_WORLD_WIDTH_M = 34_487_000
_WORLD_HEIGHT_M = 16_785_000
_LEAST_KM = 120
_WORLD_LON = 170
_WORLD_LAT = 80
_POLAR = 66
_EQUATORIAL = 12
_STEP_DEGREES = 0.5
_LEAST_DETAIL_MM = 0.035
_EDGE_MM = 1.5


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
    if abs(lat) > _POLAR and (abs(lat) + height / 2 > _WORLD_LAT or span > 90):  # noqa: PLR2004
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
    box: Box,
    *,
    pad: float = 0.06,
    tight: bool = False,
) -> View:
    """Return the view that shows places in a box on paper.

    Args:
        places: Longitude, latitude and a radius in km that must be seen too.
        box: Left, top, right and bottom on paper, in mm.
        pad: Share of the box that stays free on each side.
        tight: Show exactly what is asked for, however small.
    """
    wanted = np.unique(np.array(places, float).round(4), axis=0)
    wanted[:, 2] = np.maximum(wanted[:, 2], 1.0)
    points = ground_circles(wanted, 24)
    parameters = _parameters(points[:, 0], points[:, 1])
    project = pyproj.Proj(parameters)
    x, y = project(points[:, 0], points[:, 1])
    width, height = box[2] - box[0], box[3] - box[1]
    extent = max(float(np.ptp(x)) / width, float(np.ptp(y)) / height) / (1 - 2 * pad)
    least = 0 if tight else _LEAST_KM * 1000 / min(width, height)
    scale = max(extent, least)
    middle = ((float(x.max()) + float(x.min())) / 2, (float(y.max()) + float(y.min())) / 2)
    if "eqearth" in parameters:
        world = (_WORLD_WIDTH_M / width, _WORLD_HEIGHT_M / height)
        return View(parameters, box, 1.02 * max(world), (0.0, 0.0))
    return View(parameters, box, scale, middle)


class OnGround(Protocol):
    """Anything that has a place."""

    @property
    def lon(self) -> float:
        """Longitude in degrees."""

    @property
    def lat(self) -> float:
        """Latitude in degrees."""


S = TypeVar("S", bound=OnGround)


@dataclass(frozen=True)
class View:
    """Part of the world in a frame on paper.

    Args:
        parameters: Projection, as PROJ writes it.
        box: Left, top, right and bottom of the frame, in mm.
        scale: Metres of the projection a millimetre.
        middle: Projected coordinates of the middle of the frame.
    """

    parameters: str
    box: Box
    scale: float
    middle: tuple[float, float]

    @cached_property
    def _project(self) -> pyproj.Proj:
        return pyproj.Proj(self.parameters)

    @property
    def is_world(self) -> bool:
        """Whether the whole world may be in the frame, with its edge."""
        return "eqearth" in self.parameters

    @cached_property
    def lon_0(self) -> float:
        """Longitude that runs straight up."""
        return float(self.parameters.split("+lon_0=")[1].split()[0])

    @cached_property
    def frame(self) -> BaseGeometry:
        """The frame as a rectangle on paper."""
        return shapely.box(*self.box)

    def to_mm(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        """Return places on paper; not finite where the projection has none."""
        x, y = self._project(lons, lats, errcheck=False)
        left, top, right, bottom = self.box
        return (
            (left + right) / 2 + (np.asarray(x) - self.middle[0]) / self.scale,
            (top + bottom) / 2 - (np.asarray(y) - self.middle[1]) / self.scale,
        )

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return one place on paper."""
        x, y = self.to_mm(np.array([lon]), np.array([lat]))
        return float(x[0]), float(y[0])

    def holding(self, spots: Sequence[S]) -> list[tuple[float, float, S]]:
        """Return what is inside the frame, not at its very edge, with where it is on paper."""
        if not spots:
            return []
        lons, lats = (np.array([getattr(s, name) for s in spots]) for name in ("lon", "lat"))
        xs, ys = self.to_mm(lons, lats)
        placed = zip(xs.tolist(), ys.tolist(), spots, strict=True)
        return [one for one in placed if self.holds(one[0], one[1], _EDGE_MM)]

    def from_mm(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return where points on paper lie; not finite outside the world."""
        left, top, right, bottom = self.box
        lons, lats = self._project(
            (x - (left + right) / 2) * self.scale + self.middle[0],
            ((top + bottom) / 2 - y) * self.scale + self.middle[1],
            inverse=True,
            errcheck=False,
        )
        return np.asarray(lons), np.asarray(lats)

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Whether a point on paper is inside the frame, so far from its edge."""
        left, top, right, bottom = self.box
        return left + margin <= x <= right - margin and top + margin <= y <= bottom - margin

    @cached_property
    def window(self) -> Box:
        """West, south, east and north of what the frame shows; longitudes may pass ±180."""
        left, top, right, bottom = self.box
        x, y = np.meshgrid(np.linspace(left, right, 41), np.linspace(top, bottom, 41))
        lons, lats = self.from_mm(x.ravel(), y.ravel())
        if not (np.isfinite(lons).all() and np.isfinite(lats).all()):
            return (self.lon_0 - 180, -90, self.lon_0 + 180, 90)
        away = np.mod(lons - self.lon_0 + 180, 360) - 180
        pad = 0.02 * float(np.ptp(lats)) + 0.05
        south, north = float(lats.min()) - pad, float(lats.max()) + pad
        west, east = float(away.min()) - pad, float(away.max()) + pad
        for pole in (-90.0, 90.0):
            if self.holds(*self.point(self.lon_0, pole)):
                west, east = -180, 180
                south, north = (pole, north) if pole < 0 else (south, pole)
        if east - west > 300:  # noqa: PLR2004 - the frame reaches round the world
            west, east = -180, 180
        west, east = max(-180.0, west), min(180.0, east)
        return (self.lon_0 + west, max(-90.0, south), self.lon_0 + east, min(90.0, north))

    def shapes(self, geometries: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        """Return polygons or lines on paper, cut to the frame; what is outside is left out."""
        west, south, east, north = self.window
        found: list[BaseGeometry] = []
        array = np.array(geometries, dtype=object)
        bounds = shapely.bounds(array)
        for turn in (-360.0, 0.0, 360.0):
            inside = (
                (bounds[:, 0] + turn < east)
                & (bounds[:, 2] + turn > west)
                & (bounds[:, 1] < north)
                & (bounds[:, 3] > south)
            )
            for geometry in array[inside]:
                cut = shapely.clip_by_rect(geometry, west - turn, south, east - turn, north)
                if not cut.is_empty:
                    found.append(self._on_paper(cut, turn))
        return [one for one in found if not one.is_empty]

    def _on_paper(self, geometry: BaseGeometry, turn: float) -> BaseGeometry:
        dense = shapely.segmentize(geometry, _STEP_DEGREES)
        on_paper = shapely.transform(dense, lambda at: self._moved(at, turn))
        if not shapely.is_valid(on_paper):
            on_paper = shapely.make_valid(on_paper, method="structure", keep_collapsed=False)
        left, top, right, bottom = self.box
        cut = shapely.clip_by_rect(on_paper, left, top, right, bottom)
        return shapely.simplify(cut, _LEAST_DETAIL_MM)

    def _moved(self, at: Floats, turn: float) -> Floats:
        # A hair inside ±180° of the middle, so that no edge jumps to the other side.
        lons = np.clip(at[:, 0] + turn, self.lon_0 - 179.9999, self.lon_0 + 179.9999)
        lats = np.clip(at[:, 1], -89.9999, 89.9999)
        x, y = self.to_mm(lons, lats)
        return np.nan_to_num(np.column_stack([x, y]), posinf=1e5, neginf=-1e5).clip(-1e5, 1e5)

    def ring(self, lon: float, lat: float, radius_km: float) -> BaseGeometry:
        """Return a circle of true ground distance on paper, not cut; empty where it would tear."""
        points = ground_circle(lon, lat, radius_km)
        x, y = self.to_mm(points[:, 0], points[:, 1])
        if not np.isfinite(x).all():
            return shapely.Polygon()
        steps = np.hypot(np.diff(x), np.diff(y))
        if steps.max() > 12 * max(float(np.median(steps)), 0.01):
            return shapely.Polygon()
        return shapely.Polygon(np.column_stack([x, y]))

    @cached_property
    def km_per_mm(self) -> float:
        """Ground distance of a millimetre, along the middle of the frame."""
        left, top, right, bottom = self.box
        x, y = (left + right) / 2, (top + bottom) / 2
        lons, lats = self.from_mm(np.array([x - 5, x + 5]), np.array([y, y]))
        if not np.isfinite(lons).all():
            return self.scale / 1000
        geod = pyproj.Geod(a=EARTH_RADIUS_KM * 1000, f=0)
        metres = geod.inv(lons[0], lats[0], lons[1], lats[1])[2]
        return float(metres) / 10_000

    def north_at(self, x: float, y: float) -> float:
        """Return how many degrees clockwise from up north lies at a point on paper."""
        lons, lats = self.from_mm(np.array([x]), np.array([y]))
        if not np.isfinite(lons).all():
            return 0.0
        lat = float(lats[0])
        step = 0.01 if lat < 89 else -0.01  # noqa: PLR2004
        x1, y1 = self.point(float(lons[0]), lat + step)
        angle = math.degrees(math.atan2(x1 - x, -(y1 - y)))
        return angle if step > 0 else (angle + 180) % 360

    @cached_property
    def turn_of_north(self) -> float:
        """The most that north is away from up anywhere in the frame, in degrees."""
        left, top, right, bottom = self.box
        corners = [(x, y) for x in (left, right) for y in (top, bottom)]
        return max(abs((self.north_at(x, y) + 180) % 360 - 180) for x, y in corners)

    @property
    def zoom(self) -> float:
        """The screen's zoom level of the same scale, which says how many names there are."""
        left, top, right, bottom = self.box
        _, lats = self.from_mm(np.array([(left + right) / 2]), np.array([(top + bottom) / 2]))
        lat = float(lats[0]) if np.isfinite(lats).all() else 0.0
        km_per_px = self.km_per_mm * 25.4 / 96
        around = 2 * math.pi * EARTH_RADIUS_KM * max(0.05, math.cos(math.radians(lat)))
        return math.log2(around / (256 * km_per_px))

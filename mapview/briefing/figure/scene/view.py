"""`View`: the part of the world in a frame on paper, and where things on the ground lie in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol, TypeVar

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.geodesy import EARTH_RADIUS_KM, ground_circle
from mapview.briefing.figure.paper.rect import XY, Rect

__all__ = ["View"]

Floats = NDArray[np.float64]

# Straight edges on the ground are bent on paper; a point each half degree follows them.
_STEP_DEGREES = 0.5
# Detail below half the width of the finest line cannot be printed.
_LEAST_DETAIL_MM = 0.035
# A symbol whose middle is nearer to the edge of the frame would be cut by it.
_EDGE_MM = 1.5
# A hair inside ±180° of the middle and the poles, so that no edge jumps to the other side.
_MOST_AWAY = 179.9999
_MOST_LAT = 89.9999
# What lies beyond the projection is put so far off every sheet.
_OFF_MM = 1e5
# The frame is asked at so many points a side what it shows; what lies between is in the margin.
_WINDOW_STEPS = 41
_WINDOW_MARGIN = 0.02
_WINDOW_MARGIN_DEGREES = 0.05
# A frame that shows so many degrees reaches round the world.
_ROUND_DEGREES = 300
# A ring one of whose sides is so much longer than most was torn apart by the projection.
_TORN = 12
_LEAST_SIDE_MM = 0.01
# Over so many mm the scale is measured, and over so many degrees the way to the north.
_MEASURED_MM = 10
_MEASURED_DEGREES = 0.01
# So near to the pole north is measured backwards.
_NEAR_POLE = 89
# Tiles of the screen's map at zoom level 0, and pixels of a screen.
_TILE_PX = 256
_MM_PER_PX = 25.4 / 96
# At the poles, where the screen's map is infinitely large, its scale is taken from about 87°.
_LEAST_COSINE = 0.05
# Points along each side of a frame that is drawn on another map, where its sides are bent.
_OUTLINE_STEPS = 9


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

    Attributes:
        parameters: Projection, as PROJ writes it.
        frame: Where on paper.
        scale: Metres of the projection a millimetre.
        middle: Projected coordinates of the middle of the frame.
    """

    parameters: str
    frame: Rect
    scale: float
    middle: XY

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
    def polygon(self) -> shapely.Polygon:
        """The frame as a shape on paper."""
        return shapely.box(*self.frame)

    def to_mm(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        """Return places on paper; not finite where the projection has none."""
        x, y = self._project(lons, lats, errcheck=False)
        centre_x, centre_y = self.frame.middle
        return (
            centre_x + (np.asarray(x) - self.middle[0]) / self.scale,
            centre_y - (np.asarray(y) - self.middle[1]) / self.scale,
        )

    def point(self, lon: float, lat: float) -> XY:
        """Return one place on paper."""
        x, y = self.to_mm(np.array([lon]), np.array([lat]))
        return float(x[0]), float(y[0])

    def from_mm(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return where points on paper lie; not finite outside the world."""
        centre_x, centre_y = self.frame.middle
        lons, lats = self._project(
            (x - centre_x) * self.scale + self.middle[0],
            (centre_y - y) * self.scale + self.middle[1],
            inverse=True,
            errcheck=False,
        )
        return np.asarray(lons), np.asarray(lats)

    def ground(self, x: float, y: float) -> XY:
        """Return the longitude and latitude of one point on paper; not finite outside the world."""
        lons, lats = self.from_mm(np.array([x]), np.array([y]))
        return float(lons[0]), float(lats[0])

    def holding(self, places: Sequence[S]) -> list[tuple[float, float, S]]:
        """Return what is inside the frame, not at its very edge, with where it is on paper."""
        if not places:
            return []
        lons, lats = (np.array([getattr(one, name) for one in places]) for name in ("lon", "lat"))
        xs, ys = self.to_mm(lons, lats)
        inner = self.frame.grown(-_EDGE_MM)
        placed = zip(xs.tolist(), ys.tolist(), places, strict=True)
        return [one for one in placed if inner.has(one[:2])]

    @cached_property
    def window(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what the frame shows; longitudes may pass ±180."""
        left, top, right, bottom = self.frame
        x, y = np.meshgrid(
            np.linspace(left, right, _WINDOW_STEPS), np.linspace(top, bottom, _WINDOW_STEPS)
        )
        lons, lats = self.from_mm(x.ravel(), y.ravel())
        if not (np.isfinite(lons).all() and np.isfinite(lats).all()):
            return (self.lon_0 - 180, -90, self.lon_0 + 180, 90)
        away = np.mod(lons - self.lon_0 + 180, 360) - 180
        margin = _WINDOW_MARGIN * float(np.ptp(lats)) + _WINDOW_MARGIN_DEGREES
        south, north = float(lats.min()) - margin, float(lats.max()) + margin
        west, east = float(away.min()) - margin, float(away.max()) + margin
        for pole in (-90.0, 90.0):
            if self.frame.has(self.point(self.lon_0, pole)):
                west, east = -180, 180
                south, north = (pole, north) if pole < 0 else (south, pole)
        if east - west > _ROUND_DEGREES:
            west, east = -180, 180
        west, east = max(-180.0, west), min(180.0, east)
        return (self.lon_0 + west, max(-90.0, south), self.lon_0 + east, min(90.0, north))

    def shapes(self, geometries: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        """Return polygons or lines on paper, cut to the frame; what is outside is left out."""
        return [one for _, one in self.pieces(geometries)]

    def pieces(self, geometries: Sequence[BaseGeometry]) -> list[tuple[int, BaseGeometry]]:
        """Return the same, each with the place in the list of what it is a piece of."""
        west, south, east, north = self.window
        found: list[tuple[int, BaseGeometry]] = []
        array = np.array(geometries, dtype=object)
        bounds = shapely.bounds(array)
        for turn in (-360.0, 0.0, 360.0):
            inside = (
                (bounds[:, 0] + turn < east)
                & (bounds[:, 2] + turn > west)
                & (bounds[:, 1] < north)
                & (bounds[:, 3] > south)
            )
            for index in np.flatnonzero(inside).tolist():
                cut = shapely.clip_by_rect(array[index], west - turn, south, east - turn, north)
                if not cut.is_empty:
                    found.append((index, self._on_paper(cut, turn)))
        return [(index, one) for index, one in found if not one.is_empty]

    def _on_paper(self, geometry: BaseGeometry, turn: float) -> BaseGeometry:
        dense = shapely.segmentize(geometry, _STEP_DEGREES)
        on_paper = shapely.transform(dense, lambda at: self._moved(at, turn))
        if not shapely.is_valid(on_paper):
            on_paper = shapely.make_valid(on_paper, method="structure", keep_collapsed=False)
        return shapely.simplify(shapely.clip_by_rect(on_paper, *self.frame), _LEAST_DETAIL_MM)

    def _moved(self, at: Floats, turn: float) -> Floats:
        lons = np.clip(at[:, 0] + turn, self.lon_0 - _MOST_AWAY, self.lon_0 + _MOST_AWAY)
        lats = np.clip(at[:, 1], -_MOST_LAT, _MOST_LAT)
        points = np.column_stack(self.to_mm(lons, lats))
        return np.nan_to_num(points, posinf=_OFF_MM, neginf=-_OFF_MM).clip(-_OFF_MM, _OFF_MM)

    def ring(self, lon: float, lat: float, radius_km: float) -> shapely.Polygon:
        """Return a circle of true ground distance on paper, not cut; empty where it would tear."""
        points = ground_circle(lon, lat, radius_km)
        x, y = self.to_mm(points[:, 0], points[:, 1])
        if not np.isfinite(x).all():
            return shapely.Polygon()
        sides = np.hypot(np.diff(x), np.diff(y))
        if sides.max() > _TORN * max(float(np.median(sides)), _LEAST_SIDE_MM):
            return shapely.Polygon()
        return shapely.Polygon(np.column_stack([x, y]))

    def outline_of(self, inset: View) -> shapely.Polygon:
        """Return the frame of another view as it lies on this one."""
        left, top, right, bottom = inset.frame
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        sides = [np.linspace(one, other, _OUTLINE_STEPS) for one, other in pairwise(corners)]
        along = np.concatenate(sides)
        return shapely.Polygon(
            np.column_stack(self.to_mm(*inset.from_mm(along[:, 0], along[:, 1])))
        )

    @cached_property
    def km_per_mm(self) -> float:
        """Ground distance of a millimetre, along the middle of the frame."""
        (x, y), half = self.frame.middle, _MEASURED_MM / 2
        lons, lats = self.from_mm(np.array([x - half, x + half]), np.array([y, y]))
        if not np.isfinite(lons).all():
            return self.scale / 1000
        geod = pyproj.Geod(a=EARTH_RADIUS_KM * 1000, f=0)
        metres = geod.inv(lons[0], lats[0], lons[1], lats[1])[2]
        return float(metres) / (1000 * _MEASURED_MM)

    def north_at(self, x: float, y: float) -> float:
        """Return how many degrees clockwise from up north lies at a point on paper."""
        lon, lat = self.ground(x, y)
        if not math.isfinite(lon):
            return 0.0
        step = _MEASURED_DEGREES if lat < _NEAR_POLE else -_MEASURED_DEGREES
        x1, y1 = self.point(lon, lat + step)
        angle = math.degrees(math.atan2(x1 - x, -(y1 - y)))
        return angle if step > 0 else (angle + 180) % 360

    @cached_property
    def turn_of_north(self) -> float:
        """The most that north is away from up anywhere in the frame, in degrees."""
        left, top, right, bottom = self.frame
        corners = [(x, y) for x in (left, right) for y in (top, bottom)]
        return max(abs((self.north_at(x, y) + 180) % 360 - 180) for x, y in corners)

    @property
    def zoom(self) -> float:
        """The screen's zoom level of the same scale, which says how many names there are."""
        _, lat = self.ground(*self.frame.middle)
        lat = lat if math.isfinite(lat) else 0.0
        km_per_px = self.km_per_mm * _MM_PER_PX
        cosine = max(_LEAST_COSINE, math.cos(math.radians(lat)))
        return math.log2(2 * math.pi * EARTH_RADIUS_KM * cosine / (_TILE_PX * km_per_px))

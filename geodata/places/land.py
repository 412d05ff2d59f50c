"""How far many places lie from the land of a country, asked at once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata import geodesy

__all__ = ["Land"]

Floats = NDArray[np.float64]

# An outline is looked at in runs of so many edges. With fewer there are more boxes around runs,
# with more there are more edges in each: a place outside Afghanistan, of 1,400 edges, takes 18 µs
# with 24, 20 with 12, 26 with 48; outside Russia, of 10,400, they are 50, 84 and 42.
_RUN = 24
# So many boxes are held against places at once; with four times as many, Russia takes 71 µs.
_MOST_BOXES = 1 << 14
_TURNS = (-360.0, 0.0, 360.0)
# What is as near as another but for the rounding of numbers is looked at, too.
_ROUNDING = 1e-9


class Land:
    """The land of a country, made ready to be asked about many places.

    Args:
        geometry: Valid polygon or multipolygon in degrees, longitude first.
    """

    def __init__(self, geometry: BaseGeometry) -> None:
        # GEOS keeps what it makes ready with a geometry, and makes it when it is first asked; with
        # a geometry of its own, that was asked once, this may be asked by several threads.
        self._geometry = shapely.from_wkb(shapely.to_wkb(geometry))
        shapely.prepare(self._geometry)
        shapely.intersects_xy(self._geometry, *shapely.get_coordinates(self._geometry)[0])
        rings = shapely.get_rings(shapely.get_parts(self._geometry))
        self._runs = np.concatenate([_runs_of(shapely.get_coordinates(ring)) for ring in rings])
        (self._west, self._south), (self._east, self._north) = (
            end(self._runs, axis=1).T for end in (np.min, np.max)
        )

    def distances_km(self, positions: Sequence[tuple[float, float]]) -> list[float]:
        """Return how far each place lies from the land, 0 for those inside.

        The nearest point is sought on a plane stretched for the latitude, the distance then
        measured on the sphere: good to a few per cent within some thousand kilometres.

        Args:
            positions: Longitude and latitude in degrees.
        """
        places = np.asarray(positions, float).reshape(-1, 2)
        outside = np.flatnonzero(~shapely.intersects_xy(self._geometry, *places.T))
        found = np.zeros(len(places))
        step = max(1, _MOST_BOXES // (len(_TURNS) * len(self._runs)))
        for first in range(0, len(outside), step):
            some = outside[first : first + step]
            # Each is looked for from all copies of the world.
            seen = np.concatenate([places[some] + (turn, 0.0) for turn in _TURNS])
            found[some] = np.min(np.reshape(self._away(seen), (len(_TURNS), -1)), axis=0)
        kilometres: list[float] = found.tolist()
        return kilometres

    def _away(self, places: Floats) -> list[float]:
        """Measure to the nearest point of the land on its plane."""
        lons, lats = places.T
        stretch = np.array([max(math.cos(math.radians(lat)), 0.01) for lat in lats.tolist()])
        of, runs = np.nonzero(self._may_be_nearest(lons, lats, stretch))
        lines = self._runs[runs]
        lines[..., 0] *= stretch[of, np.newaxis]
        candidates = shapely.multilinestrings(shapely.linestrings(lines), indices=of)
        seen = shapely.points(lons * stretch, lats)
        nearest = shapely.get_coordinates(shapely.shortest_line(candidates, seen))[::2]
        ends = np.column_stack([lons, lats, nearest[:, 0] / stretch, nearest[:, 1]])
        return [geodesy.distance_km(*one) for one in ends.tolist()]

    def _may_be_nearest(self, lons: Floats, lats: Floats, stretch: Floats) -> NDArray[np.bool_]:
        """Return which run of the outline may hold the point that is nearest, a row a place."""
        x, y, wide = (column[:, np.newaxis] for column in (lons, lats, stretch))
        aside = np.maximum(self._west - x, x - self._east).clip(0) * wide
        up = np.maximum(self._south - y, y - self._north).clip(0)
        least = aside * aside + up * up
        # Each run is at most as far as the corner it begins with.
        aside, up = (self._runs[:, 0, 0] - x) * wide, self._runs[:, 0, 1] - y
        most = np.min(aside * aside + up * up, axis=1, keepdims=True)
        return np.asarray(least <= most * (1 + _ROUNDING) + _ROUNDING**2)


def _runs_of(ring: Floats) -> Floats:
    """Return a ring in runs of equal length; the last stands still where the ring ends."""
    begins = np.arange(0, len(ring) - 1, _RUN)
    at = np.minimum(begins[:, np.newaxis] + np.arange(_RUN + 1), len(ring) - 1)
    return np.asarray(ring[at])

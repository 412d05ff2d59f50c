"""Hatches: the parallel lines that fill a shape, on any map and in any icon."""

from __future__ import annotations

import math

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

__all__ = ["hatch_lines"]


def hatch_lines(shape: BaseGeometry, angle: float, spacing: float) -> BaseGeometry:
    """Return parallel lines inside a shape, y growing downwards.

    They are counted from 0, 0 and not from the shape, so that those of neighbours line up.

    Args:
        shape: What is hatched.
        angle: Direction of the lines in degrees, clockwise from east.
        spacing: Distance between lines, in the units of the shape.

    Example:
        >>> print(hatch_lines(shapely.box(-5, -5, 5, 4), 0, 8))
        LINESTRING (-5 0, 5 0)
    """
    if shape.is_empty:
        return shape
    turned = affinity.rotate(shape, -angle, origin=(0, 0))
    left, top, right, bottom = turned.bounds
    first, last = math.ceil(top / spacing), math.floor(bottom / spacing)
    rows = [
        shapely.LineString([(left - 1, row * spacing), (right + 1, row * spacing)])
        for row in range(first, last + 1)
    ]
    if not rows:
        return shapely.LineString()
    cut = shapely.intersection(shapely.MultiLineString(rows), turned)
    return affinity.rotate(cut, angle, origin=(0, 0))

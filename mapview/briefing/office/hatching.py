"""Lines of a hatch in a small field, for legends."""

from __future__ import annotations

import math
from collections.abc import Iterator

from shapely.affinity import rotate
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

__all__ = ["hatch_lines"]

Line = list[tuple[float, float]]


def hatch_lines(
    width: float, height: float, angle: int, spacing: float, *, edge: float | None = None
) -> list[Line]:
    """Return the lines of a hatch in a rectangle from 0, 0 on, with y growing downwards.

    Args:
        width: Of the rectangle.
        height: Of the rectangle.
        angle: Direction of the lines in degrees, clockwise from east.
        spacing: Distance between lines.
        edge: Width of a band along the edge that is hatched alone; `None` for all of it.

    Example:
        >>> hatch_lines(10, 10, 0, 8)
        [[(0.0, 5.0), (10.0, 5.0)]]
    """
    field = box(0, 0, width, height)
    if edge is not None:
        field = field.difference(box(edge, edge, width - edge, height - edge))
    reach = math.hypot(width, height)
    steps = math.ceil(reach / 2 / spacing)
    found: list[Line] = []
    for step in range(-steps, steps + 1):
        y = height / 2 + step * spacing
        line = LineString([(width / 2 - reach, y), (width / 2 + reach, y)])
        turned = rotate(line, angle, origin=(width / 2, height / 2))
        found += _pieces(turned.intersection(field))
    return found


def _pieces(shape: BaseGeometry) -> Iterator[Line]:
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type == "LineString" and part.length > 1:
            yield [(round(x, 3), round(y, 3)) for x, y in part.coords]

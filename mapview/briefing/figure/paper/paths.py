"""Outlines as matplotlib's paths: of shapes, and of letters that are set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.paper.fonts import MM_PER_PT, Face, parts_of, properties, width_mm

__all__ = ["mirrored", "path_of", "spaced_path"]

# Letters are traced once at this size, in points.
_TRACED_PT = 100.0


def mirrored(geometry: BaseGeometry | Sequence[BaseGeometry], width: float) -> Any:
    """Return shapes in mm as they stand on a sheet of some width that is turned round."""

    def turned(points: Any) -> Any:
        return np.column_stack([width - points[:, 0], points[:, 1]])

    return shapely.transform(np.atleast_1d(np.array(geometry, dtype=object)), turned)


def path_of(geometry: BaseGeometry | Sequence[BaseGeometry]) -> Path | None:
    """Return shapely's geometry as one path; outer rings one way round, holes the other."""
    vertices: list[Any] = []
    codes: list[Any] = []
    for part in shapely.get_parts(np.atleast_1d(np.array(geometry, dtype=object))):
        for coords, is_closed in _runs(part):
            if len(coords) < 2:  # noqa: PLR2004 - a point is no line
                continue
            code = np.full(len(coords), Path.LINETO, dtype=Path.code_type)
            code[0] = Path.MOVETO
            if is_closed:
                code[-1] = Path.CLOSEPOLY
            vertices.append(coords)
            codes.append(code)
    if not vertices:
        return None
    return Path(np.concatenate(vertices), np.concatenate(codes))


def _runs(part: BaseGeometry) -> Iterator[tuple[Any, bool]]:
    if part.is_empty:
        return
    if part.geom_type == "Polygon":
        part = shapely.orient_polygons(part)
        yield np.asarray(part.exterior.coords), True
        for hole in part.interiors:
            yield np.asarray(hole.coords), True
    elif part.geom_type in ("LineString", "LinearRing"):
        yield np.asarray(part.coords), False
    elif hasattr(part, "geoms"):
        for inner in part.geoms:
            yield from _runs(inner)


def spaced_path(words: str, face: Face) -> Path:
    """Return letters that are set apart, in mm to the right of where they begin, and down."""
    set_so_far, paths = "", []
    for letter in parts_of(words):
        set_so_far += letter
        if letter.isspace():
            continue
        x = width_mm(set_so_far, face) - width_mm(letter, face)
        to_mm = MM_PER_PT * face.size / _TRACED_PT
        placed = Affine2D().scale(to_mm, -to_mm).translate(x, 0)
        paths.append(_traced(letter, face.sized(_TRACED_PT)).transformed(placed))
    return Path.make_compound_path(*paths)


@lru_cache(maxsize=512)
def _traced(letter: str, face: Face) -> Path:
    return TextPath((0, 0), letter, size=face.size, prop=properties(face))

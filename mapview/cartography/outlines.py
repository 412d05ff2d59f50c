"""Outlines of the incident symbols as polygons: the same shapes as on the screen."""

from __future__ import annotations

import math
from functools import cache

from geodata.errors import FormatError

__all__ = ["SHAPES", "Vertices", "outlines_to_json", "symbol_outline"]

Vertices = tuple[tuple[float, float], ...]

_PLUS: Vertices = (
    (-0.36, -1), (0.36, -1), (0.36, -0.36), (1, -0.36), (1, 0.36), (0.36, 0.36),
    (0.36, 1), (-0.36, 1), (-0.36, 0.36), (-1, 0.36), (-1, -0.36), (-0.36, -0.36),
)  # fmt: skip
_DROP = (
    ((0, -1.24), (0.5, -0.5), (0.86, -0.14), (0.86, 0.3)),
    ((0.86, 0.3), (0.86, 0.8), (0.46, 1.08), (0, 1.08)),
    ((0, 1.08), (-0.46, 1.08), (-0.86, 0.8), (-0.86, 0.3)),
    ((-0.86, 0.3), (-0.86, -0.14), (-0.5, -0.5), (0, -1.24)),
)


def _burst() -> Vertices:
    turns = [(i / 8 * math.pi - math.pi / 2, 1.16 * (0.62 if i % 2 else 1)) for i in range(16)]
    return tuple((math.cos(angle) * r, math.sin(angle) * r) for angle, r in turns)


def _circle() -> Vertices:
    turns = [i / 24 * math.pi for i in range(48)]
    return tuple((0.94 * math.cos(angle), 0.94 * math.sin(angle)) for angle in turns)


def _hexagon() -> Vertices:
    turns = [i / 3 * math.pi for i in range(6)]
    return tuple((1.12 * math.sin(angle), -1.12 * math.cos(angle)) for angle in turns)


def _drop() -> Vertices:
    return tuple(_bezier(curve, i / 8) for curve in _DROP for i in range(8))


def _bezier(curve: tuple[tuple[float, float], ...], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (
        sum(w * point[axis] for w, point in zip(weights, curve, strict=True)) for axis in (0, 1)
    )
    return x, y


def _cross() -> Vertices:
    return tuple(((x - y) * 0.72 * 1.06, (x + y) * 0.72 * 1.06) for x, y in _PLUS)


SHAPES: dict[str, Vertices] = {
    "burst": _burst(),
    "circle": _circle(),
    "wedge": ((-1.06, -0.82), (1.06, -0.82), (0, 1.08)),
    "triangle": ((-1.06, 0.82), (1.06, 0.82), (0, -1.08)),
    "drop": _drop(),
    "plus": _PLUS,
    "square": ((-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)),
    "cross": _cross(),
    "diamond": ((0, -1.16), (1.0, 0), (0, 1.16), (-1.0, 0)),
    "hexagon": _hexagon(),
    # What stands in a base area: a flag on its pole, a tent with its door.
    "flag": ((-0.8, 1.15), (-0.8, -1.15), (1.05, -0.5), (-0.45, 0.15), (-0.45, 1.15)),
    "tent": ((0, -1), (1.15, 0.85), (0.4, 0.85), (0, 0.1), (-0.4, 0.85), (-1.15, 0.85)),
    "bar": ((-1.1, -0.52), (1.1, -0.52), (1.1, 0.52), (-1.1, 0.52)),
}


@cache
def symbol_outline(shape: str) -> Vertices:
    """Return the outline of a symbol of radius 1 around 0, 0, with y growing downwards.

    Args:
        shape: As `mapview.cartography.style.Kind.shape` names it.

    Raises:
        FormatError: If there is no such shape.

    Example:
        >>> symbol_outline("diamond")
        ((0, -1.16), (1.0, 0), (0, 1.16), (-1.0, 0))
    """
    if shape not in SHAPES:
        raise FormatError(f"shape must be one of {', '.join(SHAPES)}, got {shape!r:.40}")
    return SHAPES[shape]


def outlines_to_json() -> dict[str, list[tuple[float, float]]]:
    """Return all outlines as plain values, to a thousandth of a pixel of the screen."""
    return {
        name: [(round(x, 4), round(y, 4)) for x, y in points] for name, points in SHAPES.items()
    }

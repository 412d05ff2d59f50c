"""Parts of the legend that slides and documents draw alike."""

from __future__ import annotations

import math
from typing import Final

from mapview.cartography.style import KINDS

__all__ = ["RIM", "disc_sector"]

# Kinds of the sample disc, and the share of its rim where each ends.
RIM: Final = ((0, 0.45), (1, 0.75), (3, 1.0))


def disc_sector(index: int, radius: float) -> tuple[str, list[tuple[float, float]]]:
    """Return the colour and outline of one sector of the sample disc, around 0, 0."""
    kind, end = RIM[index]
    start = RIM[index - 1][1] if index else 0.0
    turns = [math.tau * (start + (end - start) * step / 16 - 0.25) for step in range(17)]
    arc = [(radius * math.cos(turn), radius * math.sin(turn)) for turn in turns]
    return KINDS[kind].color.light, [(0.0, 0.0), *arc]

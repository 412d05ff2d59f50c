"""The legend's lines for native legends: those of the figure, and discs of several incidents."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final, cast

from mapview.briefing.content import Briefing
from mapview.briefing.figure import LegendEntry, legend_entries
from mapview.briefing.figure.legend import AREAS, GROUND, INCIDENTS
from mapview.style import KINDS

__all__ = ["DISC", "RIM", "disc_sector", "native_entries"]

DISC: Final = "disc"
# Kinds of the sample disc, and the share of its rim where each ends.
RIM: Final = ((0, 0.45), (1, 0.75), (3, 1.0))
_WORDS: Final = "Disc: several incidents; the rim shows their kinds"
# Symbols nearer to each other than this part of the map become a disc.
_NEAR: Final = 1 / 30
_LEAST_SPAN: Final = 1.0


def native_entries(briefing: Briefing) -> list[LegendEntry]:
    """Return the legend of a map that is drawn without one."""
    entries = legend_entries(briefing)
    if not _has_crowds(briefing):
        return entries
    at = next(i for i, one in enumerate(entries) if one.section in (AREAS, GROUND))
    section = entries[at - 1].section if at else INCIDENTS
    # Discs depend on the scale, so that the figure's own list cannot know them.
    return [*entries[:at], LegendEntry(section, cast("Any", DISC), _WORDS), *entries[at:]]


def _has_crowds(briefing: Briefing) -> bool:
    """Whether any two symbols are so near that they are drawn as one disc."""
    points = [one.points[0] for one in briefing.records.incidents if one.is_mappable and one.points]
    if not points:
        return False
    lats = [lat for _, lat in points]
    lons = [lon for lon, _ in points]
    cell = max(max(lats) - min(lats), max(lons) - min(lons), _LEAST_SPAN) * _NEAR
    counted = Counter((lon // cell, lat // cell) for lon, lat in points)
    return max(counted.values()) > 1


def disc_sector(index: int, radius: float) -> tuple[str, list[tuple[float, float]]]:
    """Return the colour and outline of one sector of the sample disc, around 0, 0."""
    kind, end = RIM[index]
    start = RIM[index - 1][1] if index else 0.0
    turns = [math.tau * (start + (end - start) * step / 16 - 0.25) for step in range(17)]
    arc = [(radius * math.cos(turn), radius * math.sin(turn)) for turn in turns]
    return KINDS[kind].color.light, [(0.0, 0.0), *arc]

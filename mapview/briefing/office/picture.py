"""The map as a picture to be put beside native text, drawn by whoever has the pen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mapview.cartography import LegendEntry

__all__ = ["DrawMap", "MapPicture"]


@dataclass(frozen=True)
class MapPicture:
    """A map without title and legend.

    Attributes:
        content: A PNG.
        legend: What it shows, with circles in points as it will stand.
    """

    content: bytes
    legend: tuple[LegendEntry, ...]


class DrawMap(Protocol):
    """Draws the map of a briefing; how large, only the layout of its file can say."""

    def __call__(self, width: float, height: float, *, dpi: float) -> MapPicture:
        """Return the map.

        Args:
            width: In points.
            height: In points.
            dpi: Pixels an inch.
        """

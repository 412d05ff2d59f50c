"""The map as a picture to be put beside native text, drawn by whoever has the pen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mapview.cartography import LegendEntry
from mapview.groups import GroupPage

__all__ = ["DrawGroup", "DrawMap", "MapPicture"]


@dataclass(frozen=True)
class MapPicture:
    """A map without title and legend.

    Attributes:
        content: A PNG.
        legend: What it shows, with circles in points as it will stand.
        said: What is to be said of maps by period; empty of one map of all.
    """

    content: bytes
    legend: tuple[LegendEntry, ...]
    said: str = ""


class DrawMap(Protocol):
    """Draws the map of a briefing; how large, only the layout of its file can say."""

    def __call__(self, width: float, height: float, *, dpi: float) -> MapPicture:
        """Return the map.

        Args:
            width: In points.
            height: In points.
            dpi: Pixels an inch.
        """


class DrawGroup(Protocol):
    """Draws the pictures of a group's page as PNG."""

    def map(self, page: GroupPage, width: float, height: float, *, dpi: float) -> bytes:
        """Return the map of its base areas, of which one at least is placed.

        Args:
            page: The group.
            width: In points.
            height: In points.
            dpi: Pixels an inch.
        """

    def time(self, page: GroupPage, width: float, height: float) -> tuple[bytes, int]:
        """Return its time line, and how many relations found no room in it.

        Args:
            page: The group; it must have an axis.
            width: In points.
            height: In points, at most.
        """

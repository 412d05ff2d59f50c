"""Which group has which hatch, on every map and in every output."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.records import BaseArea
from mapview.cartography.style import HATCHES

__all__ = ["group_hatches"]


def group_hatches(areas: Iterable[BaseArea]) -> dict[str, int]:
    """Return for each group whose base areas a map can draw an index into `style.HATCHES`.

    It goes by the names of the groups in the whole record, so that a group keeps its hatch
    whatever is shown and in whatever order the file has it.
    """
    names = sorted({area.group for area in areas if area.is_mappable})
    return {name: rank % len(HATCHES) for rank, name in enumerate(names)}

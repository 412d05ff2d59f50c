"""What a line of a map's legend is, whoever draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["AREAS", "CERTAINTY", "GROUND", "INCIDENTS", "LegendEntry"]

Form = Literal[
    "symbol", "discs", "areadisc", "hollow", "ring", "province", "hatch", "edge", "faded", "border"
]

INCIDENTS = "Incidents"
CERTAINTY = "How sure, how exact"
AREAS = "Base areas of groups"
GROUND = "Ground"


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend.

    Args:
        section: Heading that it stands under.
        form: What is shown: a symbol, discs, a disc of places that are not known, a hollow symbol,
            a ring, a shaded province, a hatch, the hatched edge of a wide area, a hatch past its
            last citation, a disputed border.
        label: Words.
        kind: Index into `mapview.cartography.style.KINDS` for symbols.
        status: Index into `mapview.cartography.style.STATUSES` for symbols.
        hatch: Index into `mapview.cartography.style.HATCHES` for base areas.
        circles: Numbers and radii in mm of the circles that explain discs, the smallest first.
    """

    section: str
    form: Form
    label: str
    kind: int = 1
    status: int = 0
    hatch: int = 0
    circles: tuple[tuple[int, float], ...] = ()

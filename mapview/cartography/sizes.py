"""How large symbols are on the screen, in CSS pixels; paper goes by the same proportions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["SIZES"]

# Radii of a plain symbol, of one that stands for an area and of the least ring; how
# far symbols stand apart; radii of the smallest and largest disc, and how many incidents the
# largest stands for; how wide a disc's rim is, and how far off the ring of one without a place.
SIZES: Final[Mapping[str, float]] = {
    "symbol": 9.0,
    "area": 6.0,
    "least_ring": 14.0,
    "apart": 20.0,
    "least_disc": 13.0,
    "most_disc": 30.0,
    "full_disc": 345,
    "rim": 4.0,
    "area_rim": 3.5,
}

"""How large symbols are on the screen, in CSS pixels, and how far apart letters on paper stand.

Paper goes by the same proportions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["SIZES", "SPACING", "WATERS_PT"]

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

# In sizes of the letters, what is put between them: in the name of a country, which is spread over
# its land where there is room, and in that of a water. Letters that hang together, as those of
# Arabic and Persian, are so many times as large instead.
SPACING: Final[Mapping[str, float]] = {
    "country": 0.14,
    "water": 0.06,
    "joined": 1.12,
}
# Letters of waters in points on A4, by their kind: the first for which there is room.
WATERS_PT: Final[Mapping[str, tuple[float, ...]]] = {
    "ocean": (9.0, 8.0),
    "sea": (8.0, 7.0),
    "lake": (7.0,),
}

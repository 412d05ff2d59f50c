"""A figure that the records give, with the numbers of which it may be true."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geodata.scope import Count
from geodata.wording.numerals import Hedge

__all__ = ["Given"]

_NEAR = {Hedge.NEARLY: 0.05, Hedge.ABOUT: 0.1, Hedge.AT_LEAST_ABOUT: 0.1}


@dataclass(frozen=True)
class Given:
    """A figure that the records give, or that follows from them.

    Attributes:
        low: The lowest.
        high: The highest; the same where it is one number.
        hedge: How the source hedges it, or the lower end of a range.
        hedge_high: How the upper end of a range is hedged.
        words: What it is and who says it, for a reader.
        people: Who is counted where not everybody is.
        of_range: Whether it is a range of what several say.
        who: Who gives it; empty where several do.
        incidents: In how many incidents it is given, where it is added up.
        claims: The claims that it rests on, where it is of one incident.
    """

    low: float
    high: float
    words: str
    hedge: Hedge = Hedge.NONE
    hedge_high: Hedge = Hedge.NONE
    people: str = ""
    of_range: bool = False
    who: str = ""
    incidents: Count | None = None
    claims: tuple[tuple[str, int], ...] = ()

    @property
    def least(self) -> float:
        """The least number of which it may be true."""
        if self.hedge in _NEAR:
            return self.low * (1 - _NEAR[self.hedge])
        if self.hedge in (Hedge.AT_MOST, Hedge.UNDER):
            return 0
        return self.low + (self.hedge is Hedge.OVER)

    @property
    def most(self) -> float:
        """The greatest number of which it may be true."""
        hedge = self.hedge_high if self.of_range else self.hedge
        if hedge in (Hedge.AT_LEAST, Hedge.AT_LEAST_ABOUT, Hedge.OVER):
            return math.inf
        return self.high * (1 + _NEAR[hedge]) if hedge is Hedge.ABOUT else self.high

"""Tolls that are ranges as plain values, and what stands above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.records import parted, say

__all__ = ["TollRange", "ranges_heading"]


@dataclass(frozen=True)
class TollRange:
    """Figures of the same people from the lowest to the highest.

    Attributes:
        title: Place and date of the event, or of all events that share the toll.
        words: The range as it is said, such as "94 to nearly 100 killed".
        low: The lowest figure.
        high: The highest.
        figures: Each figure that is given, from the lowest on.
        said: Each of them in words with who gives it.
        doubts: What must stand beside it: status, caveats, that one source alone gives all figures.
        is_hollow: Whether it was not carried out for certain, which maps show by a hollow symbol.
        is_of_killed: Whether they count the killed, and not the injured.
        is_disagreement: Whether sources disagree, and not one gives all figures.
        is_within_one: Whether one source gives figures that cannot all be true.
    """

    title: str
    words: str
    low: int
    high: int
    figures: tuple[int, ...]
    said: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    is_hollow: bool = False
    is_of_killed: bool = True
    is_disagreement: bool = True
    is_within_one: bool = False

    @property
    def told(self) -> str:
        """The range with what is in doubt of its event."""
        return parted((self.words, *self.doubts))


def ranges_heading(ranges: Sequence[TollRange], disagreeing: str) -> str:
    """Return what stands above ranges.

    Args:
        ranges: Those below it.
        disagreeing: What it is where sources disagree on each.
    """
    found = {(one.is_disagreement, one.is_within_one) for one in ranges}
    if found == {(True, False)}:
        return say(disagreeing)
    if found == {(True, False), (False, False)}:
        return say("Sources disagree, or a range is given")
    if found == {(False, True)}:
        return say("One source gives different figures")
    if (False, False) not in found:
        return say("Figures differ")
    is_range = found == {(False, False)}
    return say("A range is given" if is_range else "Figures differ, or a range is given")

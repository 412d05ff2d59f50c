"""Sums of tolls of very many incidents: the engine adds up what stands alone, the rest is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, Protocol

from geodata.queries.catalogue import Catalogue
from geodata.queries.filters import Filter
from geodata.queries.sums import Alone, TollSum, TollSums
from geodata.records import ClaimAbout, Ends, Mark
from geodata.scope import Count

__all__ = ["EngineTolls"]

# The lowest and highest figure of what may be added up, and what must be said of both.
_FIGURES = {
    ClaimAbout.FATALITIES: ("fatalities_low", "fatalities_high", "fatalities_marks"),
    ClaimAbout.INJURED: ("injured_low", "injured_high", "injured_marks"),
    ClaimAbout.CASUALTIES: ("casualties_low", "casualties_high", "casualties_marks"),
}


class Adding(Protocol):
    """Adds up tolls that stand alone; see `asked.adding`."""

    def toll_sums(
        self, chosen: Filter, figures: tuple[str, str, str], besides: tuple[str, ...]
    ) -> Mapping[str, Any]:
        """Return the counts and sums of `adding.toll_sums`."""

    def tolls_apart(self, chosen: Filter, besides: tuple[str, ...]) -> frozenset[str]:
        """Return the ids of the events that stand apart."""


class EngineTolls:
    """Adds up tolls with few records in memory.

    Args:
        questions: Adds up what stands alone.
        named: Gives the ids of incidents that name others as sharing their toll.
        catalogue: Gives the incidents that are added up record by record.
        sums: Adds these up.
    """

    def __init__(
        self,
        questions: Adding,
        named: Callable[[], Collection[str]],
        catalogue: Catalogue,
        sums: TollSums,
    ) -> None:
        self._questions = questions
        self._naming = named
        self._catalogue = catalogue
        self._sums = sums

    def of(self, about: ClaimAbout, chosen: Filter, stricter: Filter | None) -> TollSum:
        """Return the sum over incidents.

        Args:
            about: One of `SUMMED`.
            chosen: The filter.
            stricter: The filter for what certainly fits; `None` where all does.
        """
        high, apart = self._found(about, chosen)
        low, surely_apart = self._found(about, stricter) if stricter else (high, apart)
        alone = Alone(
            low["low"],
            high["high"],
            Count(low["figures"], high["figures"]),
            Count(low["n"] - low["figures"], high["n"] - high["figures"]),
            Count(low["not_added"], high["not_added"]),
            _marks(low["marks"], high["marks"]),
            self._ends(about, high["only"]) if low["only"] == high["only"] else None,
        )
        incidents = self._catalogue.incidents(apart) if apart else ()
        return self._sums.of(about, incidents, surely_apart, alone)

    def _ends(self, about: ClaimAbout, only: str) -> Ends | None:
        """Return what the toll says that is the only one, if one is."""
        found = self._catalogue.incidents([only]) if only else ()
        return self._sums.of(about, found, [only]).everybody.alone

    def _found(self, about: ClaimAbout, chosen: Filter) -> tuple[Mapping[str, Any], frozenset[str]]:
        """Return what stands alone, and the ids of what does not."""
        found = self._questions.toll_sums(chosen, _FIGURES[about], self._besides)
        apart = self._questions.tolls_apart(chosen, self._besides) if found["apart"] else ()
        return found, frozenset(apart)

    @cached_property
    def _besides(self) -> tuple[str, ...]:
        """Ids of the incidents that others name as sharing their toll."""
        ids = self._naming()
        found = self._catalogue.incidents(ids) if ids else ()
        return tuple(sorted({other for one in found for other in one.casualties_combined}))


def _marks(low: int, high: int) -> Mark:
    """Return what must be said of a lower bound of what certainly fits, and an upper of all."""
    return Mark(low) & Mark.NEAR_LOW | Mark(high) & (Mark.NEAR_HIGH | Mark.OPEN)

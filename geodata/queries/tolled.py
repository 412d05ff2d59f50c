"""Sums of tolls of very many incidents: the engine adds up what stands alone, the rest is read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir

from geodata.queries.catalogue import Catalogue
from geodata.queries.sums import Alone, TollSum, TollSums
from geodata.records import ClaimAbout
from geodata.scope import Count

__all__ = ["EngineTolls"]

# The lowest and highest figure of what may be added up.
_FIGURES = {
    ClaimAbout.FATALITIES: ("fatalities_low", "fatalities_high"),
    ClaimAbout.INJURED: ("injured_low", "injured_high"),
    ClaimAbout.CASUALTIES: ("casualties_low", "casualties_high"),
}


def _toll_sums(rows: ir.Table, about: ClaimAbout, besides: Collection[str]) -> ir.Table:
    """Return one row: n events whose toll stands alone, how many have figures, and their sums.

    Args:
        rows: What to count.
        about: What to add up.
        besides: Ids of events that share the toll of others.
    """
    first = _events(rows).filter(rows.toll_alone)
    first = first.filter(first.id.notin(besides)) if besides else first
    low, high = (first[name] for name in _FIGURES[about])
    has_figures = low.notnull() & high.notnull()
    return first.agg(
        n=first.count(),
        figures=has_figures.ifelse(1, 0).sum(),
        low=ibis.ifelse(has_figures, low, 0).sum(),
        high=ibis.ifelse(has_figures, high, 0).sum(),
    )


def _tolls_apart(rows: ir.Table, besides: Collection[str]) -> ir.Table:
    """Return the ids of the other events."""
    first = _events(rows)
    is_other = ~first.toll_alone
    return first.filter(is_other | first.id.isin(besides) if besides else is_other).select("id")


def _sharing_tolls(rows: ir.Table) -> ir.Table:
    """Return the ids of the incidents that name others as sharing their toll."""
    return rows.filter(rows.is_first & rows.shares_toll).select("id")


def _no_events(rows: ir.Table) -> ir.Table:
    """Return one row: how many campaigns and counts over many events there are."""
    first = rows.filter(rows.is_first & ~rows.is_event)
    return first.agg(n=first.count())


def _events(rows: ir.Table) -> ir.Table:
    return rows.filter(rows.is_first & rows.is_event)


class EngineTolls:
    """Adds up tolls with few records in memory.

    Args:
        ask: Answers an expression.
        whole: All rows.
        catalogue: Gives the incidents that are added up record by record.
        sums: Adds these up.
    """

    def __init__(
        self,
        ask: Callable[[ir.Table], list[dict[str, Any]]],
        whole: ir.Table,
        catalogue: Catalogue,
        sums: TollSums,
    ) -> None:
        self._ask = ask
        self._whole = whole
        self._catalogue = catalogue
        self._sums = sums

    def of(self, about: ClaimAbout, sure: ir.Table, possible: ir.Table) -> TollSum:
        """Return the sum over incidents.

        Args:
            about: One of `SUMMED`.
            sure: The rows of those that certainly fit a filter.
            possible: The rows of all that may.
        """
        low, high = self._alone(about, sure), self._alone(about, possible)
        alone = Alone(
            low["low"],
            high["high"],
            Count(low["figures"], high["figures"]),
            Count(low["n"] - low["figures"], high["n"] - high["figures"]),
            Count(*(int(self._ask(_no_events(one))[0]["n"]) for one in (sure, possible))),
        )
        apart = self._catalogue.incidents(ids) if (ids := self._apart(possible)) else ()
        return self._sums.of(about, apart, self._apart(sure), alone)

    def _alone(self, about: ClaimAbout, rows: ir.Table) -> dict[str, int]:
        answer = self._ask(_toll_sums(rows, about, self._named))[0]
        return {name: int(n or 0) for name, n in answer.items()}

    def _apart(self, rows: ir.Table) -> frozenset[str]:
        return frozenset(row["id"] for row in self._ask(_tolls_apart(rows, self._named)))

    @cached_property
    def _named(self) -> tuple[str, ...]:
        """Ids of the incidents that others name as sharing their toll."""
        ids = [row["id"] for row in self._ask(_sharing_tolls(self._whole))]
        found = self._catalogue.incidents(ids) if ids else ()
        return tuple(sorted({other for one in found for other in one.casualties_combined}))

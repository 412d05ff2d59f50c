"""Counts for other programs: how many incidents a filter finds, certainly and possibly."""

from __future__ import annotations

from typing import Any

from geodata.queries import Count, DateMatch, Filter, Store

__all__ = ["counts_payload"]


def counts_payload(chosen: Filter, store: Store) -> dict[str, Any]:
    """Return how many incidents a filter finds, and each choice would; and how many by time.

    `certain` is how many fit whatever their exact dates and places are, `possible` how many may.
    """
    totals = store.totals(chosen)
    possible = store.totals(chosen.matching(DateMatch.POSSIBLE))
    return {
        "version": store.version,
        "filter": chosen.to_query(),
        "incidents": Count(possible.certain, possible.shown)._asdict(),
        "shown": totals.shown,
        "not_placed": totals.off_map,
        "in_all": totals.in_all,
        "choices": {
            facet: {value: count._asdict() for value, count in counts.items()}
            for facet, counts in store.facets(chosen).items()
        },
        "bars": [
            {
                "start": one.start.isoformat(),
                "end": one.end.isoformat(),
                "certain": one.certain,
                "possible": one.possible,
            }
            for one in store.histogram(chosen)
        ],
    }

"""Counts for other programs: of incidents, certain and possible, and of people, within bounds."""

from __future__ import annotations

from typing import Any

from geodata.queries import SUMMED, Filter, Store
from mapview.programs.asking import count_of
from mapview.programs.tolls import toll_payload

__all__ = ["counts_payload", "tolls_payload"]


def counts_payload(chosen: Filter, store: Store) -> dict[str, Any]:
    """Return how many incidents a filter finds, and each choice would; and how many by time.

    `certain` is how many fit whatever their exact dates and places are, `possible` how many may.
    What begins too far from all others for a bar is told by its year.
    """
    totals = store.totals(chosen)
    histogram = store.histogram(chosen)
    return {
        "version": store.version,
        "filter": chosen.to_query(),
        "incidents": count_of(store, chosen)._asdict(),
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
            for one in histogram.bins
        ],
        "far_from_bars": [{"year": year, "incidents": n} for year, n in histogram.far],
    }


def tolls_payload(chosen: Filter, store: Store) -> dict[str, Any]:
    """Return how many were killed and injured in all that a filter finds; see `toll_payload`."""
    return {
        "version": store.version,
        "filter": chosen.to_query(),
        "tolls": {str(about): toll_payload(store.toll(chosen, about)) for about in SUMMED},
    }

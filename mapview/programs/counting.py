"""Counts for other programs: of incidents, certain and possible, and of people, within bounds."""

from __future__ import annotations

from typing import Any

from geodata.queries import SUMMED, DateMatch, Filter, Store, TollSum
from geodata.scope import Count

__all__ = ["counts_payload", "toll_payload", "tolls_payload"]


def counts_payload(chosen: Filter, store: Store) -> dict[str, Any]:
    """Return how many incidents a filter finds, and each choice would; and how many by time.

    `certain` is how many fit whatever their exact dates and places are, `possible` how many may.
    What begins too far from all others for a bar is told by its year.
    """
    totals = store.totals(chosen)
    possible = store.totals(chosen.matching(DateMatch.POSSIBLE))
    histogram = store.histogram(chosen)
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


def toll_payload(toll: TollSum) -> dict[str, Any]:
    """Return a sum of tolls as JSON holds it; figures of some people only stand apart.

    Campaigns and counts over many events are counted and not added, since they hold the tolls of
    the events.
    """
    everybody, *apart = (
        {
            "low": one.low,
            "high": one.high,
            "incidents": one.incidents._asdict(),
            **({"people": one.people} if one.people else {}),
        }
        for one in (toll.everybody, *toll.apart)
    )
    return {
        "words": toll.words,
        **everybody,
        "apart": apart,
        "incidents_without_figure": toll.without._asdict(),
        "not_added": toll.not_added._asdict(),
    }

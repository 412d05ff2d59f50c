"""A sum of tolls for programs: within bounds, and with what was not added."""

from __future__ import annotations

from typing import Any

from geodata.queries import TollSum

__all__ = ["toll_payload"]


def toll_payload(toll: TollSum) -> dict[str, Any]:
    """Return a sum of tolls as JSON holds it; figures of some people only stand apart.

    `bounds` says both ends as they may be printed, such as "938 to at least 957", and one toll
    alone as its own text does, such as "nearly 100"; `high_is_open`, that there may be more than
    `high`.

    Campaigns and counts over many events are counted and not added, since they hold the tolls of
    the events.
    """
    everybody, *apart = (
        {
            "low": one.low,
            "high": one.high,
            "bounds": one.bounds,
            "high_is_open": one.is_open,
            "low_is_about": one.is_near[0],
            "high_is_about": one.is_near[1],
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

"""A sum of tolls for programs: within bounds, and with what was not added."""

from __future__ import annotations

from typing import Any

from geodata.queries import TollSum

__all__ = ["toll_payload"]


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

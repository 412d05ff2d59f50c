"""What a text box on the map says of an event: who gives which toll, or who is responsible."""

from __future__ import annotations

from geodata.queries.sums import SUMMED
from geodata.records import (
    Incident,
    Records,
    derive_toll,
    describe_shared_toll,
    parted,
    say,
)
from mapview.briefing.responsible import responsible
from mapview.briefing.speakers import MOST_NAMED, figures_said, of_whole

__all__ = ["callout"]


def callout(incident: Incident, records: Records) -> tuple[str, ...]:
    """Return the lines of a text box on the map: who gives which toll, or who is responsible."""
    for about, word in SUMMED.items():
        # Totals come before parts, since the last lines may find no room.
        found = (of_whole(one) for one in incident.claims if one.about is about)
        figures = sorted(found, key=lambda one: bool(one.part))
        if not figures:
            continue
        said = [
            f"{value.removesuffix(f' {word}')} ({who})"
            for value, who in figures_said(figures, records)
        ]
        shared = describe_shared_toll(
            incident.casualties_combined, is_beyond=incident.shares_toll_beyond
        )
        if len(said) == 1:
            return (say(f"{word}: {{toll}}", toll=parted((said[0], shared))),)
        more = len(said) - MOST_NAMED
        toll = derive_toll(incident.claims, about, records.families)
        rest = (say("and {n} more", n=more),) if more > 0 else ()
        whole = say(f"{word}: {{toll}}", toll=parted((toll.text, shared)))
        return (whole, *said[:MOST_NAMED], *rest)
    return tuple(responsible(incident, records))[:1]

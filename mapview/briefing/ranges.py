"""Tolls that are ranges: the lowest and highest figure, who gives each, whether they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geodata.records import (
    Claim,
    ClaimAbout,
    Incident,
    Records,
    Status,
    claims_differ,
    derive_toll,
    describe_value,
    say,
)
from mapview.bounds import TollRange
from mapview.briefing.speakers import within_brackets
from mapview.lines import IncidentLine

__all__ = ["toll_ranges"]

_WORDS = {ClaimAbout.FATALITIES: "killed", ClaimAbout.INJURED: "injured"}


def toll_ranges(lines: Iterable[IncidentLine], records: Records) -> tuple[TollRange, ...]:
    """Return the events whose tolls are ranges: the killed first, then the injured.

    Those on which sources disagree come before what is a range for another reason, as where one
    source says "at least 90" and "at most 100", and then those of the highest figures.

    Figures of different people are no range, and campaigns and counts hold the tolls of events.

    Args:
        lines: Incidents as lines.
        records: The same as records.
    """
    found = [
        one
        for line in lines
        if line.is_event
        for one in _of(line, records.incidents_by_id[line.id], records)
    ]
    return tuple(sorted(found, key=_order))


def _order(one: TollRange) -> tuple[bool, bool, int, str]:
    return not one.is_disagreement, not one.is_of_killed, -one.high, one.title


def _of(line: IncidentLine, incident: Incident, records: Records) -> Iterator[TollRange]:
    for about, word in _WORDS.items():
        toll = derive_toll(incident.claims, about, records.families)
        if toll.low is None or toll.high is None or toll.low == toll.high:
            continue
        # Parts of an account are said as well; on a bar only what counts everybody has its mark.
        claims = sorted((one for one in incident.claims if one.about is about), key=_number)
        whole = {_number(one) for one in claims if not one.part}
        said = (f"{describe_value(one, records)} ({_who(one, records)})" for one in claims)
        is_disagreement = claims_differ(claims)
        is_of_one = not is_disagreement and len({one.source for one in claims}) == 1
        yield TollRange(
            say("{place}, {date}", place=line.locality or line.title, date=line.when),
            say(f"{{toll}} {word}", toll=toll.text),
            toll.low,
            toll.high,
            tuple(sorted(whole | {toll.low, toll.high})),
            tuple(dict.fromkeys(said)),
            (*line.doubts, say("one source gives a range")) if is_of_one else line.doubts,
            line.status is not Status.CARRIED_OUT,
            is_of_killed=about is ClaimAbout.FATALITIES,
            is_disagreement=is_disagreement,
        )


def _number(claim: Claim) -> int:
    return int(claim.value) if isinstance(claim.value, int | float) else -1


def _who(claim: Claim, records: Records) -> str:
    source = records.sources_by_id.get(claim.source)
    named = (source.publisher or source.author or source.title) if source else ""
    return within_brackets(claim.by or named or claim.source)

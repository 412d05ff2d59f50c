"""Tolls that are ranges: the lowest and highest figure, who gives each, whether they disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from geodata.queries.sums import by_shared_toll
from geodata.records import (
    Claim,
    ClaimAbout,
    Incident,
    Records,
    Status,
    claims_differ,
    derive_toll,
    describe_shared_toll,
    describe_value,
    join_words,
    say,
)
from mapview.bounds import TollRange
from mapview.briefing.speakers import within_brackets
from mapview.lines import IncidentLine

__all__ = ["toll_ranges"]

_WORDS = {ClaimAbout.FATALITIES: "killed", ClaimAbout.INJURED: "injured"}


def toll_ranges(lines: Iterable[IncidentLine], records: Records) -> tuple[TollRange, ...]:
    """Return the events whose tolls are ranges: the killed first, then the injured.

    Those on which sources disagree come before what differs for another reason, as where one source
    says 144 and 145, or "at least 90" and "at most 100", and then those of the highest figures.

    Figures of different people are no range, and campaigns and counts hold the tolls of events.
    Events that share a toll are one.

    Args:
        lines: Incidents as lines.
        records: The same as records.
    """
    by_id = {line.id: line for line in lines if line.is_event}
    events = [records.incidents_by_id[one] for one in by_id]
    found = [
        one
        for together, ids in by_shared_toll(events)
        for one in _of([by_id[event.id] for event in together], together, ids, records)
    ]
    return tuple(sorted(found, key=_order))


def _order(one: TollRange) -> tuple[bool, bool, bool, int, str]:
    first = (not one.is_disagreement, not one.is_within_one)
    return *first, not one.is_of_killed, -one.high, one.title


def _of(
    lines: Sequence[IncidentLine],
    together: Sequence[Incident],
    ids: Collection[str],
    records: Records,
) -> Iterator[TollRange]:
    """Yield the ranges of events that share a toll, mostly of one alone.

    Args:
        lines: The events as lines.
        together: The same as records.
        ids: Of all that share the toll.
        records: What they belong to.
    """
    every = tuple(dict.fromkeys(claim for one in together for claim in one.claims))
    doubts = _doubts(lines, is_whole=len(ids) == len(lines))
    titles = (
        say("{place}, {date}", place=line.locality or line.title, date=line.when) for line in lines
    )
    title = join_words(list(dict.fromkeys(titles)))
    for about, word in _WORDS.items():
        toll = derive_toll(every, about, records.families)
        if toll.low is None or toll.high is None or toll.low == toll.high:
            continue
        # Parts of an account are said as well; on a bar only what counts everybody has its mark.
        claims = sorted((one for one in every if one.about is about), key=_number)
        whole = {_number(one) for one in claims if not one.part}
        said = (f"{describe_value(one, records)} ({_who(one, records)})" for one in claims)
        differ = claims_differ(claims)
        of_one = _of_one(claims, differ=differ)
        yield TollRange(
            title,
            say(f"{{toll}} {word}", toll=toll.text),
            toll.low,
            toll.high,
            tuple(sorted(whole | {toll.low, toll.high})),
            tuple(dict.fromkeys(said)),
            (*doubts, of_one) if of_one else doubts,
            any(line.status is not Status.CARRIED_OUT for line in lines),
            is_of_killed=about is ClaimAbout.FATALITIES,
            is_disagreement=differ and not of_one,
            is_within_one=differ and bool(of_one),
        )


def _doubts(lines: Sequence[IncidentLine], *, is_whole: bool) -> tuple[str, ...]:
    """Return what must stand beside the toll of events that share it; where all do it is theirs."""
    if len(lines) == 1:
        return lines[0].doubts
    is_beyond = not is_whole or any(line.shares_toll_beyond for line in lines)
    shared = describe_shared_toll((), is_beyond=is_beyond)
    own = (one for line in lines for one in line.doubts if one != line.shared)
    return tuple(dict.fromkeys([*([shared] if shared else []), *own]))


def _of_one(claims: Sequence[Claim], *, differ: bool) -> str:
    """Return that one source gives all figures; empty where several do, or it cites others."""
    if not differ:
        return say("one source gives a range") if len({one.source for one in claims}) == 1 else ""
    whole = [one for one in claims if not one.part]
    # What others say of some of the people contradicts nothing where the figures of all do.
    told = whole if claims_differ(whole) else claims
    is_of_one = len({(one.source, one.by, one.cites) for one in told}) == 1
    return say("one source gives different figures") if is_of_one else ""


def _number(claim: Claim) -> int:
    return int(claim.value) if isinstance(claim.value, int | float) else -1


def _who(claim: Claim, records: Records) -> str:
    source = records.sources_by_id.get(claim.source)
    named = (source.publisher or source.author or source.title) if source else ""
    return within_brackets(claim.by or named or claim.source)

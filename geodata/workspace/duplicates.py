"""Which records may be of one event: pairs with a score and the reasons, for people to judge."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rapidfuzz import fuzz

from geodata.formats.registry import read_records
from geodata.geodesy import distance_km
from geodata.records import (
    ClaimAbout,
    EventType,
    GeoPrecision,
    Incident,
    RecordKind,
    Records,
    comma,
    derive_toll,
    describe_date,
    digits,
    join_words,
    say,
)
from geodata.workspace.folder import Dataset
from geodata.workspace.linking import pair_key
from geodata.workspace.opening import read_all

__all__ = ["Pair", "find_pairs", "records_of"]

# Sides of the squares in which neighbours are sought, in degrees.
_SQUARE = 0.5
# Of longer times, and of places known worse, everything would be near everything.
_MOST_DAYS = 31
_WORST = GeoPrecision.PROVINCE
_FARTHEST_KM = 50.0
_WEIGHTS = {"place": 0.3, "date": 0.25, "type": 0.15, "toll": 0.15, "words": 0.15}
_LEAST, _LEAST_WITHIN = 0.6, 0.8
_UNSTATED = 0.5
_ALIKE = 0.8
_MOST_IN_SQUARE = 400
_NEAR_TOLL = 0.5


@dataclass(frozen=True)
class Pair:
    """Two records that may be of one event.

    Attributes:
        first: One of them.
        second: The other.
        score: How much speaks for it, from 0 to 1.
        reasons: What does.
    """

    first: Incident
    second: Incident
    score: float
    reasons: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Their ids, in order."""
        return pair_key(self.first.id, self.second.id)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        records = [
            {"id": one.id, "title": one.title, "date": one.event_date, "place": one.place}
            for one in (self.first, self.second)
        ]
        return {"score": round(self.score, 2), "reasons": list(self.reasons), "records": records}


def find_pairs(
    incidents: Iterable[Incident], *, apart: Collection[tuple[str, str]] = (), most: int = 1_000
) -> list[Pair]:
    """Return the pairs that may be of one event, the likeliest first.

    Both have a place, and these may be the same; their dates overlap; neither type nor toll speaks
    against it. Within one dataset words must be alike, too: it would hardly tell an event twice.

    Args:
        incidents: Of one dataset or several.
        apart: Keys of pairs of which it is known already what they are.
        most: How many at most.
    """
    known = set(apart)
    found = []
    for first, second in _neighbours([one for one in incidents if _is_comparable(one)]):
        if pair_key(first.id, second.id) not in known and (pair := _rated(first, second)):
            found.append(pair)
    return sorted(found, key=lambda one: (-one.score, one.key))[:most]


def _is_comparable(one: Incident) -> bool:
    return (
        one.record_kind is RecordKind.EVENT
        and bool(one.points)
        and (one.geo_precision.rank <= _WORST.rank or one.geo_precision is GeoPrecision.NOT_STATED)
        and one.span.has_start
        and one.span.has_end
        and (one.span.end - one.span.start).days <= _MOST_DAYS
    )


def _neighbours(incidents: Sequence[Incident]) -> Iterator[tuple[Incident, Incident]]:
    """Yield pairs that share a day in the same square or in two that touch."""
    squares: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for index, one in enumerate(incidents):
        seen: set[int] = set()
        lon, lat = one.points[0]
        x, y = math.floor(lon / _SQUARE), math.floor(lat / _SQUARE)
        around = round(360 / _SQUARE)
        # Degrees of longitude are shorter away from the equator.
        wide = min(math.ceil(1 / max(math.cos(math.radians(lat)), 0.05)), around // 2)
        day = one.span.start
        while day <= one.span.end:
            number = day.toordinal()
            for dx in range(-wide, wide + 1):
                for dy in (-1, 0, 1):
                    seen.update(squares.get((number, (x + dx) % around, y + dy), ()))
            day += timedelta(days=1)
        for other in sorted(seen):
            yield incidents[other], one
        day = one.span.start
        while day <= one.span.end:
            here = squares[day.toordinal(), x % around, y]
            # Of a square that is full, everything would pair with everything.
            if len(here) < _MOST_IN_SQUARE:
                here.append(index)
            day += timedelta(days=1)


def _dataset(one: Incident) -> str:
    return one.id.partition(":")[0] if ":" in one.id else ""


def _rated(first: Incident, second: Incident) -> Pair | None:
    parts = (_place(first, second), _date(first, second), _type(first, second))
    toll = _toll(first, second)
    if None in parts or toll is None:
        return None
    is_within = _dataset(first) == _dataset(second)
    words = _words(first, second)
    rated = dict(zip(("place", "date", "type"), parts, strict=True))
    rated |= {"toll": toll, "words": words}
    if is_within and words[0] < _ALIKE:
        return None
    score = sum(_WEIGHTS[name] * part[0] for name, part in rated.items() if part)
    if score < (_LEAST_WITHIN if is_within else _LEAST):
        return None
    return Pair(first, second, score, tuple(part[1] for part in rated.values() if part))


def _place(first: Incident, second: Incident) -> tuple[float, str] | None:
    within = first.reach_km + second.reach_km + 1.0
    km = min(distance_km(*a, *b) for a in first.points for b in second.points)
    if km > min(within, _FARTHEST_KM):
        return None
    is_same = km < 0.1  # noqa: PLR2004 - kilometres
    apart = say("the same point") if is_same else say("{n} km apart", n=round(km, 1))
    known = _known(first.radius_km, second.radius_km)
    return 1 - km / within / 2, f"{apart}{comma()}{known}"


def _known(*radii: float | None) -> str:
    """Return how exactly two places are known, in words."""
    stated = [digits(f"{one:g}") for one in radii if one is not None]
    if not stated:
        return say("of neither is stated how exactly")
    if len(stated) == len(radii):
        return say("known within {km} km", km=join_words(stated))
    return say("one known within {km} km, of the other it is not stated", km=stated[0])


def _date(first: Incident, second: Incident) -> tuple[float, str] | None:
    begin, end = (
        max(first.span.start, second.span.start), min(first.span.end, second.span.end)
    )  # fmt: skip
    if begin > end:
        return None
    if first.event_date == second.event_date:
        days = (end - begin).days + 1
        return 1 / days**0.25, say("the same date, {date}", date=describe_date(first.event_date))
    told = join_words([describe_date(one.event_date) for one in (first, second)])
    longest = max((one.span.end - one.span.start).days for one in (first, second)) + 1
    return ((end - begin).days + 1) / longest, say("dates overlap: {dates}", dates=told)


def _type(first: Incident, second: Incident) -> tuple[float, str] | None:
    if common := [one for one in first.event_types if one in second.event_types]:
        if common != [EventType.OTHER]:
            return 1.0, say("both {types}", types=_types(common))
        ours, theirs = (one.type_of_source.casefold() for one in (first, second))
        if ours and ours == theirs:
            return 1.0, say("both “{type}”", type=first.type_of_source)
        return _UNSTATED, say("type not stated in our words")
    vague = {EventType.OTHER, EventType.ATTACK, EventType.KILLING}
    if vague & {*first.event_types, *second.event_types}:
        told = join_words([_types(one.event_types) for one in (first, second)])
        return _UNSTATED, say("types that may be one: {types}", types=told)
    return None


def _types(types: Iterable[EventType]) -> str:
    return comma().join(say(str(one)) for one in types)


def _toll(first: Incident, second: Incident) -> tuple[float, str] | None:
    tolls = [derive_toll(one.claims, ClaimAbout.FATALITIES) for one in (first, second)]
    low, high = [one.low for one in tolls], [one.high for one in tolls]
    if None in low or None in high:
        return _UNSTATED, say("killed: not stated in both")
    lows, highs = [one or 0 for one in low], [one or 0 for one in high]
    told = say("killed: {first} and {second}", first=tolls[0].text, second=tolls[1].text)
    if max(lows) <= min(highs):
        return 1.0, told
    share = min(highs) / max(lows)
    # A few more or less are told of one event; many more are of another.
    is_near = max(lows) - min(highs) <= 2 or share >= _NEAR_TOLL  # noqa: PLR2004 - people
    return (share, told) if is_near else None


def _words(first: Incident, second: Incident) -> tuple[float, str]:
    texts = [f"{one.title} {one.place} {one.summary}".strip() for one in (first, second)]
    alike = fuzz.token_set_ratio(*texts) / 100
    return alike, say("words {n}% alike", n=round(alike * 100))


def records_of(datasets: Iterable[Dataset]) -> Records:
    """Return the records of several datasets, linked ones not yet as one.

    Raises:
        FormatError: If one cannot be read.
    """
    return read_all([one.folder for one in datasets], read_records).records

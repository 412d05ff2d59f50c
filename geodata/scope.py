"""How many records were found, events and counts apart, and where those are that no map shows.

Every output says it in these words, so that nobody takes a map for all that is known, or a
campaign for an event.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from geodata.records import (
    Incident,
    RecordKind,
    comma,
    country_name,
    is_english,
    join_words,
    number,
    parted,
    say,
)

__all__ = [
    "MOST_COUNTRIES",
    "Count",
    "OffMap",
    "Totals",
    "describe_areas",
    "describe_kinds",
    "describe_off_map",
    "describe_scope",
    "off_map_by_country",
    "tell_counts",
    "to_off_map",
    "totals_of",
]

# More countries are summed up.
MOST_COUNTRIES = 12
_EVERY_COUNTRY = 1_000
_KINDS = (True, False)  # events, then campaigns and counts
_IS_PART = re.compile(r"[0-9,]+( to [0-9,]+)? of ")
_EVENTS = ("event", "events")
_AGGREGATES = ("campaign or count", "campaigns and counts")


class Count(NamedTuple):
    """How many incidents fit a filter, since dates and places are not always known exactly.

    Attributes:
        certain: Those that do, whatever the exact dates and places are.
        possible: Those that may.
    """

    certain: int
    possible: int

    @property
    def words(self) -> str:
        """Both in words.

        Example:
            >>> Count(58, 62).words, Count(3, 3).words, Count(0, 1_200).words
            ('58 to 62', '3', '0 to 1,200')
        """
        if self.certain == self.possible:
            return number(self.certain)
        return say("{low} to {high}", low=self.certain, high=self.possible)


@dataclass(frozen=True, kw_only=True)
class Totals:
    """How many incidents were found.

    Attributes:
        events: Events.
        placed: Those of them that are on the map.
        aggregates: Campaigns and counts over many events, which are listed and never drawn.
        uncertain_events: Events that only may fit what was asked for, since their dates, places
            or groups are not known exactly.
        uncertain_placed: Those of them that are on the map.
        uncertain_aggregates: The same of campaigns and counts.
        all_events: Events in the whole record.
        all_aggregates: Campaigns and counts in the whole record.
    """

    events: int = 0
    placed: int = 0
    aggregates: int = 0
    uncertain_events: int = 0
    uncertain_placed: int = 0
    uncertain_aggregates: int = 0
    all_events: int = 0
    all_aggregates: int = 0

    @property
    def shown(self) -> int:
        """Incidents of both kinds."""
        return self.events + self.aggregates

    @property
    def certain(self) -> int:
        """Incidents of both kinds that fit whatever their exact dates and places are."""
        return self.shown - self.uncertain_events - self.uncertain_aggregates

    @property
    def words(self) -> str:
        """How many of both kinds there are, within bounds."""
        return describe_kinds(
            self.events,
            self.aggregates,
            unsure_events=self.uncertain_events,
            unsure_aggregates=self.uncertain_aggregates,
        )

    @property
    def on_map(self) -> Count:
        """Events on the map, within bounds."""
        return Count(self.placed - self.uncertain_placed, self.placed)

    @property
    def unplaced(self) -> int:
        """Events without a known place."""
        return self.events - self.placed

    @property
    def off_map(self) -> int:
        """Incidents of both kinds that no map shows."""
        return self.shown - self.placed

    @property
    def in_all(self) -> int:
        """Incidents of both kinds in the whole record."""
        return self.all_events + self.all_aggregates


@dataclass(frozen=True)
class OffMap:
    """How many incidents of a country no map shows.

    Attributes:
        country: ISO code; empty where none is given, or several are.
        events: Events without a known place.
        aggregates: Campaigns and counts.
        uncertain_events: Events that only may fit what was asked for.
        uncertain_aggregates: The same of campaigns and counts.
    """

    country: str
    events: int
    aggregates: int
    uncertain_events: int = 0
    uncertain_aggregates: int = 0


def totals_of(
    incidents: Iterable[Incident],
    whole: Totals | None = None,
    certain: Container[str] | None = None,
) -> Totals:
    """Return how many incidents there are, kinds apart.

    Args:
        incidents: The incidents.
        whole: Totals of the whole record that they are a part of; without it they are all of it.
        certain: Ids of those that certainly fit what was asked for; without it all do.
    """
    incidents = list(incidents)
    kinds = Counter((one.record_kind is RecordKind.EVENT, one.is_mappable) for one in incidents)
    uncertain = Counter(
        (one.record_kind is RecordKind.EVENT, one.is_mappable)
        for one in incidents
        if certain is not None and one.id not in certain
    )
    events, aggregates = kinds[True, True] + kinds[True, False], kinds[False, False]
    return Totals(
        events=events,
        placed=kinds[True, True],
        aggregates=aggregates,
        uncertain_events=uncertain[True, True] + uncertain[True, False],
        uncertain_placed=uncertain[True, True],
        uncertain_aggregates=uncertain[False, False],
        all_events=whole.all_events if whole else events,
        all_aggregates=whole.all_aggregates if whole else aggregates,
    )


def off_map_by_country(
    incidents: Iterable[Incident], certain: Container[str] | None = None
) -> tuple[OffMap, ...]:
    """Return how many incidents no map shows, by country; those without a country come last.

    Args:
        incidents: The incidents, on the map or not.
        certain: Ids of those that certainly fit what was asked for; without it all do.
    """
    off = [one for one in incidents if not one.is_mappable]
    sure = off if certain is None else (one for one in off if one.id in certain)
    return to_off_map(Counter(map(_kind_there, off)), Counter(map(_kind_there, sure)))


def _kind_there(one: Incident) -> tuple[str, bool]:
    return one.country, one.record_kind is RecordKind.EVENT


def to_off_map(
    possible: Mapping[tuple[str, bool], int], certain: Mapping[tuple[str, bool], int]
) -> tuple[OffMap, ...]:
    """Return counts by country and by whether they are events together, the most first."""
    unsure = {key: number - certain.get(key, 0) for key, number in possible.items()}
    found = (
        OffMap(code, *(one.get((code, kind), 0) for one in (possible, unsure) for kind in _KINDS))
        for code in {code for code, _ in possible}
    )
    return tuple(sorted(found, key=_order))


def _order(one: OffMap) -> tuple[bool, int, str]:
    return not one.country, -one.events - one.aggregates, one.country


def describe_kinds(
    events: int, aggregates: int, *, unsure_events: int = 0, unsure_aggregates: int = 0
) -> str:
    """Return numbers of both kinds, what there is none of left out.

    Args:
        events: Events.
        aggregates: Campaigns and counts.
        unsure_events: Those of the events that only may fit what was asked for.
        unsure_aggregates: The same of campaigns and counts.

    Example:
        >>> describe_kinds(2, 1), describe_kinds(0, 0), describe_kinds(5, 0, unsure_events=1)
        ('2 events and 1 campaign or count', 'no incidents', '4 to 5 events')
    """
    if not is_english():
        return _kinds_counted(events, aggregates, unsure_events, unsure_aggregates)
    kinds = ((events, unsure_events, _EVENTS), (aggregates, unsure_aggregates, _AGGREGATES))
    counted = [f"{_between(n, unsure)} {nouns[n != 1]}" for n, unsure, nouns in kinds if n]
    return join_words(counted) or "no incidents"


def _kinds_counted(events: int, aggregates: int, unsure: int, unsure_aggregates: int) -> str:
    """Return numbers of both kinds behind what they count, which every grammar has.

    A noun behind a number takes an ending that the end of a range may not agree with.
    """
    counted = []
    if events:
        counted.append(say("events: {n}", n=_between(events, unsure)))
    if aggregates:
        counted.append(say("campaigns and counts: {n}", n=_between(aggregates, unsure_aggregates)))
    return parted(counted) or say("no incidents")


def _scope_counted(totals: Totals, whole: str, aggregates: str) -> str:
    """Return what `describe_scope` does, with each number behind what it counts."""
    if not totals.shown:
        none = say("No incidents")
        return say("{none} of {all} in the record", none=none, all=totals.in_all) if whole else none
    parts = []
    if totals.events or totals.all_events:
        shown = _between(totals.events, totals.uncertain_events)
        is_part = totals.uncertain_events or totals.events != totals.all_events
        words = (
            say("Events: {n} of {all} in the record", n=shown, all=totals.all_events)
            if is_part
            else say("Events: {n}", n=shown)
        )
        unsure = totals.uncertain_events - totals.uncertain_placed
        placed = [say("on the map: {n}", n=totals.on_map.words)] if totals.events else []
        if totals.unplaced:
            placed.append(say("without a known place: {n}", n=_between(totals.unplaced, unsure)))
        parts.append(parted([words, *placed]))
    if totals.aggregates:
        counted = _between(totals.aggregates, totals.uncertain_aggregates)
        parts.append(
            say("campaigns and counts, listed: {n}", n=counted)
            if aggregates == "listed"
            else say("campaigns and counts, not on the map: {n}", n=counted)
        )
    return parted(parts)


def describe_scope(
    totals: Totals, whole: str = " in the record", *, aggregates: str = "listed"
) -> str:
    """Return in words how many incidents were found, of how many, and what a map shows of them.

    Args:
        totals: The numbers.
        whole: What they are a part of; said once, where they are not all of it.
        aggregates: What becomes of campaigns and counts, which no map shows.

    Example:
        >>> some = Totals(events=3, placed=1, aggregates=2, all_events=3, all_aggregates=2)
        >>> describe_scope(some)
        '3 events: 1 on the map, 2 without a known place; 2 campaigns and counts, listed'
    """
    if not is_english():
        return _scope_counted(totals, whole, aggregates)
    if not totals.shown:
        return f"{_none_of(totals)}{whole}" if totals.in_all else "No incidents"
    parts = []
    if totals.events:
        share = _share(totals.events, totals.all_events, _EVENTS, totals.uncertain_events)
        parts.append((share, _on_map(totals)))
    elif totals.all_events:
        parts.append((_none_of(replace(totals, all_aggregates=0)), ""))
    if totals.aggregates:
        share = _share(
            totals.aggregates, totals.all_aggregates, _AGGREGATES, totals.uncertain_aggregates
        )
        parts.append((share, f", {aggregates}"))
    # "None of the 82 events" says itself that these are all there are.
    first = next((at for at, (share, _) in enumerate(parts) if _IS_PART.match(share)), -1)
    return "; ".join(
        f"{share}{whole if index == first else ''}{rest}"
        for index, (share, rest) in enumerate(parts)
    )


def _none_of(totals: Totals) -> str:
    """Return that nothing was found of what there is, which may be one."""
    events, aggregates = totals.all_events, totals.all_aggregates
    one_event, one_aggregate = f"the one {_EVENTS[0]}", f"the one {_AGGREGATES[0]}"
    if (events, aggregates) == (1, 1):
        return f"Neither {one_event} nor {one_aggregate}"
    if events + aggregates == 1:
        return f"Not {one_event if events else one_aggregate}"
    if events == 1:
        return f"Not {one_event}, and none of the {describe_kinds(0, aggregates)}"
    return f"None of the {describe_kinds(events, aggregates)}"


def _share(count: int, total: int, nouns: tuple[str, str], uncertain: int = 0) -> str:
    of_all = f" of {total:,}" if uncertain or count != total else ""
    return f"{_between(count, uncertain)}{of_all} {nouns[total != 1]}"


def _on_map(totals: Totals) -> str:
    if totals.unplaced and totals.placed:
        unsure = totals.uncertain_events - totals.uncertain_placed
        unplaced = _between(totals.unplaced, unsure)
        return f": {totals.on_map.words} on the map, {unplaced} without a known place"
    place = "on the map" if totals.placed else "without a known place"
    return f", {place}" if totals.events == 1 else f", all {place}"


def describe_areas(count: int, drawn: int) -> str:
    """Return in words how many base areas were found, and how many of them a map shows.

    Example:
        >>> describe_areas(3, 2), describe_areas(1, 0), describe_areas(0, 0)
        ('3 base areas, 2 of them on the map', '1 base area, not on the map', '')
    """
    if not count:
        return ""
    if not is_english():
        return say("base areas: {n}; on the map: {drawn}", n=count, drawn=drawn)
    if count == 1:
        return f"1 base area, {'' if drawn else 'not '}on the map"
    some = f"{drawn:,}" if drawn else "none"
    share = "all" if drawn == count else f"{some} of them"
    return f"{count:,} base areas, {share} on the map"


def describe_off_map(
    found: Iterable[OffMap], most: int = MOST_COUNTRIES
) -> tuple[tuple[str, str], ...]:
    """Return a heading and the numbers by country, for each kind that no map shows.

    Args:
        found: From `off_map_by_country`.
        most: Countries that are named; the rest are summed up.

    Example:
        >>> describe_off_map([OffMap("AF", 4, 0), OffMap("", 2, 0)])
        (('Events without a known place', 'Afghanistan 4, no single country 2'),)
    """
    found = list(found)
    kinds = (
        (
            say("Events without a known place"),
            {one.country: (one.events, one.uncertain_events) for one in found if one.events},
        ),
        (
            say("Campaigns and counts"),
            {
                one.country: (one.aggregates, one.uncertain_aggregates)
                for one in found
                if one.aggregates
            },
        ),
    )
    return tuple((heading, _by_country(counts, most)) for heading, counts in kinds if counts)


def _by_country(counts: Mapping[str, tuple[int, int]], most: int) -> str:
    ranked = sorted((code for code in counts if code), key=lambda code: (-counts[code][0], code))
    named, rest = ranked[:most], ranked[most:]
    if len(rest) == 1:
        named, rest = ranked, []
    words = [f"{country_name(code)} {_between(*counts[code])}" for code in named]
    if rest:
        together = _between(*map(sum, zip(*(counts[code] for code in rest), strict=True)))
        words.append(say("{n} more countries {count}", n=len(rest), count=together))
    if "" in counts:
        words.append(say("no single country {count}", count=_between(*counts[""])))
    return comma().join(words)


def _between(count: int, uncertain: int) -> str:
    return Count(count - uncertain, count).words


def tell_counts(totals: Totals, off_map: Iterable[OffMap]) -> dict[str, Any]:
    """Return what a file says of how much it holds, as numbers and words by name.

    Args:
        totals: The numbers.
        off_map: What no map shows, from `off_map_by_country`.
    """
    by_country = describe_off_map(off_map, most=_EVERY_COUNTRY)
    return {
        "incidents": totals.shown,
        "incidents_certain": totals.certain,
        "incidents_in_all": totals.in_all,
        "events": totals.events,
        "events_certain": totals.events - totals.uncertain_events,
        "events_on_the_map": totals.placed,
        "events_on_the_map_certain": totals.placed - totals.uncertain_placed,
        "events_without_a_known_place": totals.unplaced,
        "campaigns_and_counts": totals.aggregates,
        "campaigns_and_counts_certain": totals.aggregates - totals.uncertain_aggregates,
        "not_on_the_map": [f"{heading}: {numbers}" for heading, numbers in by_country],
    }

"""What slides and documents say beside the records: what the map shows, how all of it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from geodata.records import (
    CLAIM_NOTES,
    PLACE_NOTES,
    GeoPrecision,
    comma,
    country_name,
    labelled,
    parted,
    say,
    say_many,
)
from geodata.scope import Count
from mapview.briefing.content import Briefing, IncidentLine
from mapview.briefing.office.text import clean, shorten
from mapview.cartography import label_of

__all__ = [
    "Reading",
    "describe_map",
    "no_source",
    "not_listed",
    "not_placed",
    "numbers_of",
    "place_remark",
    "reading_notes",
    "references",
    "site_of",
]

_MOST_COUNTRIES = 6
_MOST_SITE = 40
_NOT_LISTED = (
    " not listed {where}; counts include all, the map those that have a known place, and the data "
    "of the same filter list them all."
)
ONE_NOT_LISTED = f"{{n}} further incident is{_NOT_LISTED}"
MANY_NOT_LISTED = f"{{n}} further incidents are{_NOT_LISTED}"
# The symbol on the map says it all.
_EXACT = (GeoPrecision.SITE, GeoPrecision.SETTLEMENT)

_FIGURE_NOTES = (
    (
        "A range such as “94–96” gives the lowest and the highest figure of the sources; "
        "“nearly”, “over” and the like are their own words."
    ),
    "“Not stated” means that no source gives a figure. It does not mean zero.",
    "Figures must not be added up: some overlap, and some stand for several incidents together.",
)
_RESPONSIBILITY_NOTE = (
    "“Claimed by” says that a party names itself; “attributed to”, that another party or a source "
    "names it; doubts and denials stand beside it."
)


@dataclass(frozen=True)
class Reading:
    """Sentences under one heading."""

    heading: str
    notes: tuple[str, ...]


def not_placed() -> str:
    """Return what is said of an event or base area that the map does not show."""
    return say("not on the map")


def no_source() -> str:
    """Return what is said where no source is cited."""
    return say("No source is cited.")


def numbers_of(briefing: Briefing) -> dict[str, int]:
    """Return the number under which each document is listed."""
    return {one.id: index for index, one in enumerate(briefing.sources, 1)}


def references(ids: Sequence[str], numbers: Mapping[str, int]) -> str:
    """Return the numbers of documents as text refers to them.

    Example:
        >>> references(("b", "a"), {"a": 1, "b": 2})
        '[1], [2]'
    """
    return ", ".join(f"[{one}]" for one in sorted({numbers[id_] for id_ in ids if id_ in numbers}))


def place_remark(line: IncidentLine) -> str:
    """Return what has to be said of a place beside its name; empty if it says it all.

    A place that is known to a town and is not on the map stands for many events.
    """
    # Of one known to the country or less, the name of the place says so.
    says_it = line.precision in _EXACT or not line.precision.is_mappable
    parts = [] if says_it else [line.precision_words]
    if not line.is_placed:
        parts.append(not_placed() if line.is_event else say("campaign or count, listed only"))
    return parted(parts)


def site_of(url: str) -> str:
    """Return the name of the site that an address leads to.

    Example:
        >>> site_of("https://www.example.org/a?b"), site_of("")
        ('example.org', '')
    """
    try:
        return shorten(clean(urlsplit(url).hostname or "").removeprefix("www."), _MOST_SITE)
    except ValueError:
        return ""


def describe_map(briefing: Briefing) -> str:
    """Return what is seen on the map, in words, for who cannot see it."""
    placed = [line for line in briefing.incidents if line.is_placed]
    if not placed and not briefing.counts.areas_drawn:
        nothing = (f"{say('Map')}.", say("Nothing that was found has a known place."))
        return " ".join([*nothing, *_unplaced(briefing)])
    said = [f"{say('Map')}. {briefing.scope}.", say("Period: {period}.", period=briefing.period)]
    if placed:
        said.append(say("Kinds: {kinds}.", kinds=_kinds(briefing, placed)))
    said.append(say("Where: {countries}.", countries=_where(briefing, placed)))
    said += _highest(briefing, placed)
    said += _unplaced(briefing)
    return " ".join(said)


def _highest(briefing: Briefing, placed: Sequence[IncidentLine]) -> list[str]:
    """Return the events on the map for which the highest figures are given, with their bounds."""
    by_id = {line.id: line for line in placed}
    found = [
        f"{say('{place}, {date}', place=line.locality or line.title, date=line.when)} ({toll[0]})"
        for identifier, toll in briefing.highlights.items()
        if toll and (line := by_id.get(identifier))
    ]
    if not found:
        return []
    # Higher ones may be given for what no map shows.
    events = parted(found)
    if len(placed) == 1:
        return [say("Told of it: {events}.", events=events)]
    return [say("Highest figures given for what is on the map: {events}.", events=events)]


def not_listed(count: int, where: str) -> str:
    """Return what is said of incidents that a table has no room for.

    Args:
        count: How many; at least one.
        where: Where they are not, such as "on slides", in the language.
    """
    return say_many(ONE_NOT_LISTED, MANY_NOT_LISTED, count, where=where)


def _unplaced(briefing: Briefing) -> list[str]:
    return [f"{labelled(heading, numbers)}." for heading, numbers in briefing.unplaced]


def _kinds(briefing: Briefing, placed: Sequence[IncidentLine]) -> str:
    counted = Counter(line.kind for line in placed)
    sure = Counter(line.kind for line in placed if line.id in briefing.certain)
    return comma().join(
        f"{label_of(kind, briefing.own_types)} {Count(sure[kind], n).words}"
        for kind, n in sorted(counted.items())
    )


def _where(briefing: Briefing, placed: Sequence[IncidentLine]) -> str:
    codes = [line.country for line in placed]
    sure = Counter(line.country for line in placed if line.id in briefing.certain)
    if not codes:
        codes = [area.country for area in briefing.base_areas if area.is_placed]
        sure = Counter(codes)
    counted = sorted(Counter(codes).items(), key=lambda pair: (-pair[1], pair[0]))
    words = [
        f"{country_name(code)} ({Count(sure[code], n).words})"
        for code, n in counted[:_MOST_COUNTRIES]
    ]
    more = len(counted) - _MOST_COUNTRIES
    if more > 0:
        words.append(say_many("{n} more country", "{n} more countries", more))
    return comma().join(words)


def reading_notes(briefing: Briefing) -> tuple[Reading, ...]:
    """Return how a briefing is read, and what was changed in it."""
    changes = briefing.changes or (say("Nothing was coarsened or left out for publication."),)
    version = say("Data version {version}", version=briefing.version)
    imprint = (labelled(label, text).rstrip(".") for label, text in briefing.imprint)
    made_from = [text for text in (briefing.as_of, version, *imprint) if text]
    return (
        Reading(say("Places"), tuple(say(one) for one in PLACE_NOTES)),
        Reading(
            say("Responsibility"), tuple(say(one) for one in (_RESPONSIBILITY_NOTE, *CLAIM_NOTES))
        ),
        Reading(say("Figures"), tuple(say(one) for one in _FIGURE_NOTES)),
        Reading(say("Changes for publication"), tuple(changes)),
        Reading(
            say("Data and map"),
            (". ".join(made_from) + ".", *briefing.credits, briefing.border_note),
        ),
    )

"""Records and filters in plain English: labels, and a filter as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache

from babel import Locale

from geodata.queries.filters import DateMatch, Filter
from geodata.records.collection import Records
from geodata.records.dates import describe_date, describe_days
from geodata.records.model import Incident
from geodata.records.vocabulary import Attribution, ClaimAbout, EventType, GeoPrecision, Stance

__all__ = [
    "PRECISION_WORDS",
    "country_name",
    "describe_filter",
    "describe_period",
    "describe_responsibility",
    "describe_stance",
    "group_label",
    "join_words",
]

_PLURALS = {
    EventType.ARMED_ASSAULT: "armed assaults",
    EventType.MASSACRE: "massacres",
    EventType.ARSON: "arson",
    EventType.SHELLING: "shelling",
    EventType.HOSTAGE_TAKING: "hostage takings",
    EventType.OTHER: "other incidents",
}

PRECISION_WORDS = {
    GeoPrecision.SITE: "exact site",
    GeoPrecision.SETTLEMENT: "known to the town or village",
    GeoPrecision.NEAR_SETTLEMENT: "known to lie near a town or village",
    GeoPrecision.DISTRICT: "known only to the district",
    GeoPrecision.PROVINCE: "known only to the province",
    GeoPrecision.REGION: "known only to a part of the country",
    GeoPrecision.COUNTRY: "known only to the country",
    GeoPrecision.UNKNOWN: "place unknown",
}

_ATTRIBUTION_WORDS = {
    Attribution.CLAIMED: "claimed",
    Attribution.ATTRIBUTED: "attributed",
    Attribution.CONTESTED: "contested",
    Attribution.UNATTRIBUTED: "unattributed",
}

_STANCE_WORDS = {
    Stance.CLAIMS: "claims",
    Stance.ASSIGNS: "says it was",
    Stance.ASSIGNS_TO_ANOTHER_PARTY: "says it was instead",
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.ASSESSES: "assesses",
}


@cache
def country_name(code: str) -> str:
    """Return the usual English name of an ISO 3166-1 alpha-2 code (Unicode CLDR).

    Example:
        >>> country_name("TJ"), country_name("")
        ('Tajikistan', 'country unknown')
    """
    if not code:
        return "country unknown"
    return str(Locale("en").territories.get(code, code))


def describe_stance(stance: Stance, about: ClaimAbout = ClaimAbout.ATTRIBUTION) -> str:
    """Return what a party does with a claim, as a verb.

    Example:
        >>> describe_stance(Stance.ASSIGNS), describe_stance(Stance.ASSIGNS, ClaimAbout.OCCURRENCE)
        ('says it was', 'says')
    """
    if about is not ClaimAbout.ATTRIBUTION and stance is Stance.ASSIGNS:
        return "says"
    return _STANCE_WORDS[stance]


def group_label(group_id: str, records: Records) -> str:
    """Return the shortest usual name of a group."""
    group = records.groups_by_id.get(group_id)
    return (group.short_name or group.name) if group else group_id


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Join words as English does.

    Example:
        >>> join_words(["raids", "arrests", "plots"])
        'raids, arrests and plots'
    """
    if len(words) < 2:  # noqa: PLR2004 - one word joins nothing
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def plural(event_type: EventType) -> str:
    """Return the plural of an event type's label."""
    return _PLURALS.get(event_type, f"{event_type}s")


def describe_filter(chosen: Filter, records: Records) -> str:
    """Return a filter as one sentence without a full stop.

    Example:
        >>> describe_filter(Filter.from_query("type=bombing&from=2018&to=2024"), Records())
        'Bombings, 2018–2024'
        >>> describe_filter(Filter(), Records())
        'All incidents and base areas, all dates'
    """
    parts = [
        _subject(chosen),
        describe_period(chosen),
        _countries(chosen),
        _responsibility(chosen, records),
        _details(chosen),
    ]
    sentence = ", ".join(part for part in parts if part)
    return sentence[0].upper() + sentence[1:]


def _subject(chosen: Filter) -> str:
    statuses = join_words([str(status) for status in chosen.statuses], "or")
    if chosen.event_types:
        nouns = join_words([plural(one) for one in chosen.event_types])
        return f"{statuses} {nouns}" if statuses else nouns
    if statuses:
        return f"{statuses} incidents"
    return "all incidents and base areas" if chosen.base_areas else "all incidents"


def describe_period(chosen: Filter) -> str:
    """Return a filter's period in words.

    Example:
        >>> describe_period(Filter.from_query("from=2018&to=2018-07-29"))
        '1 January 2018 – 29 July 2018'
    """
    start, end = chosen.start, chosen.end
    certain = "certainly " if chosen.date_match is DateMatch.CERTAIN else ""
    if start is None and end is None:
        return "all dates"
    if start and end and _is_first(start) and _is_last(end):
        years = str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        return f"{certain}within {years}" if certain else years
    if start and end:
        return f"{certain}{describe_days(start, end)}"
    if start:
        return f"{certain}from {start.year if _is_first(start) else _day(start)} on"
    return f"{certain}until {end.year if end and _is_last(end) else _day(end)}"


def _is_first(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _is_last(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _day(day: date | None) -> str:
    return describe_date(day.isoformat()) if day else ""


def _countries(chosen: Filter) -> str:
    names = [country_name(code) for code in chosen.countries]
    return f"in {join_words(names, 'or')}" if names else ""


def _responsibility(chosen: Filter, records: Records) -> str:
    names = [_group_words(one, records) for one in chosen.groups]
    groups = join_words(names, "or")
    kinds = [_ATTRIBUTION_WORDS[one] for one in chosen.attributions]
    if groups and not kinds:
        return f"linked to {groups}"
    if not kinds:
        return ""
    if set(chosen.attributions) == {Attribution.CLAIMED, Attribution.ATTRIBUTED} and groups:
        return f"claimed or attributed to {groups}"
    words = f"attribution {join_words(kinds, 'or')}"
    return f"{words}, linked to {groups}" if groups else words


def _group_words(name: str, records: Records) -> str:
    return join_words([group_label(one, records) for one in records.resolve_groups(name)], "or")


def _details(chosen: Filter) -> str:
    parts: list[str] = []
    if chosen.least_precision:
        parts.append(f"place known at least to: {chosen.least_precision}")
    if chosen.fatalities_min is not None and chosen.fatalities_max is not None:
        parts.append(f"{chosen.fatalities_min} to {chosen.fatalities_max} killed")
    elif chosen.fatalities_min is not None:
        parts.append(f"at least {chosen.fatalities_min} killed")
    elif chosen.fatalities_max is not None:
        parts.append(f"at most {chosen.fatalities_max} killed")
    if chosen.text:
        parts.append(f"with “{chosen.text}”")
    if chosen.bounds:
        west, south, east, north = chosen.bounds
        parts.append(f"within {west:g}° to {east:g}° E, {south:g}° to {north:g}° N")
    if not chosen.base_areas and (chosen.event_types or chosen.statuses):
        parts.append("without base areas")
    return ", ".join(parts)


def describe_responsibility(incident: Incident, records: Records) -> str:
    """Return who claims, assigns, doubts or denies responsibility for an incident.

    Each statement stands for itself; those that agree are joined, none is left out.

    Returns:
        Such as "claimed by IS-KP; responsibility of IS-KP denied by government of Iran", or
        "no claim about responsibility".
    """
    said: dict[tuple[Stance, str], list[str]] = {}
    for claim in incident.claims:
        if claim.about is ClaimAbout.ATTRIBUTION and claim.stance:
            speakers = said.setdefault((claim.stance, str(claim.value or "")), [])
            if claim.by and claim.by not in speakers:
                speakers.append(claim.by)
    parts = [
        _RESPONSIBILITY[stance](group_label(group, records) if group else "", speakers, records)
        for (stance, group), speakers in said.items()
    ]
    return "; ".join(parts) or "no claim about responsibility"


def _claimed(group: str, speakers: Sequence[str], records: Records) -> str:
    others = [one for one in speakers if _group_words(one, records) != group]
    if not group or (others and len(others) == len(speakers)):
        for_group = f" for {group}" if group else ""
        return f"claimed{for_group}{_by(others or speakers)}"
    return f"claimed by {group}{f' and, for it, by {join_words(others)}' if others else ''}"


def _by(speakers: Sequence[str]) -> str:
    return f" by {join_words(speakers)}" if speakers else ""


_RESPONSIBILITY: Mapping[Stance, Callable[[str, Sequence[str], Records], str]] = {
    Stance.CLAIMS: _claimed,
    Stance.ASSIGNS: lambda group, by, _: f"attributed to {group}{_by(by)}",
    Stance.ASSIGNS_TO_ANOTHER_PARTY: lambda group, by, _: f"attributed instead to {group}{_by(by)}",
    Stance.ASSESSES: lambda group, by, _: f"assessed to be {group}{_by(by)}",
    Stance.DENIES: lambda group, by, _: f"responsibility of {group} denied{_by(by)}",
    Stance.DOUBTS: lambda group, by, _: f"responsibility of {group} doubted{_by(by)}",
}

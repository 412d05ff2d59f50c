"""A filter in words: one sentence in English, a list in other languages; and its period."""

from __future__ import annotations

from datetime import date

from geodata.queries.filters import DateMatch, Filter
from geodata.records import (
    GeoPrecision,
    Records,
    Role,
    comma,
    country_name,
    describe_date,
    describe_days,
    digits,
    group_words,
    is_english,
    join_words,
    number,
    parted,
    plural,
    say,
)
from geodata.shapes import Shape

__all__ = ["describe_filter", "describe_period"]


_ROLES = {
    Role.ACTOR: "actor",
    Role.ACCUSED: "accused",
    Role.CLEARED: "cleared",
    Role.TARGET: "target",
    Role.OTHER: "named otherwise",
}


def describe_filter(chosen: Filter, records: Records) -> str:
    """Return a filter as one sentence without a full stop.

    Example:
        >>> describe_filter(Filter.from_query("type=bombing&from=2018&to=2024"), Records())
        'Bombings, 2018–2024'
        >>> describe_filter(Filter(), Records())
        'All incidents and base areas, all dates'
    """
    if not is_english():
        return _listed(chosen, records)
    parts = [
        _subject(chosen),
        _source_types(chosen),
        describe_period(chosen),
        _countries(chosen),
        _responsibility(chosen, records),
        _details(chosen),
        f"as known on {_day(chosen.known)}" if chosen.known else "",
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
    if chosen.ids:
        return _chosen(chosen)
    return "all incidents and base areas" if chosen.base_areas else "all incidents"


def _chosen(chosen: Filter) -> str:
    n = len(chosen.ids)
    return "one chosen record" if n == 1 else f"{n} chosen records"


def _source_types(chosen: Filter) -> str:
    named = join_words([f"“{one}”" for one in chosen.source_types], "or")
    return f"of the source's type {named}" if named else ""


def describe_period(chosen: Filter) -> str:
    """Return a filter's period in words.

    Example:
        >>> describe_period(Filter.from_query("from=2018&to=2018-07-29"))
        '1 January 2018 – 29 July 2018'
    """
    start, end = chosen.start, chosen.end
    if not is_english():
        words = _period(start, end)
        is_certain = chosen.date_match is DateMatch.CERTAIN and bool(start or end)
        return say("certainly: {what}", what=words) if is_certain else words
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


def _period(start: date | None, end: date | None) -> str:
    """Return a period in words, each end as exact as it is meant."""
    if start is None and end is None:
        return say("all dates")
    if start and end and _is_first(start) and _is_last(end):
        years = dict.fromkeys((start.year, end.year))
        return digits("–".join(map(str, years)))
    if start and end:
        return describe_days(start, end)
    first = str(start.year) if start and _is_first(start) else start.isoformat() if start else ""
    last = str(end.year) if end and _is_last(end) else end.isoformat() if end else ""
    return describe_date(f"{first}/.." if first else f"../{last}")


def _listed(chosen: Filter, records: Records) -> str:
    """Return a filter as a list of what was chosen, which needs no grammar of sentences."""
    parts: list[tuple[str, list[str]]] = [
        (say("Status"), [say(str(one)) for one in chosen.statuses]),
        (say("Type"), [say(str(one)) for one in chosen.event_types]),
        (say("Type in the words of its source"), list(chosen.source_types)),
        (say("Country"), [country_name(code) for code in chosen.countries]),
        (say("Responsibility"), [say(str(one)) for one in chosen.attributions]),
        (say("Group"), [group_words(one, records) for one in chosen.groups]),
        (say("Role"), [say(_ROLES[one]) for one in Role if one in chosen.roles]),
        (say("Exactness at least"), [say(str(one)) for one in [chosen.least_precision] if one]),
        (say("Killed"), _bounds(chosen.fatalities_min, chosen.fatalities_max)),
        (say("Injured"), _bounds(chosen.injured_min, None)),
        (say("Words"), [f"“{chosen.text}”"] if chosen.text else []),
        (say("Within"), _where(chosen)),
        (say("Chosen records"), [number(len(chosen.ids))] if chosen.ids else []),
        (say("As known on"), [_day(chosen.known)] if chosen.known else []),
    ]
    said = [
        say(
            "{label}: {values}",
            label=f"{label[0].lower()}{label[1:]}",
            values=join_words(words, "or"),
        )
        for label, words in parts
        if words
    ]
    has_areas = chosen.base_areas and not (chosen.event_types or chosen.statuses or chosen.ids)
    subject = say("All incidents and base areas") if has_areas else say("Incidents")
    if not said and not has_areas:
        subject = say("All incidents")
    period = describe_period(chosen)
    if chosen.date_match is DateMatch.CERTAIN and not (chosen.start or chosen.end):
        said.append(say("only what certainly fits"))
    return parted([f"{subject}{comma()}{period}", *said])


def _bounds(least: int | None, most: int | None) -> list[str]:
    said = [say("at least {n}", n=least)] if least is not None else []
    return said + ([say("at most {n}", n=most)] if most is not None else [])


def _where(chosen: Filter) -> list[str]:
    said = []
    if chosen.bounds:
        west, south, east, north = chosen.bounds
        said.append(f"{west:g}–{east:g}° E, {south:g}–{north:g}° N")
    if chosen.within and chosen.within.km:
        lon, lat = chosen.within.corners[0]
        said.append(f"{say('{n} km', n=chosen.within.km)}: {lat:g}°, {lon:g}°")
    elif chosen.within:
        said.append(say("a drawn area"))
    return said


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
    kinds = join_words([str(one) for one in chosen.attributions], "or")
    parts = (f"attribution {kinds}" if kinds else "", _parties(chosen, records))
    return ", ".join(part for part in parts if part)


def _parties(chosen: Filter, records: Records) -> str:
    """Return who is sought in which role; a group that is accused is not one that acted."""
    if not chosen.groups and not chosen.roles:
        return ""
    names = join_words([group_words(one, records) for one in chosen.groups], "or") or "somebody"
    if set(chosen.roles) == set(Role):
        return f"in which {names} is named in any role"
    roles = [words for role, words in _ROLES.items() if role in chosen.roles_sought]
    return f"in which {names} is {join_words(roles, 'or')}"


def _tolls(chosen: Filter) -> list[str]:
    parts: list[str] = []
    if chosen.fatalities_min is not None and chosen.fatalities_max is not None:
        parts.append(f"{chosen.fatalities_min} to {chosen.fatalities_max} killed")
    elif chosen.fatalities_min is not None:
        parts.append(f"at least {chosen.fatalities_min} killed")
    elif chosen.fatalities_max is not None:
        parts.append(f"at most {chosen.fatalities_max} killed")
    if chosen.injured_min is not None:
        parts.append(f"at least {chosen.injured_min} injured")
    return parts


def _shape(shape: Shape) -> str:
    if not shape.km:
        return f"a drawn area of {len(shape.corners)} corners"
    lon, lat = shape.corners[0]
    return f"{shape.km:,.10g} km of {lat:g}°, {lon:g}°"


def _exactness(least: GeoPrecision) -> str:
    if least is GeoPrecision.NOT_STATED:
        return "place given, however exactly"
    return f"place known at least to: {least}"


def _details(chosen: Filter) -> str:
    parts: list[str] = []
    is_certain = chosen.date_match is DateMatch.CERTAIN
    if chosen.ids and (chosen.event_types or chosen.statuses):
        parts.append(_chosen(chosen))
    if chosen.least_precision:
        parts.append(_exactness(chosen.least_precision))
    parts += _tolls(chosen)
    if chosen.text:
        parts.append(f"with “{chosen.text}”")
    if chosen.bounds:
        west, south, east, north = chosen.bounds
        within = "certainly within" if is_certain else "within"
        parts.append(f"{within} {west:g}° to {east:g}° E, {south:g}° to {north:g}° N")
    if chosen.within:
        parts.append(f"{'certainly within' if is_certain else 'within'} {_shape(chosen.within)}")
    if is_certain and not (chosen.start or chosen.end or chosen.bounds or chosen.within):
        parts.append("only what certainly fits")
    if not chosen.base_areas and (chosen.event_types or chosen.statuses):
        parts.append("without base areas")
    return ", ".join(parts)

"""What is shown of an incident, base area or source, made of the record: a line, or all detail.

Claims are grouped by what they are about. Each keeps who says it, with what stance, in which
source and where in it; figures that agree and figures that differ both stay visible.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from shapely.geometry import shape

from geodata.queries import AreaView, describe_validity, in_column, last_day
from geodata.records import (
    CLAIM_HEADINGS,
    PRECISION_WORDS,
    BaseArea,
    Claim,
    ClaimAbout,
    EventType,
    GeoPrecision,
    Incident,
    RecordKind,
    Records,
    Role,
    Status,
    Toll,
    attribution,
    by_matter,
    cite,
    claims_differ,
    comma,
    country_name,
    derive_toll,
    describe_date,
    describe_parties,
    describe_place,
    describe_responsibility,
    describe_term,
    describe_value,
    group_label,
    is_english,
    join_words,
    labelled,
    parted,
    party_words,
    place,
    safe_url,
    say,
    say_many,
    stance_of,
    validity,
)
from mapview.cartography import drawn_as, in_few_words, standing_of
from mapview.lines import (
    AreaDetail,
    AreaLine,
    Badge,
    ClaimGroup,
    ClaimLine,
    Detail,
    IncidentLine,
    Related,
    SourceLine,
)

__all__ = [
    "area_line",
    "claim_groups",
    "describe_area",
    "describe_incident",
    "incident_line",
    "source_line",
]

_STATUSES = tuple(Status)
# Claims about these stand behind the title, type, date and place of an incident.
_TOLD_WITH_TOLL = (
    ClaimAbout.OCCURRENCE,
    ClaimAbout.EVENT_TYPE,
    ClaimAbout.DATE,
    ClaimAbout.PLACE,
)
_TOLD_BY_TITLE = (ClaimAbout.TARGET, ClaimAbout.MEANS)
_PEOPLE = (ClaimAbout.FATALITIES, ClaimAbout.INJURED, ClaimAbout.CASUALTIES)
_LEADING = (*_PEOPLE, ClaimAbout.ATTRIBUTION)
_LASTING = {ClaimAbout.OCCURRENCE: "What is said of it"}


def incident_line(incident: Incident, records: Records, own: Sequence[str] = ()) -> IncidentLine:
    """Return an incident as tables and maps show it.

    Args:
        incident: The incident.
        records: Gives names of groups and which sources copy one another.
        own: The types in the words of sources that stand for themselves.
    """
    killed, injured = (
        derive_toll(incident.claims, about, records.families)
        for about in (ClaimAbout.FATALITIES, ClaimAbout.INJURED)
    )
    return IncidentLine(
        id=incident.id,
        title=incident.title,
        is_event=incident.record_kind is RecordKind.EVENT,
        event_date=incident.event_date,
        when=describe_date(incident.event_date),
        start=incident.span.start,
        end=incident.span.end,
        place=describe_place(incident),
        locality=place(next(iter(incident.place_names), ""), incident.country),
        country=incident.country,
        province=incident.admin1_code,
        precision=incident.geo_precision,
        precision_words=say(PRECISION_WORDS[incident.geo_precision]),
        points=incident.points if incident.is_mappable else (),
        radius_km=incident.radius_km,
        event_types=incident.event_types,
        source_type=_source_type(incident),
        kind=drawn_as(incident.event_types, in_column(incident.type_of_source), own),
        status=incident.status,
        status_code=_STATUSES.index(incident.status),
        killed=_stated(killed),
        most_killed=killed.high,
        least_killed=killed.low,
        together=_together(incident, records),
        shares_toll_with=incident.casualties_combined,
        shares_toll_beyond=incident.shares_toll_beyond,
        injured=_stated(injured),
        most_injured=injured.high,
        responsibility=describe_responsibility(incident, records),
        caveats=_caveats(one for one in incident.claims if one.about in _TOLD_WITH_TOLL),
        title_caveats=tuple(_title_caveats(incident.claims)),
        sources=incident.sources,
    )


def _stated(toll: Toll) -> str:
    return say("not stated") if toll == Toll() else toll.text


def _source_type(incident: Incident) -> str:
    has_word = incident.event_types[0] is not EventType.OTHER
    return "" if has_word else in_few_words(in_column(incident.type_of_source))


def _together(incident: Incident, records: Records) -> str:
    """Return the number of those who were killed or injured where sources tell no more."""
    toll = derive_toll(incident.claims, ClaimAbout.CASUALTIES, records.families)
    return "" if toll == Toll() else say("{toll} killed or injured", toll=toll.text)


def _caveats(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.caveat for claim in claims if claim.caveat))


def _title_caveats(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield what is in doubt of whom or what it hit and with what, and which of both it is of.

    By itself it would be read as said of all that stands beside it, such as a toll.
    """
    for about in _TOLD_BY_TITLE:
        for caveat in _caveats(one for one in claims if one.about is about):
            yield say("{label}: {values}", label=say(CLAIM_HEADINGS[about]), values=caveat)


def area_line(view: AreaView, records: Records, hatches: Mapping[str, int]) -> AreaLine:
    """Return a base area as tables and maps show it.

    Args:
        view: The base area, and whether it is faded.
        records: Gives the names of its group.
        hatches: Group id to hatch, for groups of which a map can draw anything.
    """
    area = view.area
    group = records.groups_by_id.get(area.group)
    return AreaLine(
        id=area.id,
        group=area.group,
        group_name=group.name if group else area.group,
        group_label=group_label(area.group, records),
        kind=say(str(area.kind)),
        status=say(str(area.status)),
        place=describe_place(area),
        locality=place(next(iter(area.place_names), ""), area.country),
        country=area.country,
        province=area.admin1_code,
        level=area.level,
        point=_point_in(area),
        radius_km=area.radius_km,
        hatch=hatches.get(area.group, 0),
        period=describe_validity(area),
        validity=validity(area, records),
        last_day=last_day(area),
        standing=standing_of(area.kind),
        is_faded=view.is_faded,
        has_ended=view.has_ended,
        caveats=_caveats(area.claims),
        sources=area.sources,
    )


def _point_in(area: BaseArea) -> tuple[float, float] | None:
    if not area.is_mappable:
        return None
    inside = shape(area.geometry).representative_point()
    return inside.x, inside.y


def describe_area(area: BaseArea, records: Records) -> AreaDetail:
    """Return the detail view of a base area."""
    group = records.groups_by_id.get(area.group)
    aliases = ", ".join(group.aliases[:12]) if group else ""
    facts = ((say("Also called"), aliases), (say("Position"), _position(area)))
    return AreaDetail(
        id=area.id,
        group=group.id if group else "",
        title=group.name if group else area.group,
        where=f"{_capital(say(str(area.kind)))} · {describe_place(area)}",
        badges=(
            Badge(
                _capital(say(str(area.status))),
                _tone(area.status == "alleged"),
                say("How it is told"),
            ),
            Badge(_capital(say(PRECISION_WORDS[area.geo_precision])), "quiet", say("Place")),
        ),
        validity=describe_validity(area),
        facts=tuple((name, value) for name, value in facts if value),
        note=area.note,
        claim_groups=claim_groups(area.claims, records, is_lasting=True),
    )


def describe_incident(
    incident: Incident, records: Records, find: Callable[[str], Incident | None]
) -> Detail:
    """Return the detail view of an incident.

    Args:
        incident: The incident.
        records: Gives names of groups and titles of sources.
        find: Gives incidents that are related, by id.
    """
    combined = _related(incident.casualties_combined, find)
    return Detail(
        id=incident.id,
        title=incident.title,
        date=describe_date(incident.event_date),
        place=_place(incident),
        badges=_badges(incident),
        tolls=tuple(_tolls(incident, records)),
        combined=combined,
        is_combined_beyond=incident.shares_toll_beyond
        or len(combined) < len(incident.casualties_combined),
        facts=_facts(incident, records),
        parties=party_words(incident, records),
        summary=incident.summary,
        claim_groups=claim_groups(incident.claims, records),
        sources=tuple(
            source_line(one, records) for one in (*incident.sources, *incident.cited_sources)
        ),
        related=_related(incident.related, find),
        point=_point_drawn(incident),
    )


def _point_drawn(incident: Incident) -> tuple[float, float] | None:
    precision = incident.geo_precision
    is_point = precision is GeoPrecision.NOT_STATED or precision.rank < GeoPrecision.PROVINCE.rank
    return incident.points[0] if incident.is_mappable and is_point else None


def _tolls(incident: Incident, records: Records) -> Iterator[tuple[str, str]]:
    """Yield headings and numbers; that of killed or injured together only where there is one."""
    for about in _PEOPLE:
        toll = derive_toll(incident.claims, about, records.families)
        if toll != Toll() or about is not ClaimAbout.CASUALTIES:
            yield say(CLAIM_HEADINGS[about]), _stated(toll)


def _place(incident: Incident) -> str:
    place = describe_place(incident)
    named = [country_name(code) for code in incident.other_countries]
    others = [one for one in named if not re.search(rf"\b{re.escape(one)}\b", place)]
    if not others:
        return place
    countries = join_words(others)
    if incident.country:
        return say("{place} (also concerns {countries})", place=place, countries=countries)
    return say("{place} (concerns {countries})", place=place, countries=countries)


def _badges(incident: Incident) -> tuple[Badge, ...]:
    claimed = str(attribution(incident.claims))
    badges = [
        Badge(_capital(say(str(incident.status))), _tone(incident.status == "disputed")),
        Badge(_capital(say(claimed)), _tone(claimed == "contested"), say("Responsibility")),
        Badge(_capital(say(PRECISION_WORDS[incident.geo_precision])), "quiet", say("Place")),
    ]
    exact = incident.span.precision
    if exact != "day":
        words = labelled(say("Date"), say(str(exact)))
        badges.append(Badge(words, "quiet", say("How exact the date is")))
    if incident.record_kind == "aggregate":
        badges.append(Badge(say("Campaign or count"), "quiet"))
    return tuple(badges)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tone(is_warning: bool) -> str:  # noqa: FBT001 - a predicate's answer
    return "warn" if is_warning else "plain"


def _facts(incident: Incident, records: Records) -> tuple[tuple[str, str], ...]:
    facts = (
        *describe_parties(incident, records),
        (say("Type"), comma().join(say(str(one)) for one in incident.event_types)),
        (say("Type as the source has it"), incident.type_of_source),
        (say("Target"), incident.target),
        (say("Means"), incident.means),
        (say("Position"), _position(incident)),
    )
    return tuple((name, value) for name, value in facts if value)


def _position(record: Incident | BaseArea) -> str:
    placed = record.points if isinstance(record, Incident) else record.geometry
    is_circle = bool(placed) and record.radius_km is not None
    radius = (
        say("within about {n} km of the point drawn", n=f"{record.radius_km:g}")
        if is_circle
        else ""
    )
    return parted((record.geo_basis, radius))


def _related(
    identifiers: Sequence[str], find: Callable[[str], Incident | None]
) -> tuple[Related, ...]:
    found = map(find, identifiers)
    return tuple(Related(o.id, o.title, describe_date(o.event_date)) for o in found if o)


def claim_groups(
    claims: Sequence[Claim], records: Records, *, is_lasting: bool = False
) -> tuple[ClaimGroup, ...]:
    """Return claims by what they are about, each as it is printed, with how far they agree.

    Args:
        claims: Claims of one record.
        records: Gives names of groups and titles of sources.
        is_lasting: Whether the record is of something that lasted, as a base area or a relation.
    """
    groups = []
    places = {id(claim): at for at, claim in enumerate(claims)}
    for about, topic, chosen in by_matter(claims):
        differ = claims_differ(chosen, is_lasting=is_lasting)
        lines = tuple(
            _line(claim, records, places[id(claim)], differs=differ, is_lasting=is_lasting)
            for claim in chosen
        )
        summary = _agreement(chosen, records, differ=differ)
        told_as = (_LASTING if is_lasting else CLAIM_HEADINGS).get(about, CLAIM_HEADINGS[about])
        heading = topic or say(told_as)
        is_own = bool(topic) and not is_english()
        groups.append(ClaimGroup(heading, summary, lines, about in _LEADING, is_own))
    return tuple(groups)


def _agreement(claims: Sequence[Claim], records: Records, *, differ: bool) -> str:
    families = {records.families.get(claim.source, claim.source) for claim in claims}
    sources = {claim.source for claim in claims}
    count = say_many("{n} independent source", "{n} independent sources", len(families))
    if len(sources) > len(families):
        count += f" ({say('{n} texts, some copied from one another', n=len(sources))})"
    # Whom a document cites, or of whom it tells, are sources as well.
    is_of_one = len({(claim.source, claim.by, claim.cites) for claim in claims}) == 1
    how = say("one document disagrees with itself") if is_of_one else say("sources differ")
    return parted((how if differ else "", count))


def _line(claim: Claim, records: Records, at: int, *, differs: bool, is_lasting: bool) -> ClaimLine:
    is_party = claim.about is ClaimAbout.INVOLVED and claim.role not in (None, Role.OTHER)
    value = _term(claim) if is_lasting else ""
    value = value or describe_value(claim, records)
    return ClaimLine(
        value=value + (f" ({say(str(claim.role))})" if is_party else ""),
        stance=stance_of(claim),
        by=claim.by,
        note=" ".join(text for text in (claim.caveat, claim.note) if text),
        source=source_line(claim.source, records),
        locator=claim.locator,
        cites=tuple(source_line(one, records) for one in claim.cites),
        differs=differs,
        party=_party_of(claim, records),
        figure=claim.value if claim.about in _PEOPLE and isinstance(claim.value, int) else None,
        at=at,
        is_own=not is_english() and _is_own(claim),
    )


def _is_own(claim: Claim) -> bool:
    """Whether a value is in the words of the record, and no number or date."""
    return isinstance(claim.value, str) and claim.about is not ClaimAbout.DATE


def _party_of(claim: Claim, records: Records) -> str:
    known = claim.names_party and claim.value in records.groups_by_id
    return str(claim.value) if known else ""


def _term(claim: Claim) -> str:
    """Return the words of a date with an open end, which is one that is not stated."""
    first, slash, last = str(claim.value or "").partition("/")
    is_open = slash and ".." in (first, last)
    return describe_term(first, last) if is_open and claim.about is ClaimAbout.DATE else ""


def source_line(identifier: str, records: Records) -> SourceLine:
    """Return a source as it is cited; only http(s) addresses become links."""
    source = records.sources_by_id.get(identifier)
    if source is None:
        return SourceLine(identifier, identifier)
    return SourceLine(identifier, cite(source), safe_url(source.url))

"""What the detail view of an incident or base area says, as plain values for a template.

Claims are grouped by what they are about. Each keeps who says it, with what stance, in which
source and where in it; figures that agree and figures that differ both stay visible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.account.contradictions import describe_value
from geodata.queries.areas import describe_validity
from geodata.records.citation import cite, safe_url
from geodata.records.collection import Records
from geodata.records.dates import describe_date
from geodata.records.derive import Toll, attribution, claims_differ, derive_toll, linked_groups
from geodata.records.model import BaseArea, Claim, Incident
from geodata.records.vocabulary import ClaimAbout
from geodata.records.words import PRECISION_WORDS, country_name, describe_stance, group_label

__all__ = [
    "AreaDetail",
    "Badge",
    "ClaimGroup",
    "ClaimLine",
    "Detail",
    "SourceLine",
    "describe_area",
    "describe_incident",
    "known_names",
    "source_line",
]

_ORDER = tuple(ClaimAbout)
_HEADINGS = {
    ClaimAbout.OCCURRENCE: "What is said to have happened",
    ClaimAbout.FATALITIES: "Killed",
    ClaimAbout.INJURED: "Injured",
    ClaimAbout.ATTRIBUTION: "Responsibility",
    ClaimAbout.INVOLVED: "Others involved",
    ClaimAbout.DATE: "Date",
    ClaimAbout.PLACE: "Place",
    ClaimAbout.TARGET: "Target",
    ClaimAbout.MEANS: "Means",
    ClaimAbout.EVENT_TYPE: "Kind of event",
    ClaimAbout.ARRESTED: "Arrested",
    ClaimAbout.DISPLACED: "Displaced",
    ClaimAbout.COUNT: "Number of events",
    ClaimAbout.OUTCOME: "Outcome",
    ClaimAbout.OTHER: "Also said",
}


@dataclass(frozen=True)
class Badge:
    """A short label; `tone` is `plain`, `warn` or `quiet`."""

    text: str
    tone: str
    help: str = ""


@dataclass(frozen=True)
class SourceLine:
    """A source as it is cited: its words, and its address when it has one that can be opened."""

    id: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class ClaimLine:
    """One claim: what is said, who says it, and where that was read."""

    value: str
    stance: str
    by: str
    note: str
    source: SourceLine
    locator: str
    cites: tuple[SourceLine, ...]
    differs: bool


@dataclass(frozen=True)
class ClaimGroup:
    """All claims about one thing, with how far their sources agree."""

    heading: str
    summary: str
    claims: tuple[ClaimLine, ...]


@dataclass(frozen=True)
class Related:
    """An incident that belongs with this one."""

    id: str
    title: str
    date: str


@dataclass(frozen=True)
class Detail:
    """Everything that the detail view shows."""

    id: str
    title: str
    date: str
    place: str
    badges: tuple[Badge, ...]
    killed: Toll
    injured: Toll
    combined: tuple[Related, ...]
    groups: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    summary: str
    claim_groups: tuple[ClaimGroup, ...]
    sources: tuple[SourceLine, ...]
    related: tuple[Related, ...]


@dataclass(frozen=True)
class AreaDetail:
    """Everything that the detail view shows of a base area."""

    id: str
    title: str
    where: str
    badges: tuple[Badge, ...]
    validity: str
    facts: tuple[tuple[str, str], ...]
    note: str
    claim_groups: tuple[ClaimGroup, ...]


def describe_area(area: BaseArea, records: Records) -> AreaDetail:
    """Return the detail view of a base area."""
    group = records.groups_by_id.get(area.group)
    known = known_names(area.place, area.admin1, country_name(area.country))
    aliases = ", ".join(group.aliases[:12]) if group else ""
    facts = (("Also called", aliases), ("Position", _position(area)))
    return AreaDetail(
        id=area.id,
        title=group.name if group else area.group,
        where=f"{str(area.kind).capitalize()} · {', '.join(known)}",
        badges=(
            Badge(str(area.status).capitalize(), _tone(area.status == "alleged"), "How it is told"),
            Badge(PRECISION_WORDS[area.geo_precision].capitalize(), "quiet", "Place"),
        ),
        validity=describe_validity(area),
        facts=tuple((name, value) for name, value in facts if value),
        note=area.note,
        claim_groups=_claim_groups(area.claims, records, is_lasting=True),
    )


def describe_incident(incident: Incident, records: Records) -> Detail:
    """Return the detail view of an incident.

    Args:
        incident: The incident.
        records: Gives names of groups, titles of sources and related incidents.
    """
    return Detail(
        id=incident.id,
        title=incident.title,
        date=describe_date(incident.event_date),
        place=_place(incident),
        badges=_badges(incident),
        killed=derive_toll(incident.claims, ClaimAbout.FATALITIES, records.families),
        injured=derive_toll(incident.claims, ClaimAbout.INJURED, records.families),
        combined=_related(incident.casualties_combined, records),
        groups=tuple(group_label(one, records) for one in linked_groups(incident)),
        facts=_facts(incident),
        summary=incident.summary,
        claim_groups=_claim_groups(incident.claims, records),
        sources=tuple(
            source_line(one, records) for one in (*incident.sources, *incident.cited_sources)
        ),
        related=_related(incident.related, records),
    )


def known_names(*names: str) -> list[str]:
    """Return the names of a place that are known, from the smallest on, each of them once.

    Example:
        >>> known_names("Kerman", "", "Kerman", "Iran")
        ['Kerman', 'Iran']
    """
    return [*dict.fromkeys(name for name in names if name)]


def _place(incident: Incident) -> str:
    names = (incident.place, incident.admin2, incident.admin1, country_name(incident.country))
    known = known_names(*names)
    others = [country_name(code) for code in incident.other_countries]
    concerned = f" (also concerns {', '.join(others)})" if others else ""
    return ", ".join(known) + concerned


def _badges(incident: Incident) -> tuple[Badge, ...]:
    claimed = str(attribution(incident.claims))
    badges = [
        Badge(str(incident.status).capitalize(), _tone(incident.status == "disputed")),
        Badge(claimed.capitalize(), _tone(claimed == "contested"), "Responsibility"),
        Badge(PRECISION_WORDS[incident.geo_precision].capitalize(), "quiet", "Place"),
    ]
    if incident.span.precision != "day":
        badges.append(Badge(f"Date: {incident.span.precision}", "quiet", "How exact the date is"))
    if incident.record_kind == "aggregate":
        badges.append(Badge("Count over many events", "quiet"))
    return tuple(badges)


def _tone(is_warning: bool) -> str:  # noqa: FBT001 - a predicate's answer
    return "warn" if is_warning else "plain"


def _facts(incident: Incident) -> tuple[tuple[str, str], ...]:
    facts = (
        ("Type", ", ".join(incident.event_types)),
        ("Target", incident.target),
        ("Means", incident.means),
        ("Position", _position(incident)),
    )
    return tuple((name, value) for name, value in facts if value)


def _position(record: Incident | BaseArea) -> str:
    placed = record.points if isinstance(record, Incident) else record.geometry
    is_circle = bool(placed) and record.radius_km is not None
    radius = f"within about {record.radius_km:g} km of the point drawn" if is_circle else ""
    return "; ".join(part for part in (record.geo_basis, radius) if part)


def _related(identifiers: Sequence[str], records: Records) -> tuple[Related, ...]:
    found = (records.incidents_by_id.get(one) for one in identifiers)
    return tuple(Related(o.id, o.title, describe_date(o.event_date)) for o in found if o)


def _claim_groups(
    claims: Sequence[Claim], records: Records, *, is_lasting: bool = False
) -> tuple[ClaimGroup, ...]:
    groups = []
    for about in _ORDER:
        chosen = [claim for claim in claims if claim.about is about]
        if chosen:
            differ = claims_differ(chosen, is_lasting=is_lasting)
            lines = tuple(_line(claim, records, differs=differ) for claim in chosen)
            summary = _agreement(chosen, records, differ=differ)
            groups.append(ClaimGroup(_HEADINGS[about], summary, lines))
    return tuple(groups)


def _agreement(claims: Sequence[Claim], records: Records, *, differ: bool) -> str:
    families = {records.families.get(claim.source, claim.source) for claim in claims}
    sources = {claim.source for claim in claims}
    count = f"{len(families)} independent source{'s' if len(families) > 1 else ''}"
    copies = len(sources) - len(families)
    if copies:
        count += f" ({len(sources)} texts, some copied from one another)"
    return f"sources differ; {count}" if differ else count


def _line(claim: Claim, records: Records, *, differs: bool) -> ClaimLine:
    return ClaimLine(
        value=describe_value(claim, records),
        stance=describe_stance(claim.stance, claim.about) if claim.stance else "",
        by=claim.by,
        note=claim.note,
        source=source_line(claim.source, records),
        locator=claim.locator,
        cites=tuple(source_line(one, records) for one in claim.cites),
        differs=differs,
    )


def source_line(identifier: str, records: Records) -> SourceLine:
    """Return a source as it is cited; only http(s) addresses become links."""
    source = records.sources_by_id.get(identifier)
    if source is None:
        return SourceLine(identifier, identifier)
    return SourceLine(identifier, cite(source), safe_url(source.url))

"""Where claims on one matter disagree: which values, who says them, and where that was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from geodata.account.matters import Contradiction, Matter, Said
from geodata.records import (
    FIGURES,
    BaseArea,
    Claim,
    ClaimAbout,
    Group,
    Incident,
    Records,
    Relation,
    by_matter,
    claims_differ,
    comma,
    country_name,
    describe_date,
    describe_value,
    group_label,
    is_english,
    labelled,
    place,
    relation_title,
    say,
    stance_of,
)

__all__ = ["contradictions"]

_MATTERS = {
    ClaimAbout.OCCURRENCE: "Whether and how it happened",
    ClaimAbout.FATALITIES: "Killed",
    ClaimAbout.INJURED: "Injured",
    ClaimAbout.CASUALTIES: "Killed or injured",
    ClaimAbout.ATTRIBUTION: "Responsibility",
    ClaimAbout.INVOLVED: "Parties named",
    ClaimAbout.EVENT_TYPE: "Kind of event",
    ClaimAbout.COUNT: "Number",
    ClaimAbout.OTHER: "Other statements",
}


def contradictions(records: Records) -> tuple[Contradiction, ...]:
    """Return incidents, by date, then base areas, groups and relations whose claims disagree.

    Claims on a group tell of many things at many times. So these are held against each other only
    where they are figures for the same people at the same time, or state one topic.

    Example:
        >>> contradictions(Records())
        ()
    """
    found = (
        *(_of_incident(one, records) for one in sorted(records.incidents, key=_order)),
        *(_of_area(one, records) for one in sorted(records.base_areas, key=_id)),
        *(_of_group(one, records) for one in sorted(records.groups, key=_id)),
        *(_of_relation(one, records) for one in sorted(records.relations, key=_id)),
    )
    return tuple(one for one in found if one.matters)


def _order(incident: Incident) -> tuple[date, str]:
    return incident.span.start, incident.id


def _id(record: BaseArea | Group | Relation) -> str:
    return record.id


def _of_incident(incident: Incident, records: Records) -> Contradiction:
    return Contradiction(
        id=incident.id,
        kind="incident",
        title=incident.title,
        when=describe_date(incident.event_date),
        matters=tuple(_matters(incident.claims, records)),
        is_own=not is_english(),
    )


def _of_area(area: BaseArea, records: Records) -> Contradiction:
    named = area.place or area.admin1
    where = place(named, area.country) if named else country_name(area.country)
    what = comma().join((say(str(area.kind)), where))
    return Contradiction(
        id=area.id,
        kind="base area",
        title=labelled(group_label(area.group, records), what),
        when="",
        matters=tuple(_matters(area.claims, records, is_lasting=True)),
    )


def _of_group(group: Group, records: Records) -> Contradiction:
    comparable = [claim for claim in group.claims if claim.topic or claim.about in FIGURES]
    return Contradiction(
        id=group.id,
        kind="group",
        title=group.name,
        when="",
        matters=tuple(_matters(comparable, records)),
        is_own=not is_english(),
    )


def _of_relation(relation: Relation, records: Records) -> Contradiction:
    return Contradiction(
        id=relation.id,
        kind="relation",
        title=relation_title(relation, records),
        when="",
        matters=tuple(_matters(relation.claims, records, is_lasting=True)),
    )


def _matters(
    claims: Sequence[Claim], records: Records, *, is_lasting: bool = False
) -> Iterator[Matter]:
    for about, topic, chosen in by_matter(claims):
        if claims_differ(chosen, is_lasting=is_lasting):
            yield Matter(
                heading=topic or _heading(about, is_lasting=is_lasting),
                in_one_document=_is_in_one_document(chosen, is_lasting=is_lasting),
                said=tuple(_said(claim, records) for claim in chosen),
                is_own=bool(topic) and not is_english(),
            )


def _heading(about: ClaimAbout, *, is_lasting: bool) -> str:
    if is_lasting and about is ClaimAbout.OCCURRENCE:
        return say("What is said of it")
    return say(_MATTERS.get(about, str(about).capitalize()))


def _is_in_one_document(claims: Sequence[Claim], *, is_lasting: bool) -> bool:
    """Return whether a document says things of its own that disagree.

    A document that reports a denial beside a claim does not contradict itself, nor does one that
    tells what several others say.
    """
    own = [claim for claim in claims if not claim.by and (claim.topic or claim.stance is None)]
    documents = {claim.source for claim in own}
    return any(
        claims_differ([c for c in own if c.source == one], is_lasting=is_lasting)
        for one in documents
    )


def _said(claim: Claim, records: Records) -> Said:
    return Said(
        by=claim.by,
        stance=stance_of(claim),
        value=describe_value(claim, records),
        source=claim.source,
        locator=claim.locator,
        note=" ".join(text for text in (claim.caveat, claim.note) if text),
        is_own=isinstance(claim.value, str)
        and claim.about is not ClaimAbout.DATE
        and not is_english(),
    )

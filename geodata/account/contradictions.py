"""Where claims on one matter disagree: which values, who says them, and where that was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.account.matters import Contradiction, Matter, Said
from geodata.records import (
    NAMING_GROUPS,
    BaseArea,
    Claim,
    ClaimAbout,
    Incident,
    Qualifier,
    Records,
    claims_differ,
    country_name,
    describe_date,
    describe_stance,
    group_label,
)

__all__ = ["contradictions", "describe_value"]

_MATTERS = {
    ClaimAbout.OCCURRENCE: "Whether and how it happened",
    ClaimAbout.FATALITIES: "Killed",
    ClaimAbout.INJURED: "Injured",
    ClaimAbout.ATTRIBUTION: "Responsibility",
    ClaimAbout.INVOLVED: "Others involved",
    ClaimAbout.EVENT_TYPE: "Kind of event",
    ClaimAbout.COUNT: "Number",
    ClaimAbout.OTHER: "Other statements",
}


def contradictions(records: Records) -> tuple[Contradiction, ...]:
    """Return the incidents, by date, and then the base areas with claims that disagree.

    Claims about groups are not compared: they tell of many things at many times.

    Example:
        >>> contradictions(Records())
        ()
    """
    incidents = sorted(records.incidents, key=lambda one: (one.span.start, one.id))
    areas = sorted(records.base_areas, key=lambda one: one.id)
    found = [_of(one, records) for one in incidents] + [_of(one, records) for one in areas]
    return tuple(one for one in found if one.matters)


def _of(record: Incident | BaseArea, records: Records) -> Contradiction:
    is_area = isinstance(record, BaseArea)
    return Contradiction(
        id=record.id,
        is_area=is_area,
        title=_area_title(record, records) if isinstance(record, BaseArea) else record.title,
        when="" if isinstance(record, BaseArea) else describe_date(record.event_date),
        matters=tuple(_matters(record.claims, records, is_lasting=is_area)),
    )


def _area_title(area: BaseArea, records: Records) -> str:
    place = area.place or area.admin1 or country_name(area.country)
    return f"{group_label(area.group, records)}: {area.kind}, {place}"


def _matters(claims: Sequence[Claim], records: Records, *, is_lasting: bool) -> Iterator[Matter]:
    for about in ClaimAbout:
        chosen = [claim for claim in claims if claim.about is about]
        if claims_differ(chosen, is_lasting=is_lasting):
            yield Matter(
                heading=_heading(about, is_area=is_lasting),
                in_one_document=_is_in_one_document(chosen, is_lasting=is_lasting),
                said=tuple(_said(claim, records) for claim in chosen),
            )


def _heading(about: ClaimAbout, *, is_area: bool) -> str:
    if is_area and about is ClaimAbout.OCCURRENCE:
        return "What is said of it"
    return _MATTERS.get(about, str(about).capitalize())


def _is_in_one_document(claims: Sequence[Claim], *, is_lasting: bool) -> bool:
    """Return whether a document gives figures or dates of its own that disagree.

    A document that reports a denial beside a claim does not contradict itself.
    """
    values = [claim for claim in claims if claim.stance is None and not claim.by]
    documents = {claim.source for claim in values}
    return any(
        claims_differ([c for c in values if c.source == one], is_lasting=is_lasting)
        for one in documents
    )


def _said(claim: Claim, records: Records) -> Said:
    return Said(
        by=claim.by,
        stance=describe_stance(claim.stance, claim.about) if claim.stance else "",
        value=describe_value(claim, records),
        source=claim.source,
        locator=claim.locator,
        note=claim.note,
    )


def describe_value(claim: Claim, records: Records) -> str:
    """Return what a claim says: a hedged number, a date, a group's name, or the text itself.

    Example:
        >>> one = Claim(about="injured", value=1200, qualifier="at least", part="men", source="s")
        >>> describe_value(one, Records())
        'at least 1,200 (men)'
    """
    if claim.value is None:
        return ""
    if claim.about in NAMING_GROUPS and isinstance(claim.value, str):
        group = records.groups_by_id.get(claim.value)
        return group.name if group else claim.value
    if claim.about is ClaimAbout.DATE:
        return describe_date(str(claim.value))
    number = f"{claim.value:,}" if isinstance(claim.value, int | float) else claim.value
    hedge = "" if claim.qualifier in (None, Qualifier.EXACTLY) else f"{claim.qualifier} "
    part = f" ({claim.part})" if claim.part else ""
    return f"{hedge}{number}{part}"

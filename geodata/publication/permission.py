"""Leaving out what was read in sources whose licence forbids to publish it.

Such a source may still be named: a permitted document that cites it may go on doing so, and then
its entry stays as a reference, without anything that was read in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

from geodata.publication.links import unlinked, unnamed
from geodata.records import (
    BaseArea,
    Claim,
    ClaimAbout,
    GeoPrecision,
    Group,
    Incident,
    Records,
    Relation,
    is_english,
    join_words,
    parted,
    say,
)

__all__ = ["LeftOut", "is_restricted", "leave_out_restricted"]

_R = TypeVar("_R", Incident, BaseArea, Group, Relation)

# What a record says of these rests on its claims about them. Event types and status stay: they are
# our own sorting of everything that is left.
_UNKNOWN_PLACE: dict[str, Any] = {
    "place": "",
    "admin1": "",
    "admin1_code": "",
    "geo_precision": GeoPrecision.UNKNOWN,
    "radius_km": None,
    "geo_basis": "",
}
_OF_INCIDENTS: dict[ClaimAbout, dict[str, Any]] = {
    ClaimAbout.PLACE: {**_UNKNOWN_PLACE, "points": (), "admin2": ""},
    ClaimAbout.DATE: {"event_date": "XXXX"},
    ClaimAbout.TARGET: {"target": ""},
    ClaimAbout.MEANS: {"means": ""},
}
_OF_RELATIONS: dict[ClaimAbout, dict[str, Any]] = {
    ClaimAbout.DATE: {"valid_from": "", "valid_to": ""}
}
_OF_AREAS: dict[ClaimAbout, dict[str, Any]] = {
    ClaimAbout.PLACE: {**_UNKNOWN_PLACE, "geometry": None},
    **_OF_RELATIONS,
}


def _count_of(number: int, noun: str) -> str:
    """Return a number with its noun.

    Example:
        >>> _count_of(1, "source"), _count_of(1400, "source")
        ('1 source', '1,400 sources')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class LeftOut:
    """What went, in numbers.

    Attributes:
        sources: Sources that forbid publication and were read, or are named nowhere now.
        claims: Claims read in them, those on groups and relations too.
        incidents: Incidents that rested on these claims alone.
        base_areas: Base areas that did.
        cut: Other incidents and base areas that lost claims.
        named: Incidents that lost texts, as these named others that are left out.
    """

    sources: int = 0
    claims: int = 0
    incidents: int = 0
    base_areas: int = 0
    cut: int = 0
    named: int = 0

    def sentences(self) -> list[str]:
        """Return what went, for readers; nothing where nothing did.

        Example:
            >>> LeftOut(sources=2, claims=14, incidents=3).sentences()
            ['2 sources whose licence forbids publication were left out, with 14 claims and \
3 incidents that rest on them alone.']
        """
        return [*self._of_sources(), *self._of_named()]

    def _of_sources(self) -> list[str]:
        if not self.sources:
            return []
        if not is_english():
            return list(self._counted())
        numbers = [
            (self.claims, "claim"),
            (self.incidents, "incident"),
            (self.base_areas, "base area"),
        ]
        gone = join_words([_count_of(number, noun) for number, noun in numbers if number])
        alone = " that rest on them alone" if self.incidents or self.base_areas else ""
        verb = "was" if self.sources == 1 else "were"
        sentence = f"{_count_of(self.sources, 'source')} whose licence forbids publication {verb}"
        sentence += f" left out{f', with {gone}' if gone else ''}"
        sentence += f"{alone}."
        if not self.cut:
            return [sentence]
        others = _count_of(self.cut, "other record")
        return [
            sentence,
            f"{others} lost claims, what only these said, and summary, note and imported row.",
        ]

    def _of_named(self) -> Iterator[str]:
        if not self.named:
            return
        if is_english():
            lost = f"{_count_of(self.named, 'incident')} lost summary, notes or imported cells"
            yield f"{lost}, since these named others that are left out."
        else:
            yield say(
                "Incidents that lost summary, notes or imported cells, since these named others "
                "that are left out: {n}.",
                n=self.named,
            )

    def _counted(self) -> Iterator[str]:
        """Yield the same with each number behind what it counts, which every grammar has."""
        yield say("Sources left out, whose licence forbids publication: {n}.", n=self.sources)
        gone = parted(
            say(message, n=number)
            for message, number in (
                ("claims: {n}", self.claims),
                ("incidents that rest on them alone: {n}", self.incidents),
                ("base areas that rest on them alone: {n}", self.base_areas),
            )
            if number
        )
        if gone:
            yield say("Left out with them: {what}.", what=gone)
        if self.cut:
            yield say(
                "Other records that lost claims, what only these said, and summary, note and "
                "imported row: {n}.",
                n=self.cut,
            )


def is_restricted(records: Records) -> bool:
    """Return whether records rest on a source that forbids publication."""
    return not all(source.may_publish for source in records.sources)


def leave_out_restricted(
    records: Records, beyond: Records | None = None
) -> tuple[Records, LeftOut]:
    """Return records without what was read in sources that forbid publication.

    Claims read in them go; so do incidents and base areas that had claims and have none now. Of
    records that rest on other sources too, what only the lost claims spoke of becomes unknown
    (place, date, target, means), and what was written from all claims together goes (summary, note,
    the row that an import kept). So do these where they name an incident that is left out and that
    theirs is linked with.

    Args:
        records: With the sources; claims of unlisted sources count as permitted.
        beyond: Incidents that these name and that are not among them, with their sources: of those
            that would be left out no name goes out, either.
    """
    withheld = _withheld(beyond) if beyond else ()
    restricted = {source.id for source in records.sources if not source.may_publish}
    if not restricted:
        if not withheld:
            return records, LeftOut()
        incidents, named = _silent(records.incidents, withheld)
        return replace(records, incidents=incidents), LeftOut(named=named)
    withheld = (*withheld, *_withheld(records))
    areas = _permitted(records.base_areas, restricted)
    incidents, named = _silent(_permitted(records.incidents, restricted), withheld)
    slim = Records(
        incidents=incidents,
        base_areas=areas,
        groups=tuple(_cut(group, restricted) for group in records.groups),
        sources=records.sources,
        relations=_permitted(records.relations, restricted),
    )
    result = _without_sources(_without_groups(slim, records, restricted))
    return result, replace(_count(records, result, restricted), named=named)


def _silent(
    kept: Sequence[Incident], withheld: Sequence[Incident]
) -> tuple[tuple[Incident, ...], int]:
    """Return incidents that name none of those withheld, and how many lost texts for it."""
    told = tuple(unnamed(kept, withheld))
    named = sum(before is not after for before, after in zip(kept, told, strict=True))
    return unlinked(told, {one.id for one in withheld}, withheld), named


def _withheld(records: Records) -> tuple[Incident, ...]:
    """Return the incidents that rest on sources alone that forbid publication."""
    restricted = {source.id for source in records.sources if not source.may_publish}
    kept = {one.id for one in _permitted(records.incidents, restricted)}
    return tuple(one for one in records.incidents if one.id not in kept)


def _permitted(records: Iterable[_R], restricted: Collection[str]) -> tuple[_R, ...]:
    cut = [(one, _cut(one, restricted)) for one in records]
    return tuple(after for before, after in cut if after.claims or not before.claims)


def _cut(record: _R, restricted: Collection[str]) -> _R:
    """Return a record without restricted claims and what rested on them."""
    kept = [claim for claim in record.claims if claim.source not in restricted]
    if len(kept) == len(record.claims):
        return record
    fields: dict[str, Any] = {"claims": tuple(kept)}
    if isinstance(record, Incident):
        fields |= {"summary": "", "upstream": {}, **_lost(record.claims, kept, _OF_INCIDENTS)}
    elif isinstance(record, BaseArea):
        fields |= {"note": "", "upstream": {}, **_lost(record.claims, kept, _OF_AREAS)}
    elif isinstance(record, Relation):
        fields |= {"note": "", **_lost(record.claims, kept, _OF_RELATIONS)}
    else:
        fields |= {"note": ""}
    return record.but(**fields)


def _lost(
    before: Iterable[Claim], kept: Iterable[Claim], fields: dict[ClaimAbout, dict[str, Any]]
) -> dict[str, Any]:
    gone = {claim.about for claim in before} - {claim.about for claim in kept}
    return {
        name: value
        for about, values in fields.items()
        if about in gone
        for name, value in values.items()
    }


def _without_groups(slim: Records, before: Records, restricted: Collection[str]) -> Records:
    """Leave out groups of which nothing but restricted claims speaks."""
    hidden = {str(one.value) for one in _claims(before) if one.source in restricted}
    named = {str(one.value) for one in _claims(slim)} | {one.group for one in slim.base_areas}
    named |= {party for one in slim.relations for party in (one.subject, one.object)}
    named |= {parent for one in slim.groups for parent in one.parents}
    gone = {one.id for one in before.groups if one.claims or one.id in hidden} - named
    kept = tuple(one for one in slim.groups if one.id not in gone or one.claims)
    return replace(slim, groups=kept)


def _without_sources(records: Records) -> Records:
    """Leave out restricted sources, but for those that permitted ones refer to."""
    kept = {source.id for source in records.sources if source.may_publish}
    kept |= {cited for claim in _claims(records) for cited in claim.cites}
    while more := {o for s in records.sources if s.id in kept for o in s.derived_from} - kept:
        kept |= more
    return replace(records, sources=tuple(one for one in records.sources if one.id in kept))


def _claims(records: Records) -> Iterator[Claim]:
    found: Iterable[Incident | BaseArea | Group | Relation]
    for found in (records.incidents, records.base_areas, records.groups, records.relations):
        for record in found:
            yield from record.claims


def _count(before: Records, after: Records, restricted: Collection[str]) -> LeftOut:
    lost = [claim.source for claim in _claims(before) if claim.source in restricted]
    listed = {source.id for source in after.sources}
    incidents = len(before.incidents) - len(after.incidents)
    base_areas = len(before.base_areas) - len(after.base_areas)
    touched = sum(
        any(claim.source in restricted for claim in record.claims)
        for record in chain(before.incidents, before.base_areas)
    )
    return LeftOut(
        sources=len(set(lost) | (set(restricted) - listed)),
        claims=len(lost),
        incidents=incidents,
        base_areas=base_areas,
        cut=touched - incidents - base_areas,
    )

"""What may go out to others: coarsened places, dropped fields, sources that forbid publication.

The three steps go in this order: sources, fields, places. Each says in a sentence what it changed,
and those sentences belong into whatever is made of the records.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from geodata.errors import RequestError
from geodata.files import Watch
from geodata.publication.coarsening import coarsen
from geodata.publication.marking import Tlp, marking_of
from geodata.publication.permission import LeftOut, leave_out_restricted
from geodata.publication.redaction import UNNAMED
from geodata.publication.risk import Veil, measure, veiled
from geodata.publication.rounding import Coarsening
from geodata.queries import PARTS, Filter
from geodata.records import (
    ENGLISH,
    BaseArea,
    Claim,
    ClaimAbout,
    Group,
    Incident,
    Records,
    Relation,
    join_words,
    labelled,
    say,
    speaking,
)

__all__ = [
    "DROPPABLE",
    "Coarsening",
    "Prepared",
    "Publication",
    "prepare",
    "tellable_filter",
]

DROPPABLE: Mapping[str, str] = {
    "base_areas": "base areas",
    "by": "who says it",
    "cites": "sources behind the documents",
    "means": "means",
    "notes": "notes",
    "related": "related incidents",
    "summary": "summary",
    "target": "target",
    "upstream": "rows kept by imports",
}
"""What `Publication.drop` may name, in words; target and means go with the claims about them."""

_ROUNDED = {
    Coarsening.DISTRICT: (
        "Places are rounded to the district (a cell of half a degree), and to the province or the "
        "country where a cell would tell more than that."
    ),
    Coarsening.PROVINCE: (
        "Places are rounded to the province, and to the country where a province would tell more "
        "than that."
    ),
}
_REDACTION = (
    (
        "Incidents and base areas have new ids and plain titles; names of places below the "
        "province and all texts that could name one are left out."
    ),
    "Names of groups, and titles and addresses of sources, are as they were and may name places.",
    (
        "The place may be guessed all the same: of the incidents that come with the program, the "
        "biggest town of a cell was the right guess for 27 of 29, that of a province for 29 of 37."
    ),
)


_ALIKE = 2


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What may go out; the default holds back only what a licence forbids.

    Attributes:
        coarsen: What places are rounded to; `None` leaves records as they are.
        drop: What is left out, by the names in `DROPPABLE`.
        licensed: Whether the user holds a licence for sources that forbid publication.
        groups: Ids of groups that go out, with all that they relate to, though nothing that goes
            out names them.
        confidential: Whether dates are rounded, too, and places in documents left out, as far as
            `min_k` needs it, or by default until no incident is like no other.
        min_k: To how many incidents each rounded one must at least belong, by all that is told.

    Raises:
        RequestError: If a name is none of those, or one of the last two is asked for of places
            that are not rounded.
    """

    coarsen: Coarsening | None = None
    drop: tuple[str, ...] = ()
    licensed: bool = False
    groups: tuple[str, ...] = ()
    confidential: bool = False
    min_k: int = 0

    def __post_init__(self) -> None:
        """Refuse unknown names, and bring known ones into one order."""
        for name in self.drop:
            if name not in DROPPABLE:
                raise RequestError(f"drop must be one of {', '.join(DROPPABLE)}, got {name!r:.40}")
        object.__setattr__(self, "drop", tuple(sorted(set(self.drop))))
        if self.coarsen is not None:
            object.__setattr__(self, "coarsen", _level(self.coarsen))
        elif self.confidential or self.min_k:
            raise RequestError(
                "confidential and min-k must be given with coarsen, got neither district nor "
                "province: the place tells which incident it is"
            )
        if self.min_k < 0:
            raise RequestError(f"min-k must be at least 0, got {self.min_k}")


def _level(name: str) -> Coarsening:
    try:
        return Coarsening(name)
    except ValueError as error:
        raise RequestError(
            f"coarsen must be one of {', '.join(Coarsening)}, got {name!r:.40}"
        ) from error


@dataclass(frozen=True)
class Prepared:
    """Records as they may go out, and what was changed.

    Attributes:
        records: The records.
        changes: A sentence for each kind of change that was asked for, or made since a licence
            forbids to publish. But for the numbers of what that left out, nothing in them depends
            on what is hidden, not even whether there was anything to hide: how many incidents are
            alike is counted in what goes out.
        sources_left_out: How many sources were left out because they forbid publication.
        claims_left_out: How many claims went with them.
        incidents_left_out: How many incidents rested on these claims alone.
        base_areas_left_out: How many base areas did.
        marking: The highest marking of the records as they were; none where none has one.
    """

    records: Records
    changes: tuple[str, ...] = ()
    sources_left_out: int = 0
    claims_left_out: int = 0
    incidents_left_out: int = 0
    base_areas_left_out: int = 0
    marking: Tlp | None = None


def prepare(
    records: Records,
    publication: Publication,
    watch: Watch | None = None,
    beyond: Records | None = None,
) -> Prepared:
    """Return records as they may go out, and what was changed.

    Args:
        records: What is to be published, with the groups and sources it names.
        publication: What may go out.
        watch: Is told how many incidents are coarsened, which is what takes long.
        beyond: As for `leave_out_restricted`.

    Example:
        >>> prepare(Records(), Publication(drop=("notes",))).changes
        ('Left out: notes.',)
    """
    left_out, before = LeftOut(), records
    changes: list[str] = []
    if not publication.licensed:
        records, left_out = leave_out_restricted(records, beyond)
        changes += left_out.sentences()
    for name in publication.drop:
        after = _DROPS[name](records)
        if name in _NAMING and after != records:
            after = _trimmed(after, publication.groups)
        records = after
    if publication.drop:
        words = [say(DROPPABLE[name]) for name in publication.drop]
        changes.append(f"{labelled(say('Left out'), join_words(words))}.")
    if publication.coarsen:
        records, told = _rounded(records, publication, publication.coarsen, watch)
        changes += told
    return Prepared(
        records,
        tuple(changes),
        sources_left_out=left_out.sources,
        claims_left_out=left_out.claims,
        incidents_left_out=left_out.incidents,
        base_areas_left_out=left_out.base_areas,
        marking=marking_of(o.upstream for o in (*before.incidents, *before.base_areas)),
    )


def _rounded(
    records: Records, publication: Publication, level: Coarsening, watch: Watch | None
) -> tuple[Records, list[str]]:
    """Return records with places rounded, and more hidden as far as it is needed.

    Raises:
        RequestError: If an incident may be fewer incidents than were asked for even so.
    """
    least = publication.min_k or _ALIKE
    # New titles are in the language of the records, so that the same goes out whoever reads it.
    with speaking(ENGLISH):
        rounded = coarsen(records, level, watch)
    risk = measure(rounded)
    redaction = [say(one) for one in _REDACTION]
    changes = [say(_ROUNDED[level]), *redaction]
    for veil in Veil if publication.confidential else ():
        if risk.smallest >= least or not risk.total:
            break
        with speaking(ENGLISH):
            rounded = coarsen(veiled(records, veil), level)
        risk = measure(rounded)
        changes = [say(_ROUNDED[level]), veil.sentence, *redaction]
    if risk.total and risk.smallest < publication.min_k:
        advice = (
            "round to the province, narrow what is told with drop, or leave incidents out"
            if publication.confidential
            else "try it with confidential"
        )
        raise RequestError(
            f"each incident must be like at least {publication.min_k:,} by all that is told of it, "
            f"got {risk.smallest:,}; {risk.unique:,} of {risk.total:,} are like no other: {advice}"
        )
    return rounded, [*changes, risk.sentence]


def tellable_filter(chosen: Filter, publication: Publication) -> Filter:
    """Return a filter as it may be told beside coarsened records.

    A part is told only where it says that it may be, since words searched for and a frame on the
    map can name the place that rounding hides.

    Example:
        >>> chosen = Filter(text="Kerman", countries=("IR",))
        >>> tellable_filter(chosen, Publication(coarsen=Coarsening.PROVINCE)).to_query()
        'country=IR'
        >>> tellable_filter(chosen, Publication()) == chosen
        True
    """
    if publication.coarsen is None:
        return chosen
    hidden = [name for name, part in PARTS.items() if not part.may_be_told]
    if publication.confidential:
        # A period would tell the dates that are rounded.
        hidden += ["start", "end"]
    return chosen.without(*hidden)


def _mapped(
    records: Records,
    change: Callable[[Incident | BaseArea | Group | Relation], dict[str, Any]],
) -> Records:
    """Return records with those fields of all records with claims that a function gives."""
    return replace(
        records,
        incidents=tuple(one.but(**change(one)) for one in records.incidents),
        base_areas=tuple(one.but(**change(one)) for one in records.base_areas),
        groups=tuple(one.but(**change(one)) for one in records.groups),
        relations=tuple(one.but(**change(one)) for one in records.relations),
    )


def _without_field(name: str, empty: object) -> Callable[[Records], Records]:
    def drop(records: Records) -> Records:
        incidents = tuple(one.but(**{name: empty}) for one in records.incidents)
        areas = records.base_areas
        if name in BaseArea.model_fields:
            areas = tuple(one.but(**{name: empty}) for one in areas)
        return replace(records, incidents=incidents, base_areas=areas)

    return drop


def _without_matter(name: str, about: ClaimAbout) -> Callable[[Records], Records]:
    """Drop a field of incidents and every claim about it, which would tell the same."""

    def drop(records: Records) -> Records:
        slim = _mapped(
            records, lambda one: {"claims": [c for c in one.claims if c.about is not about]}
        )
        return _without_field(name, "")(slim)

    return drop


def _without_claim_field(name: str, stand_in: object) -> Callable[[Records], Records]:
    def change(record: Incident | BaseArea | Group | Relation) -> dict[str, Any]:
        return {"claims": [_blank(claim, name, stand_in) for claim in record.claims]}

    return lambda records: _mapped(records, change)


def _blank(claim: Claim, name: str, stand_in: object) -> Claim:
    if not getattr(claim, name):
        return claim
    return claim.but(**{name: stand_in})


def _without_notes(records: Records) -> Records:
    slim = _without_claim_field("note", "")(records)
    return replace(
        slim,
        base_areas=tuple(area.but(note="") for area in slim.base_areas),
        groups=tuple(group.but(note="") for group in slim.groups),
        relations=tuple(relation.but(note="") for relation in slim.relations),
        sources=tuple(source.but(note="") for source in slim.sources),
    )


def _without_cites(records: Records) -> Records:
    return _without_claim_field("cites", ())(records)


def _without_areas(records: Records) -> Records:
    return replace(records, base_areas=())


def _trimmed(records: Records, groups: Collection[str]) -> Records:
    """Leave out groups and sources that were named before and are no longer."""
    return records.subset(incidents=records.incidents, base_areas=records.base_areas, groups=groups)


# What may be all that names a group or a source.
_NAMING = ("base_areas", "cites")
_DROPS: Mapping[str, Callable[[Records], Records]] = {
    "base_areas": _without_areas,
    "by": _without_claim_field("by", UNNAMED),
    "cites": _without_cites,
    "means": _without_matter("means", ClaimAbout.MEANS),
    "notes": _without_notes,
    "related": _without_field("related", ()),
    "summary": _without_field("summary", ""),
    "target": _without_matter("target", ClaimAbout.TARGET),
    "upstream": _without_field("upstream", {}),
}

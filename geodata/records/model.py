"""The records: incidents, base areas, groups, relations, sources, and what makes one valid alone.

Checks that need more than one record (unknown ids, places outside their country) are in
`geodata.checks.validation`; values that follow from claims are in `geodata.records.derive`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    StrictStr,
    model_validator,
)

from geodata.errors import RecordError
from geodata.outlines import plain_outline
from geodata.records.dates import DateSpan, parse_date
from geodata.records.vocabulary import (
    NAMING_GROUPS,
    AreaKind,
    AreaStatus,
    ClaimAbout,
    EventType,
    GeoPrecision,
    GroupKind,
    Qualifier,
    RecordKind,
    RelationKind,
    Role,
    Stance,
    Status,
    reach_km,
)

__all__ = ["BaseArea", "Claim", "Group", "Incident", "LonLat", "Relation", "Source"]

_NUMERIC = frozenset(
    {
        ClaimAbout.FATALITIES,
        ClaimAbout.INJURED,
        ClaimAbout.CASUALTIES,
        ClaimAbout.ARRESTED,
        ClaimAbout.DISPLACED,
        ClaimAbout.COUNT,
    }
)
# Further than any record goes, and near enough that none can stop a program.
_MOST_LETTERS = 1_000_000
_MOST_PLACES = 1_000
_MOST_VALUE = 10**15


def _check_edtf(text: str) -> str:
    try:
        parse_date(text)
    except RecordError as error:
        raise ValueError(str(error)) from error
    return text


Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$")]
# What is named twice is one: a mark on the map, a link, a field that is shown.
_ONCE = AfterValidator(lambda values: tuple(dict.fromkeys(values)))
Identifiers = Annotated[tuple[Identifier, ...], _ONCE]
Edtf = Annotated[str, AfterValidator(_check_edtf)]
OptionalEdtf = Annotated[
    str, AfterValidator(lambda text: _check_edtf(text) if text else text), Field(default="")
]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2})?$")]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
LonLat = tuple[Longitude, Latitude]
Outline = Annotated[dict[str, Any], BeforeValidator(plain_outline)]
Kilometres = Annotated[float, Field(ge=0, le=20_038, allow_inf_nan=False)]


class _Record(BaseModel):
    # A longest text also makes pydantic refuse what is no Unicode: lone surrogates.
    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=False, str_max_length=_MOST_LETTERS
    )

    def but(self, **fields: Any) -> Self:
        """Return a record with some fields changed, checked as any other.

        Raises:
            pydantic.ValidationError: If it is not valid.
        """
        # `dict(self)` would also give what cached properties have kept.
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**kept, **fields})


class Claim(_Record):
    """One thing that one source says, and who says it there.

    Attributes:
        about: What the claim is about.
        value: A number, a text or a group's id; `None` where the stance says it all.
        qualifier: How the source hedges the value.
        stance: For attribution and occurrence, what `by` does; of a denial or a doubt the value is
            what is denied or doubted.
        role: In which role the party that the value names stands in the record; see
            `parties.role_of` for claims without it.
        by: Who says it, as the source names them; empty when the source itself does.
        source: Id of the document in which this was read.
        locator: Section or paragraph of that document.
        cites: Ids of the sources behind the document, as it names them.
        part: Whom a figure counts where not everybody, such as "US military personnel"; figures of
            different people are never one range. Parts of one account are added up where it gives
            no total.
        as_of: EDTF date for which it holds; figures of different times are a series.
        topic: The question that it answers, such as "Founding"; claims of a record with one topic
            are held against each other. A date with a topic is not that of the record.
        caveat: What must stand beside it wherever it is printed.
        note: What a reader needs to know besides.
    """

    about: ClaimAbout
    value: StrictInt | StrictFloat | StrictStr | None = None
    qualifier: Qualifier | None = None
    stance: Stance | None = None
    role: Role | None = None
    by: str = ""
    source: Identifier
    locator: str = ""
    cites: Identifiers = ()
    part: str = ""
    as_of: OptionalEdtf = ""
    topic: str = ""
    caveat: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _value_fits(self) -> Self:
        if self.about in _NUMERIC:
            if isinstance(self.value, str) or self.value is None:
                raise ValueError(f"value must be a number for {self.about}, got {self.value!r:.80}")
            if not 0 <= self.value < 10**9:
                raise ValueError(f"value must be within 0 and 10^9, got {self.value!r:.40}")
        if isinstance(self.value, float) and not math.isfinite(self.value):
            raise ValueError(f"value must be finite, got {self.value!r}")
        if isinstance(self.value, int | float) and abs(self.value) > _MOST_VALUE:
            raise ValueError(f"value must be within -10^15 and 10^15, got {self.value!r:.40}")
        if self.about is ClaimAbout.ATTRIBUTION and self.stance is None:
            raise ValueError("stance must be given for a claim about attribution, got nothing")
        if self.about is ClaimAbout.DATE and self.value is not None:
            _check_edtf(str(self.value))
        is_name = self.value is None or (isinstance(self.value, str) and self.value)
        if self.role is not None and not is_name:
            raise ValueError(f"value must name a party where a role is given, got {self.value!r}")
        return self

    @property
    def names_party(self) -> bool:
        """Whether the value is the id of a group."""
        return self.role is not None or self.about in NAMING_GROUPS


class _Placed(_Record):
    """What incidents and base areas share: an id, a place and claims.

    Attributes:
        upstream: What an import kept of the row it came from, as text.
    """

    id: Identifier
    place: str = ""
    admin1: str = ""
    admin1_code: Annotated[str, Field(pattern=r"^([A-Z]{2}\.[A-Z0-9]{1,6})?$")] = ""
    country: Country = ""
    geo_precision: GeoPrecision = GeoPrecision.UNKNOWN
    radius_km: Kilometres | None = None
    geo_basis: str = ""
    claims: tuple[Claim, ...] = ()
    upstream: Mapping[str, str] = Field(default_factory=dict)

    @property
    def place_names(self) -> tuple[str, ...]:
        """Names of the place from the smallest on, each once, without the country."""
        return _each_once(self.place, self.admin1)

    @property
    def reach_km(self) -> float:
        """How far off the place may be: its radius, and where nobody says so an assumed one."""
        return reach_km(self.geo_precision, self.radius_km)

    @property
    def _lacks_radius(self) -> bool:
        return self.radius_km is None and self.geo_precision is not GeoPrecision.NOT_STATED

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Ids of the documents that the claims were read in, in order of first use."""
        return tuple(dict.fromkeys(claim.source for claim in self.claims))

    @cached_property
    def cited_sources(self) -> tuple[str, ...]:
        """Ids of the sources behind those documents, in order of first use."""
        return tuple(dict.fromkeys(cited for claim in self.claims for cited in claim.cites))


def _each_once(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


class Incident(_Placed):
    """Something that happened, was foiled, or is said to have happened.

    Attributes:
        points: Places as (lon, lat) in WGS 84 degrees; none where no source gives a place, several
            where one incident has several places, up to a thousand.
        event_date: EDTF text.
        type_of_source: What the source it was imported from calls the type, in its own words.
        other_countries: Countries concerned besides `country`, such as the one fired at.
        casualties_combined: Ids of the incidents that share one toll with this one.
        shares_toll_beyond: Whether its toll is that of incidents that are left out here as well, of
            which nothing is told; then it is no toll of its own, as with those that are named.
    """

    title: Annotated[str, Field(min_length=1)]
    record_kind: RecordKind = RecordKind.EVENT
    event_date: Edtf
    event_types: Annotated[tuple[EventType, ...], Field(min_length=1), _ONCE]
    type_of_source: str = ""
    status: Status = Status.CARRIED_OUT
    points: Annotated[tuple[LonLat, ...], _ONCE] = ()
    admin2: str = ""
    other_countries: Annotated[tuple[Country, ...], _ONCE] = ()
    casualties_combined: Identifiers = ()
    shares_toll_beyond: bool = False
    target: str = ""
    means: str = ""
    summary: str = ""
    related: Identifiers = ()

    @model_validator(mode="after")
    def _place_fits(self) -> Self:
        if len(self.points) > _MOST_PLACES:
            raise ValueError(
                f"geometry must have at most {_MOST_PLACES:,} places, got {len(self.points):,}"
            )
        if self.points and self.geo_precision is GeoPrecision.UNKNOWN:
            raise ValueError(
                "geo_precision must say how exact a given place is, got 'unknown' with a geometry"
            )
        if self.points and self._lacks_radius:
            raise ValueError("radius_km must be given where there is a geometry, got nothing")
        if self.points and self.record_kind is RecordKind.AGGREGATE:
            raise ValueError("geometry must be null for an aggregate, got a place")
        return self

    @property
    def place_names(self) -> tuple[str, ...]:
        """Names of the place from the smallest on, each once, without the country."""
        return _each_once(self.place, self.admin2, self.admin1)

    @cached_property
    def span(self) -> DateSpan:
        """First and last possible day, and the precision."""
        return parse_date(self.event_date)

    @property
    def is_mappable(self) -> bool:
        """Whether it can be drawn: it has a place known better than to the country."""
        return bool(self.points) and self.geo_precision.is_mappable


class BaseArea(_Placed):
    """Where a group was based, from when to when, as far as the sources go.

    Attributes:
        geometry: GeoJSON Point, Polygon or MultiPolygon in WGS 84, or `None`.
        level: How large the named place is.
        valid_from: EDTF; empty when not stated.
        valid_to: EDTF; empty when not stated, which is not the same as "still".
        last_cited: EDTF; the last time for which a source attests it.
    """

    group: Identifier
    level: GeoPrecision
    kind: AreaKind
    status: AreaStatus
    geometry: Outline | None = None
    valid_from: OptionalEdtf = ""
    valid_to: OptionalEdtf = ""
    last_cited: Edtf
    note: str = ""

    @model_validator(mode="after")
    def _geometry_fits(self) -> Self:
        if self.geometry is None:
            return self
        if self.geometry["type"] == "Point" and self._lacks_radius:
            raise ValueError("radius_km must be given for a Point, got nothing")
        return self

    @property
    def is_mappable(self) -> bool:
        """Whether it can be drawn: it has a place known better than to the country."""
        return self.geometry is not None and self.geo_precision.is_mappable


class Group(_Record):
    """An armed group, a party, a state or its forces that claims speak of.

    Attributes:
        aliases: Every other spelling in every script; search and filters use them.
        parents: Ids of the groups that it belongs to by its nature, as an army to its state; what
            was so for a time only is a `Relation`.
        claims: Sourced statements on its founding, strength, money and the like.
    """

    id: Identifier
    name: Annotated[str, Field(min_length=1)]
    short_name: str = ""
    kind: GroupKind = GroupKind.ARMED_GROUP
    aliases: Annotated[tuple[str, ...], _ONCE] = ()
    parents: Identifiers = ()
    claims: tuple[Claim, ...] = ()
    note: str = ""


class Relation(_Record):
    """How a group stood to another one or to its leader, and from when to when.

    Attributes:
        subject: Id of the group of which it is said.
        object: Id of the other group; for `led by` the leader's name as the sources give it.
        valid_from: EDTF; empty when not stated.
        valid_to: EDTF; empty when not stated, which is not the same as "still".
        claims: Who says so; one about `occurrence` that denies or doubts makes it disputed.
    """

    id: Identifier
    subject: Identifier
    kind: RelationKind
    object: Annotated[str, Field(min_length=1)]
    valid_from: OptionalEdtf = ""
    valid_to: OptionalEdtf = ""
    claims: tuple[Claim, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _other_party_fits(self) -> Self:
        if self.object == self.subject:
            raise ValueError(f"object must not be the subject itself, got {self.object!r}")
        _check_edtf(self._bounds)
        return self

    @property
    def _bounds(self) -> str:
        return f"{_end(self.valid_from, 0)}/{_end(self.valid_to, -1)}"

    @property
    def is_disputed(self) -> bool:
        """Whether somebody denies or doubts that it ever held."""
        return any(
            claim.about is ClaimAbout.OCCURRENCE and claim.stance in (Stance.DENIES, Stance.DOUBTS)
            for claim in self.claims
        )

    @property
    def makes_parent(self) -> bool:
        """Whether the subject belongs to the object while it holds."""
        kinds = (RelationKind.PART_OF, RelationKind.MERGED_INTO)
        return self.kind in kinds and not self.is_disputed

    @cached_property
    def span(self) -> DateSpan:
        """First and last day on which it may have held."""
        return parse_date(self._bounds)


def _end(text: str, position: int) -> str:
    """Return the first or last date of an EDTF text, open where nothing is stated."""
    return text.split("/")[position] if text and text != "XXXX" else ".."


class Source(_Record):
    """A document that claims were read in, or one that such a document cites.

    Attributes:
        derived_from: Ids of the sources whose text or facts it copies; sources of one such family
            count once when agreement is counted.
        is_document: Whether we read it ourselves (otherwise it is only cited by one we read).
        may_publish: False where its licence or terms forbid to publish or pass on what it holds, as
            those of some event databases do; see `geodata.publication.prepare`.
    """

    id: Identifier
    title: Annotated[str, Field(min_length=1)]
    author: str = ""
    publisher: str = ""
    date: OptionalEdtf = ""
    url: str = ""
    accessed: OptionalEdtf = ""
    licence: str = ""
    derived_from: Identifiers = ()
    is_document: bool = False
    may_publish: bool = True
    note: str = ""

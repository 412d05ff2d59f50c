"""The words that records may use: event types, stances, precisions, and their order.

The values are what files and exports carry, so they change only with a new major version.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag, StrEnum

__all__ = [
    "AREA_RADIUS_KM",
    "BASE_AREA",
    "DERIVED",
    "FORMS",
    "FOUNDING_TOPICS",
    "NAMING_GROUPS",
    "PARTY_COLUMNS",
    "TOLLS",
    "AreaKind",
    "AreaStatus",
    "Attribution",
    "ClaimAbout",
    "EventType",
    "GeoPrecision",
    "GroupKind",
    "Mark",
    "Qualifier",
    "RecordKind",
    "RelationKind",
    "Role",
    "Stance",
    "Status",
    "TimePrecision",
    "drawn_radius_km",
    "reach_km",
]


class EventType(StrEnum):
    """What happened; an incident has one or more.

    `attack` and `killing` are for what a source tells without saying how it was done.
    """

    BOMBING = "bombing"
    SUICIDE_BOMBING = "suicide bombing"
    ARMED_ASSAULT = "armed assault"
    MASSACRE = "massacre"
    VEHICLE_ATTACK = "vehicle attack"
    KNIFE_ATTACK = "knife attack"
    ROCKET_ATTACK = "rocket attack"
    SHELLING = "shelling"
    ARSON = "arson"
    ASSASSINATION = "assassination"
    HOSTAGE_TAKING = "hostage taking"
    AIRSTRIKE = "airstrike"
    RAID = "raid"
    ARREST = "arrest"
    BATTLE = "battle"
    OFFENSIVE = "offensive"
    PLOT = "plot"
    PRISON_BREAK = "prison break"
    SURRENDER = "surrender"
    THREAT = "threat"
    ATTACK = "attack"
    KILLING = "killing"
    OTHER = "other"


class RecordKind(StrEnum):
    """An event, or a count or campaign over many events (listed, never a pin)."""

    EVENT = "event"
    AGGREGATE = "aggregate"


class Status(StrEnum):
    """Whether it happened.

    `disputed` when someone in a position to know denies it, `claimed only` when nobody but an
    interested party says so.
    """

    CARRIED_OUT = "carried out"
    FOILED = "foiled"
    DISPUTED = "disputed"
    CLAIMED_ONLY = "claimed only"


class Attribution(StrEnum):
    """What the claims together say about responsibility."""

    CLAIMED = "claimed"
    ATTRIBUTED = "attributed"
    CONTESTED = "contested"
    UNATTRIBUTED = "unattributed"


class ClaimAbout(StrEnum):
    """What a claim is about; `casualties` are killed or injured, where a source counts together."""

    OCCURRENCE = "occurrence"
    FATALITIES = "fatalities"
    INJURED = "injured"
    CASUALTIES = "casualties"
    ATTRIBUTION = "attribution"
    INVOLVED = "involved"
    DATE = "date"
    PLACE = "place"
    TARGET = "target"
    MEANS = "means"
    EVENT_TYPE = "event type"
    ARRESTED = "arrested"
    DISPLACED = "displaced"
    COUNT = "count"
    OUTCOME = "outcome"
    OTHER = "other"


# A date of a group with one of these topics says when it came into being.
FOUNDING_TOPICS = ("Founding", "Declaration")

# A claim about one of these has a group's id for its value; so has any claim with a role.
NAMING_GROUPS = (ClaimAbout.ATTRIBUTION, ClaimAbout.INVOLVED)


class Role(StrEnum):
    """In which role a claim names a party.

    `actor` did it, as it claims or as others assign or assess; `accused` is blamed by somebody
    while others claim or deny it; `cleared` is said not to have done it; `target` was hit or aimed
    at. What a speaker thinks of it is the claim's stance: who denies a charge names the accused.
    """

    ACTOR = "actor"
    ACCUSED = "accused"
    CLEARED = "cleared"
    TARGET = "target"
    OTHER = "other"


class Qualifier(StrEnum):
    """How a source hedges a figure."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"


class Stance(StrEnum):
    """What the party named in `by` does with regard to attribution or occurrence."""

    CLAIMS = "claims"
    ASSIGNS = "assigns"
    ASSIGNS_TO_ANOTHER_PARTY = "assigns to another party"
    DENIES = "denies"
    DOUBTS = "doubts"
    ASSESSES = "assesses"


class GeoPrecision(StrEnum):
    """How exactly a place is known, finest first.

    A place whose source gives a point and does not say how exact it is, is `not stated`: it may be
    a site or the middle of a province, so nothing that is asked for at least so exactly has it.

    Compare with UCDP `where_prec` (1, 2, 3, 4, 5, 6, 7), ACLED `geo_precision` and GTD
    `specificity`.
    """

    SITE = "site"
    SETTLEMENT = "settlement"
    NEAR_SETTLEMENT = "near settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    REGION = "region"
    NOT_STATED = "not stated"
    COUNTRY = "country"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """Position from the finest (0) to the coarsest."""
        return _RANKS[self]

    @property
    def is_mappable(self) -> bool:
        """Whether a map may show such a place: it is known better than to the country."""
        return self not in _NOT_MAPPABLE


_RANKS = {one: rank for rank, one in enumerate(GeoPrecision)}
# Asked of every incident several times, where an attribute of a member takes a microsecond.
_NOT_MAPPABLE = frozenset({GeoPrecision.COUNTRY, GeoPrecision.UNKNOWN})


class TimePrecision(StrEnum):
    """How exactly a date is known; derived from the EDTF text."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


class AreaKind(StrEnum):
    """What a base area was to its group."""

    HEADQUARTERS = "headquarters"
    STRONGHOLD = "stronghold"
    TRAINING_CAMP = "training camp"
    CAMP = "camp"
    TERRITORIAL_CONTROL = "territorial control"
    AREA_OF_OPERATION = "area of operation"
    REPORTED_PRESENCE = "reported presence"
    RECRUITMENT_AREA = "recruitment area"
    STAGING_AREA = "staging area"
    LOGISTICS = "logistics"


class AreaStatus(StrEnum):
    """How firmly the area is asserted, or that it was lost."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    ASSESSED = "assessed"
    ALLEGED = "alleged"
    LOST = "lost"


class GroupKind(StrEnum):
    """What sort of party a group is."""

    ARMED_GROUP = "armed group"
    PARTY = "political party"
    STATE = "state"
    STATE_FORCES = "state forces"
    MEDIA = "media outlet"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How a group stands to another group, or, `led by`, to a person.

    `part of` and `merged into` make the other group a parent for the time that they hold.
    """

    PART_OF = "part of"
    MERGED_INTO = "merged into"
    SPLIT_FROM = "split from"
    GREW_OUT_OF = "grew out of"
    ALLIED_WITH = "allied with"
    PLEDGED_TO = "pledged to"
    SOUGHT_MERGER_WITH = "sought merger with"
    CEASEFIRE_WITH = "ceasefire with"
    AT_WAR_WITH = "at war with"
    SUPPORTED_BY = "supported by"
    RECRUITED_FROM = "recruited from"
    LINKED_TO = "linked to"
    LED_BY = "led by"


# What `record_kind` says of a base area.
BASE_AREA = "base area"
# Parties by role: the name of the list of ids and that of the names beside it.
PARTY_COLUMNS = {
    Role.ACTOR: ("actors", "actor_names"),
    Role.ACCUSED: ("accused", "accused_names"),
    Role.CLEARED: ("cleared", "cleared_names"),
    Role.TARGET: ("targets", "target_names"),
}
TOLLS = {
    "fatalities": ClaimAbout.FATALITIES,
    "injured": ClaimAbout.INJURED,
    "casualties": ClaimAbout.CASUALTIES,
}
DERIVED = frozenset(
    {
        "date_start",
        "date_end",
        "time_precision",
        *(f"{name}_{part}" for name in TOLLS for part in ("low", "high", "best", "text")),
        *(name for names in PARTY_COLUMNS.values() for name in names),
        "group_name",
        "symbol",
        "attribution",
        "attribution_text",
        # Files of before roles were told have these, of all parties alike.
        "groups",
        "group_names",
        "sources",
        "cited_sources",
    }
)

# The form in which a place is drawn that is known only so well, and the radius where a record gives
# none: about that of what is named in Central Asia. An assumed ring bounds nothing: it says that
# the point may be off, and nobody says how far.
FORMS: Mapping[GeoPrecision, tuple[str, float]] = {
    GeoPrecision.SITE: ("point", 0.0),
    GeoPrecision.SETTLEMENT: ("point", 0.0),
    GeoPrecision.NEAR_SETTLEMENT: ("ring", 10.0),
    GeoPrecision.DISTRICT: ("ring", 25.0),
    GeoPrecision.PROVINCE: ("province", 80.0),
    GeoPrecision.REGION: ("ring", 150.0),
    GeoPrecision.NOT_STATED: ("assumed", 15.0),
    GeoPrecision.COUNTRY: ("none", 0.0),
    GeoPrecision.UNKNOWN: ("none", 0.0),
}
# Radius of the circle of a base area whose record gives none.
AREA_RADIUS_KM = 5.0


def reach_km(precision: GeoPrecision, radius_km: float | None) -> float:
    """Return how far off a point may be: its radius, and where nobody says so an assumed one.

    Example:
        >>> reach_km(GeoPrecision.NOT_STATED, None), reach_km(GeoPrecision.SITE, None)
        (15.0, 0.0)
    """
    is_open = radius_km is None and precision is GeoPrecision.NOT_STATED
    return FORMS[precision][1] if is_open else radius_km or 0.0


def drawn_radius_km(precision: GeoPrecision, radius_km: float | None) -> float:
    """Return the radius of an incident's ring: that of its record, even 0, or else a usual one.

    Example:
        >>> drawn_radius_km(GeoPrecision.DISTRICT, 0), drawn_radius_km(GeoPrecision.DISTRICT, None)
        (0, 25.0)
    """
    return FORMS[precision][1] if radius_km is None else radius_km


class Mark(IntFlag):
    """What must be said of the lowest and highest figure, so that they are bounds."""

    NONE = 0
    OPEN = 1
    """The highest is one that may be exceeded: "at least 90", "over 90"."""
    NEAR_LOW = 2
    """The lowest is approximate: "about 90", "nearly 90"."""
    NEAR_HIGH = 4
    """The highest is approximate."""
    NO_LOW = 8
    """The lowest is one that may be fallen short of, and so bounds nothing: "at most 90"."""

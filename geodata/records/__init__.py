"""What a record is: model, vocabulary, dates, names, and what follows from its claims."""

from geodata.records.collection import Named, Records, explore, place_rank
from geodata.records.dates import (
    FIRST_DAY,
    LAST_DAY,
    DateSpan,
    Reach,
    Validity,
    parse_date,
)
from geodata.records.derive import (
    Ends,
    Toll,
    bounds_words,
    derive_toll,
    least_of,
    marked_ends,
    tolls_of,
)
from geodata.records.describe import (
    NO_RESPONSIBILITY,
    cite,
    claim_words,
    describe_claim,
    describe_place,
    describe_responsibility,
    describe_value,
    distinct_label,
    group_label,
    group_words,
    relation_title,
    safe_url,
    stance_of,
)
from geodata.records.disagreement import FIGURES, by_matter, claims_differ, counterpart_key
from geodata.records.features import (
    FeatureParts,
    alike,
    compact,
    describe_parties,
    from_feature,
    group_names,
    party_words,
    problems_of,
    record_error,
    source_entry,
    to_area_feature,
    to_feature,
    without_derived,
)
from geodata.records.guide import CLAIM_NOTES, FIGURE_NOTES, PLACE_NOTES
from geodata.records.model import BaseArea, Claim, Group, Incident, LonLat, Relation, Source
from geodata.records.names import normalise, normalise_once
from geodata.records.parties import attribution, linked_groups, parties, role_of
from geodata.records.reading import ReadResult
from geodata.records.valid_time import validity
from geodata.records.vocabulary import (
    AREA_RADIUS_KM,
    BASE_AREA,
    DERIVED,
    FORMS,
    FOUNDING_TOPICS,
    NAMING_GROUPS,
    PARTY_COLUMNS,
    AreaKind,
    AreaStatus,
    Attribution,
    ClaimAbout,
    EventType,
    GeoPrecision,
    GroupKind,
    Mark,
    Qualifier,
    RecordKind,
    RelationKind,
    Role,
    Stance,
    Status,
    TimePrecision,
    drawn_radius_km,
    reach_km,
)
from geodata.records.words import (
    CLAIM_HEADINGS,
    PRECISION_WORDS,
    ROLE_WORDS,
    SYMBOLS,
    country_name,
    describe_stance,
    join_words,
    plural,
    symbol_of,
)
from geodata.tongue import (
    ENGLISH,
    LANGUAGES,
    comma,
    describe_date,
    describe_days,
    describe_month,
    describe_term,
    digits,
    in_brackets,
    is_english,
    is_from_right,
    labelled,
    language,
    language_asked,
    number,
    parted,
    place,
    say,
    say_many,
    span_words,
    speaking,
)

__all__ = [
    "AREA_RADIUS_KM", "BASE_AREA", "CLAIM_HEADINGS", "CLAIM_NOTES", "DERIVED", "ENGLISH", "FIGURES",
    "FIGURE_NOTES", "FIRST_DAY", "FORMS", "FOUNDING_TOPICS", "LANGUAGES", "LAST_DAY",
    "NAMING_GROUPS", "NO_RESPONSIBILITY", "PARTY_COLUMNS", "PLACE_NOTES", "PRECISION_WORDS",
    "ROLE_WORDS", "SYMBOLS", "AreaKind", "AreaStatus", "Attribution", "BaseArea", "Claim",
    "ClaimAbout", "DateSpan", "Ends", "EventType", "FeatureParts", "GeoPrecision", "Group",
    "GroupKind", "Incident", "LonLat", "Mark", "Named", "Qualifier", "Reach", "ReadResult",
    "RecordKind", "Records", "Relation", "RelationKind", "Role", "Source", "Stance", "Status",
    "TimePrecision", "Toll", "Validity", "alike", "attribution", "bounds_words", "by_matter",
    "cite", "claim_words", "claims_differ", "comma", "compact", "counterpart_key", "country_name",
    "derive_toll", "describe_claim", "describe_date", "describe_days", "describe_month",
    "describe_parties", "describe_place", "describe_responsibility", "describe_stance",
    "describe_term", "describe_value", "digits", "distinct_label", "drawn_radius_km", "explore",
    "from_feature", "group_label", "group_names", "group_words", "in_brackets", "is_english",
    "is_from_right", "join_words", "labelled", "language", "language_asked", "least_of",
    "linked_groups", "marked_ends", "normalise", "normalise_once", "number", "parse_date", "parted",
    "parties", "party_words", "place", "place_rank", "plural", "problems_of", "reach_km",
    "record_error", "relation_title", "role_of", "safe_url", "say", "say_many", "source_entry",
    "span_words", "speaking", "stance_of", "symbol_of", "to_area_feature", "to_feature", "tolls_of",
    "validity", "without_derived",
]  # fmt: skip

"""What a reader has to know of any set of records: how precision, claims and figures are meant."""

from __future__ import annotations

from typing import Final

from geodata.records.vocabulary import GeoPrecision, Qualifier, Stance, TimePrecision

__all__ = [
    "CLAIM_NOTES",
    "CONTRADICTION_NOTE",
    "DRAWN",
    "FIGURE_NOTES",
    "PLACE_NOTES",
    "QUALIFIER_WORDS",
    "REPORT_ERROR",
    "STANCE_WORDS",
    "TIME_WORDS",
]

# How the map draws each precision; a test holds this against the map's own style.
DRAWN: Final = {
    GeoPrecision.SITE: "A symbol on the spot.",
    GeoPrecision.SETTLEMENT: "A symbol on the town or village.",
    GeoPrecision.NEAR_SETTLEMENT: "A symbol in a ring. The place is somewhere inside the ring.",
    GeoPrecision.DISTRICT: "A symbol in a ring around the district. The centre is not the place.",
    GeoPrecision.PROVINCE: "The whole province is shaded. The small symbol marks no place.",
    GeoPrecision.REGION: "A symbol in a wide ring around that region.",
    GeoPrecision.NOT_STATED: (
        "A symbol in a ring of sparse dots. The source gives a point and does not say how exact it "
        "is: the ring bounds nothing."
    ),
    GeoPrecision.COUNTRY: "Not drawn. It stands in the list of records that cannot be placed.",
    GeoPrecision.UNKNOWN: "Not drawn. It stands in the list of records that cannot be placed.",
}

PLACE_NOTES: Final = (
    "A place is never shown more exactly than a document gives it.",
    "A ring is drawn to scale, but never smaller than the symbol. It is wide enough for the place.",
    "A count or a campaign over many events is never a symbol on the map. It is listed.",
    (
        "A base area is hatched from its stated start on. After the last time for which a document "
        "attests it, it turns pale: nothing is known of it from then on. Where no start is stated "
        "it is pale in every period, and there only from the first time on for which a document "
        "attests it. Before that, before its group was founded and after its stated end nothing is "
        "drawn."
    ),
)

TIME_WORDS: Final = {
    TimePrecision.DAY: "The day is given.",
    TimePrecision.WEEK: "A span of at most seven days is given.",
    TimePrecision.MONTH: "The month is given.",
    TimePrecision.SEASON: "The season is given, as in spring 2016.",
    TimePrecision.YEAR: "The year is given.",
    TimePrecision.RANGE: (
        "A longer span is given, or only its beginning or its end. Without a beginning a record "
        "counts from its end on, for silence is not “always”."
    ),
    TimePrecision.UNKNOWN: (
        "No date is given. The record is in no period and stands only under all dates."
    ),
}

CLAIM_NOTES: Final = (
    (
        "A record is a set of claims. Each claim names the document and the place in it, and who "
        "says so there."
    ),
    (
        "Every variant is kept, also where one document contradicts itself. None is chosen as the "
        "truth."
    ),
    "The wording is ours. Words in quotation marks are the document’s.",
)

STANCE_WORDS: Final = {
    Stance.CLAIMS: "A party says that it did it, or that it happened as it tells.",
    Stance.ASSIGNS: "A party, or the document itself, says who did it or that it happened.",
    Stance.ASSIGNS_TO_ANOTHER_PARTY: "A party names somebody else than other claims do.",
    Stance.DENIES: "A party says that it is not so.",
    Stance.DOUBTS: "A party is not convinced.",
    Stance.ASSESSES: "A party judges it likely and says that this is a judgement.",
}

QUALIFIER_WORDS: Final = {
    Qualifier.EXACTLY: "The figure as it stands.",
    Qualifier.AT_LEAST: "The figure or more.",
    Qualifier.AT_MOST: "The figure or less.",
    Qualifier.ABOUT: "Near the figure, above or below.",
    Qualifier.NEARLY: "A little less than the figure.",
    Qualifier.OVER: "More than the figure.",
}

FIGURE_NOTES: Final = (
    "“Low” and “high” are the smallest and the largest figure that any document gives.",
    (
        "These are bare numbers. Whether one is “at least”, “about” or “at most” so many stands in "
        "the text beside them."
    ),
    "“Best” is the figure that most independent sources give. In a tie there is none.",
    (
        "Figures for parts are added up only where one account gives several and no total. Figures "
        "of different people, such as fighters and civilians, are never one range."
    ),
    "Figures for different times are a series, not a contradiction.",
    (
        "Figures of one document that can all be true, such as “at least 8”, 9 and “at most 12”, "
        "are a range and no contradiction."
    ),
    "“Not stated” means that no document gives a figure. It does not mean zero.",
    (
        "Documents that copy from one another, or both from a third, are one family. A family "
        "counts once when sources are said to agree."
    ),
)

REPORT_ERROR: Final = (
    "Is a figure, a date or a place wrong, or is a claim missing? CONTRIBUTING.md in the source "
    "code says how to report it and how to correct it. Name the record, the document and the "
    "passage."
)

CONTRADICTION_NOTE: Final = (
    "Listed wherever claims on one matter of a record do not agree: different figures for the same "
    "people at the same time, dates that cannot both be right, a denial, a doubt, another party "
    "named, or different answers to one question. A vague date beside an exact one that it "
    "includes is no contradiction."
)

"""Values of records in plain English: countries, precisions, event types, stances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.records.vocabulary import (
    ClaimAbout,
    EventType,
    GeoPrecision,
    Qualifier,
    Role,
    Stance,
)
from geodata.tongue import country, joined, say
from geodata.tongue import number as number_words

__all__ = [
    "CLAIM_HEADINGS",
    "PRECISION_WORDS",
    "ROLE_WORDS",
    "SYMBOLS",
    "country_name",
    "describe_shared_toll",
    "describe_stance",
    "hedged",
    "join_words",
    "plural",
    "symbol_of",
]

_PLURALS = {
    EventType.ARMED_ASSAULT: "armed assaults",
    EventType.MASSACRE: "massacres",
    EventType.ARSON: "arson",
    EventType.SHELLING: "shelling",
    EventType.HOSTAGE_TAKING: "hostage takings",
    EventType.OTHER: "other incidents",
}

PRECISION_WORDS = {
    GeoPrecision.SITE: "exact site",
    GeoPrecision.SETTLEMENT: "known to the town or village",
    GeoPrecision.NEAR_SETTLEMENT: "known to lie near a town or village",
    GeoPrecision.DISTRICT: "known only to the district",
    GeoPrecision.PROVINCE: "known only to the province",
    GeoPrecision.REGION: "known only to a wider region",
    GeoPrecision.NOT_STATED: "exactness not stated",
    GeoPrecision.COUNTRY: "known only to the country",
    GeoPrecision.UNKNOWN: "place unknown",
}

# The past fits any speaker, one or several, and a thing that was said once.
_STANCE_WORDS = {
    Stance.CLAIMS: "claimed",
    Stance.ASSIGNS: "said",
    Stance.ASSIGNS_TO_ANOTHER_PARTY: "said instead",
    Stance.DENIES: "denied",
    Stance.DOUBTS: "doubted",
    Stance.ASSESSES: "assessed",
}
# What stands before the name of a party that is held responsible, or not.
_BEFORE_PARTY = {
    Stance.CLAIMS: "claimed it for",
    Stance.ASSIGNS: "said it was",
    Stance.ASSIGNS_TO_ANOTHER_PARTY: "said it was instead",
    Stance.DENIES: "denied that it was",
    Stance.DOUBTS: "doubted that it was",
    Stance.ASSESSES: "assessed that it was",
}

ROLE_WORDS = {
    Role.ACTOR: "Actors",
    Role.ACCUSED: "Accused",
    Role.CLEARED: "Cleared",
    Role.TARGET: "Targeted parties",
    Role.OTHER: "Others named",
}

CLAIM_HEADINGS: Mapping[ClaimAbout, str] = {
    ClaimAbout.OCCURRENCE: "What is said to have happened",
    ClaimAbout.FATALITIES: "Killed",
    ClaimAbout.INJURED: "Injured",
    ClaimAbout.CASUALTIES: "Killed or injured",
    ClaimAbout.ATTRIBUTION: "Responsibility",
    ClaimAbout.INVOLVED: "Parties named",
    ClaimAbout.DATE: "Date",
    ClaimAbout.PLACE: "Place",
    ClaimAbout.TARGET: "Target",
    ClaimAbout.MEANS: "Means",
    ClaimAbout.EVENT_TYPE: "Kind of event",
    ClaimAbout.ARRESTED: "Arrested",
    ClaimAbout.DISPLACED: "Displaced",
    ClaimAbout.COUNT: "Number",
    ClaimAbout.OUTCOME: "Outcome",
    ClaimAbout.OTHER: "Also said",
}

# Event types that share one symbol on every map, and the name of the symbol in every file.
SYMBOLS: Mapping[str, tuple[str, ...]] = {
    "bombing": ("bombing", "suicide bombing"),
    "armed": ("armed assault", "assassination", "attack", "hostage taking", "killing", "massacre"),
    "vehicle-knife": ("vehicle attack", "knife attack"),
    "rocket": ("rocket attack", "shelling"),
    "arson": ("arson",),
    "airstrike": ("airstrike",),
    "raid": ("raid", "arrest"),
    "battle": ("battle", "offensive"),
    "plot": ("plot", "threat"),
    "other": ("prison break", "surrender", "other"),
}
_SYMBOL_OF_TYPE = {one: name for name, types in SYMBOLS.items() for one in types}


def symbol_of(event_types: Sequence[str]) -> str:
    """Return the name of an incident's symbol, which its leading type decides.

    Example:
        >>> symbol_of(["suicide bombing", "armed assault"]), symbol_of([])
        ('bombing', 'other')
    """
    return _SYMBOL_OF_TYPE.get(str(event_types[0]), "other") if event_types else "other"


def country_name(code: str) -> str:
    """Return the usual name of an ISO 3166-1 alpha-2 code (Unicode CLDR).

    Example:
        >>> country_name("TJ"), country_name("")
        ('Tajikistan', 'country unknown')
    """
    if not code:
        return say("country unknown")
    return country(code)


def describe_shared_toll(others: Sequence[str], *, is_beyond: bool) -> str:
    """Return that a toll counts what happened in other incidents, too; empty where it does not.

    Args:
        others: Ids of those that are named.
        is_beyond: Whether there are some that are left out.

    Example:
        >>> describe_shared_toll(["b"], is_beyond=False), describe_shared_toll([], is_beyond=False)
        ('toll shared with another incident', '')
        >>> describe_shared_toll([], is_beyond=True)
        'toll shared with incidents that are not shown here'
    """
    if is_beyond and others:
        return say("toll shared with other incidents, also with some that are not shown here")
    if is_beyond:
        return say("toll shared with incidents that are not shown here")
    if len(others) > 1:
        return say("toll shared with other incidents")
    return say("toll shared with another incident") if others else ""


def describe_stance(
    stance: Stance,
    about: ClaimAbout = ClaimAbout.ATTRIBUTION,
    role: Role | None = None,
    *,
    names_party: bool = True,
) -> str:
    """Return what one or several parties did with a claim, as a verb.

    Args:
        stance: What they did.
        about: What the claim is about.
        role: That of the party that the claim names.
        names_party: Whether the name of a party follows, or nothing.

    Example:
        >>> describe_stance(Stance.DENIES), describe_stance(Stance.DENIES, names_party=False)
        ('denied that it was', 'denied')
    """
    if role is Role.CLEARED:
        return say("cleared")
    is_of_party = about is ClaimAbout.ATTRIBUTION and names_party
    return say((_BEFORE_PARTY if is_of_party else _STANCE_WORDS)[stance])


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Join words as the language does that is spoken; `last` is "and" or "or".

    Example:
        >>> join_words(["raids", "arrests", "plots"])
        'raids, arrests and plots'
    """
    return joined(words, last)


def hedged(number: float, qualifier: Qualifier | None) -> str:
    """Return a number with the word by which its source hedges it.

    Example:
        >>> hedged(1_200, Qualifier.NEARLY), hedged(3, None)
        ('nearly 1,200', '3')
    """
    if qualifier in (None, Qualifier.EXACTLY):
        return number_words(number)
    return say(f"{qualifier} {{n}}", n=number)


def plural(event_type: EventType) -> str:
    """Return the plural of an event type's label."""
    return _PLURALS.get(event_type, f"{event_type}s")

"""Claims without any text that could name a place: what is kept is on a list, the rest goes.

Who looks for words to take out will miss one; so texts are kept only where nothing in them is
unknown: numbers, dates, ids of groups, names of groups and states, and "paragraph 3".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from geodata.places.boundaries import countries
from geodata.records import (
    ENGLISH,
    FOUNDING_TOPICS,
    Claim,
    ClaimAbout,
    EventType,
    Records,
    country_name,
    normalise,
    speaking,
)

__all__ = ["RESERVATION", "UNNAMED", "redact_claims"]

UNNAMED = "a party that the source names"
"""Stands for who says it where the name is left out; nothing at all would mean the source."""

RESERVATION = "The source adds a reservation."
"""Stands for a caveat, whose words are left out."""

# What is said of these is a sentence, and as likely as not one that tells where.
_SENTENCES = frozenset(
    {
        ClaimAbout.PLACE,
        ClaimAbout.TARGET,
        ClaimAbout.MEANS,
        ClaimAbout.OUTCOME,
        ClaimAbout.OTHER,
    }
)
_EVENT_TYPES = frozenset(str(one) for one in EventType)
# Words of which the name of an office may consist, besides those of countries.
_OFFICES = """
    a an and by for from in of on the through to
    administration agencies agency air allied armed army attacker attackers authorities border
    central commander confession defence defense diplomats eu federal force forces foreign former
    government guards intelligence interior investigators journalists media member militant
    militants military minister ministry national nations nato navy officer officers official
    officials opposition parliament police president prime prosecutor prosecutors provincial report
    reports secretary security senior service services several source sources spokesman
    spokesperson spokeswoman state statement surviving troops uk un united us witnesses
"""
_PLAIN_LOCATOR = re.compile(r"[A-Za-z0-9 ,.;:()\[\]“”…/–-]*")
# A long number, or one with decimals, may be a coordinate.
_LONG_NUMBER = re.compile(r"[0-9]{5}|[0-9][.,][0-9]")
_HEADING = re.compile(r"[“\"«].*[”\"»]", re.DOTALL)
# Words of which a locator may consist that only counts.
_LOCATOR_WORDS = """
    abstract after and annex appendix article before box caption chapter column conclusion entry
    figure footnote footnotes infobox introduction leaders line lines list map note notes of page
    pages para paragraph paragraphs part passage pp row rows section sections sentence substantive
    summary table the title to
"""
_PASSAGE = "passage"


def redact_claims(claims: Sequence[Claim], records: Records) -> tuple[Claim, ...]:
    """Return claims without any text that could name a place.

    - Claims about place, target, means, outcome and other matters go. Where a source would vanish
      from the record with them, its first one stays without what it says.
    - Kept: about, qualifier, stance, role, source, the time for which it holds; figures, dates,
      listed groups and event types. `RESERVATION` stands for a caveat.
    - `by` stays where it is a listed group or an office of a state, else `UNNAMED` stands for it.
    - `locator` stays where it only counts; headings go, and further letters tell apart what would
      be the same then. `part` and `topic` become numbers, for parts must not be taken for totals;
      that a date is that of a founding stays.
    - `note` and `cites` go: titles of cited sources often name the place.

    Args:
        claims: Claims of one record.
        records: The set it belongs to, with the groups it names.
    """
    kept = list(_worth_keeping([_redacted(claim, records) for claim in claims]))
    locators = _locators(kept)
    parts = _numbered("of part", (claim.part for claim in kept if claim.part))
    topics = _numbered("topic", _shared_topics(kept))
    return tuple(
        claim.but(
            locator=locators[claim.source, claim.locator],
            part=parts.get(claim.part, ""),
            topic=claim.topic if _is_founding(claim) else topics.get(claim.topic, ""),
        )
        for claim in kept
    )


def _shared_topics(claims: Sequence[Claim]) -> Iterator[str]:
    """Yield the topics that still join claims, or set a date apart from that of the record."""
    # The date of a founding keeps its own topic, which joins it to nothing that has a number.
    numbered = [claim for claim in claims if not _is_founding(claim)]
    count = Counter(claim.topic for claim in numbered)
    for claim in numbered:
        if claim.topic and (count[claim.topic] > 1 or claim.about is ClaimAbout.DATE):
            yield claim.topic


def _is_founding(claim: Claim) -> bool:
    # No area is shown before its group was founded, so that must stay to be seen.
    return claim.about is ClaimAbout.DATE and claim.topic in FOUNDING_TOPICS


def _redacted(claim: Claim, records: Records) -> Claim:
    # Locators, parts and topics are still to be told apart; all else is on this list or gone.
    return Claim(
        about=claim.about,
        value=_value(claim, records),
        qualifier=claim.qualifier,
        stance=claim.stance,
        role=claim.role,
        by=_by(claim.by, records),
        source=claim.source,
        locator=claim.locator,
        part=claim.part,
        as_of=claim.as_of,
        topic=claim.topic,
        caveat=RESERVATION if claim.caveat else "",
    )


def _value(claim: Claim, records: Records) -> int | float | str | None:
    if claim.about in _SENTENCES and claim.role is None:
        return None
    if claim.about is ClaimAbout.DATE or not isinstance(claim.value, str):
        return claim.value
    if claim.names_party:
        return claim.value if claim.value in records.groups_by_id else None
    is_type = claim.about is ClaimAbout.EVENT_TYPE and claim.value in _EVENT_TYPES
    return claim.value if is_type else None


def _worth_keeping(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield claims that still say something, and one of each source that says nothing else."""
    heard = {claim.source for claim in claims if _says_something(claim)}
    for claim in claims:
        if _says_something(claim):
            yield claim
        elif claim.source not in heard:
            heard.add(claim.source)
            yield claim


def _says_something(claim: Claim) -> bool:
    if claim.about in _SENTENCES and claim.role is None:
        return False
    is_said = claim.value is not None or claim.stance is not None
    return is_said or claim.about is ClaimAbout.OCCURRENCE


def _by(text: str, records: Records) -> str:
    """Return who says it, or the part of it before a comma or bracket, where that is harmless."""
    if text in ("", UNNAMED) or _is_harmless(text, records):
        return text
    head = re.split(r"\s*[,(]", text, maxsplit=1)[0].strip()
    return head if head and _is_harmless(head, records) else UNNAMED


def _is_harmless(text: str, records: Records) -> bool:
    is_group = text in records.groups_by_id or records.resolve_groups(text) != (text,)
    return is_group or _is_office(text)


@lru_cache(maxsize=65_536)
def _is_office(text: str) -> bool:
    """Return whether a text is a state or an office of one, such as "Iranian officials"."""
    words = normalise(text)
    return bool(words) and set(_national_words().sub(" ", words).split()) <= set(_OFFICES.split())


@cache
def _national_words() -> re.Pattern[str]:
    """Return a pattern of countries' names and of what is usually made of them, as "iranian".

    What is made by rule may be no word ("swedenian"), but never the name of a smaller place.
    """
    # Claims are in English, and this is kept for whoever asks next, in whatever language.
    with speaking(ENGLISH):
        words = {normalise(country_name(code)) for code in countries()}
    for name in [one for one in words if " " not in one]:
        words |= {f"{name}{ending}" for ending in ("i", "n", "an", "ian", "ese", "s")}
        words.add(name.removesuffix("stan").removesuffix("i") if name.endswith("stan") else name)
    # Longest first, so that Guinea-Bissau is not taken for Guinea.
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b")


def _locators(claims: Iterable[Claim]) -> dict[tuple[str, str], str]:
    """Return for source and locator the locator to print; different ones stay different."""
    printed: dict[tuple[str, str], str] = {}
    for claim in claims:
        if (claim.source, claim.locator) not in printed:
            taken = {text for (source, _), text in printed.items() if source == claim.source}
            bare = text = _locator(claim.locator)
            number = 1
            while text in taken:
                number += 1
                text = f"{bare} ({number})".lstrip()
            printed[claim.source, claim.locator] = text
    return printed


def _locator(text: str) -> str:
    bare = " ".join(_HEADING.sub("“…”", text).split())
    words = re.findall(r"[A-Za-z]{2,}", bare.casefold())
    is_plain = _PLAIN_LOCATOR.fullmatch(bare) and not _LONG_NUMBER.search(bare)
    is_known = set(words) <= set(_LOCATOR_WORDS.split()) and (words or bare.isdecimal())
    return bare if not bare or (is_plain and is_known) else _PASSAGE


def _numbered(noun: str, texts: Iterable[str]) -> dict[str, str]:
    return {text: f"{noun} {number}" for number, text in enumerate(dict.fromkeys(texts), start=1)}

"""How many of what a clause speaks of: the readings that a number of things may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from geodata.records import ClaimAbout, EventType
from geodata.wording.figures import Figure, figures
from geodata.wording.given import Given
from geodata.wording.ledger import Ledger
from geodata.wording.sentences import Sentence

__all__ = ["readings"]

_PLACED = re.compile(r"\bon the map\b|\bplaced\b|\bmapped\b", re.IGNORECASE)
_UNPLACED = re.compile(
    r"\bwithout a (?:known )?place\b|\bnot on the map\b|\bunplaced\b", re.IGNORECASE
)
_DIFFER = re.compile(r"\b(?:differ|disagree|contradict|dispute)\w*", re.IGNORECASE)
_FAR = 40
_IN = re.compile(r"\b(?:in|over|from)\s*$", re.IGNORECASE)
_HURT = {
    ClaimAbout.FATALITIES: re.compile(r"\b(?:kill|dead|death|died|fatal|toll)\w*", re.IGNORECASE),
    ClaimAbout.INJURED: re.compile(r"\b(?:injur|wound|hurt)\w*", re.IGNORECASE),
    ClaimAbout.CASUALTIES: re.compile(r"\bcasualt|\bor injured", re.IGNORECASE),
}
_IN_ALL = re.compile(r"\bin the (?:whole )?record\b", re.IGNORECASE)
# What is no attack in the usual sense of the word.
_NO_ATTACK = (EventType.ARREST, EventType.PLOT, EventType.SURRENDER, EventType.THREAT)


def readings(
    figure: Figure, sentence: Sentence, ledger: Ledger, given: Given | None = None
) -> Iterator[Given]:
    """Yield what a number of things may be by the records, of which it must be one.

    Args:
        figure: The number.
        sentence: Where it stands.
        ledger: The records.
        given: The toll before it in the sentence, which may be "in" so many incidents.
    """
    start, end = _part_of(figure, sentence)
    clause = sentence.text[start:end]
    ids, certain = _within(sentence, start, end, ledger)
    abouts = _abouts(sentence.blanked)
    if figure.noun == "without":
        yield from ledger.with_figure(ids, abouts or list(_HURT), without=True)
    elif figure.noun == "more":
        yield from (Given(n, n, f"{n:,} more names") for n in ledger.beyond(ids))
    elif figure.noun in ("area", "country", "province", "group", "source"):
        yield from _others(figure.noun, ids, ledger)
    elif (
        abouts
        and figure.noun == "incident"
        and _IN.search(sentence.blanked[max(0, figure.start - _FAR) : figure.start])
    ):
        # Whom a figure counts may be named as a group: "IS-KP fighters: 22 in 1 incident".
        one = given.incidents if given else None
        yield from (
            [Given(*one, given.words, of_range=True)]
            if one and given
            else ledger.with_figure(ledger.all_ids, abouts, without=False)
        )
    else:
        yield from _of_incidents(figure, clause, (ids, certain), ledger)


@lru_cache(maxsize=4)
def _abouts(text: str) -> tuple[ClaimAbout, ...]:
    return tuple(about for about, words in _HURT.items() if words.search(text))


def _of_incidents(
    figure: Figure, clause: str, found: tuple[frozenset[str], frozenset[str]], ledger: Ledger
) -> Iterator[Given]:
    ids, certain = found
    if _IN_ALL.search(clause) and figure.noun in ledger.totals:
        n = ledger.totals[figure.noun]
        yield Given(n, n, f"{n:,} in the whole record")
    if _DIFFER.search(clause):
        ids &= ledger.differing
    elif _UNPLACED.search(clause):
        ids -= ledger.on_map()
    elif _PLACED.search(clause):
        ids &= ledger.on_map()
    for some, words in _of_noun(figure, ids, ledger):
        one = ledger.number(some, words)
        yield Given(min(one.low, len(some & certain)), one.high, one.words, of_range=True)


def _part_of(figure: Figure, sentence: Sentence) -> tuple[int, int]:
    """Return where the words on a figure begin and end: its clause, or what in it is its own."""
    start, end = sentence.clause(figure.start)
    after = [one.start for one in figures(sentence.blanked) if figure.end <= one.start < end]
    named = [one.start for one in (*sentence.places, *sentence.groups)]
    named += [one.start for one in sentence.dates]
    before = [one.end for one in figures(sentence.blanked) if start <= one.end <= figure.start]
    begin, stop = max(before, default=start), min(after, default=end)
    is_own = any(figure.end <= one < stop for one in named)
    return (max(begin, figure.start), stop) if is_own and before else (start, stop)


def _of_noun(
    figure: Figure, ids: frozenset[str], ledger: Ledger
) -> Iterator[tuple[frozenset[str], str]]:
    events = ids & ledger.event_ids
    if figure.noun == "aggregate":
        yield ids - ledger.event_ids, "campaigns and counts"
    elif figure.noun == "type" and EventType.ATTACK not in figure.types:
        words = f"events of the type {', '.join(figure.types)}"
        for leading in (True, False):
            yield events & ledger.of_type(figure.types, leading=leading), words
    else:
        yield events, "events"
        if figure.noun != "event":
            yield ids, "incidents"
        if figure.types:
            for leading in (True, False):
                yield events & ledger.of_type((EventType.ATTACK,), leading=leading), "attacks"
                yield events - ledger.of_type(_NO_ATTACK, leading=leading), "attacks of any type"


def _within(
    sentence: Sentence, start: int, end: int, ledger: Ledger
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the incidents that a clause speaks of, and those among them that certainly are."""
    ids = certain = ledger.all_ids
    for mentions in (sentence.places, sentence.groups):
        named = [one.ids for one in mentions if start <= one.start < end]
        if named:
            ids &= frozenset().union(*named)
    dates = [one for one in sentence.dates_between(start, end) if one.spans]
    if dates:
        possible, certain = ledger.within(dates, ids)
        ids &= possible
    return ids, certain


def _others(noun: str, ids: frozenset[str], ledger: Ledger) -> Iterator[Given]:
    records = ledger.records
    incidents = [one for one in records.incidents if one.id in ids]
    claims = [claim for one in incidents for claim in one.claims]
    read, cited = {c.source for c in claims}, {source for c in claims for source in c.cites}
    groups = {c.value for c in claims if c.names_party and c.value}
    counted = {
        "area": [len(records.base_areas)],
        "country": [len({one.country for one in incidents if one.country})],
        "province": [len({one.admin1 for one in incidents if one.admin1})],
        "group": [len(groups), len({area.group for area in records.base_areas})],
        "source": [len(read), len(read | cited)],
    }
    for n in counted[noun]:
        yield Given(n, n, f"{n:,} by the records")

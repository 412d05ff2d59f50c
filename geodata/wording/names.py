"""Where a text names something that a record knows: an incident, its place, a country, a group."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

from geodata.records import Claim, ClaimAbout, Incident, Records, country_name, describe_date
from geodata.tongue import place, speaking
from geodata.wording.spoken import SPOKEN, plain

__all__ = ["Kind", "Mention", "Names"]


class Kind(Enum):
    """What a mention is of."""

    PLACE = "place"
    GROUP = "group"
    DATE = "date"


@dataclass(frozen=True)
class Mention:
    """A name in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        kind: What it is a name of.
        ids: The incidents that it may mean.
    """

    start: int
    end: int
    kind: Kind
    ids: frozenset[str]


_TOKEN = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_AFTER = re.compile(r"\s+(?:Province|District|City|Governorate|Region|Oblast)$")
_BEFORE = re.compile(r"^(?:(?:north|south|east|west)\w*|central|near|outside)\s+")
_LONGEST = 16
# What other languages put before and behind names: prepositions, articles, endings of cases.
_ENDED = re.compile(
    r"^(?:l|d|qu)'(?=\w{3})|^[وف]?(?:بال|لل|ال|[بلك])(?=\w{3})|^[وف](?=\w{3})"
    r"|(?<=[а-яҳқҷғӯ]{3})(?:ами|ями|ах|ях|ов|ев|ом|ем|ой|ей|ую|ро|[аяоеиыуюйьӣ])$"
)


class Names:
    """The names that lead to incidents, found in a text in one pass over its words."""

    def __init__(self, records: Records) -> None:
        self._ids: dict[str, tuple[Kind, set[str]]] = {}
        self._records = records
        for one in records.incidents:
            for name in _of_place(one):
                self._add(name, Kind.PLACE, one.id)
            self._add(describe_date(one.event_date), Kind.DATE, one.id)
        named: dict[str, set[str]] = defaultdict(set)
        for one in records.incidents:
            for party in {str(claim.value) for claim in one.claims if _names_actor(claim)}:
                named[party].add(one.id)
        for group in records.groups:
            for name in (group.name, group.short_name, *group.aliases):
                for one_id in named.get(group.id, ()):
                    self._add(name, Kind.GROUP, one_id)

    def _add(self, name: str, kind: Kind, one_id: str) -> None:
        key = " ".join(_TOKEN.findall(name.casefold()))
        if key and key.count(" ") < _LONGEST:
            # A place that is called as a group stays a place.
            self._ids.setdefault(key, (kind, set()))[1].add(one_id)

    @cached_property
    def _abroad(self) -> dict[str, tuple[Kind, set[str]]]:
        """The names of places in other languages, by their stems."""
        found: dict[str, tuple[Kind, set[str]]] = {}
        for code in SPOKEN:
            with speaking(code):
                for (country, names), ids in self._places.items():
                    for name in {country_name(country), *(place(one, country) for one in names)}:
                        key = _stems(_TOKEN.findall(name))
                        if key not in self._ids:
                            found.setdefault(key, (Kind.PLACE, set()))[1].update(ids)
        return found

    @cached_property
    def _places(self) -> dict[tuple[str, tuple[str, ...]], set[str]]:
        found: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
        for one in self._records.incidents:
            # Of "Hospital, Kabul" the town may be named alone.
            names = tuple(part for name in one.place_names for part in {name, *name.split(", ")})
            if one.country:
                found[one.country, names].add(one.id)
            for code in one.other_countries:
                found[code, ()].add(one.id)
        return found

    def find(self, text: str, *, is_abroad: bool = False) -> tuple[Mention, ...]:
        """Return the names in a text in order, of two that overlap the longer.

        Args:
            text: The text.
            is_abroad: Whether names may be those of other languages than English.
        """
        return tuple(self._find(text, is_abroad=is_abroad))

    def _named(self, words: list[str], *, is_abroad: bool) -> tuple[Kind, set[str]] | None:
        found = self._ids.get(" ".join(words))
        return found or (self._abroad.get(_stems(words)) if is_abroad else None)

    def _find(self, text: str, *, is_abroad: bool) -> Iterator[Mention]:
        tokens = list(_TOKEN.finditer(text))
        words = [token.group().casefold() for token in tokens]
        at = 0
        while at < len(tokens):
            for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
                found = self._named(words[at : at + size], is_abroad=is_abroad)
                is_name = found and not tokens[at].group()[:1].islower()
                if found and (is_name or size > 1):
                    start, end = tokens[at].start(), tokens[at + size - 1].end()
                    yield Mention(start, end, found[0], frozenset(found[1]))
                    at += size - 1
                    break
            at += 1


def _stems(words: Iterable[str]) -> str:
    return " ".join(map(_stem, words))


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    bare = plain(word.casefold())
    # "And" before a name that begins with the letter itself.
    return _ENDED.sub("", bare[1:] if bare.startswith("وو") else bare)


def _names_actor(claim: Claim) -> bool:
    return claim.about is ClaimAbout.ATTRIBUTION and bool(claim.value)


def _of_place(one: Incident) -> Iterable[str]:
    for name in (one.title, *one.place_names):
        yield name
        for part in name.split(",") if name != one.title else ():
            yield part
            short = _BEFORE.sub("", _AFTER.sub("", part.strip()))
            if short != part.strip():
                yield short
    for code in (one.country, *one.other_countries):
        if code:
            yield country_name(code)

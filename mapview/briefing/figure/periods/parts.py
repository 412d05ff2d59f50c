"""What each map of a period shows and is titled, and what is said of all of them together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.errors import FormatError
from geodata.queries import UNITS, Slices, slices_of
from geodata.scope import Count, describe_kinds

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["Part", "Periods"]

_NONE = "none recorded"


@dataclass(frozen=True)
class Part:
    """One map.

    Attributes:
        words: What its period is called.
        certain: Ids of the events that are certainly of that period.
        possible: Ids of all that may be.
        is_period: Whether it is one, and not what has no date.
    """

    words: str
    certain: frozenset[str]
    possible: frozenset[str]
    is_period: bool = True

    @property
    def events(self) -> Count:
        """How many events it has."""
        return Count(len(self.certain), len(self.possible))

    @property
    def counted(self) -> str:
        """How many events it has, in words."""
        return _events(self.events)

    def titles(self, shown: Collection[str]) -> tuple[str, ...]:
        """Return how many events it has and how many are seen, the longest words first.

        Args:
            shown: Ids of those that are seen.
        """
        seen = self._seen(shown)
        if seen == self.events:
            return (self.counted,)
        some = seen.words if seen.possible else "none"
        return (f"{self.counted}, {some} on this map", f"{self.counted} ({some} on map)")

    def message(self, shown: Collection[str]) -> str:
        """Return why nothing is seen; empty where something is."""
        if self._seen(shown).possible:
            return ""
        return "None on this map" if self.possible else _NONE.capitalize()

    def _seen(self, shown: Collection[str]) -> Count:
        return Count(len(self.certain.intersection(shown)), len(self.possible.intersection(shown)))


def _events(count: Count) -> str:
    if not count.possible:
        return _NONE
    return describe_kinds(count.possible, 0, unsure_events=count.possible - count.certain)


def _slices(briefing: Briefing, unit: str, most: int) -> Slices:
    if unit and unit not in UNITS:
        raise FormatError(f"a period must be one of {', '.join(UNITS)}, got {unit!r:.40}")
    if not briefing.has_incidents:
        raise FormatError("maps by period must be of incidents, got base areas alone")
    events = {line.id for line in briefing.incidents if line.is_event}
    incidents = [one for one in briefing.records.incidents if one.id in events]
    period = (briefing.chosen.start, briefing.chosen.end)
    found = slices_of(incidents, period, briefing.certain, unit=unit, most=most)
    if not found.parts:
        raise FormatError(
            "maps by period must be of events with a date, or of a filter with a first or last "
            "day, got neither"
        )
    return found


@dataclass(frozen=True)
class Periods:
    """What maps by period are made of, before they are laid out.

    Attributes:
        briefing: What is said around them, without base areas.
        parts: What each shows.
        said: What is said of all together, in sentences.
        description: What they show, in words for who cannot see them.
    """

    briefing: Briefing
    parts: tuple[Part, ...]
    said: str
    description: str

    @classmethod
    def of(cls, briefing: Briefing, unit: str, most: int, each: str) -> Periods:
        """Return a map for each period, and a last one for what has no date, if there is any.

        Args:
            briefing: What it says.
            unit: Length of a period, one of `UNITS`; "auto" or nothing for the shortest that gives
                few enough.
            most: Periods at most; they are longer than was asked for if there would be more.
            each: What there is one of for each period, such as "map".

        Raises:
            FormatError: If there is no such length, nothing has a date, or base areas alone were
                asked for.
        """
        slices = _slices(briefing, "" if unit == "auto" else unit, most)
        parts = tuple(_parts(briefing, slices))
        said = " ".join(_sentences(briefing, slices, most, each))
        told = "; ".join(f"{one.words}: {one.counted}" for one in parts)
        many = f"{len(parts)} {each}s" if len(parts) > 1 else f"One {each}"
        # Areas hold for other periods than these, and lie over what is small here.
        counts = replace(briefing.counts, base_areas=0, areas_drawn=0)
        plain = replace(briefing, base_areas=(), counts=counts)
        return cls(plain, parts, said, f"{many}, one for each period. {told}. {said}")


def _parts(briefing: Briefing, slices: Slices) -> Iterator[Part]:
    for one in slices.parts:
        yield Part(one.words, one.certain, one.possible)
    rest = slices.undated | slices.far
    if rest:
        kinds = (("No date", slices.undated), ("Date far from all others", slices.far))
        words = " or ".join(name for name, ids in kinds if ids)
        yield Part(words, rest & briefing.certain, rest, is_period=False)


def _sentences(briefing: Briefing, slices: Slices, most: int, each: str) -> Iterator[str]:
    span = f"of {slices.unit}" if slices.unit[0].isdigit() else f"of one {slices.unit}"
    if slices.refused:
        many = f"more than {most} {each}s"
        yield f"By {slices.refused} there would be {many}, so each {each} is {span}."
    else:
        yield f"{'Each' if len(slices.parts) > 1 else 'The'} {each} is {span}."
    if len(slices.parts) > 1:
        yield f"All {each}s have the same extent and one scale of sizes."
    if slices.several:
        some = _some(len(slices.several), "has dates that reach", "have dates that reach")
        yield f"{some} over several periods: possible in each, counted as certain in none."
    for ids, one, many in (
        (slices.undated, "has no date", "have no date"),
        (slices.far, "has a date far from all others", "have dates far from all others"),
    ):
        if ids:
            yield f"{_some(len(ids), one, many)}: on the last {each}."
    if briefing.counts.aggregates:
        yield f"Campaigns and counts are on no {each}."
    if briefing.base_areas:
        yield "Base areas are left out."


def _some(count: int, one: str, many: str) -> str:
    return f"{count:,} {f'event {one}' if count == 1 else f'events {many}'}"

"""What each map of a period shows and is titled, and what is said of all of them together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from geodata.errors import FormatError
from geodata.queries import UNITS, Slices, slices_of
from geodata.records import is_english, join_words, labelled, parted, say, say_many
from geodata.scope import Count, describe_kinds

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["SAID", "Part", "Periods"]

Each = Literal["map", "picture"]


@dataclass(frozen=True)
class Said:
    """What is said of maps, or of pictures of a film, as messages of the catalogue."""

    count: str
    one: str
    longer: str
    each: str
    only: str
    alike: str
    one_undated: str
    many_undated: str
    one_far: str
    many_far: str
    counts: str

    @classmethod
    def of(cls, each: Each) -> Said:
        """Return it of one of both."""
        last = f": on the last {each}."
        return cls(
            count=f"{{n}} {each}s, one for each period.",
            one=f"One {each}, one for each period.",
            longer=(
                f"By {{unit}} there would be more than {{most}} {each}s, so each {each} is of "
                "{length}."
            ),
            each=f"Each {each} is of {{length}}.",
            only=f"The {each} is of {{length}}.",
            alike=f"All {each}s have the same extent and one scale of sizes.",
            one_undated=f"{{n}} event has no date{last}",
            many_undated=f"{{n}} events have no date{last}",
            one_far=f"{{n}} event has a date far from all others{last}",
            many_far=f"{{n}} events have dates far from all others{last}",
            counts=f"Campaigns and counts are on no {each}.",
        )


SAID: Mapping[Each, Said] = {"map": Said.of("map"), "picture": Said.of("picture")}


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
        if not is_english():
            some = say("on this map: {n}", n=seen.words)
            return (parted((self.counted, some)), self.counted)
        some = seen.words if seen.possible else "none"
        return (f"{self.counted}, {some} on this map", f"{self.counted} ({some} on map)")

    def message(self, shown: Collection[str]) -> str:
        """Return why nothing is seen; empty where something is."""
        if self._seen(shown).possible:
            return ""
        return say("None on this map") if self.possible else say("none recorded").capitalize()

    def _seen(self, shown: Collection[str]) -> Count:
        return Count(len(self.certain.intersection(shown)), len(self.possible.intersection(shown)))


def _events(count: Count) -> str:
    if not count.possible:
        return say("none recorded")
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
    def of(cls, briefing: Briefing, unit: str, most: int, each: Each) -> Periods:
        """Return a map for each period, and a last one for what has no date, if there is any.

        Args:
            briefing: What it says.
            unit: Length of a period, one of `UNITS`; "auto" or nothing for the shortest that gives
                few enough.
            most: Periods at most; they are longer than was asked for if there would be more.
            each: What there is one of for each period.

        Raises:
            FormatError: If there is no such length, nothing has a date, or base areas alone were
                asked for.
        """
        slices = _slices(briefing, "" if unit == "auto" else unit, most)
        parts = tuple(_parts(briefing, slices))
        said = SAID[each]
        sentences = " ".join(_sentences(briefing, slices, most, said))
        told = parted(labelled(one.words, one.counted) for one in parts)
        many = say(said.count, n=len(parts)) if len(parts) > 1 else say(said.one)
        # Areas hold for other periods than these, and lie over what is small here.
        counts = replace(briefing.counts, base_areas=0, areas_drawn=0)
        plain = replace(briefing, base_areas=(), counts=counts)
        return cls(plain, parts, sentences, f"{many} {told}. {sentences}")


def _parts(briefing: Briefing, slices: Slices) -> Iterator[Part]:
    for one in slices.parts:
        yield Part(one.words, one.certain, one.possible)
    rest = slices.undated | slices.far
    if rest:
        kinds = ((say("No date"), slices.undated), (say("Date far from all others"), slices.far))
        words = join_words([name for name, ids in kinds if ids], "or")
        yield Part(words, rest & briefing.certain, rest, is_period=False)


def _sentences(briefing: Briefing, slices: Slices, most: int, said: Said) -> Iterator[str]:
    years, several, _ = slices.unit.partition(" years")
    length = say(f"one {slices.unit}")
    if several:
        length = say_many("{n} year", "{n} years", int(years))
    if slices.refused:
        yield say(said.longer, unit=say(slices.refused), most=most, length=length)
    else:
        yield say(said.each if len(slices.parts) > 1 else said.only, length=length)
    if len(slices.parts) > 1:
        yield say(said.alike)
    if slices.several:
        yield say_many(
            "{n} event has dates that reach over several periods: possible in each, counted as "
            "certain in none.",
            "{n} events have dates that reach over several periods: possible in each, counted as "
            "certain in none.",
            len(slices.several),
        )
    if slices.undated:
        yield say_many(said.one_undated, said.many_undated, len(slices.undated))
    if slices.far:
        yield say_many(said.one_far, said.many_far, len(slices.far))
    if briefing.counts.aggregates:
        yield say(said.counts)
    if briefing.base_areas:
        yield say("Base areas are left out.")

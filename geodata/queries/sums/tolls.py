"""Sums of tolls over many incidents: between bounds, shared tolls once, different people apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geodata.queries.sums.shared import by_shared_toll
from geodata.records import (
    Claim,
    ClaimAbout,
    Ends,
    Incident,
    Mark,
    RecordKind,
    bounds_words,
    derive_toll,
    is_english,
    join_words,
    least_of,
    marked_ends,
    parted,
    say,
)
from geodata.scope import Count

__all__ = ["SUMMED", "Alone", "TollSum", "TollSums"]

SUMMED: Mapping[ClaimAbout, str] = {
    ClaimAbout.FATALITIES: "killed",
    ClaimAbout.INJURED: "injured",
    ClaimAbout.CASUALTIES: "killed or injured",
}
"""What a sum may be asked of, in words."""

_MOST_NAMED = 6
_NONE = Count(0, 0)
# Who is counted, "" for everybody -> lower and upper bound, what must be said of them, and how the
# toll itself says it.
_Figures = Mapping[str, tuple[int, int, Mark, Ends | None]]


@dataclass(frozen=True)
class PeopleSum:
    """The sum of figures that count the same people.

    Attributes:
        people: Who is counted; empty for everybody.
        low: The lowest figures of the incidents that certainly fit, added up; "at most 90" adds
            nothing.
        high: The highest figures of those that may, added up.
        incidents: How many incidents have such a figure.
        marks: What must be said of `low` and `high`, so that they are bounds.
        alone: The one toll that was added, if it is one, and certainly fits.
    """

    people: str
    low: int
    high: int
    incidents: Count
    marks: Mark = Mark.NONE
    alone: Ends | None = None

    @property
    def bounds(self) -> str:
        """The sum in digits: one number, or its bounds, such as "938 to at least 957".

        Of one toll alone it is what that toll's own text says, such as "nearly 100".
        """
        return self.alone.words if self.alone else bounds_words(self.low, self.high, self.marks)

    @property
    def ends(self) -> Ends:
        """Both bounds, each with what stands before it."""
        return self.alone or marked_ends(self.low, self.high, self.marks)

    @property
    def shortest(self) -> str:
        """The sum in few words, for a headline: of an open one "at least" its lower bound."""
        if self.alone or not self.is_open or not self.low:
            return self.bounds
        near = self.marks & Mark.NEAR_LOW
        return bounds_words(self.low, self.low, Mark.OPEN | near)

    @property
    def is_open(self) -> bool:
        """Whether there may be more than the highest figures."""
        return bool(self.marks & Mark.OPEN)

    @property
    def is_near(self) -> tuple[bool, bool]:
        """Whether the lower and the upper bound are approximate."""
        return bool(self.marks & Mark.NEAR_LOW), bool(self.marks & Mark.NEAR_HIGH)


@dataclass(frozen=True)
class TollSum:
    """What sources say of a number of people in all incidents that a filter finds.

    Campaigns and counts over many events are not added, since they hold the events' tolls.

    Attributes:
        about: What is counted.
        everybody: The sum of figures that count everybody.
        apart: Sums of figures that count some people only, of incidents without others. They are
            never added to one another or to the rest.
        without: Incidents that no source gives a figure for.
        not_added: Campaigns and counts over many events that are found, too.
    """

    about: ClaimAbout
    everybody: PeopleSum
    apart: tuple[PeopleSum, ...]
    without: Count
    not_added: Count = _NONE

    @property
    def words(self) -> str:
        """The sum in words.

        Example:
            >>> some = PeopleSum("", 1_203, 1_377, Count(41, 41))
            >>> TollSum(ClaimAbout.FATALITIES, some, (), Count(42, 42)).words
            '1,203 to 1,377 killed in 41 incidents; 42 have no figure'
            >>> more = PeopleSum("", 1_203, 1_377, Count(41, 41), Mark.OPEN)
            >>> TollSum(ClaimAbout.FATALITIES, more, (), Count(0, 0)).words
            '1,203 to at least 1,377 killed in 41 incidents'
            >>> TollSum(ClaimAbout.FATALITIES, some, (), Count(0, 0), Count(1, 1)).words
            '1,203 to 1,377 killed in 41 incidents; 1 campaign or count over many events not added'
        """
        if not is_english():
            return parted(self._listed())
        counted = SUMMED[self.about]
        parts = []
        if self.everybody.incidents.possible:
            parts.append(f"{self.everybody.bounds} {counted} in {_in_words(self.everybody)}")
        if self.apart:
            named = [
                f"{one.people}: {one.bounds} in {_in_words(one)}"
                for one in self.apart[:_MOST_NAMED]
            ]
            more = len(self.apart) - len(named)
            named += [f"{more:,} more"] if more else []
            parts.append(f"counted apart: {join_words(named)}")
        if not parts:
            of_whom = " of a single event" if self.not_added.possible else ""
            parts.append(f"no figure of {counted}{of_whom}")
        if self.without.possible:
            verb = "has" if self.without == Count(1, 1) else "have"
            parts.append(f"{self.without.words} {verb} no figure")
        if self.not_added.possible:
            words = "campaign or count" if self.not_added == Count(1, 1) else "campaigns or counts"
            parts.append(f"{self.not_added.words} {words} over many events not added")
        return "; ".join(parts)

    def _listed(self) -> Iterator[str]:
        """Yield it with each number behind what it counts, which every grammar has."""
        if self.everybody.incidents.possible:
            toll = say(f"{{toll}} {SUMMED[self.about]}", toll=self.everybody.bounds)
            yield f"{toll} ({say('incidents: {n}', n=self.everybody.incidents.words)})"
        else:
            yield say(f"{{toll}} {SUMMED[self.about]}", toll=say("not stated"))
        for one in self.apart[:_MOST_NAMED]:
            told = f"{one.bounds} ({say('incidents: {n}', n=one.incidents.words)})"
            yield say("counted apart: {figures}", figures=f"{one.people}: {told}")
        if len(self.apart) > _MOST_NAMED:
            yield say("{n} more", n=len(self.apart) - _MOST_NAMED)
        if self.without.possible:
            yield say("without a figure: {n}", n=self.without.words)
        if self.not_added.possible:
            yield say("campaigns and counts, not added: {n}", n=self.not_added.words)


def _in_words(one: PeopleSum) -> str:
    plural = "" if one.incidents.possible == 1 else "s"
    return f"{one.incidents.words} incident{plural}"


class Alone(NamedTuple):
    """The sum of figures that an engine has added up; see `PeopleSum` and `TollSum`.

    Attributes:
        low: The lowest figures of what certainly fits.
        high: The highest figures of what may.
        incidents: How many have such a figure.
        without: How many have none.
        not_added: How many are campaigns and counts over many events.
        marks: What must be said of both sums.
        ends: The one toll, where there is but one that certainly fits.
    """

    low: int = 0
    high: int = 0
    incidents: Count = Count(0, 0)
    without: Count = Count(0, 0)
    not_added: Count = Count(0, 0)
    marks: Mark = Mark.NONE
    ends: Ends | None = None


class TollSums:
    """Adds up tolls; what follows from the claims of an incident is found once.

    Args:
        families: From `Records.families`.
    """

    def __init__(self, families: Mapping[str, str]) -> None:
        self._families = families
        self._known: dict[tuple[ClaimAbout, str], _Figures] = {}

    def of(
        self,
        about: ClaimAbout,
        incidents: Iterable[Incident],
        certain: Collection[str],
        alone: Alone | None = None,
    ) -> TollSum:
        """Return the sum over incidents.

        Args:
            about: One of `SUMMED`.
            incidents: All that may fit a filter.
            certain: Ids of those that certainly do.
            alone: What others come to, which is added.
        """
        adding = _Adding(alone or Alone())
        events = []
        for one in incidents:
            if one.record_kind is RecordKind.EVENT:
                events.append(one)
            else:
                adding.leave_out(Count(int(one.id in certain), 1))
        for together, shared in by_shared_toll(events):
            sure = [one for one in together if one.id in certain]
            figures = self._figures(about, together)
            # Of a shared toll nobody knows how much of it belongs to a part of its incidents.
            is_beyond = any(one.shares_toll_beyond for one in together)
            is_whole = len(sure) == len(shared) and not is_beyond
            adding.add(figures, Count(len(sure), len(together)), is_whole=is_whole)
        return adding.result(about)

    def _figures(self, about: ClaimAbout, together: Sequence[Incident]) -> _Figures:
        if len(together) > 1:
            claims = dict.fromkeys(claim for one in together for claim in one.claims)
            return self._derive(about, tuple(claims))
        (one,) = together
        if (about, one.id) not in self._known:
            self._known[about, one.id] = self._derive(about, one.claims)
        return self._known[about, one.id]

    def _derive(self, about: ClaimAbout, claims: Sequence[Claim]) -> _Figures:
        toll = derive_toll(claims, about, self._families)
        return {
            one.people: (least_of(one.low, one.marks), one.high, one.marks & ~Mark.NO_LOW, one.ends)
            for one in toll.apart or (toll,)
            if one.low is not None and one.high is not None
        }


class _Adding:
    """A sum that is not done yet."""

    def __init__(self, alone: Alone) -> None:
        self._low = defaultdict(int, {"": alone.low})
        self._high = defaultdict(int, {"": alone.high})
        self._certain = defaultdict(int, {"": alone.incidents.certain})
        self._possible = defaultdict(int, {"": alone.incidents.possible})
        self._marks = defaultdict(lambda: Mark.NONE, {"": alone.marks})
        self._ends: dict[str, list[Ends | None]] = defaultdict(list)
        if alone.incidents.possible:
            self._ends[""].append(alone.ends)
        self._without = list(alone.without)
        self._not_added = list(alone.not_added)

    def add(self, figures: _Figures, incidents: Count, *, is_whole: bool) -> None:
        """Add the figures of incidents that share a toll, mostly of one alone."""
        for people, (low, high, marks, ends) in figures.items():
            self._ends[people].append(ends if is_whole else None)
            self._low[people] += low if is_whole else 0
            # What adds nothing to the lower bound does not blur it.
            self._marks[people] |= marks if is_whole else marks & ~Mark.NEAR_LOW
            self._high[people] += high
            self._certain[people] += incidents.certain
            self._possible[people] += incidents.possible
        if not figures:
            self._without[0] += incidents.certain
            self._without[1] += incidents.possible

    def leave_out(self, incidents: Count) -> None:
        """Count what is not added, since it holds the tolls of events."""
        self._not_added[0] += incidents.certain
        self._not_added[1] += incidents.possible

    def result(self, about: ClaimAbout) -> TollSum:
        """Return the sum."""
        apart = (self._of(people) for people in self._high if people)
        return TollSum(
            about,
            self._of(""),
            tuple(sorted(apart, key=lambda one: (-one.high, one.people))),
            Count(*self._without),
            Count(*self._not_added),
        )

    def _of(self, people: str) -> PeopleSum:
        count = Count(self._certain.get(people, 0), self._possible.get(people, 0))
        marks = self._marks.get(people, Mark.NONE)
        low, high = self._low.get(people, 0), self._high.get(people, 0)
        ends = self._ends.get(people, [])
        alone = ends[0] if len(ends) == 1 else None
        return PeopleSum(people, low, high, count, marks, alone)

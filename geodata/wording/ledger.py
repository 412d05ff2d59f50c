"""What the records of a text say in figures and days, as a text is held against them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from itertools import chain

from geodata.queries.sums import SUMMED, TollSums
from geodata.records import (
    FIGURES,
    Claim,
    ClaimAbout,
    DateSpan,
    Ends,
    EventType,
    Incident,
    Qualifier,
    RecordKind,
    Records,
    Toll,
    by_matter,
    claims_differ,
    derive_toll,
    describe_date,
    describe_value,
    group_label,
    parse_date,
)
from geodata.wording.days import Written
from geodata.wording.given import Given
from geodata.wording.names import Names
from geodata.wording.numerals import Hedge

__all__ = ["Ledger"]

_HEDGES = {
    Qualifier.AT_LEAST: Hedge.AT_LEAST,
    Qualifier.AT_MOST: Hedge.AT_MOST,
    Qualifier.ABOUT: Hedge.ABOUT,
    Qualifier.NEARLY: Hedge.NEARLY,
    Qualifier.OVER: Hedge.OVER,
}
_MOST_NAMED = (3, 6)


@dataclass(frozen=True)
class Ledger:
    """The records of a text, with what is asked of them often.

    Attributes:
        records: The records.
        certain: Ids of the incidents that certainly are what was asked for.
        taken: Texts that come from the program itself, such as the filter in words.
        totals: Numbers of the whole that the records are a part of, in words.
        period: First and last day that were asked for, where any were.
    """

    records: Records
    certain: Collection[str]
    taken: tuple[str, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    period: tuple[date | None, date | None] = (None, None)

    @cached_property
    def names(self) -> Names:
        """The names that lead to incidents."""
        return Names(self.records)

    @cached_property
    def all_ids(self) -> frozenset[str]:
        """Ids of all incidents."""
        return frozenset(self.records.incidents_by_id)

    @cached_property
    def event_ids(self) -> frozenset[str]:
        """Ids of the events."""
        return frozenset(o.id for o in self.records.incidents if o.record_kind is RecordKind.EVENT)

    @cached_property
    def subject(self) -> frozenset[str]:
        """The one event, or else the one incident, that all is about; empty where several are."""
        some = self.event_ids or self.all_ids
        return some if len(some) == 1 else frozenset()

    @cached_property
    def _sums(self) -> TollSums:
        return TollSums(self.records.families)

    @cached_property
    def toll(self) -> Callable[[str, ClaimAbout], Toll]:
        """Gives the toll of an incident by its id."""

        @cache
        def toll(one_id: str, about: ClaimAbout) -> Toll:
            claims = self.records.incidents_by_id[one_id].claims
            return derive_toll(claims, about, self.records.families)

        return toll

    def bounds(self, one_id: str, about: ClaimAbout) -> tuple[float, float] | None:
        """Return between which numbers the toll of an incident may lie, infinite where it is open.

        Args:
            one_id: Of the incident.
            about: Which toll.

        Returns:
            `None` where no source gives a figure.
        """
        toll = self.toll(one_id, about)
        told = [_of_ends(one.ends, "", one.people) for one in toll.apart or (toll,) if one.ends]
        if not told:
            return None
        incident = self.records.incidents_by_id[one_id]
        # Of a shared toll nobody says how much is of this one.
        is_shared = incident.casualties_combined or incident.shares_toll_beyond
        return (0 if is_shared else min(o.least for o in told), max(o.most for o in told))

    def given(self, ids: Iterable[str], about: ClaimAbout) -> Iterator[Given]:
        """Yield the figures of some incidents: of claims, and what each comes to."""
        for one_id in ids:
            yield from self._given(one_id, about)

    @cached_property
    def _given(self) -> Callable[[str, ClaimAbout], tuple[Given, ...]]:
        # Each figure of a text asks for those of many incidents.
        @cache
        def given(one_id: str, about: ClaimAbout) -> tuple[Given, ...]:
            return tuple(self._given_by(one_id, about))

        return given

    def _given_by(self, one_id: str, about: ClaimAbout) -> Iterator[Given]:
        incident = self.records.incidents_by_id[one_id]
        figures = [(at, o) for at, o in enumerate(incident.claims) if o.about is about]
        for at, claim in figures:
            yield replace(self._claimed(claim), claims=((one_id, at),))
        toll = self.toll(one_id, about)
        for part in toll.apart or (toll,):
            if part.low is not None and part.high is not None:
                words = f"{part.text} ({incident.title})"
                given = _of_ends(part.ends or Ends(part.low, part.high), words, part.people)
                yield replace(given, claims=tuple(_behind(part, one_id, figures)))

    def _claimed(self, claim: Claim) -> Given:
        source = self.records.sources_by_id.get(claim.source)
        who = claim.by or (source.publisher or source.author or source.title if source else "")
        where = ", ".join(one for one in (who or claim.source, claim.locator) if one)
        value = claim.value if isinstance(claim.value, int | float) else 0
        hedge = _HEDGES.get(claim.qualifier, Hedge.NONE) if claim.qualifier else Hedge.NONE
        words = f"{describe_value(claim, self.records)} ({where})"
        return Given(value, value, words, hedge, people=claim.part, who=who)

    def summed(self, ids: Collection[str], about: ClaimAbout) -> Iterator[Given]:
        """Yield what the tolls of some incidents add up to."""
        yield from self._summed(frozenset(ids), about)

    @cached_property
    def _summed(self) -> Callable[[frozenset[str], ClaimAbout], tuple[Given, ...]]:
        @cache
        def summed(ids: frozenset[str], about: ClaimAbout) -> tuple[Given, ...]:
            return tuple(self._sum_of(ids, about))

        return summed

    def _sum_of(self, ids: frozenset[str], about: ClaimAbout) -> Iterator[Given]:
        if about not in SUMMED:
            return
        incidents = [one for one in self.records.incidents if one.id in ids]
        total = self._sums.of(about, incidents, self.certain)
        for one in (total.everybody, *total.apart):
            if one.incidents.possible:
                words = f"{one.bounds} {SUMMED[about]}, added up over events"
                given = _of_ends(one.ends, words, one.people)
                yield replace(given, of_range=True, incidents=one.incidents)

    def with_figure(
        self, ids: Collection[str], abouts: Collection[ClaimAbout], *, without: bool
    ) -> Iterator[Given]:
        """Yield how many incidents have a figure of some people, or none."""
        incidents = [one for one in self.records.incidents if one.id in ids]
        for about, word in SUMMED.items():
            if about not in abouts:
                continue
            total = self._sums.of(about, incidents, self.certain)
            of = (
                [total.without]
                if without
                else [o.incidents for o in (total.everybody, *total.apart)]
            )
            for one in (one for one in of if one.possible):
                words = f"{one.words} with{'out' if without else ''} a figure of {word}"
                yield Given(one.certain, one.possible, words, of_range=True)

    def number(self, ids: Iterable[str], words: str) -> Given:
        """Return how many incidents there are, within bounds."""
        ids = set(ids)
        sure = len(ids & set(self.certain)) if len(self.certain) < len(self.all_ids) else len(ids)
        if sure == len(ids) == 1:
            # "1 event", "1 attack of any type", "1 campaign or count".
            words = re.sub(r"^(\w+?)s\b(?: and (\w+)s)?", _one, words)
        return Given(sure, len(ids), f"{_between(sure, len(ids))} {words}", of_range=True)

    def of_type(self, types: Collection[EventType], *, leading: bool) -> frozenset[str]:
        """Return the incidents of some types, or those that some type leads."""
        return frozenset(
            one.id
            for one in self.records.incidents
            if set(types).intersection(one.event_types[:1] if leading else one.event_types)
        )

    def within(
        self, written: Iterable[Written], ids: Iterable[str]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Return the incidents that may and those that certainly lie in one of some times."""
        times = [one for each in written for one in each.spans]
        spans = {one_id: self.records.incidents_by_id[one_id].span for one_id in ids}
        possible = frozenset(
            one_id
            for one_id, span in spans.items()
            if any(span.start <= one.end and one.start <= span.end for one in times)
        )
        certain = frozenset(
            one_id
            for one_id, span in spans.items()
            if span.has_start
            and span.has_end
            and any(one.start <= span.start and span.end <= one.end for one in times)
        )
        return possible, certain

    def on_map(self) -> frozenset[str]:
        """Return the incidents that a map shows."""
        return frozenset(one.id for one in self.records.incidents if one.is_mappable)

    @cached_property
    def differing(self) -> frozenset[str]:
        """Ids of the incidents on which accounts differ."""
        return frozenset(
            one.id
            for one in self.records.incidents
            if any(
                claims_differ(claims, is_lasting=False) for _, _, claims in by_matter(one.claims)
            )
        )

    def spans(
        self, ids: Iterable[str]
    ) -> Iterator[tuple[DateSpan, str, tuple[tuple[str, int], ...]]]:
        """Yield the dates of incidents, and those that claims give, each with words and claims."""
        for one_id in ids:
            one = self.records.incidents_by_id[one_id]
            dated = [
                (at, claim)
                for at, claim in enumerate(one.claims)
                if claim.about is ClaimAbout.DATE and claim.value is not None and not claim.topic
            ]
            words = f"{describe_date(one.event_date)} ({one.title})"
            yield one.span, words, tuple((one_id, at) for at, _ in dated)
            for at, claim in dated:
                said = str(claim.value)
                words = f"{describe_date(said)} ({claim.by or claim.source})"
                yield parse_date(said), words, ((one_id, at),)
            for at, claim in enumerate(one.claims):
                if claim.as_of:
                    words = f"as of {describe_date(claim.as_of)} ({claim.by or claim.source})"
                    yield parse_date(claim.as_of), words, ((one_id, at),)

    @cached_property
    def other_spans(self) -> tuple[tuple[DateSpan, str], ...]:
        """Dates of base areas, groups and documents."""
        found = [
            (text, area.id)
            for area in self.records.base_areas
            for text in (area.valid_from, area.valid_to, area.last_cited)
        ]
        found += [(one.date, one.title) for one in self.records.sources if one.date]
        found += [
            (str(claim.value), group.name)
            for group in self.records.groups
            for claim in group.claims
            if claim.about is ClaimAbout.DATE and claim.value
        ]
        # A date with a topic is not that of its record.
        found += [
            (str(claim.value), one.title)
            for one in self.records.incidents
            for claim in one.claims
            if claim.about is ClaimAbout.DATE and claim.value and claim.topic
        ]
        return tuple(
            (parse_date(text), f"{describe_date(text)} ({of})") for text, of in found if text
        )

    @cached_property
    def other_figures(self) -> tuple[Given, ...]:
        """Figures of groups and base areas."""
        groups, areas = self.records.groups, self.records.base_areas
        return tuple(
            self._claimed(claim)
            for claim in chain(*(g.claims for g in groups), *(area.claims for area in areas))
            if claim.about in FIGURES
        )

    def beyond(self, ids: Iterable[str]) -> frozenset[int]:
        """Return how many names may be left over where the first few of a list are given."""
        sizes: set[int] = set()
        for one_id in ids:
            lists: dict[object, set[str]] = defaultdict(set)
            for claim in self.records.incidents_by_id[one_id].claims:
                who, value = claim.by or claim.source, group_label(str(claim.value), self.records)
                lists[claim.about, value].add(who)
                lists[claim.about, value, claim.qualifier, claim.caveat].add(who)
                lists[claim.about, claim.role, claim.stance].add(value)
                lists[claim.about, claim.role, "by"].add(who)
            sizes |= {len(one) for one in lists.values()}
        sizes |= {len({area.group for area in self.records.base_areas})}
        return frozenset(size - most for size in sizes for most in _MOST_NAMED if size > most)

    @cached_property
    def types(self) -> Counter[EventType]:
        """How many events each type leads."""
        return Counter(
            one.event_types[0] for one in self.records.incidents if one.id in self.event_ids
        )

    @cached_property
    def words_of(self) -> Callable[[str], str]:
        """Gives all that a record says of an incident, in small letters with single spaces."""

        @cache
        def words(one_id: str) -> str:
            return _words(self.records.incidents_by_id[one_id], self.records)

        return words


def _words(one: Incident, records: Records) -> str:
    texts = [one.title, one.summary, one.target, one.means, one.type_of_source, *one.place_names]
    for claim in one.claims:
        value = group_label(claim.value, records) if isinstance(claim.value, str) else ""
        texts += [value, claim.by, claim.part, claim.note, claim.caveat, claim.topic]
        source = records.sources_by_id.get(claim.source)
        texts += [source.title, source.publisher, source.author] if source else []
    return " ".join(" | ".join(texts).casefold().split())


def _behind(
    toll: Toll, one_id: str, figures: Sequence[tuple[int, Claim]]
) -> Iterator[tuple[str, int]]:
    """Yield the claims of the ends of a toll; an end that no claim gives is added up of parts."""
    has_sum = not {toll.low, toll.high} <= {claim.value for _, claim in figures}
    totals = {(claim.source, claim.locator) for _, claim in figures if not claim.part}
    ends = [at for at, claim in figures if claim.value in (toll.low, toll.high)]
    yield from ((one_id, at) for at in ends)
    for at, claim in figures:
        is_added = has_sum and claim.part and (claim.source, claim.locator) not in totals
        if is_added and at not in ends:
            yield one_id, at


def _of_ends(ends: Ends, words: str, people: str) -> Given:
    lower, upper = Hedge(ends.before_low), Hedge(ends.before_high)
    is_range = (ends.low, lower) != (ends.high, upper)
    return Given(ends.low, ends.high, words, lower, upper, people, is_range)


def _between(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _one(several: re.Match[str]) -> str:
    return f"{several[1]} or {several[2]}" if several[2] else several[1]

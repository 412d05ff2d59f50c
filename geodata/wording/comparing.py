"""Comparisons in words, "deadliest", "first", "more than in 2021", held against the records.

One holds only if it holds whatever the exact figures and days are: ranges that overlap, as "at
least 15" does with all above it, and figures that nobody gives, let it fail.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from geodata.records import ClaimAbout, EventType, plural
from geodata.wording.ledger import Ledger
from geodata.wording.names import Mention
from geodata.wording.numerals import numerals
from geodata.wording.sentences import Sentence
from geodata.wording.spans import Span, SpanKind

__all__ = ["compare"]

IdsAt = Callable[[int], frozenset[str]]
_ORDINALS = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_FORMS = {
    "highest": r"highest (?:known |given |stated )?(?:figures?|tolls?|numbers?)",
    "often": r"most (?:often|common|commonly|frequent|frequently)",
    "most": r"deadliest|most deadly|most lethal|bloodiest|worst|largest|biggest|highest|greatest|"
    r"heaviest|most (?:people )?(?:killed|injured|deaths)",
    "least": r"least deadly|least lethal|smallest|lowest|fewest",
    "first": r"(?<!at )(?:very )?first(?! (?:aid|respond|name|half|quarter|lady|hand|of all))|"
    r"earliest|oldest",
    "last": r"latest|most recent|newest|(?:the|its|their) last",
    "rank": rf"(?:{'|'.join(_ORDINALS)})(?! of| half)|\d+(?:st|nd|rd|th)",
    "than": r"(?:more|fewer|less|higher|lower|larger|smaller|deadlier|bloodier|earlier|later|"
    r"worse)\b[^.;]*?\bthan",
    "more": r"increas(?:ed|es|ing|e)|(?:rose|risen|grew|grown)(?= (?:from|by|to|in|since|again))|"
    r"surged?|escalated",
    "fewer": r"decreas(?:ed|es|ing|e)|declin(?:ed|es|ing|e)|"
    r"(?:fell|fallen|dropped)(?= (?:from|by|sharply|since|again))",
    "never": r"unprecedented|never before|(?:a )?record (?:high|number|toll)|doubl(?:ed|ing)|"
    r"tripl(?:ed|ing)|twice|\w+fold|half of|(?:one |a |two )?(?:thirds?|quarters?) of|mostly|"
    r"most of|(?:the |a )?majority|(?:last|this|next) (?:year|month|week)|yesterday|today|"
    r"recently",
}
_FORM = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _FORMS.items()) + r")\b",
    re.IGNORECASE,
)
_INJURED = re.compile(r"\b(?:injur|wound|hurt)\w*", re.IGNORECASE)
_TOLL = re.compile(r"\b(?:kill|dead|death|died|fatal|toll|deadl|blood|worse)\w*", re.IGNORECASE)
_TYPED = re.compile(
    r"\s+(?:\w+\s+)?(?P<type>"
    + "|".join(sorted({re.escape(n) for one in EventType for n in (one, plural(one))}, key=len))
    + r")\b",
    re.IGNORECASE,
)
_NAMED_TYPES = {name.casefold(): one for one in EventType for name in (one.value, plural(one))}
_SEVERAL = 2
_MONTH = 31


def compare(
    sentence: Sentence, ids_at: IdsAt, ledger: Ledger, carried: frozenset[str] = frozenset()
) -> Iterator[Span]:
    """Yield the comparisons of a sentence, held or not.

    Args:
        sentence: The sentence.
        ids_at: Gives the incidents that it speaks of at some place in it.
        ledger: The records.
        carried: What the sentences before spoke of.
    """
    hedges = [(one.start, one.end) for one in numerals(sentence.blanked)]
    for match in _FORM.finditer(sentence.blanked):
        kind = match.lastgroup or ""
        if any(start <= match.start() < end for start, end in hedges):
            continue
        words, why = _Comparing(sentence, match, ids_at, ledger, carried).held(kind)
        text = sentence.text[match.start() : match.end()]
        yield Span(SpanKind.COMPARISON, match.start(), match.end(), text, words, why)


_Held = tuple[str, str]


@dataclass(frozen=True)
class _Comparing:
    sentence: Sentence
    match: re.Match[str]
    ids_at: IdsAt
    ledger: Ledger
    carried: frozenset[str]

    def held(self, kind: str) -> _Held:
        alone = {"often": self._often, "never": _nothing, "highest": self._highest}
        if kind in alone:
            return alone[kind]()
        if kind in ("than", "more", "fewer"):
            return self._sides(kind)
        subjects = self._subjects()
        others = self._domain(subjects[0]) - {*subjects} if subjects else frozenset()
        if len(subjects) != 1:
            return "", "it does not say of which one incident"
        if not others:
            return "", "there is nothing else in the records to compare it with"
        if kind in ("most", "least"):
            return self._extreme(subjects[0], others, is_most=kind == "most")
        return self._ranked(subjects[0], others, kind)

    def _subjects(self) -> list[str]:
        """Return the incidents that the sentence names one by one, or else the one before it."""
        begin, end = self.sentence.clause(self.match.start())
        places = self.sentence.places
        found = []
        for place in [one for one in places if begin <= one.start < end] or places:
            narrowed = self._narrowed(place)
            found += sorted(narrowed) if len(narrowed) == 1 else []
        if not found and len(self.carried) == 1:
            found = sorted(self.carried)
        return list(dict.fromkeys(found))

    def _narrowed(self, place: Mention) -> frozenset[str]:
        """Return what a place stands for with the dates behind it, of events if there are any."""
        ids = self.ids_at(self._next_place(place.end)) & place.ids or place.ids
        return ids & self.ledger.event_ids or ids

    def _next_place(self, at: int) -> int:
        following = [one.start for one in self.sentence.places if one.start >= at]
        return following[0] - 1 if following else len(self.sentence.text)

    def _domain(self, one: str) -> frozenset[str]:
        ids = self.ledger.event_ids
        own = [place for place in self.sentence.places if self._narrowed(place) == {one}]
        own = own if len(own) < len(self.sentence.places) else own[-1:]
        for place in (*self.sentence.places, *self.sentence.groups):
            if one in place.ids and len(place.ids) > 1 and place not in own:
                ids &= place.ids
        for written in self.sentence.dates:
            possible, _ = self.ledger.within([written], self.ledger.event_ids)
            is_long = any((o.end - o.start).days > _MONTH for o in written.spans)
            if is_long and one in possible and len(possible) > 1:
                ids &= possible
        if typed := _TYPED.match(self.sentence.blanked, self.match.end()):
            kind = _NAMED_TYPES[typed["type"].casefold()]
            if kind is not EventType.ATTACK:
                ids &= self.ledger.of_type((kind,), leading=False)
        return ids

    @property
    def _about(self) -> ClaimAbout:
        is_hurt = _INJURED.search(self.sentence.blanked)
        return ClaimAbout.INJURED if is_hurt else ClaimAbout.FATALITIES

    def _bounds(self, one: str) -> tuple[float, float] | None:
        return self.ledger.bounds(one, self._about)

    def _highest_figure(self, one: str) -> int | None:
        toll = self.ledger.toll(one, self._about)
        return max((o.high for o in toll.apart or (toll,) if o.high is not None), default=None)

    def _extreme(self, one: str, others: frozenset[str], *, is_most: bool) -> _Held:
        own = self._bounds(one)
        if own is None:
            return "", "no source gives a figure of it"
        known = {other: bounds for other in others if (bounds := self._bounds(other))}
        for other, (low, high) in sorted(known.items()):
            if not (own[0] > high if is_most else own[1] < low):
                title = self.ledger.records.incidents_by_id[other].title
                return "", f"{_range(own)} is not apart from {_range((low, high))} ({title})"
        if without := len(others) - len(known):
            have = "incident has" if without == 1 else "incidents have"
            return "", f"{without:,} other {have} no figure"
        return f"{_range(own)}, apart from all {len(others):,} others", ""

    def _highest(self) -> _Held:
        figures = {
            other: figure
            for other in self.ledger.event_ids
            if (figure := self._highest_figure(other)) is not None
        }
        # Of several at one place and day the highest is meant.
        named = [self._narrowed(place) for place in self.sentence.places] or [self.carried]
        highest = [max((figures.get(one, 0) for one in ids), default=0) for ids in named]
        rest = [n for one, n in figures.items() if not any(one in ids for ids in named)]
        if not min(highest):
            return "", "it does not say of which incidents"
        if rest and max(rest) > min(highest):
            return "", f"another incident has a figure of {max(rest):,}"
        return f"figures of {min(highest):,} and more", ""

    def _ranked(self, one: str, others: frozenset[str], kind: str) -> _Held:
        span = self._span(one)
        before = [other for other in others if self._span(other)[1] < span[0]]
        after = [other for other in others if self._span(other)[0] > span[1]]
        if len(before) + len(after) < len(others):
            return "", "its date is not apart from those of others"
        if kind == "last":
            return ("the latest by its date", "") if not after else ("", "others are later")
        rank = 1 if kind == "first" else _rank(self.match.group())
        if len(before) + 1 != rank:
            return "", f"{len(before):,} others are earlier"
        return f"number {rank:,} by its date", ""

    def _span(self, one: str) -> tuple[date, date]:
        span = self.ledger.records.incidents_by_id[one].span
        return span.start, span.end

    def _often(self) -> _Held:
        text = self.sentence.blanked[self.match.end() :].casefold()
        named = [one for one in self.ledger.types if re.search(rf"\b{one}\b|{plural(one)}", text)]
        counts = self.ledger.types
        # "Bombing" stands in "suicide bombing" too, and is no type of its own there.
        for one in named:
            text = text.replace(one, "") if " " in one else text
        named = [one for one in named if " " in one or re.search(rf"\b{one}", text)]
        if not named:
            return "", "it does not say of which type"
        rest = [n for one, n in counts.items() if one not in named]
        least = min(counts[one] for one in named)
        if rest and max(rest) > least:
            return "", f"another type is recorded {max(rest):,} times"
        return f"each {least:,} times or more, others less or as often", ""

    def _sides(self, kind: str) -> _Held:
        sides = list(self._compared(kind))
        if len(sides) != _SEVERAL:
            return "", "it does not name two times or places of the records"
        (low, high, first), (other_low, other_high, second) = sides
        word = self.match.group().casefold()
        is_less = kind == "fewer" or word.startswith(("fewer", "less", "lower", "smaller"))
        if kind in ("more", "fewer"):
            (low, high), (other_low, other_high) = (other_low, other_high), (low, high)
        holds = high < other_low if is_less else low > other_high
        words = f"{first} and {second}"
        return (words, "") if holds else ("", f"the records give {words}")

    def _compared(self, kind: str) -> Iterator[tuple[float, float, str]]:
        sentence, end = self.sentence, self.match.end()
        dates = [one for one in sentence.dates if one.spans]
        if kind != "than":
            dates.sort(key=lambda one: one.spans[0].start)
        if len(dates) == _SEVERAL:
            ids = self.ledger.event_ids
            for named in (sentence.places, sentence.groups):
                if named:
                    ids &= frozenset().union(*(one.ids for one in named))
            for one in dates:
                possible, certain = self.ledger.within([one], ids)
                yield self._amount(possible, certain)
        elif kind == "than":
            sides = (
                [o for o in sentence.places if (o.start < end) is first] for first in (True, False)
            )
            for side in sides:
                if len(side) == 1:
                    ids = side[0].ids & self.ledger.event_ids
                    yield self._amount(ids, ids)

    def _amount(
        self, possible: frozenset[str], certain: frozenset[str]
    ) -> tuple[float, float, str]:
        text = self.sentence.blanked
        if not (_TOLL.search(text) or _INJURED.search(text)):
            counts = len(certain), len(possible)
            return *counts, _range(counts)
        bounds = {one: self._bounds(one) for one in possible}
        low = math.fsum(b[0] for one, b in bounds.items() if b and one in certain)
        high = math.fsum(b[1] for b in bounds.values() if b)
        if all(bounds.values()):
            return low, high, _range((low, high))
        return low, math.inf, f"{_range((low, high))} with some of which no figure is known"


def _nothing() -> _Held:
    return "", "nothing in the records counts this"


def _rank(word: str) -> int:
    word = word.casefold()
    return _ORDINALS.index(word) + 2 if word in _ORDINALS else int(re.sub(r"\D", "", word))


def _range(bounds: tuple[float, float]) -> str:
    low = math.floor(bounds[0])
    if math.isinf(bounds[1]):
        return f"at least {low:,}"
    high = math.ceil(bounds[1])
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"

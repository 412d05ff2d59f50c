"""Holds what somebody wrote against the records: every number, date and comparison in words.

Nothing is guessed: what is named beside a figure says whose figure it must be, and what is found
nowhere in the records is told, with what they give instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import chain

from geodata.records import FIGURES, ClaimAbout
from geodata.wording.amounts import matching, why_not
from geodata.wording.comparing import compare
from geodata.wording.counts import readings
from geodata.wording.days import Written
from geodata.wording.figures import Figure, figures
from geodata.wording.given import Given
from geodata.wording.ledger import Ledger
from geodata.wording.sentences import Sentence, sentences
from geodata.wording.spans import Span, SpanKind
from geodata.wording.spoken import all_of_a_people, joined, peoples, phrases
from geodata.wording.timing import date_of, why_no_date

__all__ = ["hold", "unmatched"]

_SUM = re.compile(
    r"\badd(?:ed|s|ing)? up\b|\bin all\b|\baltogether\b|\bin total\b|\bcombined\b|\bsum\b",
    re.IGNORECASE,
)
_MOST_QUOTED = 2_000
_QUOTED = "a text of the records"
_STEM = 5
_LONGEST = 60
# "94 (Wikipedia)", "94 killed, according to Wikipedia".
_TOLD_BY = re.compile(
    r"(?:\s+[^\W\d_]+){0,3}\s*(?:\((?:[^()]|\([^()]*\))*\)|,? according to [^,.;]*)"
)
_WORD = re.compile(r"[^\W\d_]+")


def hold(texts: Sequence[str], ledger: Ledger) -> tuple[tuple[Span, ...], ...]:
    """Return for each text its numbers, dates and comparisons, matched or not, in order.

    Args:
        texts: What stands together, such as a headline and its sentences; what one names is what
            the next speaks of where it names nothing itself.
        ledger: The records.
    """
    carried = ledger.subject
    found = []
    for text in texts:
        spans: list[Span] = []
        for sentence in sentences(text, ledger.names, ledger.taken):
            held = _Holding(sentence, ledger, carried)
            spans += [sentence.as_written(one).moved(sentence.at) for one in held.spans()]
            carried = held.scope or carried
        found.append(tuple(sorted(spans, key=lambda one: (one.start, one.end))))
    return tuple(found)


def unmatched(texts: Sequence[str], ledger: Ledger) -> tuple[Span, ...]:
    """Return what matches nothing of the records, over all texts in order."""
    return tuple(one for one in chain.from_iterable(hold(texts, ledger)) if not one.is_held)


@dataclass
class _Holding:
    """One sentence while it is held against the records; `scope` is what it spoke of at last."""

    sentence: Sentence
    ledger: Ledger
    carried: frozenset[str]
    scope: frozenset[str] = frozenset()
    _dated: dict[int, frozenset[str]] = field(default_factory=dict)
    _before: Given | None = None
    _words_beside: dict[int, tuple[str, _Said, _Said, _Said]] = field(default_factory=dict)

    @cached_property
    def _is_sum(self) -> bool:
        return bool(_SUM.search(self.sentence.text))

    @cached_property
    def _figures(self) -> tuple[Figure, ...]:
        return figures(self.sentence.blanked)

    def spans(self) -> Iterator[Span]:
        """Yield what the sentence says in figures, dates and comparisons."""
        for written in self.sentence.dates:
            yield self._date(written)
        for figure in self._figures:
            yield self._figure(figure)
        for one in compare(self.sentence, self._ids_at, self.ledger, self.carried):
            is_quoted = not one.is_held and self._repeats(one)
            yield replace(one, matches=_QUOTED, why="") if is_quoted else one
        if self.sentence.has_names:
            self.scope = self._ids_at(len(self.sentence.text))

    def _span(self, kind: SpanKind, start: int, end: int, *said: str) -> Span:
        matches, why = said if len(said) == 2 else (said[0], "")  # noqa: PLR2004
        return Span(kind, start, end, self.sentence.text[start:end], matches, why)

    def _date(self, written: Written) -> Span:
        sentence, ledger = self.sentence, self.ledger
        near = sentence.places_near(written.start)
        tried = [place.ids for place in near] or [self.carried, ledger.all_ids]
        for ids in tried:
            if ids and (found := date_of(written, ids, ledger, sentence)):
                self._dated[written.start] = found[1]
                span = self._span(SpanKind.DATE, written.start, written.end, found[0])
                return replace(span, claims=found[2])
        if self._is_quoted(written.start, written.end, both=True):
            return self._span(SpanKind.DATE, written.start, written.end, _QUOTED)
        why = why_no_date(next((ids for ids in tried if ids), ledger.all_ids), ledger)
        return self._span(SpanKind.DATE, written.start, written.end, "", why)

    def _ids_at(self, at: int) -> frozenset[str]:
        """Return the incidents that the sentence speaks of at some place; none if it names none."""
        place = self.sentence.place_at(at)
        ids = place.ids if place else frozenset()
        # A date narrows what stands after it, up to where another place is named.
        begin = place.end if place and place.end <= at else 0
        for start, dated in self._dated.items():
            if begin <= start < at or (place and place.start >= at):
                ids = (ids & dated or ids) if ids else dated
        return ids

    def _figure(self, figure: Figure) -> Span:
        at = (figure.start, figure.end)
        kind = SpanKind.NUMBER
        labelled = bool(figure.abouts or figure.noun)
        given: list[Given] = []
        found = None
        if figure.is_share:
            labelled = True
        elif figure.noun:
            given = list(readings(figure, self.sentence, self.ledger, self._before))
            found = matching(figure, given)
        else:
            found, given = self._toll(figure)
        self._before = found
        if not found and self._is_quoted(*at, both=labelled):
            return self._span(kind, *at, _QUOTED)
        if found:
            return replace(self._span(kind, *at, found.words), claims=found.claims)
        return self._span(kind, *at, "", why_not(figure, given))

    def _toll(self, figure: Figure) -> tuple[Given | None, list[Given]]:
        abouts = figure.abouts or frozenset(FIGURES)
        ids = self._ids_at(figure.start)
        is_sum = self._is_sum
        everything = self.ledger.all_ids
        if ids:
            tried = [(ids, not is_sum)]
        elif is_sum:
            tried = [(everything, False)]
        else:
            tried = [(self.carried, True), (everything, True)]
            if self.ledger.subject:
                tried = [(self.ledger.subject, True), (everything, False)]
        seen: list[Given] = []
        for some, singly in tried:
            for given in self._kinds(figure, some, abouts, singly=singly):
                if found := matching(figure, given):
                    return found, seen
                seen += given
        if not figure.abouts and (found := matching(figure, self.ledger.other_figures)):
            return found, seen
        return None, seen

    def _kinds(
        self, figure: Figure, ids: frozenset[str], abouts: Iterable[ClaimAbout], *, singly: bool
    ) -> Iterator[list[Given]]:
        """Yield the figures of each incident, and what they add up to, of the people counted."""
        for about in sorted(abouts):
            for one_id in sorted(ids) if singly or len(ids) == 1 else ():
                yield self._of_people(figure, self.ledger.given((one_id,), about))
            if len(ids) > 1:
                yield self._of_people(figure, self.ledger.summed(ids, about))

    def _of_people(self, figure: Figure, given: Iterable[Given]) -> list[Given]:
        """Leave out figures of people whom the sentence does not name, and of other speakers."""
        given = list(given)
        if not given:
            return given
        told, own, behind, before = self._beside(figure)
        if told:
            given = [one for one in given if one.who and one.who in told] or given
        if said := own.peoples or all_of_a_people(before.text):
            # "Four Americans" are not the four who were killed in all.
            theirs = [one for one in given if said & _part(one.people).peoples]
            return [*theirs, *_of_several(figure, said, theirs, given)]
        # Who stands behind a number is counted, and who stands before it only if nobody does.
        for words in (own, behind, before):
            if named := [one for one in given if _counts(one, words)]:
                break
        return [*named, *(one for one in given if not one.people)]

    def _beside(self, figure: Figure) -> tuple[str, _Said, _Said, _Said]:
        """Return who is said to tell a figure, its phrase, and the words behind it and before."""
        if figure.start not in self._words_beside:
            text = self.sentence.text
            told = _TOLD_BY.match(text, figure.end)
            start, end = self._around(figure)
            own = [
                (figure.end + first, figure.end + last)
                for first, last in phrases(text[figure.end : end])
            ]
            first, last = joined(text[figure.end : end], own[0][1] - figure.end)
            more = (figure.end + first, figure.end + last)
            # A people may have the name of its country, and so be known by the number before it.
            own[0] = (figure.start, own[0][1])
            if self._said(own[0]).peoples and self._said(more).peoples:
                own.append(more)
            found = (
                told.group() if told else "",
                self._said(*own),
                self._said((figure.end, end)),
                self._said((start, figure.start)),
            )
            self._words_beside[figure.start] = found
        return self._words_beside[figure.start]

    def _said(self, *parts: tuple[int, int]) -> _Said:
        """Return parts of the sentence as they are read, and as they are written."""
        sentence = self.sentence
        read = " ¤ ".join(sentence.text[slice(*part)] for part in parts)
        written = " ¤ ".join(sentence.written[slice(*sentence.back(*part))] for part in parts)
        return _Said(read, written)

    def _repeats(self, span: Span) -> bool:
        """Whether a comparison stands with the next two words in a text of the records."""
        after = re.match(r"(?:\W{1,2}[\w’'-]+){2}", self.sentence.text[span.end :])
        words = f"{span.text}{after.group() if after else ''}".casefold()
        ids = self._ids_at(span.start) or self.carried or self.ledger.all_ids
        some = sorted(ids)[:_MOST_QUOTED]
        return bool(after) and any(_stands_in(words, self.ledger.words_of(one)) for one in some)

    def _around(self, figure: Figure) -> tuple[int, int]:
        """Return where the words of a figure begin and end: between the figures beside it."""
        start = max((one.end for one in self._figures if one.end <= figure.start), default=0)
        following = (one.start for one in self._figures if one.start >= figure.end)
        return start, min(following, default=len(self.sentence.text))

    def _is_quoted(self, start: int, end: int, *, both: bool) -> bool:
        """Whether a figure stands among the same words in a text of the records."""
        sentence = self.sentence
        asked = _beside(sentence.text, start, end, both=both)
        if sentence.text != sentence.written:
            asked += _beside(sentence.written, *sentence.back(start, end), both=both)
        ids = self._ids_at(start) or self.carried or self.ledger.all_ids
        words = [" ".join(one.casefold().split()) for one in asked]
        return any(
            _stands_in(one, self.ledger.words_of(one_id))
            for one_id in sorted(ids)[:_MOST_QUOTED]
            for one in words
        )


def _beside(text: str, start: int, end: int, *, both: bool) -> list[str]:
    """Return a figure with the words beside it: with both, or with each."""
    before = re.search(r"[^\W_][\w’'-]*\W{0,3}$", text[max(0, start - _LONGEST) : start])
    after = re.match(r"\W{0,3}[\w’'-]*[^\W_]", text[end:])
    left = f"{before.group() if before else ''}{text[start:end]}"
    right = f"{text[start:end]}{after.group() if after else ''}"
    if both:
        return [f"{left}{after.group()}"] if before and after else []
    return [one for one, there in ((left, before), (right, after)) if there]


def _of_several(
    figure: Figure, said: frozenset[str], theirs: Iterable[Given], given: Iterable[Given]
) -> list[Given]:
    """Return figures of everybody if several peoples are said who may be as many together."""
    most = dict.fromkeys(said, 0.0)
    for one in theirs:
        for code in _part(one.people).peoples & said:
            most[code] = max(most[code], one.high)
    is_enough = len(said) > 1 and all(most.values()) and sum(most.values()) >= figure.low
    return [one for one in given if not one.people] if is_enough else []


def _counts(given: Given, words: _Said) -> bool:
    """Whether words speak of the people whom a figure of the records counts."""
    if not given.people:
        return False
    part = _part(given.people)
    # "Dutch citizens" are no citizens of another country.
    return bool(
        part.peoples & words.peoples if part.peoples and words.peoples else part.stems & words.stems
    )


@dataclass(frozen=True)
class _Said:
    """Some words, as they are read and as they are written, and whom they name."""

    text: str
    written: str = ""

    @cached_property
    def peoples(self) -> frozenset[str]:
        return peoples(f"{self.text} ¤ {self.written}")

    @cached_property
    def stems(self) -> frozenset[str]:
        words = _WORD.findall(f"{self.text} {self.written}".casefold())
        return frozenset(word[:_STEM] for word in words)


@lru_cache(maxsize=1_000)
def _part(people: str) -> _Said:
    """Return the words of the records on whom a figure counts, which many figures ask for."""
    return _Said(people)


def _stands_in(words: str, text: str) -> bool:
    at = text.find(words)
    return at >= 0 and bool(re.match(rf"(?<!\w){re.escape(words)}(?!\w)", text[at:]))

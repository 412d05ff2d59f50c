"""What a briefing says in its author's and the program's words, held against its records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geodata.tongue import ENGLISH, speaking
from geodata.wording import Ledger, Span, SpanKind, hold
from mapview.briefing.content import Briefing, Lead, Leads, ToldClaim

__all__ = [
    "Checked", "check_texts", "check_words", "find_leads", "ledger_of", "no_leads", "say_unmatched",
]  # fmt: skip

# What one of these names the next speaks of; a title or note stands for itself.
_TOGETHER = ("headline", "message")


@dataclass(frozen=True)
class Checked:
    """A text of a briefing with its numbers, dates and comparisons.

    Attributes:
        name: Which text: title, headline, message or note.
        text: The text.
        spans: What it says in figures, matched or not, in order.
    """

    name: str
    text: str
    spans: tuple[Span, ...]

    @property
    def unmatched(self) -> tuple[Span, ...]:
        """What the records do not say."""
        return tuple(one for one in self.spans if not one.is_held)

    @property
    def parts(self) -> Iterator[tuple[str, Span | None]]:
        """The text in pieces, each with what in it the records do not say."""
        at = 0
        for span in self.unmatched:
            if span.start < at:
                continue
            yield self.text[at : span.start], None
            yield self.text[span.start : span.end], span
            at = span.end
        yield self.text[at:], None


def ledger_of(briefing: Briefing) -> Ledger:
    """Return what the texts of a briefing are held against."""
    counts = briefing.counts
    totals = {
        "event": counts.all_events,
        "aggregate": counts.all_aggregates,
        "incident": counts.in_all,
    }
    taken = (briefing.words, briefing.period)
    period = (briefing.chosen.start, briefing.chosen.end)
    return Ledger(briefing.records, briefing.certain, taken, totals, period)


def check_texts(texts: Sequence[tuple[str, str]], ledger: Ledger) -> tuple[Checked, ...]:
    """Return texts, each with its name before it, as they are held against the records."""
    together = [text for name, text in texts if name in _TOGETHER]
    first = iter(hold(together, ledger))
    return tuple(
        Checked(name, text, next(first) if name in _TOGETHER else hold([text], ledger)[0])
        for name, text in texts
    )


def check_words(briefing: Briefing) -> tuple[Checked, ...]:
    """Return the texts of a briefing as they are held against its records."""
    return briefing.leads.checked


def find_leads(briefing: Briefing) -> Leads:
    """Return which claims the figures and dates in the words of a briefing stand for."""
    texts = [("headline", briefing.headline), *(("message", one) for one in briefing.messages)]
    if briefing.title not in (briefing.headline, briefing.words):
        texts.append(("title", briefing.title))
    texts.append(("note", briefing.note))
    ledger = ledger_of(briefing)
    checked = check_texts([one for one in texts if one[1]], ledger)
    # What the program makes of the headline for where there is less room is no text of its own.
    short = [one for one in (briefing.short_title, briefing.who) if one]
    also = check_texts([("headline", one) for one in short], ledger)
    told: dict[tuple[str, int], ToldClaim] = {}
    leads = {
        one.text: tuple(_leads_in(one, briefing, told))
        for one in (*checked, *also)
        if one.text != briefing.words
    }
    return Leads(tuple(told.values()), leads, checked)


def no_leads(own: Sequence[tuple[str, str]], briefing: Briefing) -> Leads:
    """Return that words lead nowhere, and hold only those of the author against the records.

    What the program says in other languages is made of the records themselves, and what an author
    writes in any of them is held against these as it is in English.

    Args:
        own: Texts of the author, each with its name before it.
        briefing: What they are of.
    """
    with speaking(ENGLISH):
        return Leads(checked=check_texts([one for one in own if one[1]], ledger_of(briefing)))


def _leads_in(
    one: Checked, briefing: Briefing, told: dict[tuple[str, int], ToldClaim]
) -> Iterator[Lead]:
    """Yield where a text leads to; claims that are new are added to those told of."""
    for span in one.spans:
        if not span.is_held or span.kind is SpanKind.COMPARISON:
            continue
        for claim in span.claims:
            if claim not in told:
                told[claim] = _told(briefing, *claim)
        number = list(told).index(span.claims[0]) + 1 if span.claims else 0
        yield Lead(span.start, span.end, number)


def _told(briefing: Briefing, incident: str, at: int) -> ToldClaim:
    detail = briefing.detail(incident)
    heading, line = next(
        (group.heading, line)
        for group in detail.claim_groups
        for line in group.claims
        if line.at == at
    )
    of = next(one for one in briefing.incidents if one.id == incident)
    return ToldClaim(incident, f"{of.locality or of.title}, {of.when}", heading, line)


def say_unmatched(checked: Sequence[Checked]) -> tuple[str, ...]:
    """Return a sentence for each figure that the records do not say, with where it stands."""
    return tuple(f"{one.name}: {span.sentence}" for one in checked for span in one.unmatched)

"""What a briefing says in its author's and the program's words, held against its records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geodata.wording import Ledger, Span, hold
from mapview.briefing.content import Briefing

__all__ = ["Checked", "check_texts", "check_words", "ledger_of", "say_unmatched"]

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
    texts = [("headline", briefing.headline), *(("message", one) for one in briefing.messages)]
    if briefing.title not in (briefing.headline, briefing.words):
        texts.append(("title", briefing.title))
    texts.append(("note", briefing.note))
    return check_texts([one for one in texts if one[1]], ledger_of(briefing))


def say_unmatched(checked: Sequence[Checked]) -> tuple[str, ...]:
    """Return a sentence for each figure that the records do not say, with where it stands."""
    return tuple(f"{one.name}: {span.sentence}" for one in checked for span in one.unmatched)

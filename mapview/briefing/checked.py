"""What a briefing says in its author's and the program's words, held against its records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geodata.importing.values import edtf_of
from geodata.tongue import (
    ENGLISH,
    describe_date,
    is_english,
    labelled,
    number,
    parted,
    quoted,
    say,
    speaking,
)
from geodata.wording import Ledger, Span, SpanKind, hold
from mapview.briefing.content import Briefing, Lead, Leads, ToldClaim
from mapview.faults import told_as

__all__ = [
    "NAMES", "WHY", "Checked", "check_texts", "check_words", "find_leads", "ledger_of", "no_leads",
    "say_unmatched", "say_why",
]  # fmt: skip

NAMES: Final = {
    "headline": "Headline", "message": "Sentence", "title": "Title", "note": "Note",
}  # fmt: skip
"""What the texts are called where they are checked."""
WHY: Final = (
    "the records give no such figure",
    "the records give no such date",
    "the records give {words}",
    "the hedge is not that of the records: {words}",
    "it does not say of which one incident",
    "it does not say of which incidents",
    "it does not say of which type",
    "it does not name two times or places of the records",
    "there is nothing else in the records to compare it with",
    "nothing in the records counts this",
    "no source gives a figure of it",
    "other incidents without a figure: {n}",
    "{own} is not apart from {words}",
    "another incident has a figure of {n}",
    "another type is recorded {n} times",
    "its date is not apart from those of others",
    "others are earlier: {n}",
    "others are later",
)
"""Why something that is written is not what the records say."""
# What English says of one and of several in two sentences, and what stands for both elsewhere.
_COUNTED = (
    (
        re.compile(r"([\d,]+) other incidents? ha(?:s|ve) no figure"),
        "other incidents without a figure: {n}",
    ),
    (re.compile(r"([\d,]+) others are earlier"), "others are earlier: {n}"),
)
_GIVING = {
    "the records give {words}": re.compile(r"the records give (?!no such)(?P<words>.*)"),
    "the hedge is not that of the records: {words}": re.compile(
        r"the hedge is not that of the records: (?P<words>.*)"
    ),
    "{own} is not apart from {words}": re.compile(r"(?P<own>.*) is not apart from (?P<words>.*)"),
}
_MORE = re.compile(r" and ([\d,]+) more$")
_FIGURE = re.compile(
    r"(?:(at least|over|at most|nearly|about) )?([\d,]+)(?:(?:–| to )(?:(nearly|about) )?([\d,]+))?"
)

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
    # The words of the records are English while they are compared.
    with speaking(ENGLISH):
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
    return tuple(
        f"{one.name}: {span.sentence}"
        if is_english()
        else labelled(say(NAMES[one.name]), say_why(span))
        for one in checked
        for span in one.unmatched
    )


def say_why(span: Span) -> str:
    """Return why a figure is not held, in the language that is spoken; names stay as they are."""
    if is_english():
        return span.sentence
    return say("“{text}” is not in these records: {why}.", text=span.text, why=_why(span.why))


def _why(why: str) -> str:
    for pattern, message in _COUNTED:
        if found := pattern.fullmatch(why):
            return say(message, n=_number(found[1]))
    for message, pattern in _GIVING.items():
        if found := pattern.fullmatch(why):
            said = {
                name: parted(map(_given, part.split("; ")))
                for name, part in found.groupdict().items()
            }
            return say(message, **said)
    return told_as(why, WHY) or why


def _given(text: str) -> str:
    """Return a figure or a date with who gives it, as the language has them."""
    if more := _MORE.search(text):
        return parted([_given(text[: more.start()]), say("and {n} more", n=_number(more[1]))])
    head, bracket, who = text.partition(" (")
    if found := _FIGURE.fullmatch(head):
        ends = [
            say(f"{hedge} {{n}}", n=_number(n)) if hedge else number(_number(n))
            for hedge, n in (found.group(1, 2), found.group(3, 4))
            if n
        ]
        head = say("{low} to {high}", low=ends[0], high=ends[1]) if len(ends) > 1 else ends[0]
    elif edtf := edtf_of(head.removeprefix("as of ")):
        day = describe_date(edtf)
        head = say("as of {date}", date=day) if head.startswith("as of ") else day
    return f"{head}{bracket}{quoted(who.removesuffix(')'))}{')' if bracket else ''}"


def _number(text: str) -> int:
    return int(text.replace(",", ""))

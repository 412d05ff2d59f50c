"""Who says what of the one incident that a briefing is about: a claim a row, and where it stands.

First what readers come for, tolls and responsibility; all the rest is in the annex.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mapview.briefing.content import Briefing, ClaimLine
from mapview.briefing.office import digits, labelled, numbers_of, references, say, say_many
from mapview.briefing.slides.boxes import Para
from mapview.briefing.slides.deck import Deck, part_of
from mapview.briefing.slides.tables import (
    Column,
    Row,
    add_note,
    draw_table,
    header_height,
    letters,
    row_of,
)

__all__ = ["add_claims", "add_other_claims", "add_told_claims"]

_MOST_SLIDES: Final = 6
_NOTE: Final = 30.0


def _columns() -> tuple[Column, ...]:
    return (
        Column(say("On"), 0.13, 0.14),
        Column(say("What is said"), 0.3, 0.28),
        Column(say("By whom"), 0.2, 0.2),
        Column(say("Source", "column"), 0.07, 0.09),
        Column(say("Where in it"), 0.3, 0.29),
    )


@dataclass(frozen=True)
class _Told:
    """A claim as a slide lists it: of which incident, and under which heading."""

    incident: str
    heading: str
    line: ClaimLine


def add_claims(deck: Deck, briefing: Briefing, identifier: str) -> None:
    """Add the claims on tolls and responsibility of an incident, as far as one slide goes."""
    told = [one for one in _all(briefing, identifier) if one[0]]
    if told:
        _add(deck, briefing, say("Who says what"), _pages(deck, briefing, [o for _, o in told])[:1])


def add_other_claims(deck: Deck, briefing: Briefing, identifier: str) -> None:
    """Add all that had no room there, over so many slides at most."""
    told = _all(briefing, identifier)
    leading = [one for leads, one in told if leads]
    others = [one for leads, one in told if not leads]
    said = len(next(iter(_pages(deck, briefing, leading)), []))
    pages = _pages(deck, briefing, [*leading, *others], skipped=said)
    left_out = sum(map(len, pages[_MOST_SLIDES:]))
    _add(deck, briefing, say("Further claims"), pages[:_MOST_SLIDES], left_out=left_out)


def add_told_claims(deck: Deck, briefing: Briefing) -> None:
    """Add the claims that words of the briefing lead to, if no slide has them yet."""
    told = [
        _Told(one.incident, labelled(one.title, one.heading), one.line)
        for number, one in enumerate(briefing.leads.claims, 1)
        if number not in deck.claims
    ]
    if told:
        heading = say("Claims that these words lead to")
        _add(deck, briefing, heading, _pages(deck, briefing, told))


def _all(briefing: Briefing, identifier: str) -> list[tuple[bool, _Told]]:
    """Return the claims of an incident, and whether each is what readers come for."""
    groups = briefing.detail(identifier).claim_groups
    return [
        (one.leads, _Told(identifier, one.heading, line)) for one in groups for line in one.claims
    ]


def _add(
    deck: Deck,
    briefing: Briefing,
    heading: str,
    pages: Sequence[Sequence[tuple[Row, _Told]]],
    *,
    left_out: int = 0,
) -> None:
    numbers = {
        (one.incident, one.line.at): number for number, one in enumerate(briefing.leads.claims, 1)
    }
    for index, rows in enumerate(pages, 1):
        part = part_of(index, len(pages))
        slide = deck.add(f"{heading}{part}")
        alt = f"{labelled(say('Table of claims') + part, digits(str(len(rows))))}."
        draw_table(deck, slide, _columns(), [row for row, _ in rows], name="Claims", alt=alt)
        for _, one in rows:
            if number := numbers.get((one.incident, one.line.at)):
                deck.claims.setdefault(number, slide)
        if left_out and index == len(pages):
            said = say_many(
                "{n} further claim is in the data of the same filter.",
                "{n} further claims are in the data of the same filter.",
                left_out,
            )
            add_note(deck, slide, said, _NOTE)


def _pages(
    deck: Deck, briefing: Briefing, told: Sequence[_Told], *, skipped: int = 0
) -> list[list[tuple[Row, _Told]]]:
    """Return the rows of each slide, without the first ones; a slide begins with what it is on."""
    room = deck.content.height - header_height(deck) - _NOTE
    numbers = numbers_of(briefing)
    pages: list[list[tuple[Row, _Told]]] = []
    used, named = room, ""
    for one in told[skipped:]:
        row = _row(deck, "" if one.heading == named else one.heading, one.line, numbers, room)
        if used + row.height > room:
            row = _row(deck, one.heading, one.line, numbers, room)
            pages.append([])
            used = 0.0
        pages[-1].append((row, one))
        used, named = used + row.height, one.heading
    return pages


def _row(
    deck: Deck, heading: str, claim: ClaimLine, numbers: Mapping[str, int], room: float
) -> Row:
    size = letters(deck)
    stance = [Para(claim.stance, size - 1, is_muted=True)] if claim.stance else []
    note = [Para(claim.note, size - 1, is_muted=True, is_of_records=True)] if claim.note else []
    by = claim.by or say("the document", "alone")
    cells = (
        [Para(heading, size, is_bold=True)],
        [*stance, Para(claim.value, size, is_of_records=True), *note],
        [Para(by, size, is_muted=not claim.by, is_of_records=bool(claim.by))],
        [Para(references([claim.source.id], numbers), size)],
        [Para(claim.locator, size, is_of_records=True)],
    )
    return row_of(deck, _columns(), cells, room)

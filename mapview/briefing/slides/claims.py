"""Who says what of the one incident that a briefing is about: a claim a row, and where it stands.

First what readers come for, tolls and responsibility; all the rest is in the annex.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from mapview.briefing.content import Briefing, ClaimGroup, ClaimLine
from mapview.briefing.office import numbers_of, references
from mapview.briefing.slides.boxes import Para
from mapview.briefing.slides.deck import Deck
from mapview.briefing.slides.tables import (
    Column,
    Row,
    add_note,
    draw_table,
    header_height,
    letters,
    row_of,
)

__all__ = ["add_claims", "add_other_claims"]

_MOST_SLIDES: Final = 6
_NOTE: Final = 30.0
_COLUMNS: Final = (
    Column("On", 0.13, 0.14),
    Column("What is said", 0.3, 0.28),
    Column("By whom", 0.2, 0.2),
    Column("Source", 0.07, 0.09),
    Column("Where in it", 0.3, 0.29),
)


def add_claims(deck: Deck, briefing: Briefing, identifier: str) -> None:
    """Add the claims on tolls and responsibility of an incident, as far as one slide goes."""
    groups = [one for one in briefing.detail(identifier).claim_groups if one.leads]
    if groups:
        _add(deck, "Who says what", _pages(deck, briefing, groups)[:1])


def add_other_claims(deck: Deck, briefing: Briefing, identifier: str) -> None:
    """Add all that had no room there, over so many slides at most."""
    groups = briefing.detail(identifier).claim_groups
    leading = [one for one in groups if one.leads]
    others = [one for one in groups if not one.leads]
    said = len(next(iter(_pages(deck, briefing, leading)), []))
    pages = _pages(deck, briefing, [*leading, *others], skipped=said)
    _add(deck, "Further claims", pages[:_MOST_SLIDES], left_out=sum(map(len, pages[_MOST_SLIDES:])))


def _add(deck: Deck, heading: str, pages: Sequence[Sequence[Row]], *, left_out: int = 0) -> None:
    for index, rows in enumerate(pages, 1):
        part = f" ({index} of {len(pages)})" if len(pages) > 1 else ""
        slide = deck.add(f"{heading}{part}")
        alt = f"Table of claims{part}: {len(rows)}."
        draw_table(deck, slide, _COLUMNS, rows, name="Claims", alt=alt)
        if left_out and index == len(pages):
            some = "1 further claim is" if left_out == 1 else f"{left_out:,} further claims are"
            add_note(deck, slide, f"{some} in the data of the same filter.", _NOTE)


def _pages(
    deck: Deck, briefing: Briefing, groups: Sequence[ClaimGroup], *, skipped: int = 0
) -> list[list[Row]]:
    """Return the rows of each slide, without the first ones; a slide begins with what it is on."""
    room = deck.content.height - header_height(deck) - _NOTE
    numbers = numbers_of(briefing)
    pages: list[list[Row]] = []
    used, named = room, ""
    claims = [(group.heading, claim) for group in groups for claim in group.claims]
    for heading, claim in claims[skipped:]:
        row = _row(deck, "" if heading == named else heading, claim, numbers, room)
        if used + row.height > room:
            row = _row(deck, heading, claim, numbers, room)
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used, named = used + row.height, heading
    return pages


def _row(
    deck: Deck, heading: str, claim: ClaimLine, numbers: Mapping[str, int], room: float
) -> Row:
    size = letters(deck)
    stance = [Para(claim.stance, size - 1, is_muted=True)] if claim.stance else []
    note = [Para(claim.note, size - 1, is_muted=True)] if claim.note else []
    cells = (
        [Para(heading, size, is_bold=True)],
        [*stance, Para(claim.value, size), *note],
        [Para(claim.by or "the document", size, is_muted=not claim.by)],
        [Para(references([claim.source.id], numbers), size)],
        [Para(claim.locator, size)],
    )
    return row_of(deck, _COLUMNS, cells, room)

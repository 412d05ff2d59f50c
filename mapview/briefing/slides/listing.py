"""The slides with the table of incidents: native tables, filled as far as the room goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from geodata.records import NO_RESPONSIBILITY, labelled, say
from mapview.briefing.content import Briefing, IncidentLine
from mapview.briefing.office import not_listed, numbers_of, place_remark, references
from mapview.briefing.slides.boxes import Para, add_text, fitted
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

__all__ = ["MOST_SLIDES", "add_listing"]

MOST_SLIDES: Final = 15
_NOTE: Final = 40.0

_Step = Callable[[float, str], None]


def _columns() -> tuple[Column, ...]:
    return (
        Column(say("Date"), 0.125, 0.11),
        Column(say("Place"), 0.195, 0.165),
        Column(say("What"), 0.26, 0.22),
        Column(say("Killed", "column"), 0.072, 0.088),
        Column(say("Injured", "column"), 0.075, 0.088),
        Column(say("Responsibility"), 0.208, 0.239),
        Column(say("Sources", "column"), 0.065, 0.09),
    )


def add_listing(deck: Deck, briefing: Briefing, step: _Step) -> None:
    """Add the table, oldest incident first, over fifteen slides at most.

    Args:
        deck: The slides.
        briefing: What they say.
        step: Told the share of it that is done, and in words what is being done.
    """
    if not briefing.incidents:
        slide = deck.add(say("Incidents"))
        said = [Para(say("No incident was found."), 18), Para(briefing.words, 14, before=6)]
        add_text(slide.shapes, deck.content, fitted(said, deck.content, deck.face), "No incident")
        return
    pages, listed = _pages(deck, briefing, step)
    for index, page in enumerate(pages, 1):
        step(0.5 + 0.5 * index / len(pages), "Writing the table of incidents")
        part = part_of(index, len(pages))
        slide = deck.add(f"{say('Incidents, oldest first')}{part}")
        deck.claims.setdefault(0, slide)
        shown = say("{n} of {all}", n=len(page), all=briefing.counts.words)
        alt = f"{labelled(say('Table of incidents') + part, shown)}."
        draw_table(deck, slide, _columns(), page, name="Incidents", alt=alt)
        if index == len(pages) and listed < len(briefing.incidents):
            more = not_listed(len(briefing.incidents) - listed, say("on slides"))
            add_note(deck, slide, more, _NOTE)


def _pages(deck: Deck, briefing: Briefing, step: _Step) -> tuple[list[list[Row]], int]:
    """Return the rows of each slide, and how many incidents they list."""
    numbers = numbers_of(briefing)
    header = header_height(deck)
    room = deck.content.height - header
    pages: list[list[Row]] = [[]]
    used = 0.0
    for listed, line in enumerate(briefing.incidents):
        row = _row(deck, line, references(line.sources, numbers), room - _NOTE)
        # The last slide keeps room for what is said of the rest.
        most = room - (_NOTE if len(pages) == MOST_SLIDES else 0)
        if pages[-1] and used + row.height > most:
            if len(pages) == MOST_SLIDES:
                return pages, listed
            step(0.5 * len(pages) / MOST_SLIDES, "Measuring the table of incidents")
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += row.height
    return pages, len(briefing.incidents)


def _row(deck: Deck, line: IncidentLine, refs: str, room: float) -> Row:
    """Return a row and its height; what is longer than a slide is cut."""
    size = letters(deck)
    what = [Para(line.title, size, is_bold=True, is_of_records=True)]
    what.append(Para(line.what, size - 1, is_muted=True))
    killed = [_toll(line.killed, size)]
    if line.beside:
        killed.append(Para(line.beside, size - 1, is_muted=True))
    place = [Para(line.place, size)]
    remark = place_remark(line)
    if remark:
        place.append(Para(remark[0].upper() + remark[1:], size - 1, is_muted=True))
    cells = (
        [Para(line.when, size)],
        place,
        what,
        killed,
        [_toll(line.injured, size)],
        [_toll(line.responsibility, size)],
        [Para(refs, size)],
    )
    return row_of(deck, _columns(), cells, room)


def _toll(text: str, size: float) -> Para:
    """Return a cell, pale where nothing is known."""
    is_known = text not in (say("not stated"), say(NO_RESPONSIBILITY))
    return Para(text, size, is_muted=not is_known)

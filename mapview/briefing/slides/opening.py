"""The first slides: title, message, and the author's note when it needs slides of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mapview.briefing.content import Briefing
from mapview.briefing.office import clean, clean_lines, labelled, say
from mapview.briefing.slides.boxes import (
    Box,
    Para,
    add_text,
    box_of,
    fitted,
    flow,
    paras_height,
    write_paras,
)
from mapview.briefing.slides.deck import Deck, part_of

__all__ = ["add_opening"]

_SIZE = 14.0
_MESSAGE_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0, _SIZE)
# A placeholder that is flatter than this has no room for four lines.
_LEAST_META = 0.08
# On the first slide of a deck without a template, under what the deck says of itself.
_NOTE_PLACE = Box(64, 384, 832, 104)


def add_opening(deck: Deck, briefing: Briefing) -> None:
    """Add the title slide, the message, and the note, on the first where it is short."""
    slide = deck.open_with(briefing.opening[0])
    _write_meta(deck, slide, briefing)
    messages = [clean(one) for one in briefing.messages]
    _add_slides(deck, say("In short"), messages, _MESSAGE_SIZES)
    if briefing.since:
        changed = [clean(briefing.since.lead)]
        for title, told in briefing.since.lines:
            changed += [clean(title), *(f"– {clean(one)}" for one in told)]
        _add_slides(deck, clean(briefing.since.heading), changed, _MESSAGE_SIZES)
    lines = clean_lines(briefing.note)
    if not lines:
        return
    noted = say("Note by the author")
    note = [deck.para(line, _SIZE, before=4 if index else 0) for index, line in enumerate(lines)]
    heading = Para(noted, _SIZE - 2, is_bold=True, is_muted=True)
    is_short = paras_height([heading, *note], _NOTE_PLACE.width, deck.face) <= _NOTE_PLACE.height
    if is_short and not deck.has_template:
        add_text(slide.shapes, _NOTE_PLACE, [heading, *note], noted)
        return
    _add_slides(deck, noted, lines)


def _add_slides(
    deck: Deck, heading: str, lines: Sequence[str], sizes: Sequence[float] = (_SIZE,)
) -> None:
    """Add slides for some lines of text, as many as it takes in the least of the sizes."""
    slides: list[list[list[Para]]] = []
    for size in sizes:
        paras = [deck.para(line, size, before=size / 3 if i else 0) for i, line in enumerate(lines)]
        slides = flow(paras, [deck.content], deck.face) if paras else []
        if len(slides) <= 1:
            break
    for index, columns in enumerate(slides, 1):
        slide = deck.add(f"{heading}{part_of(index, len(slides))}")
        add_text(slide.shapes, deck.content, columns[0], heading)


def _write_meta(deck: Deck, slide: Any, briefing: Briefing) -> None:
    """Write period, scope, as-of date and version under the title."""
    version = say("Data version {version}", version=briefing.version)
    meta = [
        Para(briefing.period, 18, is_bold=True),
        Para(briefing.scope, 15, before=4),
        # The last ones are cut where there is no room, and other slides say them, too.
        Para(" · ".join(one for one in (clean(briefing.as_of), version) if one), 13, before=4),
        *(
            Para(f"{labelled(heading, numbers)}.", 12, before=4)
            for heading, numbers in briefing.unplaced
        ),
    ]
    title, under = briefing.opening
    if clean(briefing.words) != clean(title):
        meta.insert(1, Para(briefing.words, 15, before=4))
    if clean(under):
        meta.insert(0, deck.para(under, 18))
    own = slide.shapes.title.shape_id
    others = [one for one in slide.placeholders if one.shape_id != own]
    holder = next((one for one in others if one.has_text_frame and one.width), None)
    if holder is not None and holder.height < _LEAST_META * holder.width:
        holder = None
    for one in others:
        if holder is None or one.shape_id != holder.shape_id:
            one._element.getparent().remove(one._element)  # noqa: SLF001 - no public name
    if holder is None:
        box = deck.content
        add_text(slide.shapes, box, fitted(meta, box, deck.face), "About this briefing")
        return
    box = Box(0, 0, box_of(holder).width - 16, box_of(holder).height - 8)
    write_paras(holder.text_frame, fitted(meta, box, deck.face))

"""A slide for each group that was asked for: time line, names, figures, base areas, incidents."""

from __future__ import annotations

import io
from collections.abc import Iterator

from geodata.records import comma, labelled, parted, say
from mapview.briefing.content import GROUP_SCOPE, Briefing
from mapview.briefing.office import DrawGroup, numbers_of, references
from mapview.briefing.slides.boxes import Box, Para, add_text, describe, fitted
from mapview.briefing.slides.deck import Deck
from mapview.groups import GroupPage

__all__ = ["add_groups"]

_GAP = 18.0
_WORDS_SHARE = 0.36
_MOST_NAMES = 6
_MOST_FIGURES = 6


def add_groups(deck: Deck, briefing: Briefing, draw: DrawGroup | None) -> None:
    """Add the slides.

    Args:
        deck: The slides.
        briefing: What they say.
        draw: Draws time lines and maps; there are none without it.
    """
    for page in briefing.group_pages:
        slide = deck.add(page.name)
        box = deck.content
        width = box.width * _WORDS_SHARE
        left = Box(box.left, box.top, box.width - width - _GAP, box.height)
        more = _draw(slide, page, left, draw)
        right = Box(left.right + _GAP, box.top, width, box.height)
        said = list(_words(page, briefing, more))
        add_text(slide.shapes, right, fitted(said, right, deck.face), "About the group")


def _draw(slide: object, page: GroupPage, box: Box, draw: DrawGroup | None) -> int:
    """Put the time line, or else the map, and return how many relations are not drawn."""
    if draw and page.axis:
        picture, left_out = draw.time(page, box.width, box.height)
        _put(slide, picture, box, page.summary)
        return left_out
    if draw and page.has_map:
        _put(slide, draw.map(page, box.width, box.height, dpi=150), box, page.describe_map())
    return 0


def _put(slide: object, picture: bytes, box: Box, words: str) -> None:
    from pptx.util import Pt

    shapes = slide.shapes  # type: ignore[attr-defined]
    shape = shapes.add_picture(io.BytesIO(picture), Pt(box.left), Pt(box.top), Pt(box.width))
    if shape.height > Pt(box.height):
        shape.width = round(shape.width * Pt(box.height) / shape.height)
        shape.height = Pt(box.height)
    describe(shape, say("Group"), words)


def _words(page: GroupPage, briefing: Briefing, more: int) -> Iterator[Para]:
    names = [name for _, script in page.names for name in script[:_MOST_NAMES]]
    yield Para(f"{page.kind[0].upper()}{page.kind[1:]}", 12, is_bold=True)
    if names:
        yield Para(labelled(say("Also called"), " · ".join(names)), 11, before=2)
    yield from _figures(page, briefing)
    if page.roles:
        yield _heading(say("Incidents of this briefing, by role"))
        for role in page.roles:
            counted = labelled(role.heading, str(role.count))
            yield Para(f"{counted}. {role.meaning}", 11, mark="•", hang=10)
    if page.areas:
        yield _heading(say("Base areas of this briefing"))
        yield Para(page.areas_words, 11)
    undated = len(page.undated)
    rest = [say("further relations with a stated time: {n}", n=more) if more else ""]
    rest.append(say("relations without a stated time: {n}", n=undated) if undated else "")
    if told := parted(rest):
        yield Para(say("Not drawn: {what}.", what=told), 10, is_muted=True, before=6)
    refs = references(page.sources, numbers_of(briefing))
    if refs:
        words = labelled(say("Sources of names, relations and figures"), refs)
        yield Para(words, 10, is_muted=True, before=6)
    yield Para(say(GROUP_SCOPE), 9, is_muted=True, before=6)


def _figures(page: GroupPage, briefing: Briefing) -> Iterator[Para]:
    numbers = numbers_of(briefing)
    if page.numbers:
        yield _heading(say("Strength and other numbers"))
    lines = [(one.heading, line) for one in page.numbers for line in one.lines]
    for heading, line in lines[:_MOST_FIGURES]:
        refs = references((line.source.id,), numbers)
        note = f" ({line.note})" if line.note else ""
        said = f"{say('says')} {line.by}{note} {refs}"
        text = labelled(heading, parted((f"{line.value}{comma()}{line.as_of}", said)))
        yield Para(text, 11, mark="•", hang=10)
    if len(lines) > _MOST_FIGURES:
        rest = len(lines) - _MOST_FIGURES
        yield Para(say("Further figures, not shown here: {n}.", n=rest), 10)


def _heading(text: str) -> Para:
    return Para(text, 12, is_bold=True, before=8, is_heading=True)

"""Cards for links and posts: what happened in large letters, a plain map, who says it.

They are read at a third of their size, on a telephone, so letters are large and few.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from mapview.briefing.figure.map.clearing import clear_named
from mapview.briefing.figure.map.labelling import Labelling, obstacles_of
from mapview.briefing.figure.paper import (
    MM_PER_PT,
    Face,
    Rect,
    clean,
    figures_in,
    width_mm,
)
from mapview.briefing.figure.scene import SYMBOL_MM, MapData, stack_symbols
from mapview.briefing.figure.sheet.frames import Frames, without_insets
from mapview.briefing.figure.sheet.plan import Plan
from mapview.briefing.figure.sheet.told import (
    Head,
    credit_words,
    head_words,
    mark_words,
    on_map,
    sentences,
    source_words,
    unseen_words,
)
from mapview.briefing.figure.sheet.words import Words, height_of, set_words, shortened
from mapview.briefing.figure.sizes import Size

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["card_plan"]

# All lengths are in units: 6.3 pixels of a card of 1200 x 630, and of others by their area.
_UNITS = 138
_MARGIN = 5.4
# Sizes of the headline that are tried: with sentences under it, and without any.
_HEADS = (9.4, 8.6, 7.8, 7.0, 6.3, 5.7)
_SMALL_HEADS = (5.2, 4.7, 4.2, 3.8)
# Of place and date over it, as a share of it; of who says it, sentences, and sources.
_LEAD = 0.68
_UNDER, _SENTENCE = 4.6, 3.9
# Sources and credits are as large as may be within a share of the height.
_SMALLS, _SMALL_SHARE = (2.75, 2.5, 2.25), 0.18
_MOST_SENTENCES, _MOST_LINES = 3, 3
# What is to be said of the map depends on its room, and this on the words.
_ROUNDS = 2
_ABOVE_UNDER, _ABOVE_SENTENCE, _ABOVE_SMALL = 1.8, 1.6, 0.5
# Letters on the map, in points on A4, and in units as they are tried: the largest in which each
# disc has a name, and what is called out its toll.
_MAP_PT, _MAPS = 9.0, (4.0, 3.6, 3.2)
# Wider than high by this, the map stands beside the words and has this share of the width.
_WIDE = 1.2
_MAP_SHARE = 0.53
# Above one another, the words take at most this share of the height: of 0.37 the map had too little
# left for the names of its largest discs.
_WORDS_SHARE, _LEAST_MAP = 0.30, 0.42


def card_plan(briefing: Briefing, data: MapData, size: Size) -> Plan:
    """Return where everything stands on a card: words beside the map, or above it."""
    found: list[tuple[int, Plan]] = []
    for letters in _MAPS:
        plan = _Card(briefing, data, size, letters).plan()
        found.append((_unsaid(plan.frames), plan))
        if not found[-1][0]:
            break
    return min(found, key=lambda one: one[0])[1]


def _unsaid(frames: Frames) -> int:
    """Return how many discs of a map find no room for a name, and marks none for their tolls."""
    view, text = frames.views[0], frames.text
    inside = view.holding(frames.scene.data.incidents)
    stacked, _ = stack_symbols(inside, SYMBOL_MM * text * frames.marks)
    symbols = clear_named(stacked, view.frame, text)
    labelling = Labelling.of(symbols, obstacles_of(symbols, view.frame, text), text)
    named = {id(labelling.symbols[one.index]) for one in labelling.placed}
    nameless = sum(not one.is_single and id(one) not in named for one in symbols)
    told = {place.id for _, _, place in inside if place.says}
    return nameless + len(told - labelling.called)


@dataclass(frozen=True)
class _Card:
    briefing: Briefing
    data: MapData
    size: Size
    letters: float

    @cached_property
    def unit(self) -> float:
        """The unit of lengths in mm."""
        return math.sqrt(self.size.width_mm * self.size.height_mm) / _UNITS

    def face(self, size: float, *, is_bold: bool = False) -> Face:
        """Return letters of a size in units."""
        return Face(size * self.unit / MM_PER_PT, bold=is_bold)

    def plan(self) -> Plan:
        """Return where everything stands."""
        said: tuple[str, ...] = ()
        plan = self.laid(said)
        for _ in range(_ROUNDS):
            remarks = self.remarks(plan.frames)
            if remarks == said:
                return plan
            plan, said = self.laid(remarks), remarks
        # Its words have moved the map once more; what they say must be of the map that is drawn.
        *others, (name, _, at) = plan.words
        width = self.size.width_mm - 2 * at[0]
        small = self.small(width, self.remarks(plan.frames))
        return replace(plan, words=(*others, (name, small, at)))

    def remarks(self, frames: Frames) -> tuple[str, ...]:
        """Return what is to be said of a map."""
        words = (mark_words(self.briefing, frames), unseen_words(frames))
        return tuple(one for one in words if one)

    def laid(self, remarks: tuple[str, ...]) -> Plan:
        """Return where everything stands, with what is to be said of the map."""
        margin, (width, height) = _MARGIN * self.unit, (self.size.width_mm, self.size.height_mm)
        small = self.small(width - 2 * margin, remarks)
        end = height - 0.75 * margin - height_of(small)
        if width > _WIDE * height:
            frame = Rect(width * (1 - _MAP_SHARE), 0, width, end - 0.5 * margin)
            room = Rect(margin, 0.9 * margin, frame.left - 0.7 * margin, frame.bottom)
        else:
            bottom = min(_WORDS_SHARE * height, end - _LEAST_MAP * height)
            room = Rect(margin, 0.9 * margin, width - margin, bottom)
            frame = Rect(0, 0, width, end - 0.5 * margin)
        words = self.words(room)
        if not frame.left:
            frame = frame._replace(top=room.top + height_of(words) + 0.6 * margin)
        text = self.letters * self.unit / MM_PER_PT / _MAP_PT
        shown = on_map(self.briefing, self.data, has_accent=True)
        frames = replace(without_insets(shown, frame, text), is_plain=True)
        heads = words[: 2 if head_words(self.briefing).lead else 1]
        said = (
            ("Title", heads, (room.left, room.top)),
            ("In short", words[len(heads) :], (room.left, room.top + height_of(heads))),
            ("Notes", small, (margin, end)),
        )
        return Plan(frames, self.size, words=said)

    def small(self, width: float, remarks: tuple[str, ...]) -> tuple[Words, ...]:
        """Return sources and credits, as large as they may be."""
        credit = credit_words(self.briefing, has_countries=False)
        said = " ".join((*remarks, source_words(self.briefing), *credit))
        most = _SMALL_SHARE * self.size.height_mm
        for size in _SMALLS:
            found = set_words(said, self.face(size), width, color="ink_muted")
            if found.height <= most:
                break
        return (found,)

    def words(self, room: Rect) -> tuple[Words, ...]:
        """Return the headline as large as may be, and whole sentences as many as find room."""
        head = head_words(self.briefing)
        face = self.face(_SENTENCE)
        # What follows a sentence that is left out could be taken for all there is.
        short = takewhile(
            lambda one: len(set_words(one, face, room.width).lines) <= _MOST_LINES,
            sentences(self.briefing),
        )
        more = list(short)[:_MOST_SENTENCES]
        with_more = [(size, head.under, n) for size in _HEADS for n in range(len(more), 0, -1)]
        without = [(size, head.under, 0) for size in (*_HEADS, *_SMALL_HEADS)]
        # What says that no other event has a figure stands with the one that has.
        is_left = not self.briefing.first or any(figures_in(head.under))
        alone = [(size, "", 0) for size in (*_HEADS, *_SMALL_HEADS) if is_left]
        tried = (*with_more, *without, *alone)
        whole = [one for one in tried if self.is_whole(head.what, one[0], room.width)]
        for size, second, count in (*whole, *tried):
            found = self.stack(head, second, more[:count], size, room.width)
            if height_of(found) <= room.height:
                return found
        face = self.face(_SMALL_HEADS[-1], is_bold=True)
        lines = int(room.height / face.line_mm)
        said = ". ".join(
            one for one in (head.whole, "" if is_left else head.under, head.asked) if one
        )
        return (set_words(shortened(said, face, room.width, lines), face, room.width),)

    def is_whole(self, headline: str, size: float, width: float) -> bool:
        """Whether a line holds each figure of a headline in letters of a size."""
        face = self.face(size, is_bold=True)
        said = clean(headline)
        ends = ((one.start(), one.start(1) if one[1] else one.end()) for one in figures_in(said))
        return all(width_mm(said[start:end], face) <= width for start, end in ends)

    def stack(
        self, head: Head, under: str, more: Sequence[str], size: float, width: float
    ) -> tuple[Words, ...]:
        """Return texts under one another, the first in letters of a size."""
        above, between = _ABOVE_UNDER * self.unit, _ABOVE_SENTENCE * self.unit
        parts = []
        if head.lead:
            parts.append(set_words(head.lead, self.face(_LEAD * size, is_bold=True), width))
        parts.append(set_words(head.what, self.face(size, is_bold=True), width))
        if under:
            parts.append(set_words(under, self.face(_UNDER), width, gap=above))
        if head.asked:
            face = self.face(_SENTENCE)
            parts.append(set_words(head.asked, face, width, color="ink_muted", gap=between))
        for one in more:
            face = self.face(_SENTENCE)
            parts.append(set_words(one, face, width, color="ink_muted", gap=between))
        return tuple(parts)

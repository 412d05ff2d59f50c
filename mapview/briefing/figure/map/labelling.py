"""Labels of incidents: their lines, which of them find a place, and how they are drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import shapely

from mapview.briefing.figure.map.obstacles import Obstacles
from mapview.briefing.figure.map.placement import Label, PlacedLabel, Shape, place_labels
from mapview.briefing.figure.paper import (
    Align,
    Canvas,
    Face,
    Rect,
    clean,
    is_from_right,
    width_mm,
    wrap,
    wrap_whole,
)
from mapview.briefing.figure.scene import (
    LEAST_RING,
    Symbol,
    brief_words,
    label_words,
)
from mapview.cartography import STATUSES

__all__ = [
    "MOST_LABELS", "Labelling", "callout_of", "importance", "label_of", "obstacles_of",
    "whole_radius",
]  # fmt: skip

MOST_LABELS = 60
"""More labels would be a list, not a map."""
# On A4, in points and mm. A name of two lines is not made narrower; only one of more than four
# lines is cut, and so is a date.
_FACE_PT = 9.0
_WIDTH_MM = 32.0
_MOST_PLACE_LINES = 2
_MOST_LINES = 4
# Distance of lines in sizes of the face: close, so that they read as one; and the first baseline.
_LINE = 1.12
_BASELINE = 0.86
# Beyond the symbol of an area reaches its plate.
_PLATE_MM = 1.0
# A leader is a hairline on a wider one that parts it from what it crosses.
_LEADER_MM = 0.18
_LEADER_HALO_MM = 0.6
# From this cosine on a label stands to the left of its symbol and ends there.
_LEFT_COSINE = -0.5
# A call-out: wider lines in smaller letters, on a plate so far around them.
_SAYS_PT, _SAYS_WIDTH_MM, _MOST_SAYS_LINES = 8.0, 46.0, 2
_AROUND_MM = 1.0
_PLATE_ALPHA, _PLATE_LINE_MM = 0.94, 0.2
_CALLOUT_WEIGHT = 1_000
# In narrower lines, as a share of the widest, with what that costs in mm of distance; and for each
# thing that is left unsaid.
_NARROWER = ((0.0, 1.0), (1.5, 0.62))
_UNSAID_COST = 25.0

# In mm, what a symbol takes of the map: its halo, the plate of an area, and on A4 a mark beside it.
_SYMBOL_HALO_MM = 0.5
_WHOLE_PLATE_MM = 1.2
_MARK_MM = 2.3
# So far from the frame names keep away.
_INNER_MM = 0.7

_Lines = tuple[tuple[str, Face], ...]


@dataclass(frozen=True)
class Labelling:
    """Labels that found their place.

    Attributes:
        lines: Of each label, whether it found a place or not: the place in bold and the date.
        placed: Where labels stand.
        text: Factor on the size of letters.
        symbols: What each label names.
        called: Ids of the incidents whose call-out stands, with a toll at least.
        boxed: Indices of the labels that stand in a box.
    """

    lines: tuple[_Lines, ...]
    placed: tuple[PlacedLabel, ...]
    text: float
    symbols: tuple[Symbol, ...]
    called: frozenset[str] = frozenset()
    boxed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, symbols: Iterable[Symbol], obstacles: Obstacles, text: float) -> Labelling:
        """Return the labels of the most important symbols; obstacles grow by them.

        Args:
            symbols: What there is to name.
            obstacles: What labels must not touch.
            text: Factor on the size of letters.
        """
        symbols = sorted(symbols, key=importance)[:MOST_LABELS]
        found = [(one, forms) for one in symbols if (forms := _forms(one, text))]
        labels = [_label(one, forms, text) for one, forms in found]
        placed = place_labels(labels, obstacles)
        said = [forms[0] for _, forms in found]
        for one in placed:
            said[one.index] = found[one.index][1][one.shape]
        return cls(
            tuple(one.lines for one in said),
            tuple(placed),
            text,
            tuple(one for one, _ in found),
            frozenset(found[one.index][0].places[0].id for one in placed if said[one.index].says),
            frozenset(at for at, one in enumerate(said) if one.is_boxed),
        )

    @property
    def said(self) -> frozenset[str]:
        """All lines of labels that stand on the map, which the ground need not say again."""
        return frozenset(words for one in self.placed for words, _ in self.lines[one.index])

    def draw_leaders(self, canvas: Canvas) -> None:
        """Draw the lines to the symbols."""
        for label in self.placed:
            if label.leader:
                grown = max(1.0, self.text)
                color = "ink" if label.index in self.boxed else "ink_muted"
                canvas.line(label.leader, "halo", _LEADER_HALO_MM * grown)
                canvas.line(label.leader, color, _LEADER_MM * grown)

    def draw(self, canvas: Canvas) -> None:
        """Draw the words."""
        for label in self.placed:
            is_boxed, box = label.index in self.boxed, label.box
            if is_boxed:
                canvas.shape(
                    shapely.box(*box),
                    fill="paper",
                    fill_alpha=_PLATE_ALPHA,
                    line="rule",
                    width=_PLATE_LINE_MM,
                )
                box = box.grown(-_AROUND_MM * self.text / 2)
            is_left = math.cos(math.radians(label.direction)) < _LEFT_COSINE
            # Beside its symbol a line begins or ends there, on a plate where it is read from.
            is_left = is_from_right() if is_boxed else is_left
            x = box.right if is_left else box.left
            align: Align = "right" if is_left else "left"
            y = box.top + _BASELINE * Face(_FACE_PT * self.text).mm
            # On its plate a call-out needs no halo, which would part the plate's frame.
            halo = None if is_boxed else "label_halo"
            for words, face in self.lines[label.index]:
                canvas.text((x, y), words, face, "ink", align=align, halo=halo)
                y += _LINE * face.mm


def callout_of(symbol: Symbol) -> tuple[str, ...]:
    """Return the lines of a symbol's call-out; none where it has none."""
    return symbol.places[0].says if symbol.is_single else ()


def importance(symbol: Symbol) -> tuple[bool, int, int, int, float, float]:
    """Return what symbols are sorted by, the most important first."""
    is_focus = symbol.is_single and symbol.places[0].is_alone
    return (
        not is_focus,
        # A disc stands for several, and is seen from afar.
        -symbol.count if not symbol.is_single else 0,
        -max(place.killed for place in symbol.places),
        -symbol.count,
        symbol.y,
        symbol.x,
    )


class _Form(NamedTuple):
    """What a label says, and how.

    Attributes:
        lines: Its lines.
        says: How many of its call-out are among them.
        is_boxed: Whether it stands in a box.
        cost: How much worse it is than the first.
        grade: How much it leaves unsaid.
    """

    lines: _Lines
    says: int = 0
    is_boxed: bool = False
    cost: float = 0.0
    grade: int = 0


def _forms(symbol: Symbol, text: float) -> tuple[_Form, ...]:
    """Return what a label may say, the best first; nothing where there are no words.

    A call-out that finds no room loses lines, then its date. Any other label loses its date, for a
    mark is rather named than dated; it is led from a box then, and at last says as little as names
    it: `brief_words`. All are tried in narrower lines, too.
    """
    name, when = (clean(one) for one in label_words(symbol.places))
    says, dates = callout_of(symbol), [when, ""] if name and when else [when]
    told = [(name, when, count, True) for count in range(len(says), 0, -1)]
    if says and name and when:
        told.append((name, "", 1, True))
    told += [(name, one, 0, bool(says)) for one in dates]
    told += [(name, one, 0, True) for one in (dates[-1:] if symbol.is_single else dates)]
    brief = clean(brief_words(symbol.places))
    told += [(brief, "", 0, is_boxed) for is_boxed in (False, True)] if brief else []
    found: dict[tuple[_Lines, bool], _Form] = {}
    for grade, (named, dated, count, is_boxed) in enumerate(told):
        for cost, factor in _NARROWER:
            lines = tuple(_lines_of(named, dated, says[:count], text, factor))
            if lines and (lines, is_boxed) not in found:
                whole = cost + grade * _UNSAID_COST
                found[lines, is_boxed] = _Form(lines, count, is_boxed, whole, grade)
    return tuple(found.values())


def _lines_of(
    name: str, when: str, says: Sequence[str], text: float, factor: float
) -> Iterator[tuple[str, Face]]:
    """Yield the lines of a label: the place in bold, the date, in bold if it stands alone.

    Those of a call-out follow.

    Args:
        name: Of the place.
        when: Date or years; empty for none.
        says: Lines of a call-out.
        text: Factor on the size of letters.
        factor: How wide it may be, as a share of the widest.
    """
    face, small = Face(_FACE_PT * text), Face(_SAYS_PT * text)
    width, wide = _WIDTH_MM * text * factor, _SAYS_WIDTH_MM * text * factor
    # No word is cut for a narrower label.
    width = max(width, *(width_mm(one, face.in_bold) for one in name.split(" ")))
    width = min(width, _WIDTH_MM * text)
    # Nor is a name cut that has room in wider lines.
    if len(wrap(name, face.in_bold, width)) > _MOST_PLACE_LINES:
        width = _WIDTH_MM * text
    names = wrap(name, face.in_bold, width, most=_MOST_LINES)
    for line in names:
        yield line, face.in_bold
    if when:
        dated = face if names else face.in_bold
        for line in wrap_whole(when, dated, _WIDTH_MM * text, _MOST_LINES):
            yield line, dated
    for line in says:
        for words in wrap_whole(clean(line), small, wide, _MOST_SAYS_LINES):
            yield words, small


def label_of(symbol: Symbol, text: float) -> Label | None:
    """Return a symbol's label as it looks for its place; `None` where there are no words.

    Args:
        symbol: What is to be named.
        text: Factor on the size of letters.
    """
    forms = _forms(symbol, text)
    return _label(symbol, forms, text) if forms else None


def _label(symbol: Symbol, forms: Sequence[_Form], text: float) -> Label:
    r = symbol.r * (LEAST_RING if symbol.is_ringed else 1) + (_PLATE_MM if symbol.is_area else 0)
    is_called = bool(callout_of(symbol))
    # No disc makes way for a smaller one and a few single marks.
    weight = _CALLOUT_WEIGHT if is_called else symbol.count**2
    around = _AROUND_MM * text
    # What stands in a box may be led; a name alone would seem that of what it stands beside.
    shapes = tuple(
        Shape(
            max(width_mm(words, face) for words, face in one.lines) + around * one.is_boxed,
            sum(_LINE * face.mm for _, face in one.lines) + around * one.is_boxed,
            one.cost,
            one.is_boxed,
            one.grade,
        )
        for one in forms
    )
    return Label((symbol.x, symbol.y), r, shapes, weight, is_called, max(1.0, text))


def obstacles_of(symbols: Iterable[Symbol], frame: Rect, text: float) -> Obstacles:
    """Return what names and labels in a frame must not touch: symbols, and marks beside them.

    Args:
        symbols: What stands where.
        frame: Of the map; names keep away from it.
        text: Factor on the size of letters.
    """
    obstacles = Obstacles(frame.grown(-_INNER_MM))
    for one in symbols:
        r = whole_radius(one)
        around = Rect.around((one.x, one.y), 2 * r, 2 * r)
        obstacles.add_symbol(around, is_round=not one.is_area)
        if one.is_single and STATUSES[one.places[0].status].mark:
            beside = one.r + _MARK_MM * text
            obstacles.add(Rect(one.x, one.y - beside, one.x + beside, one.y))
    return obstacles


def whole_radius(symbol: Symbol) -> float:
    """Return what a symbol takes with its halo or plate, in mm."""
    return symbol.r + (_WHOLE_PLATE_MM if symbol.is_area else _SYMBOL_HALO_MM)

"""Labels of incidents: their lines, which of them find a place, and how they are drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapview.briefing.figure.map.placement import Label, Obstacles, PlacedLabel, place_labels
from mapview.briefing.figure.paper.canvas import Align, Canvas
from mapview.briefing.figure.paper.fonts import Face, clean, cut, width_mm, wrap
from mapview.briefing.figure.scene import LEAST_RING, Symbol, label_words

__all__ = ["Labelling"]

# More labels would be a list, not a map.
_MOST_LABELS = 60
# On A4, in points and mm; a place of two lines and a date are as high as a label may be.
_FACE_PT = 9.0
_WIDTH_MM = 32.0
_MOST_PLACE_LINES = 2
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

_Lines = tuple[tuple[str, Face], ...]


@dataclass(frozen=True)
class Labelling:
    """Labels that found their place.

    Attributes:
        lines: Of each label, whether it found a place or not: the place in bold and the date.
        placed: Where labels stand.
        text: Factor on the size of letters.
        symbols: What each label names.
    """

    lines: tuple[_Lines, ...]
    placed: tuple[PlacedLabel, ...]
    text: float
    symbols: tuple[Symbol, ...]

    @classmethod
    def of(cls, symbols: Iterable[Symbol], obstacles: Obstacles, text: float) -> Labelling:
        """Return the labels of the most important symbols; obstacles grow by them."""
        found = [
            (lines, _label(symbol, lines), symbol)
            for symbol in sorted(symbols, key=_importance)[:_MOST_LABELS]
            if (lines := tuple(_label_lines(symbol, text)))
        ]
        placed = place_labels([label for _, label, _ in found], obstacles)
        words, _, named = zip(*found, strict=True) if found else ((), (), ())
        return cls(words, tuple(placed), text, named)

    @property
    def said(self) -> frozenset[str]:
        """All lines of labels that stand on the map, which the ground need not say again."""
        return frozenset(words for one in self.placed for words, _ in self.lines[one.index])

    def draw_leaders(self, canvas: Canvas) -> None:
        """Draw the lines to the symbols."""
        for label in self.placed:
            if label.leader:
                canvas.line(label.leader, "halo", _LEADER_HALO_MM)
                canvas.line(label.leader, "ink_muted", _LEADER_MM)

    def draw(self, canvas: Canvas) -> None:
        """Draw the words."""
        for label in self.placed:
            is_left = math.cos(math.radians(label.direction)) < _LEFT_COSINE
            x = label.box.right if is_left else label.box.left
            align: Align = "right" if is_left else "left"
            y = label.box.top + _BASELINE * Face(_FACE_PT * self.text).mm
            for words, face in self.lines[label.index]:
                canvas.text((x, y), words, face, "ink", align=align, halo="label_halo")
                y += _LINE * face.mm


def _importance(symbol: Symbol) -> tuple[int, int, float, float]:
    return (-symbol.count, -max(place.killed for place in symbol.places), symbol.y, symbol.x)


def _label_lines(symbol: Symbol, text: float) -> Iterator[tuple[str, Face]]:
    """Yield the lines of a label: the place in bold, and the date, in bold if it stands alone."""
    name, when = (clean(one) for one in label_words(symbol.places))
    width, face = _WIDTH_MM * text, Face(_FACE_PT * text)
    names = wrap(name, face.in_bold, width, most=_MOST_PLACE_LINES)
    for line in names:
        yield line, face.in_bold
    if when:
        yield cut(when, face, width), face if names else face.in_bold


def _label(symbol: Symbol, lines: _Lines) -> Label:
    width = max(width_mm(words, face) for words, face in lines)
    height = len(lines) * _LINE * lines[0][1].mm
    r = symbol.r * (LEAST_RING if symbol.is_ringed else 1) + (_PLATE_MM if symbol.is_area else 0)
    return Label((symbol.x, symbol.y), r, width, height, symbol.count)

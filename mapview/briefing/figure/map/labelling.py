"""Labels of incidents: their lines, which of them find a place, and how they are drawn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import shapely

from mapview.briefing.figure.map.placement import Label, Obstacles, PlacedLabel, place_labels
from mapview.briefing.figure.paper import Align, Canvas, Face, clean, width_mm, wrap
from mapview.briefing.figure.scene import LEAST_RING, Symbol, label_words

__all__ = ["Labelling"]

# More labels would be a list, not a map.
_MOST_LABELS = 60
# On A4, in points and mm; a place of two lines and a date are as high as a label may be.
_FACE_PT = 9.0
_WIDTH_MM = 32.0
_MOST_DATE_LINES = 2
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
# A call-out: wider lines in smaller letters, on a plate so far around them.
_SAYS_PT = 8.0
_SAYS_WIDTH_MM = 46.0
_MOST_SAYS_LINES = 2
_AROUND_MM = 1.0
_PLATE_ALPHA = 0.94
_PLATE_LINE_MM = 0.2
_CALLOUT_WEIGHT = 1_000

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
    """

    lines: tuple[_Lines, ...]
    placed: tuple[PlacedLabel, ...]
    text: float
    symbols: tuple[Symbol, ...]
    called: frozenset[str] = frozenset()

    @classmethod
    def of(cls, symbols: Iterable[Symbol], obstacles: Obstacles, text: float) -> Labelling:
        """Return the labels of the most important symbols; obstacles grow by them."""
        symbols = sorted(symbols, key=_importance)[:_MOST_LABELS]
        # A call-out that finds no room is tried where only its line tells what it belongs to,
        # then with fewer lines, at last as a plain label. A plain label that finds none is tried
        # without its date: a mark is rather named than dated.
        tries: Counter[int] = Counter()
        while True:
            found = [
                (lines, _label(one, lines, tries[at]), one)
                for at, one in enumerate(symbols)
                if (lines := tuple(_label_lines(one, text, tries[at])))
            ]
            placed = place_labels([label for _, label, _ in found], obstacles.copy())
            stand = {id(found[one.index][2]) for one in placed}
            short = [
                at
                for at, one in enumerate(symbols)
                if id(one) not in stand and _can_say_less(one, tries[at])
            ]
            if not short:
                break
            tries.update(short)
        for one in placed:
            obstacles.add_label(one)
        words, _, named = zip(*found, strict=True) if found else ((), (), ())
        called = frozenset(
            one.places[0].id
            for at, one in enumerate(symbols)
            if id(one) in stand and _without(tries[at]) < len(_says(one))
        )
        return cls(words, tuple(placed), text, named, called)

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
            if _says(self.symbols[label.index]):
                plate = shapely.box(*label.box)
                canvas.shape(
                    plate,
                    fill="paper",
                    fill_alpha=_PLATE_ALPHA,
                    line="rule",
                    width=_PLATE_LINE_MM,
                )
            is_left = math.cos(math.radians(label.direction)) < _LEFT_COSINE
            box = label.box
            if _says(self.symbols[label.index]):
                is_left, box = False, box.grown(-_AROUND_MM * self.text / 2)
            x = box.right if is_left else box.left
            align: Align = "right" if is_left else "left"
            y = box.top + _BASELINE * Face(_FACE_PT * self.text).mm
            # On its plate a call-out needs no halo, which would part the plate's frame.
            halo = None if _says(self.symbols[label.index]) else "label_halo"
            for words, face in self.lines[label.index]:
                canvas.text((x, y), words, face, "ink", align=align, halo=halo)
                y += _LINE * face.mm


def _says(symbol: Symbol) -> tuple[str, ...]:
    """Return the lines of a call-out; none where a symbol has none."""
    return symbol.places[0].says if symbol.is_single else ()


def _is_asked(symbol: Symbol) -> bool:
    return symbol.is_single and symbol.places[0].is_asked


def _importance(symbol: Symbol) -> tuple[bool, int, int, float, float]:
    is_focus = symbol.is_single and symbol.places[0].is_alone
    return (
        not is_focus,
        -symbol.count,
        -max(place.killed for place in symbol.places),
        symbol.y,
        symbol.x,
    )


def _can_say_less(symbol: Symbol, tries: int) -> bool:
    """Whether a label that found no room after so many tries is tried in fewer lines."""
    says = _says(symbol)
    return _without(tries) < len(says) if says else not tries and all(label_words(symbol.places))


def _label_lines(symbol: Symbol, text: float, tries: int = 0) -> Iterator[tuple[str, Face]]:
    """Yield the lines of a label: the place in bold, the date, in bold if it stands alone.

    Those of a call-out follow, fewer of them with each try; any other goes without its date then.
    """
    name, when = (clean(one) for one in label_words(symbol.places))
    if tries and not _says(symbol):
        when = ""
    width, face = _WIDTH_MM * text, Face(_FACE_PT * text)
    names = wrap(name, face.in_bold, width, most=_MOST_PLACE_LINES)
    for line in names:
        yield line, face.in_bold
    if when:
        dated = face if names else face.in_bold
        for line in wrap(when, dated, width, most=_MOST_DATE_LINES):
            yield line, dated
    says = _says(symbol)
    small = Face(_SAYS_PT * text)
    for line in says[: len(says) - _without(tries)]:
        wide = _SAYS_WIDTH_MM * text
        for words in wrap(clean(line), small, wide, most=_MOST_SAYS_LINES):
            yield words, small


def _without(tries: int) -> int:
    """Return how many lines a call-out goes without after so many tries that found no room."""
    return max(0, tries - 1)


def _label(symbol: Symbol, lines: _Lines, tries: int) -> Label:
    width = max(width_mm(words, face) for words, face in lines)
    height = sum(_LINE * face.mm for _, face in lines)
    if _says(symbol):
        width, height = (
            one + _AROUND_MM * lines[0][1].mm / Face(_FACE_PT).mm for one in (width, height)
        )
    r = symbol.r * (LEAST_RING if symbol.is_ringed else 1) + (_PLATE_MM if symbol.is_area else 0)
    weight = _CALLOUT_WEIGHT if _says(symbol) else symbol.count
    # What stands in a box may be led; a name alone would seem that of what it stands beside.
    is_led = _is_asked(symbol) or 0 < tries <= len(_says(symbol))
    return Label((symbol.x, symbol.y), r, width, height, weight, is_led)

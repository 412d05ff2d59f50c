"""Texts set whole: no line is cut, no figure broken, what is read from the right ends there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapview.briefing.figure.paper import (
    XY,
    Align,
    Canvas,
    Face,
    clean,
    figures_in,
    hold_figures,
    width_mm,
)
from mapview.briefing.office import is_right_to_left

__all__ = ["Words", "draw_words", "height_of", "set_words", "shortened"]

# Shares of a line: its height in lines of the face, and what of it is above the baseline.
_TIGHT = 0.94
_BASELINE = 0.76
_CUT = "…"
_HOLDING = "\u00a0"


@dataclass(frozen=True)
class Words:
    """A text that was set.

    Attributes:
        lines: All of it.
        face: Letters.
        width: Of its column in mm.
        color: Of the letters.
        gap: What is clear above it in mm.
        leads: Parts of the text that lead to a mark: where each begins and ends, and its name.
    """

    lines: tuple[str, ...]
    face: Face
    width: float
    color: str
    gap: float
    leads: tuple[tuple[int, int, str], ...] = ()

    @property
    def height(self) -> float:
        """What it needs in mm, with what is clear above it."""
        return self.gap + len(self.lines) * self.face.line_mm * _TIGHT


def set_words(
    text: str, face: Face, width: float, *, color: str = "ink", gap: float = 0.0
) -> Words:
    """Return all of a text in lines of a width; only a word that is wider is broken.

    Args:
        text: The text.
        face: Letters.
        width: Of the column in mm.
        color: Of the letters.
        gap: What is clear above it in mm.
    """
    lines: list[str] = []
    for piece in _pieces(clean(text), face, width):
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and width_mm(longer, face) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return Words(tuple(lines), face, width, color, gap)


def _pieces(text: str, face: Face, width: float) -> Iterator[str]:
    """Yield what a line may end after: words, and figures and dates with what belongs to them."""
    at = 0
    for figure in figures_in(text):
        # With what is written close to it, such as a bracket or a comma.
        start = text.rfind(" ", at, figure.start()) + 1 or at
        end = text.find(" ", figure.end())
        end = len(text) if end < 0 else end
        yield from _broken(text[at:start], face, width)
        # Before the figure itself is broken, what is counted goes to the next line.
        apart = figure.start(1) if figure[1] else end
        for stop in (end, apart):
            if width_mm(text[start:stop], face) <= width:
                yield text[start:stop]
                yield from _broken(text[stop:end], face, width)
                break
        else:
            held = hold_figures(text[start:end], face, width)
            yield from (one.replace(_HOLDING, " ") for one in _broken(held, face, width))
        at = end
    yield from _broken(text[at:], face, width)


def _broken(text: str, face: Face, width: float) -> Iterator[str]:
    """Yield the words of a text, those that are wider than a line in pieces."""
    for word in filter(None, text.split(" ")):
        rest = word
        while width_mm(rest, face) > width:
            size = max(1, _fitting(rest, face, width))
            yield rest[:size]
            rest = rest[size:]
        yield rest


def _fitting(word: str, face: Face, width: float) -> int:
    """Return how many of a word's letters a line holds."""
    low, high = 0, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_mm(word[:middle], face) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def shortened(text: str, face: Face, width: float, most: int) -> str:
    """Return as many whole words of a text as so many lines hold, with an ellipsis if it is cut."""
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        said = " ".join(words[:middle]) + (_CUT if middle < len(words) else "")
        fits = len(set_words(said, face, width).lines) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return text if low == len(words) else " ".join(words[:low]) + _CUT


def height_of(parts: Sequence[Words]) -> float:
    """Return what texts need above one another, in mm."""
    return sum(one.height for one in parts)


def draw_words(canvas: Canvas, parts: Sequence[Words], at: XY) -> None:
    """Draw texts above one another, with their upper left corner at a point."""
    x, y = at
    for one in parts:
        y += one.gap
        step, begun = one.face.line_mm * _TIGHT, 0
        # On a sheet that is turned they stand at the right anyway.
        whole = " ".join(one.lines)
        is_rtl = not canvas.is_turned and is_right_to_left(whole)
        for line in one.lines:
            start = (x + one.width if is_rtl else x, y + _BASELINE * step)
            side: Align = "right" if is_rtl else "left"
            canvas.text(start, line, one.face, one.color, align=side, within=whole)
            if not is_rtl:
                _link(canvas, one, line, begun, (x, y))
            begun += len(line) + 1
            y += step


def _link(canvas: Canvas, one: Words, line: str, begun: int, at: XY) -> None:
    """Let parts of a line lead to their marks; the line begins at some letter of the text."""
    for start, end, name in one.leads:
        first, last = max(start - begun, 0), min(end - begun, len(line))
        if first < last:
            left = at[0] + width_mm(line[:first], one.face)
            right = at[0] + width_mm(line[:last], one.face)
            canvas.link((left, at[1]), (right, at[1] + one.face.line_mm * _TIGHT), name)

"""Paragraphs set in columns of about equal height, and drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from mapview.briefing.figure.paper.canvas import XY, Canvas
from mapview.briefing.figure.paper.fonts import Face, clean, width_mm, wrap

__all__ = ["Columns", "Paragraph", "draw_columns", "set_columns"]

# Between paragraphs, in lines.
_PARAGRAPH_GAP = 0.35
# Between columns, in mm: three letters of text, so that the eye does not read across.
_COLUMN_GAP_MM = 6.0
# So few lines of a paragraph do not run on into the next column.
_ORPHANS = 2
# After a lead in bold, in sizes of the face: its space is as wide as one of the text would be.
_LEAD_GAP = 0.16
# Share of a line above its baseline.
_BASELINE = 0.78
# Sums of heights differ by less than this, in lines, when they are meant to be equal.
_EQUAL = 0.01


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with a lead in bold.

    Attributes:
        lead: What it is about; may be empty.
        text: What it says.
        most: At most so many lines; `None` for what is never cut, as credits and changes are.
    """

    lead: str
    text: str
    most: int | None = None


class SetLine(NamedTuple):
    """One line of a paragraph as set: its lead if it is the first, its words, where they begin."""

    lead: str
    words: str
    indent: float
    is_last: bool


@dataclass(frozen=True)
class Columns:
    """Paragraphs that were set in columns.

    Attributes:
        rows: Lines, a tuple a column.
        face: Their letters.
        step: From the left of a column to that of the next, in mm.
        marks: Names of places that links lead to, each with the words that stand there, in order.
    """

    rows: tuple[tuple[SetLine, ...], ...]
    face: Face
    step: float
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def height(self) -> float:
        """What the highest column needs, in mm."""
        return max((_height(rows) for rows in self.rows), default=0.0) * self.face.line_mm


def _height(rows: Sequence[SetLine]) -> float:
    """Return the height of a column in lines."""
    return sum(1 + _PARAGRAPH_GAP * row.is_last for row in rows)


def set_columns(
    paragraphs: Sequence[Paragraph], face: Face, width: float, columns: int = 1
) -> Columns:
    """Return paragraphs in columns of about equal height; long ones run on into the next."""
    step = (width + _COLUMN_GAP_MM) / columns
    rows = [row for one in paragraphs for row in _rows(one, face, step - _COLUMN_GAP_MM)]
    share = _height(rows) / columns
    parts: list[list[SetLine]] = [[]]
    for index, row in enumerate(rows):
        is_full = _height(parts[-1]) >= share - _EQUAL
        if is_full and len(parts) < columns and not _ends_soon(rows, index):
            parts.append([])
        parts[-1].append(row)
    return Columns(tuple(tuple(part) for part in parts), face, step)


def _ends_soon(rows: Sequence[SetLine], index: int) -> bool:
    """Whether so little of a begun paragraph is left that it should not run on elsewhere."""
    if index == 0 or rows[index - 1].is_last:
        return False
    return any(row.is_last for row in rows[index : index + _ORPHANS])


def _rows(paragraph: Paragraph, face: Face, width: float) -> list[SetLine]:
    lead = clean(paragraph.lead)
    indent = width_mm(lead, face.in_bold) + _LEAD_GAP * face.size if lead else 0.0
    lines = wrap(clean(paragraph.text), face, width, most=paragraph.most, first_mm=indent)
    return [
        SetLine(lead if i == 0 else "", words, indent if i == 0 else 0.0, i == len(lines) - 1)
        for i, words in enumerate(lines)
    ]


def _starts(columns: Columns) -> list[tuple[int, str, str]]:
    """Return the line that each mark begins in, counted over all columns, its name and words."""
    begun: list[int] = []
    text = ""
    for row in chain.from_iterable(columns.rows):
        begun.append(len(text))
        text += f"{row.words} "
    found, at = [], 0
    for name, words in columns.marks:
        start = text.find(words, at)
        if start >= 0:
            found.append((bisect_right(begun, start) - 1, name, words))
            at = start + len(words)
    return found


def draw_columns(canvas: Canvas, columns: Columns, at: XY, color: str = "ink_muted") -> None:
    """Draw paragraphs with their upper left corner at a point."""
    line, bold = columns.face.line_mm, columns.face.in_bold
    starts, number = _starts(columns), 0
    for index, rows in enumerate(columns.rows):
        x, y = at[0] + index * columns.step, at[1] + _BASELINE * line
        for row in rows:
            for _, name, words in (one for one in starts if one[0] == number):
                canvas.mark(name, (x, y - line), words)
            number += 1
            canvas.text((x, y), row.lead, bold, color)
            canvas.text((x + row.indent, y), row.words, columns.face, color)
            y += line * (1 + _PARAGRAPH_GAP * row.is_last)

"""What stands in words below the map: as-of date, changes, sources, credits, as paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mapview.briefing.figure.map.ground import COLORS
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.fonts import Face, clean, line_height_mm, width_mm, wrap
from mapview.briefing.figure.scene.labels import short_place
from mapview.briefing.figure.scene.spots import Cluster

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["Columns", "Paragraph", "draw_columns", "paragraphs", "set_columns"]

_MOST_SOURCES = 8
_GAP = 0.35
_ORPHANS = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with a lead in bold.

    Args:
        lead: What it is about; may be empty.
        text: What it says.
        most: At most so many lines; credits and what was changed are never cut.
    """

    lead: str
    text: str
    most: int = 1_000


class Row(NamedTuple):
    """One line of a paragraph as set: its lead if it is the first, its words, where they begin."""

    lead: str
    words: str
    indent: float
    is_last: bool


@dataclass(frozen=True)
class Columns:
    """Paragraphs that were set in columns.

    Args:
        rows: Lines, a list a column.
        face: Their letters.
        step: From the left of a column to that of the next, in mm.
    """

    rows: tuple[tuple[Row, ...], ...]
    face: Face
    step: float

    @property
    def height(self) -> float:
        """What the highest column needs, in mm."""
        return max((_height(rows) for rows in self.rows), default=0.0) * line_height_mm(self.face)


def _height(rows: Sequence[Row]) -> float:
    """Return the height of a column in lines."""
    return sum(1 + _GAP * row.is_last for row in rows)


def paragraphs(
    briefing: Briefing, unseen: Sequence[Cluster], *, short: bool = False, brief: bool = False
) -> list[Paragraph]:
    """Return what must stand on every figure besides title, period and counts.

    Args:
        briefing: What it says.
        unseen: Places that neither the map nor an inset shows.
        short: Whether there is little room, so that sources are counted instead of named.
        brief: Whether there is so little that places outside the frame are counted too.
    """
    found = []
    if unseen:
        words = _count(unseen) if brief else _unseen(unseen)
        found.append(Paragraph("Not in the frame", words, 6))
    found.append(_as_of(briefing))
    if briefing.changes:
        found.append(Paragraph("Changed for publication", " ".join(briefing.changes)))
    found.append(Paragraph("Sources", _sources(briefing, short=short), 14))
    found.append(Paragraph("Credits", " ".join(briefing.credits)))
    found.append(Paragraph("", briefing.border_note))
    return found


def _as_of(briefing: Briefing) -> Paragraph:
    for lead in ("As of", "Sources up to"):
        if briefing.as_of.startswith(lead):
            when = briefing.as_of.removeprefix(lead).strip()
            return Paragraph(lead, f"{when}. Data version {briefing.version}.")
    return Paragraph("Data version", f"{briefing.version}.")


def _sources(briefing: Briefing, *, short: bool) -> str:
    if not briefing.sources:
        return "None for what is shown."
    if short:
        count = len(briefing.sources)
        documents = f"{count:,} document{'' if count == 1 else 's'}"
        cited = f" and {len(briefing.cited):,} cited there" if briefing.cited else ""
        return f"{documents}{cited}, named in the data."
    shown = [line.text.rstrip(".") for line in briefing.sources[:_MOST_SOURCES]]
    more = len(briefing.sources) - len(shown)
    words = "; ".join(shown)
    if more:
        words += f"; and {more:,} more documents"
    if briefing.cited:
        count = len(briefing.cited)
        words += f"; and {count:,} source{'' if count == 1 else 's'} cited there, see the data"
    return words + "."


def _unseen(clusters: Sequence[Cluster]) -> str:
    places: dict[str, None] = {}
    for cluster in clusters:
        for spot in cluster.spots:
            places.setdefault(short_place(spot.place) or spot.id)
    areas = [area for cluster in clusters for area in cluster.areas]
    parts = []
    if places:
        parts.append(", ".join(places))
    if areas:
        groups = ", ".join(dict.fromkeys(area.group for area in areas))
        parts.append(f"{len(areas):,} base area{'' if len(areas) == 1 else 's'} ({groups})")
    return "; ".join(parts) + "."


def _count(clusters: Sequence[Cluster]) -> str:
    incidents = len({spot.id for cluster in clusters for spot in cluster.spots})
    areas = sum(len(cluster.areas) for cluster in clusters)
    counted = ((incidents, "incident"), (areas, "base area"))
    return ", ".join(f"{n:,} {what}{'' if n == 1 else 's'}" for n, what in counted if n) + "."


def set_columns(
    wanted: Sequence[Paragraph], face: Face, width: float, columns: int, gap: float = 6.0
) -> Columns:
    """Return paragraphs in columns of about equal height; long ones run on into the next."""
    step = (width + gap) / columns
    rows = [row for one in wanted for row in _rows(one, face, step - gap)]
    share = _height(rows) / columns
    parts: list[list[Row]] = [[]]
    for index, row in enumerate(rows):
        is_full = _height(parts[-1]) >= share - 0.01
        if is_full and len(parts) < columns and not _ends_soon(rows, index):
            parts.append([])
        parts[-1].append(row)
    return Columns(tuple(tuple(part) for part in parts), face, step)


def _ends_soon(rows: Sequence[Row], index: int) -> bool:
    """Whether so little of a begun paragraph is left that it should not run on elsewhere."""
    if index == 0 or rows[index - 1].is_last:
        return False
    return any(row.is_last for row in rows[index : index + _ORPHANS])


def _rows(paragraph: Paragraph, face: Face, width: float) -> list[Row]:
    lead = clean(paragraph.lead)
    indent = width_mm(lead, Face(face.size, bold=True)) + 0.16 * face.size if lead else 0.0
    lines = wrap(clean(paragraph.text), face, width, most=paragraph.most, first_mm=indent)
    return [
        Row(lead if i == 0 else "", words, indent if i == 0 else 0.0, i == len(lines) - 1)
        for i, words in enumerate(lines)
    ]


def draw_columns(
    canvas: Canvas, columns: Columns, at: tuple[float, float], color: str = ""
) -> None:
    """Draw paragraphs with their upper left corner at a point."""
    line = line_height_mm(columns.face)
    bold = Face(columns.face.size, bold=True)
    color = color or COLORS["ink_muted"]
    for index, rows in enumerate(columns.rows):
        x, y = at[0] + index * columns.step, at[1] + 0.78 * line
        for row in rows:
            canvas.text((x, y), row.lead, bold, color)
            canvas.text((x + row.indent, y), row.words, columns.face, color)
            y += line * (1 + _GAP * row.is_last)

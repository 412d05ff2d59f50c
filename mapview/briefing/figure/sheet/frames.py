"""How main map and insets share a part of the sheet: insets in a row, a column, or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mapview.briefing.figure.paper import (
    XY,
    Face,
    Rect,
    clean,
    cut,
    is_from_right,
    width_mm,
)
from mapview.briefing.figure.scene import Inset, MapData, Scene, View, plan_scene
from mapview.briefing.figure.sheet.contents import Contents, contents_of

__all__ = [
    "GAP_MM",
    "Frames",
    "beside_legend",
    "title_face",
    "with_insets",
    "without_insets",
]

# On a map with few names letters are so large that marks of their size would hide one another.
_PLAIN_MARKS = 0.8
# Between parts of a sheet.
GAP_MM = 4.0
# More insets would make the main map small; the rest is named in the notes.
_MOST_INSETS = 5
# On A4, in mm: an inset is about so wide, and never lower than this.
_INSET_MM = 36.0
_LEAST_INSET_MM = 18.0
# A row of insets is at most so high, a column so wide, and neither takes more than this share.
_ROW_MM, _ROW_SHARE = 46.0, 0.25
_COLUMN_MM, _COLUMN_SHARE = 50.0, 0.24
_LEAST_COLUMN = 0.9
# An enlargement shows most, so it is so much larger than other insets.
_ENLARGED = 1.6
# Insets are at most twice as wide as high, so that a single one does not become a strip; in a
# column and under the legend they are a little lower than wide.
_WIDEST = 2.0
_COLUMN_HEIGHT = 0.8
_BESIDE_HEIGHT = 0.7
# So few insets may stand under the legend.
_FEW_INSETS = 2
# Titles of insets: points on A4, and from the baseline to the frame below.
_TITLE_PT = 9
_TITLE_UP_MM = 1.2


@dataclass(frozen=True)
class Frames:
    """Where the maps of a figure stand, and what they show.

    Attributes:
        text: Factor on the size of letters.
        scene: What the frames show.
        main: Frame of the main map.
        insets: Frames of the insets.
        is_plain: Whether the maps have few names, and neither scale nor locator.
        said: What is to be said of maps by period.
    """

    text: float
    scene: Scene
    main: Rect
    insets: tuple[Rect, ...] = ()
    is_plain: bool = False
    said: str = ""

    def mirrored(self, width: float) -> Frames:
        """Return them at the other side of a sheet of some width; what they show is the same."""
        main, *insets = (
            Rect(width - one.right, one.top, width - one.left, one.bottom)
            for one in (self.main, *self.insets)
        )
        return replace(self, main=main, insets=tuple(insets))

    @cached_property
    def views(self) -> list[View]:
        """What the frames show, the main one first."""
        insets = zip(self.scene.insets, self.insets, strict=True)
        return [
            self.scene.main_view(self.main),
            *(self.scene.inset_view(inset, frame) for inset, frame in insets),
        ]

    @cached_property
    def shown(self) -> list[MapData]:
        """What each frame shows; an inset for far places leaves the others to the main map."""
        data, main = self.scene.data, self.views[0]
        there = {id(one) for _, _, one in main.holding(data.incidents)}
        far = replace(data, incidents=tuple(one for one in data.incidents if id(one) not in there))
        return [data, *(data if inset.enlarges else far for inset in self.scene.insets)]

    @cached_property
    def contents(self) -> Contents:
        """What is in the frames."""
        return contents_of(self.views, self.shown, self.text * self.marks)

    @property
    def marks(self) -> float:
        """Factor on the size of marks besides that of letters."""
        return _PLAIN_MARKS if self.is_plain else 1.0

    @property
    def pale(self) -> int | None:
        """The kind of a mark that is drawn pale, if there is one."""
        return None

    @property
    def titles(self) -> list[tuple[str, XY]]:
        """What stands over each inset, and where: the longest title that fits."""
        face, found = title_face(self.text), []
        for inset, frame in zip(self.scene.insets, self.insets, strict=True):
            titles = [clean(one) for one in inset.titles]
            fitting = (one for one in titles if width_mm(one, face) <= frame.width)
            words = next(fitting, None) or cut(titles[-1], face, frame.width)
            side = frame.right if is_from_right() else frame.left
            found.append((words, (side, frame.top - _TITLE_UP_MM * self.text)))
        return found


def title_face(text: float) -> Face:
    """Return the letters of inset titles."""
    return Face(_TITLE_PT * text, bold=True)


def without_insets(data: MapData, part: Rect, text: float) -> Frames:
    """Give all of a part of the sheet to the main map."""
    return Frames(text, plan_scene(data, part, 0, text), part)


def with_insets(data: MapData, part: Rect, text: float) -> Frames:
    """Share a part of the sheet out between main map and insets, so that the main map is largest.

    Args:
        data: What there is.
        part: The part of the sheet.
        text: Factor on the size of letters.
    """
    found = [one for one in (_in_row(data, part, text), _in_column(data, part, text)) if one]
    if not found:
        return without_insets(data, part, text)
    return min(found, key=lambda one: one.scene.main_view(one.main).scale)


def _title_mm(text: float) -> float:
    return title_face(text).line_mm + _TITLE_UP_MM * text


def _weights(insets: Sequence[Inset]) -> list[float]:
    return [_ENLARGED if inset.enlarges else 1.0 for inset in insets]


def _in_row(data: MapData, part: Rect, text: float) -> Frames | None:
    """Insets side by side under the main map."""
    left, top, right, bottom = part
    height = min(_ROW_MM * text, _ROW_SHARE * part.height)
    most = min(_MOST_INSETS, int(part.width / (_INSET_MM * text)))
    if height < _LEAST_INSET_MM * text or not most:
        return None
    main = Rect(left, top, right, bottom - height - _title_mm(text) - GAP_MM / 2)
    scene = plan_scene(data, main, most, text)
    if not scene.insets:
        return Frames(text, scene, part)
    weights, gap = _weights(scene.insets), GAP_MM * 0.75
    free = part.width - gap * (len(weights) - 1)
    unit = min(free / sum(weights), _WIDEST * height / max(weights))
    frames = []
    for weight in weights:
        frames.append(Rect(left, bottom - height, left + unit * weight, bottom))
        left += unit * weight + gap
    return Frames(text, scene, main, tuple(frames))


def _in_column(data: MapData, part: Rect, text: float) -> Frames | None:
    """Insets above each other to the right of the main map."""
    left, top, right, bottom = part
    width = min(_COLUMN_MM * text, _COLUMN_SHARE * part.width)
    head = _title_mm(text) + 1.0
    most = min(_MOST_INSETS, int(part.height / (head + _LEAST_INSET_MM * text)))
    if width < _INSET_MM * text * _LEAST_COLUMN or not most:
        return None
    main = Rect(left, top, right - width - GAP_MM, bottom)
    scene = plan_scene(data, main, most, text)
    if not scene.insets:
        return Frames(text, scene, part)
    weights = _weights(scene.insets)
    unit = min((part.height - head * len(weights)) / sum(weights), _COLUMN_HEIGHT * width)
    frames = []
    for weight in weights:
        # The first title is level with the top of the map.
        height = min(unit * weight, width)
        frames.append(Rect(right - width, top + head - 1.0, right, top + head - 1.0 + height))
        top += head + height
    return Frames(text, scene, main, tuple(frames))


def beside_legend(frames: Frames, main: Rect, column: Rect) -> Frames | None:
    """Put few insets under the legend, if there is room, so that the main map has all of its own.

    Args:
        frames: With the insets in a row.
        main: All that the main map may have.
        column: What the legend leaves free beside it.
    """
    count = len(frames.scene.insets)
    height = column.width * _BESIDE_HEIGHT
    step = height + _title_mm(frames.text) + GAP_MM / 2
    if not 0 < count <= _FEW_INSETS or column.height < count * step:
        return None
    ends = [column.bottom - (count - 1 - i) * step for i in range(count)]
    insets = tuple(Rect(column.left, end - height, column.right, end) for end in ends)
    return replace(frames, main=main, insets=insets)

"""Where maps of one extent stand, one a period: side by side, or all in one place after another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from mapview.briefing.figure.map.remarks import Unsaid
from mapview.briefing.figure.paper import Face, Rect, wrap
from mapview.briefing.figure.periods.parts import Part, Periods
from mapview.briefing.figure.scene import (
    SYMBOL_MM,
    MapData,
    Scene,
    Symbol,
    View,
    plan_scene,
    stack_symbols,
)
from mapview.briefing.figure.sheet import Contents, Frames, contents_of

__all__ = ["Panels", "film", "side_by_side"]

# Letters and marks of small maps, as a factor on those of the sheet; 0.72 is the least in print.
_SMALLER, _LEAST_TEXT = 0.85, 0.72
# Points on A4 of a title, and of the counts under it: of a small map, and over a film.
_TITLE_PT, _COUNT_PT = 9.5, 8.5
_FILM_TITLE_PT, _FILM_COUNT_PT = 15.0, 10.0
_UNDER_TITLE_MM = 0.8
# Under all maps of a sheet: what is said of their marks, in points on A4, and the gap over it.
_REMARK_PT, _OVER_REMARK_MM = 7.5, 1.0
_MOST_REMARK = Unsaid(999, 1)
# Between small maps.
_GAP_MM = 3.5
# A smaller map shows nothing that could be told apart.
_LEAST_MM = (24.0, 16.0)
# Under the map of a film: its timeline, and the gap over it.
_STRIP_MM, _OVER_STRIP_MM = 11.0, 1.5


@dataclass(frozen=True)
class Panels(Frames):
    """Maps of one extent, one a period.

    Attributes:
        parts: What each shows.
        frames: Where each stands; all in one place in a film.
        is_film: Whether they are seen one after another.
        strip: Where the timeline of a film stands.
        remark: Where it is said under maps side by side what their marks do not say themselves.
        description: What they show, in words for who cannot see them.
    """

    parts: tuple[Part, ...] = ()
    frames: tuple[Rect, ...] = ()
    is_film: bool = False
    strip: Rect | None = None
    remark: Rect | None = None
    description: str = ""

    def mirrored(self, width: float) -> Panels:
        """Return them at the other side of a sheet of some width, the first one at its right."""

        def turned(one: Rect) -> Rect:
            return one._replace(left=width - one.right, right=width - one.left)

        strip, remark = (one and turned(one) for one in (self.strip, self.remark))
        frames = tuple(map(turned, self.frames))
        return replace(self, main=turned(self.main), frames=frames, strip=strip, remark=remark)

    @cached_property
    def views(self) -> list[View]:
        """What the frames show."""
        first = self.scene.main_view(self.frames[0])
        return [replace(first, frame=frame) for frame in self.frames]

    @cached_property
    def shown(self) -> list[MapData]:
        """What may lie in the period of each."""
        return [_only(self.scene.data, one) for one in self.parts]

    @cached_property
    def contents(self) -> Contents:
        """What they show together: one legend, one scale of discs."""
        return contents_of(self.views, self.shown, self.text, is_even=True)

    @property
    def is_too_small(self) -> str:
        """Why nothing could be told apart on them; empty where it can."""
        frame, (width, height) = self.frames[0], _LEAST_MM
        if frame.width >= width and frame.height >= height:
            return ""
        return (
            f"a sheet must have room for {len(self.parts)} maps of {width:.0f} x {height:.0f} mm "
            f"at least, got {frame.width:.0f} x {frame.height:.0f} mm for each: take a larger "
            "size, or longer periods"
        )

    @cached_property
    def all_symbols(self) -> tuple[Symbol, ...]:
        """The marks of all that is shown, as if it were on the first map."""
        placed = self.views[0].holding(self.scene.data.incidents)
        return tuple(stack_symbols(placed, SYMBOL_MM * self.text, self.contents.most)[0])

    def seen(self, at: int) -> frozenset[str]:
        """Return the ids of the events that are in the frame of one map."""
        held = self.views[at].holding(self.shown[at].incidents)
        return frozenset(place.id for _, _, place in held)

    @cached_property
    def pale(self) -> int | None:
        """The kind of a mark that is drawn pale, if there is one."""
        pale = (o for o in self.contents.symbols if o.is_single and not o.certain)
        return next((one.places[0].kind for one in pale), None)

    @property
    def title_face(self) -> Face:
        """Letters of the title of each."""
        return Face((_FILM_TITLE_PT if self.is_film else _TITLE_PT) * self.text, bold=True)

    @property
    def count_face(self) -> Face:
        """Letters of the counts of each."""
        return Face((_FILM_COUNT_PT if self.is_film else _COUNT_PT) * self.text)

    @property
    def remark_face(self) -> Face:
        """Letters of what is said of marks."""
        return Face(_REMARK_PT * self.text)

    def remark_lines(self, unsaid: Unsaid) -> list[str]:
        """Return what is said of marks, in lines over all of the maps' width."""
        words = " ".join(f"{one}." for one in unsaid.lines)
        return wrap(words, self.remark_face, self.main.width) if words else []

    @property
    def head_mm(self) -> float:
        """Height of what stands over each."""
        title, count = self.title_face.line_mm, self.count_face.line_mm
        return (max(title, count) if self.is_film else title + count) + _UNDER_TITLE_MM


def _only(data: MapData, part: Part) -> MapData:
    incidents = tuple(
        replace(one, is_certain=one.id in part.certain)
        for one in data.incidents
        if one.id in part.possible
    )
    return replace(data, incidents=incidents)


def film(made: Periods, data: MapData, part: Rect, text: float) -> Panels:
    """Give a part of a sheet to one map, with a title over it and a timeline under it."""
    scene = plan_scene(data, part, 0, text)
    one = _in_scene(made, scene, part, text, is_film=True)
    strip = part._replace(top=part.bottom - _STRIP_MM * text)
    frame = part._replace(top=part.top + one.head_mm, bottom=strip.top - _OVER_STRIP_MM * text)
    return replace(one, main=frame, frames=(frame,) * len(made.parts), strip=strip)


def side_by_side(made: Periods, data: MapData, part: Rect, text: float) -> Panels:
    """Share a part of a sheet out in rows and columns, so that maps are as large as may be.

    Where there is no room at all, they are of one millimetre; see `is_too_small`.
    """
    text = max(_LEAST_TEXT, _SMALLER * text)
    scene = plan_scene(data, part, 0, text)
    empty = _with_remark(_in_scene(made, scene, part, text))
    grids = (_grid(empty, columns) for columns in range(1, len(made.parts) + 1))
    fitting = [one for one in grids if min(one[0].width, one[0].height) > 1]
    if not fitting:
        nothing = Rect(part.left, part.top, part.left + 1, part.top + 1)
        return replace(empty, frames=(nothing,) * len(made.parts))
    frames = min(fitting, key=lambda one: scene.main_view(one[0]).scale)
    return replace(empty, frames=tuple(frames))


def _with_remark(panels: Panels) -> Panels:
    """Return maps that leave what is said of their marks its place under them."""
    part = panels.main
    height = len(panels.remark_lines(_MOST_REMARK)) * panels.remark_face.line_mm
    remark = part._replace(top=part.bottom - height)
    main = part._replace(bottom=remark.top - _OVER_REMARK_MM * panels.text)
    return replace(panels, main=main, remark=remark)


def _in_scene(
    made: Periods, scene: Scene, part: Rect, text: float, *, is_film: bool = False
) -> Panels:
    return Panels(
        text,
        scene,
        part,
        said=made.said,
        parts=made.parts,
        is_film=is_film,
        description=made.description,
    )


def _grid(panels: Panels, columns: int) -> list[Rect]:
    """Return where maps stand in so many columns."""
    part, head, count = panels.main, panels.head_mm, len(panels.parts)
    rows = -(-count // columns)
    width = (part.width - _GAP_MM * (columns - 1)) / columns
    height = (part.height - _GAP_MM * (rows - 1)) / rows - head
    found = []
    for at in range(count):
        left = part.left + (at % columns) * (width + _GAP_MM)
        top = part.top + (at // columns) * (height + head + _GAP_MM) + head
        found.append(Rect(left, top, left + width, top + height))
    return found

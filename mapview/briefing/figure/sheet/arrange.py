"""How main map and insets share a part of the sheet: insets in a row, a column, or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mapview.briefing.figure.map.drawing import MapStyle
from mapview.briefing.figure.paper.fonts import Face, line_height_mm
from mapview.briefing.figure.scene.frames import Inset, Scene, plan_scene
from mapview.briefing.figure.scene.projection import Box, View
from mapview.briefing.figure.sheet.contents import Shown, shown_in
from mapview.briefing.figure.sheet.heading import Heading
from mapview.briefing.figure.sheet.legend_box import Key
from mapview.briefing.figure.sheet.notes import Columns

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["GAP_MM", "Plan", "beside_key", "with_insets", "without_insets"]

XY = tuple[float, float]

GAP_MM = 4.0
_MOST_INSETS = 5
_LEAST_INSET_MM = 18.0
_INSET_MM = 36.0
_ENLARGED = 1.6
_FEW_INSETS = 2


@dataclass(frozen=True)
class Plan:
    """Where everything stands on a sheet.

    Args:
        text: Factor on the size of letters.
        scene: What the frames show.
        main: Frame of the main map.
        insets: Frames of the insets.
        heading: Title and what stands under it.
        key: Legend, with its upper left corner.
        notes: Paragraphs, with their upper left corner.
    """

    text: float
    scene: Scene
    main: Box
    insets: tuple[Box, ...] = ()
    heading: Heading | None = None
    key: tuple[Key, XY] | None = None
    notes: tuple[Columns, XY] | None = None

    @cached_property
    def views(self) -> list[View]:
        """What the frames show, the main one first."""
        insets = zip(self.scene.insets, self.insets, strict=True)
        return [
            self.scene.main_view(self.main),
            *(self.scene.inset_view(inset, box) for inset, box in insets),
        ]

    @cached_property
    def shown(self) -> Shown:
        """What the frames show."""
        return shown_in(self.views, self.scene.spots, self.scene.areas, MapStyle(self.text).symbol)


def without_insets(briefing: Briefing, box: Box, text: float) -> Plan:
    """Give all of a part of the sheet to the main map."""
    return Plan(text, plan_scene(briefing, box, 0, MapStyle(text).symbol), box)


def with_insets(briefing: Briefing, box: Box, text: float) -> Plan:
    """Share a part of the sheet out between main map and insets, so that the main map is largest.

    Args:
        briefing: What there is.
        box: The part of the sheet.
        text: Factor on the size of letters.
    """
    plans = [
        plan for plan in (_in_row(briefing, box, text), _in_column(briefing, box, text)) if plan
    ]
    if not plans:
        return without_insets(briefing, box, text)
    return min(plans, key=lambda plan: plan.scene.main_view(plan.main).scale)


def _title_mm(text: float) -> float:
    return line_height_mm(Face(9 * text)) + 1.2 * text


def _weights(insets: Sequence[Inset]) -> list[float]:
    return [_ENLARGED if inset.enlarges else 1.0 for inset in insets]


def _in_row(briefing: Briefing, box: Box, text: float) -> Plan | None:
    """Insets side by side under the main map."""
    left, top, right, bottom = box
    height = min(46.0 * text, 0.25 * (bottom - top))
    most = min(_MOST_INSETS, int((right - left) / (_INSET_MM * text)))
    if height < _LEAST_INSET_MM * text or not most:
        return None
    inner = (left, top, right, bottom - height - _title_mm(text) - GAP_MM / 2)
    scene = plan_scene(briefing, inner, most, MapStyle(text).symbol)
    if not scene.insets:
        return Plan(text, scene, box)
    weights, gap = _weights(scene.insets), GAP_MM * 0.75
    # No wider than twice their height, so that a single one does not become a strip.
    room = right - left - gap * (len(weights) - 1)
    unit = min(room / sum(weights), 2.0 * height / max(weights))
    frames = []
    for weight in weights:
        frames.append((left, bottom - height, left + unit * weight, bottom))
        left += unit * weight + gap
    return Plan(text, scene, inner, tuple(frames))


def _in_column(briefing: Briefing, box: Box, text: float) -> Plan | None:
    """Insets above each other to the right of the main map."""
    left, top, right, bottom = box
    width = min(50.0 * text, 0.24 * (right - left))
    head = _title_mm(text) + 1.0
    most = min(_MOST_INSETS, int((bottom - top) / (head + _LEAST_INSET_MM * text)))
    if width < _INSET_MM * text * 0.9 or not most:
        return None
    inner = (left, top, right - width - GAP_MM, bottom)
    scene = plan_scene(briefing, inner, most, MapStyle(text).symbol)
    if not scene.insets:
        return Plan(text, scene, box)
    weights = _weights(scene.insets)
    unit = min(((bottom - top) - head * len(weights)) / sum(weights), 0.8 * width)
    frames = []
    for weight in weights:
        # The first title is level with the top of the map.
        height = min(unit * weight, width)
        frames.append((right - width, top + head - 1.0, right, top + head - 1.0 + height))
        top += head + height
    return Plan(text, scene, inner, tuple(frames))


def beside_key(plan: Plan, box: Box, column: Box) -> Plan | None:
    """Put few insets under the legend, if there is room, so that the main map has all of its own.

    Args:
        plan: With the insets in a row.
        box: All that the main map may have.
        column: What the legend leaves free beside it.
    """
    count = len(plan.scene.insets)
    left, top, right, bottom = column
    step = (right - left) * 0.7 + _title_mm(plan.text) + GAP_MM / 2
    if not 0 < count <= _FEW_INSETS or bottom - top < count * step:
        return None
    frames = [
        (left, bottom - (count - 1 - i) * step - (right - left) * 0.7, right,
         bottom - (count - 1 - i) * step)
        for i in range(count)
    ]  # fmt: skip
    return replace(plan, main=box, insets=tuple(frames))

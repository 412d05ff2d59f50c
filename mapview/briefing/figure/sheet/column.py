"""One column of a newspaper: headline, map with locator, short legend; as high as that needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapview.briefing.figure.paper import Face, Rect, labelled
from mapview.briefing.figure.scene import MapData
from mapview.briefing.figure.sheet.frames import without_insets
from mapview.briefing.figure.sheet.legend_box import brief_items, set_legend, with_counts
from mapview.briefing.figure.sheet.plan import Plan
from mapview.briefing.figure.sheet.told import (
    credit_words,
    head_words,
    on_map,
    source_words,
    unseen_words,
)
from mapview.briefing.figure.sheet.words import height_of, set_words
from mapview.briefing.figure.sizes import Size

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["column_plan"]

_MARGIN_MM = 3.0
_GAP_MM = 2.0
# Letters in points, as they are printed, and those on the map as a factor on A4's.
_HEAD, _UNDER, _LEGEND, _SMALL = (Face(13, bold=True), Face(9), Face(7.5), Face(6.5))
_MAP = 0.85
_MAP_HEIGHT = 0.86
_LEGEND_COLUMN_MM = 40
_AROUND_KM = 320


def column_plan(briefing: Briefing, data: MapData, size: Size) -> Plan:
    """Return where everything stands in a column as wide as a size says."""
    width = size.width_mm - 2 * _MARGIN_MM
    head = head_words(briefing)
    words = [set_words(head.whole, _HEAD, width)]
    for one, color in ((head.under, "ink"), (head.asked, "ink_muted")):
        if one:
            words.append(set_words(one, _UNDER, width, color=color, gap=_GAP_MM / 2))
    top = _MARGIN_MM + height_of(words) + _GAP_MM
    frame = Rect(_MARGIN_MM, top, _MARGIN_MM + width, top + _MAP_HEIGHT * width)
    shown = on_map(briefing, data, around_km=_AROUND_KM)
    frames = without_insets(shown, frame, _MAP)
    columns = max(1, int(width / _LEGEND_COLUMN_MM))
    legend = set_legend(
        with_counts(brief_items(frames.contents.legend), *frames.contents.counted),
        _LEGEND,
        width,
        columns,
    )
    below = frame.bottom + _GAP_MM
    unseen = unseen_words(frames)
    imprint = "; ".join(labelled(label, text) for label, text in briefing.imprint)
    said = (*([unseen] if unseen else []), source_words(briefing), *credit_words(briefing), imprint)
    small = [set_words(one, _SMALL, width, color="ink_muted", gap=_GAP_MM / 4) for one in said]
    under_legend = below + legend.height + _GAP_MM / 2
    height = under_legend + height_of(small) + _MARGIN_MM
    return Plan(
        frames,
        replace(size, height_mm=height),
        legend=(legend, (_MARGIN_MM, below)),
        words=(
            ("Title", tuple(words[:1]), (_MARGIN_MM, _MARGIN_MM)),
            ("In short", tuple(words[1:]), (_MARGIN_MM, _MARGIN_MM + height_of(words[:1]))),
            ("Notes", tuple(small), (_MARGIN_MM, under_legend)),
        ),
    )

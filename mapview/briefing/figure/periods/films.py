"""The layout of a film's pictures: a large map, its timeline, a short legend, all in few words."""

from __future__ import annotations

import math
from collections.abc import Callable

from mapview.briefing.figure.paper import Face, Rect
from mapview.briefing.figure.periods.parts import Periods
from mapview.briefing.figure.sheet import (
    Frames,
    Plan,
    Words,
    brief_items,
    credit_words,
    height_of,
    set_heading,
    set_legend,
    set_words,
    source_words,
    unseen_words,
    with_pale,
)
from mapview.briefing.figure.sizes import Size

__all__ = ["film_plan"]

# All lengths are of a picture of 240 x 135 mm, and grow with the root of its area.
_SIDE_MM = math.sqrt(240 * 135)
_MARGIN_MM, _GAP_MM = 5.0, 2.5
# Sizes of letters that are tried, in points: of the legend, and of what stands under all of it.
_LEGEND_PT, _SMALL_PT = (7.8, 7.2, 6.6, 6.0), 6.4
# Wider than high by this, the legend stands beside the map, else under it in columns.
_WIDE, _LEGEND_MM, _COLUMN_MM = 1.2, 54.0, 42.0
_LEAST_MAP = 0.3
_ROUNDS = 2


def film_plan(made: Periods, size: Size, share: Callable[[Rect, float], Frames]) -> Plan | None:
    """Return where everything stands on each picture of a film; `None` where there is no room.

    Args:
        made: What it shows.
        size: Of a picture.
        share: Gives a part of the picture to map and timeline, with a factor on letters.
    """
    grown = math.sqrt(size.width_mm * size.height_mm) / _SIDE_MM
    plans = (_laid(made, size, share, grown, letters) for letters in _LEGEND_PT)
    return next((plan for plan in plans if plan), None)


def _laid(
    made: Periods,
    size: Size,
    share: Callable[[Rect, float], Frames],
    grown: float,
    letters: float,
) -> Plan | None:
    """Return the plan with a legend in letters of some size; `None` where it finds no room."""
    margin, gap = _MARGIN_MM * grown, _GAP_MM * grown
    inner = Rect(0, 0, size.width_mm, size.height_mm).grown(-margin)
    heading = set_heading(made.briefing, inner[:2], inner.width, grown, brief=True)
    is_wide = size.width_mm > _WIDE * size.height_mm
    face, least = Face(letters * grown), _LEAST_MAP * size.height_mm
    small = _small(made, "", inner.width, grown)
    # The map and what is said of it depend on each other's room.
    for _ in range(_ROUNDS):
        end = inner.bottom - height_of(small) - gap
        room = inner._replace(top=heading.bottom + gap, bottom=end)
        if room.height < least:
            return None
        column = room._replace(left=room.right - _LEGEND_MM * grown) if is_wide else room
        part = room._replace(right=column.left - gap) if is_wide else room
        columns = 1 if is_wide else max(1, int(room.width / (_COLUMN_MM * grown)))
        frames = share(part, grown)
        items = with_pale(brief_items(frames.contents.legend), frames.pale)
        legend = set_legend(items, face, column.width, columns)
        if legend.height > room.height - (0 if is_wide else least):
            return None
        if not is_wide:
            column = room._replace(top=room.bottom - legend.height)
            frames = share(part._replace(bottom=column.top - gap), grown)
        if frames.main.height < least:
            return None
        small = _small(made, unseen_words(frames), inner.width, grown)
    words = (("Notes", small, (inner.left, inner.bottom - height_of(small))),)
    return Plan(frames, size, heading, (legend, column[:2]), words=words)


def _small(made: Periods, unseen: str, width: float, grown: float) -> tuple[Words, ...]:
    """Return what is said under all of it, in small letters."""
    briefing = made.briefing
    others = credit_words(briefing, has_countries=False)
    text = " ".join(one for one in (made.said, unseen, source_words(briefing), *others) if one)
    return (set_words(text, Face(_SMALL_PT * grown), width, color="ink_muted"),)

"""The slide with the map, its native legend, and what has to be said with any map."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from geodata.errors import FormatError
from mapview.briefing.content import Briefing
from mapview.briefing.office import (
    DrawMap,
    MapPicture,
    describe_map,
    labelled,
    parted,
    say,
    shorten,
)
from mapview.briefing.slides.boxes import Box, Para, add_text, describe, fitted, paras_height
from mapview.briefing.slides.deck import Deck
from mapview.briefing.slides.legend import (
    draw_legend,
    draw_line,
    legend_height,
    line_height,
)
from mapview.cartography import AREAS, LegendEntry

__all__ = ["add_legend", "add_map"]

_DPI = 220
_GAP = 14.0
_LEGEND_SHARE = 0.25
_LEAST_LEGEND = 200.0
# A narrower slide keeps its width for the map.
_LEAST_BESIDE = 560.0
_COLUMN = 210.0
_MOST_CAPTION = 0.24
# Slides are read from farther away than pages: their map is laid out on less and made larger.
_NEARER = 0.8
# So few symbols stand in a line under the map, which then has the width of the slide.
_FEW = 3


def add_map(deck: Deck, briefing: Briefing, draw_map: DrawMap) -> list[LegendEntry]:
    """Add the map, and return what of the legend has no room beside it."""
    slide = deck.add(labelled(say("Map"), briefing.short_title))
    content = deck.content
    caption = _caption(deck, briefing)
    below = min(paras_height(caption, content.width, deck.face), content.height * _MOST_CAPTION)
    upper = Box(content.left, content.top, content.width, content.height - below - 8)
    width = _legend_width(content) if upper.width >= _LEAST_BESIDE else 0.0
    drawn = _drawn(draw_map, upper, width)
    beside, later = _shared(deck, list(drawn.legend), upper)
    line = line_height(drawn.legend, upper.width, deck.face) if width else 0.0
    if line and len(drawn.legend) <= _FEW:
        width, beside, later = 0.0, [], []
        upper = replace(upper, height=upper.height - line)
        drawn = _drawn(draw_map, upper, width)
        place = Box(upper.left, upper.bottom, upper.width, line)
        _describe(draw_line(slide.shapes, drawn.legend, place, deck.face), drawn.legend)
    elif width and not beside:
        width = 0.0
        drawn = _drawn(draw_map, upper, width)
        later = list(drawn.legend)
    place = replace(upper, width=upper.width - (width + _GAP if width else 0))
    picture = slide.shapes.add_picture(io.BytesIO(drawn.content), *place.emu)
    describe(picture, "Map", describe_map(briefing))
    if beside:
        panel = Box(place.right + _GAP, upper.top, width, upper.height)
        high, size = legend_height(beside, width, deck.face, most=upper.height)
        panel = Box(panel.left, panel.top, width, min(high, upper.height))
        _draw(deck, slide, beside, panel, size)
    lower = Box(content.left, content.bottom - below, content.width, below)
    add_text(slide.shapes, lower, fitted(caption, lower, deck.face), "About the map")
    return later


def _drawn(draw_map: DrawMap, upper: Box, legend: float) -> MapPicture:
    """Return the map beside a legend of some width."""
    width = upper.width - (legend + _GAP if legend else 0)
    try:
        return _made(draw_map, width, upper.height, _NEARER)
    except FormatError:
        # Call-outs that were asked for may find room among smaller letters.
        return _made(draw_map, width, upper.height, 1.0)


def _made(draw_map: DrawMap, width: float, height: float, share: float) -> MapPicture:
    """Return a map that is laid out on a share of its size and made larger."""
    drawn = draw_map(width * share, height * share, dpi=_DPI / share)
    grown = (
        replace(one, circles=tuple((count, radius / share) for count, radius in one.circles))
        for one in drawn.legend
    )
    return replace(drawn, legend=tuple(grown))


def _caption(deck: Deck, briefing: Briefing) -> list[Para]:
    legal = " ".join((*briefing.credits, briefing.border_note))
    parts = [one for one in (briefing.subject, briefing.as_of) if one]
    paras = [
        Para(briefing.scope, 12, is_bold=True),
        Para(" · ".join(parts), 11, before=2),
        Para(legal, 9, is_muted=True, before=2),
    ]
    return [para.cut(deck.content.width, 2, deck.face) for para in paras]


def _legend_width(content: Box) -> float:
    return max(_LEAST_LEGEND, content.width * _LEGEND_SHARE)


def _shared(
    deck: Deck, entries: list[LegendEntry], upper: Box
) -> tuple[list[LegendEntry], list[LegendEntry]]:
    """Return what of the legend stands beside the map, and what follows."""
    if upper.width < _LEAST_BESIDE:
        return [], entries
    without = [one for one in entries if one.section != say(AREAS)]
    areas = [one for one in entries if one.section == say(AREAS)]
    width = _legend_width(deck.content)
    for beside, later in ((entries, []), (without, areas)):
        high, _ = legend_height(beside, width, deck.face, most=upper.height)
        if high <= upper.height:
            return beside, later
    return [], entries


def add_legend(deck: Deck, entries: list[LegendEntry]) -> None:
    """Draw a legend in columns, over as many slides as it takes."""
    count = max(1, int(deck.content.width / _COLUMN))
    columns = deck.content.columns(count, _GAP)
    left = list(entries)
    title = say("Legend")
    if all(one.section == say(AREAS) for one in entries):
        title = labelled(title, say("base areas"))
    while left:
        slide = deck.add(title)
        # Columns of even height look better than a full one beside an empty one.
        share = -(-len(left) // count)
        for column in columns:
            taken = _fitting(deck, left[:share], column)
            if not taken:
                break
            left = left[len(taken) :]
            high, size = legend_height(taken, column.width, deck.face, most=column.height)
            _draw(deck, slide, taken, Box(column.left, column.top, column.width, high), size)


def _fitting(deck: Deck, entries: list[LegendEntry], column: Box) -> list[LegendEntry]:
    """Return as many entries as a column holds, one at least."""
    for count in range(len(entries), 1, -1):
        high, _ = legend_height(entries[:count], column.width, deck.face, most=column.height)
        if high <= column.height:
            return entries[:count]
    return entries[:1]


def _draw(deck: Deck, slide: Any, entries: list[LegendEntry], box: Box, size: float) -> None:
    _describe(draw_legend(slide.shapes, entries, box, deck.face, size=size), entries)


def _describe(group: Any, entries: Sequence[LegendEntry]) -> None:
    told = parted(shorten(one.label, 140) for one in entries)
    describe(group, "Legend", f"{labelled(say('Legend'), told)}.")

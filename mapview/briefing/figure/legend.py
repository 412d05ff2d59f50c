"""What the legend of a briefing's map says: only what is on the map, worded as on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mapview.cartography.legend import AREAS, CERTAINTY, GROUND, INCIDENTS, LegendEntry
from mapview.cartography.style import KINDS, PRECISIONS, STATUSES

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["AREAS", "CERTAINTY", "INCIDENTS", "LegendEntry", "legend_entries"]

_FORMS = {one.id: one.form for one in PRECISIONS}


def legend_entries(briefing: Briefing) -> list[LegendEntry]:
    """Return what may be on a briefing's map, in a fixed order.

    Which of it a figure shows, and how large its discs are, depends on its size: `draw_map_alone`
    says it.
    """
    return [
        *_kinds(briefing),
        *_certainty(briefing),
        *_areas(briefing),
        LegendEntry(GROUND, "border", "Disputed border"),
    ]


def _kinds(briefing: Briefing) -> Iterator[LegendEntry]:
    present = {line.kind for line in briefing.incidents if line.is_placed}
    for kind in sorted(present):
        yield LegendEntry(INCIDENTS, "symbol", KINDS[kind].label, kind=kind)


def _certainty(briefing: Briefing) -> Iterator[LegendEntry]:
    placed = [line for line in briefing.incidents if line.is_placed]
    present = {line.status_code for line in placed}
    for index, status in enumerate(STATUSES):
        if status.hollow and index in present:
            beside = f" with “{status.mark}”" if status.mark else ""
            words = f"Hollow{beside}: {status.label[0].lower()}{status.label[1:]}"
            yield LegendEntry(CERTAINTY, "hollow", words, status=index)
    forms = {_FORMS[str(line.precision)] for line in placed}
    if "ring" in forms:
        words = "Ring: somewhere inside it (to scale, but not below the symbol’s size)"
        yield LegendEntry(CERTAINTY, "ring", words)
    if "province" in forms:
        words = "Shaded: known only to the province; the small symbol is no place"
        yield LegendEntry(CERTAINTY, "province", words)


def _areas(briefing: Briefing) -> Iterator[LegendEntry]:
    areas = [area for area in briefing.base_areas if area.is_placed]
    if not areas:
        return
    counted = Counter(area.group for area in areas)
    groups = {area.group: area for area in areas}
    ranked = sorted(counted, key=lambda one: (-counted[one], one))
    for group in ranked:
        yield LegendEntry(AREAS, "hatch", groups[group].group_label, hatch=groups[group].hatch)
    first = groups[ranked[0]].hatch
    yield LegendEntry(AREAS, "edge", "Wide areas are hatched along their edge only", hatch=first)
    if any(area.is_faded for area in areas):
        words = "Pale and dotted: after the last source for it"
        yield LegendEntry(AREAS, "faded", words, hatch=first)

"""What the legend of a briefing's map says: only what is on the map, worded as on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mapview.briefing.figure.scene.places import AreaPlace, IncidentPlace
from mapview.cartography.legend import AREAS, CERTAINTY, GROUND, INCIDENTS, LegendEntry
from mapview.cartography.style import KINDS, STATUSES

__all__ = ["legend_entries"]


def legend_entries(
    incidents: Sequence[IncidentPlace], areas: Sequence[AreaPlace]
) -> list[LegendEntry]:
    """Return what may be on a map of some incidents and base areas, in a fixed order.

    Which of it a figure shows, and how large its discs are, depends on its size: `draw_map_alone`
    says it.
    """
    return [
        *_kinds(incidents),
        *_certainty(incidents),
        *_areas(areas),
        LegendEntry(GROUND, "border", "Disputed border"),
    ]


def _kinds(incidents: Sequence[IncidentPlace]) -> Iterator[LegendEntry]:
    for kind in sorted({one.kind for one in incidents}):
        yield LegendEntry(INCIDENTS, "symbol", KINDS[kind].label, kind=kind)


def _certainty(incidents: Sequence[IncidentPlace]) -> Iterator[LegendEntry]:
    present = {one.status for one in incidents}
    for index, status in enumerate(STATUSES):
        if status.hollow and index in present:
            beside = f" with “{status.mark}”" if status.mark else ""
            words = f"Hollow{beside}: {status.label[0].lower()}{status.label[1:]}"
            yield LegendEntry(CERTAINTY, "hollow", words, status=index)
    forms = {one.form for one in incidents}
    if "ring" in forms:
        words = "Ring: somewhere inside it (to scale, but not below the symbol’s size)"
        yield LegendEntry(CERTAINTY, "ring", words)
    if "province" in forms:
        words = "Shaded: known only to the province; the small symbol is no place"
        yield LegendEntry(CERTAINTY, "province", words)


def _areas(areas: Sequence[AreaPlace]) -> Iterator[LegendEntry]:
    if not areas:
        return
    counted = Counter(area.group for area in areas)
    known = {area.group: area for area in areas}
    groups = [known[one] for one in sorted(counted, key=lambda one: (-counted[one], one))]
    for area in groups:
        yield LegendEntry(AREAS, "hatch", area.label, hatch=area.hatch)
    first = groups[0].hatch
    yield LegendEntry(AREAS, "edge", "Wide areas are hatched along their edge only", hatch=first)
    if any(area.is_faded for area in areas):
        words = "Pale and dotted: after the last source for it"
        yield LegendEntry(AREAS, "faded", words, hatch=first)

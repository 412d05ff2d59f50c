"""What the legend of a briefing's map says: only what is on the map, worded as on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geodata.queries.areas import is_drawable
from geodata.records.describe import group_label
from mapview.cartography.style import KINDS, PRECISIONS, STATUSES

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["LegendEntry", "legend_entries"]

Form = Literal[
    "symbol", "discs", "areadisc", "hollow", "ring", "province", "hatch", "edge", "faded", "border"
]

INCIDENTS = "Incidents"
CERTAINTY = "How sure, how exact"
AREAS = "Base areas of groups"
GROUND = "Ground"

_FORMS = {one.id: one.form for one in PRECISIONS}


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend.

    Args:
        section: Heading that it stands under.
        form: What is shown: a symbol, discs, a disc of places that are not known, a hollow symbol,
            a ring, a shaded province, a hatch, the hatched edge of a wide area, a hatch past its
            last citation, a disputed border.
        label: Words.
        kind: Index into `mapview.cartography.style.KINDS` for symbols.
        status: Index into `mapview.cartography.style.STATUSES` for symbols.
        hatch: Index into `mapview.cartography.style.HATCHES` for base areas.
        circles: Numbers and radii in mm of the circles that explain discs, the smallest first.
    """

    section: str
    form: Form
    label: str
    kind: int = 1
    status: int = 0
    hatch: int = 0
    circles: tuple[tuple[int, float], ...] = ()


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
    placed = [one for one in briefing.records.incidents if one.is_mappable]
    present = {str(one.status) for one in placed}
    for index, status in enumerate(STATUSES):
        if status.hollow and status.id in present:
            beside = f" with “{status.mark}”" if status.mark else ""
            words = f"Hollow{beside}: {status.label[0].lower()}{status.label[1:]}"
            yield LegendEntry(CERTAINTY, "hollow", words, status=index)
    forms = {_FORMS[str(one.geo_precision)] for one in placed}
    if "ring" in forms:
        words = "Ring: somewhere inside it (to scale, but not below the symbol’s size)"
        yield LegendEntry(CERTAINTY, "ring", words)
    if "province" in forms:
        words = "Shaded: known only to the province; the small symbol is no place"
        yield LegendEntry(CERTAINTY, "province", words)


def _areas(briefing: Briefing) -> Iterator[LegendEntry]:
    views = [view for view in briefing.areas if is_drawable(view.area)]
    if not views:
        return
    hatches = briefing.hatches
    counted = Counter(view.area.group for view in views)
    for group in sorted(counted, key=lambda one: (-counted[one], one)):
        label = group_label(group, briefing.records)
        yield LegendEntry(AREAS, "hatch", label, hatch=hatches[group])
    first = hatches[min(counted, key=lambda one: (-counted[one], one))]
    yield LegendEntry(AREAS, "edge", "Wide areas are hatched along their edge only", hatch=first)
    if any(view.is_faded for view in views):
        words = "Pale and dotted: after the last source for it"
        yield LegendEntry(AREAS, "faded", words, hatch=first)

"""What the frames of a figure really show, which only they know, and so what its legend says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapview.briefing.figure.legend import CERTAINTY, INCIDENTS, LegendEntry, legend_entries
from mapview.briefing.figure.map.hatching import drawable_areas
from mapview.briefing.figure.scene.marks import MOST_EXACT, Mark, Scale, build_marks
from mapview.briefing.figure.scene.projection import View
from mapview.briefing.figure.scene.spots import AreaSpot, Spot
from mapview.cartography.topology import world

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["Shown", "entries_shown", "shown_in"]

_DISCS = "Several incidents: area by their number, rim by kind"
_AREA_DISC = "Several, none of them at a known place"


@dataclass(frozen=True)
class Shown:
    """What some frames show.

    Args:
        marks: Symbols and discs of all frames.
        scale: How large discs are.
        most: Incidents of the largest disc of the main map.
        forms: Form of precision to the kind of an incident that is drawn so.
        statuses: Index of a status to the kind of an incident that stands alone with it.
        kinds: Kinds of all incidents, those in discs too.
        groups: Names of groups with a base area in a frame.
        has_wide: Whether any is hatched along its edge only.
        has_faded: Whether any is past its last citation.
        has_disputed: Whether a disputed border is in a frame.
    """

    marks: tuple[Mark, ...]
    scale: Scale
    most: int
    forms: Mapping[str, int]
    statuses: Mapping[int, int]
    kinds: frozenset[int]
    groups: frozenset[str]
    has_wide: bool
    has_faded: bool
    has_disputed: bool

    def has(self, entry: LegendEntry) -> bool:
        """Whether an entry explains something in a frame."""
        flags = {"edge": self.has_wide, "faded": self.has_faded, "border": self.has_disputed}
        if entry.form == "hatch":
            return entry.label in self.groups
        if entry.form == "symbol":
            return entry.kind in self.kinds
        if entry.form == "hollow":
            return entry.status in self.statuses
        return flags.get(entry.form, entry.form in self.forms)


def shown_in(
    views: Sequence[View], spots: Sequence[Spot], areas: tuple[AreaSpot, ...], symbol: float
) -> Shown:
    """Return what frames show.

    Args:
        views: The frames, that of the main map first; its discs say how large all are.
        spots: Places of incidents.
        areas: Base areas.
        symbol: Radius of a symbol in mm.
    """
    inside = [view.holding(spots) for view in views]
    first, scale = build_marks(inside[0], symbol)
    most = max((mark.count for mark in first), default=1)
    others = [build_marks(placed, symbol, most)[0] for placed in inside[1:]]
    marks = [mark for part in (first, *others) for mark in part]
    alone = [mark.spots[0] for mark in marks if mark.is_single]
    # Rings and provinces are drawn of incidents in discs too, but not where there are very many.
    exact = [spot for part in inside if len(part) <= MOST_EXACT for _, _, spot in part]
    drawn = [one for view in views for one in drawable_areas(areas, view)]
    return Shown(
        tuple(marks),
        scale,
        most,
        {one.form: one.kind for one in reversed([*exact, *alone])},
        {one.status: one.kind for one in reversed(alone)},
        frozenset(spot.kind for part in inside for _, _, spot in part),
        frozenset(one.area.group for one in drawn),
        any(one.is_wide for one in drawn),
        any(one.area.faded for one in drawn),
        any(view.shapes(world().disputed) for view in views),
    )


def entries_shown(briefing: Briefing, shown: Shown) -> list[LegendEntry]:
    """Return the legend of a figure: what its frames show, with discs, and nothing else."""
    entries = [_as_drawn(one, shown) for one in legend_entries(briefing) if shown.has(one)]
    at = sum(one.section == INCIDENTS for one in entries)
    return [*entries[:at], *_discs(shown), *entries[at:]]


def _as_drawn(entry: LegendEntry, shown: Shown) -> LegendEntry:
    """Give a symbol that stands for any kind one that is on the map."""
    if entry.section != CERTAINTY:
        return entry
    kinds = {**shown.forms, "hollow": shown.statuses.get(entry.status, entry.kind)}
    return replace(entry, kind=kinds[entry.form])


def _discs(shown: Shown) -> Iterator[LegendEntry]:
    counts = sorted({mark.count for mark in shown.marks if not mark.is_single})
    if not counts:
        return
    chosen = sorted({counts[0], counts[len(counts) // 2], counts[-1]})
    circles = tuple((count, shown.scale.disc(count)) for count in chosen)
    yield LegendEntry(INCIDENTS, "discs", _DISCS, circles=circles)
    if any(mark.is_area and not mark.is_single for mark in shown.marks):
        yield LegendEntry(INCIDENTS, "areadisc", _AREA_DISC)

"""What the frames of a figure really show, which only they know, and so what its legend says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapview.briefing.figure.scene import (
    MOST_EXACT,
    SYMBOL_MM,
    AreaPlace,
    DiscScale,
    MapData,
    Symbol,
    View,
    drawn_areas,
    stack_symbols,
)
from mapview.cartography import LegendEntry, Present, legend_entries, world

__all__ = ["Contents", "contents_of"]


@dataclass(frozen=True)
class Contents:
    """What some frames show.

    Attributes:
        data: All that there is to show.
        symbols: Symbols and discs of all frames.
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

    data: MapData
    symbols: tuple[Symbol, ...]
    scale: DiscScale
    most: int
    forms: Mapping[str, int]
    statuses: Mapping[int, int]
    kinds: frozenset[int]
    groups: frozenset[str]
    has_wide: bool
    has_faded: bool
    has_disputed: bool

    @property
    def legend(self) -> list[LegendEntry]:
        """What explains the frames, with discs, and nothing else."""
        circles = self._circles()
        are_placeless = any(one.is_area and not one.is_single for one in self.symbols)
        flags = {
            "discs": bool(circles),
            "areadisc": are_placeless,
            "edge": self.has_wide,
            "faded": self.has_faded,
            "border": self.has_disputed,
        }
        return legend_entries(
            Present(
                kinds=self.kinds,
                statuses=self.statuses,
                forms={**self.forms, **{form: 1 for form, is_shown in flags.items() if is_shown}},
                groups=[one for one in _groups(self.data.areas) if one[0] in self.groups],
                circles=circles,
            )
        )

    def _circles(self) -> tuple[tuple[int, float], ...]:
        """Return the smallest, the middle and the largest disc: numbers and radii."""
        counts = sorted({symbol.count for symbol in self.symbols if not symbol.is_single})
        if not counts:
            return ()
        chosen = sorted({counts[0], counts[len(counts) // 2], counts[-1]})
        return tuple((count, self.scale.disc(count)) for count in chosen)


def _groups(areas: Sequence[AreaPlace]) -> list[tuple[str, int]]:
    """Return the names and hatches of groups, the one of most base areas first."""
    counts = Counter(area.group for area in areas)
    known = {area.group: (area.label, area.hatch) for area in areas}
    return [known[group] for group in sorted(counts, key=lambda one: (-counts[one], one))]


def contents_of(views: Sequence[View], data: MapData, text: float) -> Contents:
    """Return what frames show.

    Args:
        views: The frames, that of the main map first; its discs say how large all are.
        data: What there is to show.
        text: Factor on the size of letters and symbols.
    """
    symbol = SYMBOL_MM * text
    inside = [view.holding(data.incidents) for view in views]
    first, scale = stack_symbols(inside[0], symbol)
    most = max((one.count for one in first), default=1)
    others = [stack_symbols(placed, symbol, most)[0] for placed in inside[1:]]
    symbols = [one for part in (first, *others) for one in part]
    alone = [one.places[0] for one in symbols if one.is_single]
    # Rings and provinces are drawn of incidents in discs too, but not where there are very many.
    exact = [place for part in inside if len(part) <= MOST_EXACT for _, _, place in part]
    drawn = [one for view in views for one in drawn_areas(data.areas, view)]
    return Contents(
        data=data,
        symbols=tuple(symbols),
        scale=scale,
        most=most,
        forms={one.form: one.kind for one in reversed([*exact, *alone])},
        statuses={one.status: one.kind for one in reversed(alone)},
        kinds=frozenset(place.kind for part in inside for _, _, place in part),
        groups=frozenset(one.area.label for one in drawn),
        has_wide=any(one.is_wide for one in drawn),
        has_faded=any(one.area.is_faded for one in drawn),
        has_disputed=any(view.shapes(world().disputed) for view in views),
    )

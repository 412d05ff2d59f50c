"""What the frames of a figure really show, which only they know, and so what its legend says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mapview.briefing.figure.legend import legend_entries
from mapview.briefing.figure.scene.areas import drawn_areas
from mapview.briefing.figure.scene.clusters import MapData
from mapview.briefing.figure.scene.stacks import (
    MOST_EXACT,
    SYMBOL_MM,
    DiscScale,
    Symbol,
    stack_symbols,
)
from mapview.briefing.figure.scene.view import View
from mapview.cartography.legend import CERTAINTY, INCIDENTS, LegendEntry
from mapview.cartography.topology import world

__all__ = ["Contents", "contents_of"]

_DISCS = "Several incidents: area by their number, rim by kind"
_AREA_DISC = "Several, none of them at a known place"


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

    def explains(self, entry: LegendEntry) -> bool:
        """Whether an entry of a legend explains something in a frame."""
        flags = {"edge": self.has_wide, "faded": self.has_faded, "border": self.has_disputed}
        if entry.form == "hatch":
            return entry.label in self.groups
        if entry.form == "symbol":
            return entry.kind in self.kinds
        if entry.form == "hollow":
            return entry.status in self.statuses
        return flags.get(entry.form, entry.form in self.forms)

    @property
    def legend(self) -> list[LegendEntry]:
        """What explains the frames, with discs, and nothing else."""
        possible = legend_entries(self.data.incidents, self.data.areas)
        entries = [self._as_drawn(one) for one in possible if self.explains(one)]
        at = sum(one.section == INCIDENTS for one in entries)
        return [*entries[:at], *self._discs(), *entries[at:]]

    def _as_drawn(self, entry: LegendEntry) -> LegendEntry:
        """Give a symbol that stands for any kind one that is on the map."""
        if entry.section != CERTAINTY:
            return entry
        kinds = {**self.forms, "hollow": self.statuses.get(entry.status, entry.kind)}
        return replace(entry, kind=kinds[entry.form])

    def _discs(self) -> Iterator[LegendEntry]:
        counts = sorted({symbol.count for symbol in self.symbols if not symbol.is_single})
        if not counts:
            return
        chosen = sorted({counts[0], counts[len(counts) // 2], counts[-1]})
        circles = tuple((count, self.scale.disc(count)) for count in chosen)
        yield LegendEntry(INCIDENTS, "discs", _DISCS, circles=circles)
        if any(symbol.is_area and not symbol.is_single for symbol in self.symbols):
            yield LegendEntry(INCIDENTS, "areadisc", _AREA_DISC)


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

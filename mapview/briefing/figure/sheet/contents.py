"""What the frames of a figure really show, which only they know, and so what its legend says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mapview.briefing.figure.scene import (
    MOST_EXACT,
    SYMBOL_MM,
    DiscScale,
    DrawnArea,
    IncidentPlace,
    MapData,
    Symbol,
    View,
    drawn_areas,
    stack_symbols,
)
from mapview.cartography import STANDINGS, LegendEntry, Present, legend_entries, say, world

__all__ = ["Contents", "contents_of"]

_BY_SIZE = "Several incidents: size by their number"


@dataclass(frozen=True)
class Contents:
    """What some frames show.

    Attributes:
        symbols: Symbols and discs of all frames.
        scale: How large discs are.
        most: Incidents of the largest disc of the main map.
        legend: What explains all of it, and nothing else.
        counts: How many incidents of a kind, as an index into `DRAWN`, certainly and at most.
        red: What is in the one colour that is not grey: words, and the kind of one; if anything.
    """

    symbols: tuple[Symbol, ...]
    scale: DiscScale
    most: int
    legend: tuple[LegendEntry, ...]
    counts: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    red: tuple[str, int] | None = None

    @property
    def counted(self) -> tuple[Mapping[int, tuple[int, int]], tuple[str, int] | None]:
        """What a legend says beside its forms: counts, and what is red."""
        return self.counts, self.red


def contents_of(
    views: Sequence[View], shown: Sequence[MapData], text: float, *, is_even: bool = False
) -> Contents:
    """Return what frames show.

    Args:
        views: The frames, that of the main map first; its discs say how large all are.
        shown: What each of them shows.
        text: Factor on the size of letters and symbols.
        is_even: Whether none is the main one, so that the largest disc of all says how large they
            are.
    """
    symbol = SYMBOL_MM * text
    data = shown[0]
    inside = [view.holding(one.incidents) for view, one in zip(views, shown, strict=True)]
    leading = [stack_symbols(placed, symbol)[0] for placed in inside[: None if is_even else 1]]
    most = max((one.count for part in leading for one in part), default=1)
    first, scale = stack_symbols(inside[0], symbol, most if is_even else 1)
    others = [stack_symbols(placed, symbol, most)[0] for placed in inside[1:]]
    symbols = [one for part in (first, *others) for one in part]
    alone = [one.places[0] for one in symbols if one.is_single]
    # Rings and provinces are drawn of incidents in discs too, but not where there are very many.
    exact = [place for part in inside if len(part) <= MOST_EXACT for _, _, place in part]
    apart = list(dict.fromkeys(views))
    drawn = [one for view in apart for one in drawn_areas(data.areas, view)]
    standings = {one.area.standing for one in drawn if not one.area.has_ended}
    forms = {one.form: one.kind for one in reversed([*exact, *alone])}
    others_drawn = {
        "discs": any(not one.is_single for one in symbols),
        "bounds": any(one.certain < one.count for one in symbols if not one.is_single),
        "areadisc": any(one.is_area and not one.is_single for one in symbols),
        "edge": any(one.is_wide and not one.area.has_ended for one in drawn),
        "faded": any(one.area.is_faded for one in drawn),
        "lost": any(one.area.has_ended for one in drawn),
        "border": any(view.shapes(world().disputed) for view in (apart[:1] if is_even else apart)),
    }
    # Of presence only a map says something on which it is not hatched.
    others_drawn |= {
        one.id: at in standings for at, one in enumerate(STANDINGS) if one.mark or one.has_band
    }
    present = Present(
        own=data.own_types,
        kinds={place.kind for part in inside for _, _, place in part},
        statuses={one.status: one.kind for one in reversed(alone)},
        forms=forms | {form: 1 for form, is_drawn in others_drawn.items() if is_drawn},
        groups=_groups(data, drawn),
        circles=_circles(symbols, scale),
    )
    legend = list(legend_entries(present))
    if any(place.is_focus for place in data.incidents):
        # All rims are grey then.
        legend = [replace(o, label=say(_BY_SIZE)) if o.form == "discs" else o for o in legend]
    places = {place.id: place for part in inside for _, _, place in part}
    focused = [one for one in places.values() if one.is_focus]
    red = (data.red, focused[0].kind) if 0 < len(focused) < len(places) else None
    counts = _counts(places.values())
    return Contents(tuple(symbols), scale, most, tuple(legend), counts, red)


def _counts(places: Collection[IncidentPlace]) -> dict[int, tuple[int, int]]:
    """Return how many incidents of each kind there are, certainly and at most."""
    possible = Counter(one.kind for one in places)
    certain = Counter(one.kind for one in places if one.is_certain)
    return {kind: (certain[kind], count) for kind, count in possible.items()}


def _groups(data: MapData, drawn: Iterable[DrawnArea]) -> list[tuple[str, int]]:
    """Return names and hatches of the groups in frames.

    The one of most base areas that are certain comes first, wherever these are.
    """
    counts = Counter(area.group for area in data.areas)
    sure = Counter(area.group for area in data.areas if not area.is_faded)
    found = {one.area.group: (one.area.label, one.area.hatch) for one in drawn}
    order = sorted(found, key=lambda one: (-sure[one], -counts[one], one))
    return [found[group] for group in order]


def _circles(symbols: Iterable[Symbol], scale: DiscScale) -> tuple[tuple[int, float], ...]:
    """Return the smallest, the middle and the largest disc: numbers and radii."""
    counts = sorted({symbol.count for symbol in symbols if not symbol.is_single})
    chosen = {counts[0], counts[len(counts) // 2], counts[-1]} if counts else set()
    return tuple((count, scale.disc(count)) for count in sorted(chosen))

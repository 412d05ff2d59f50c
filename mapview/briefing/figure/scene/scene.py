"""Which part of the world each frame shows: the main map, insets for far places, an enlargement."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geodata.records import (
    comma,
    country_name,
    join_words,
    say,
)
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.clusters import Cluster, Extent, MapData, inset_clusters
from mapview.briefing.figure.scene.labels import short_place
from mapview.briefing.figure.scene.projection import fit_view
from mapview.briefing.figure.scene.stacks import SYMBOL_MM, Symbol, stack_symbols
from mapview.briefing.figure.scene.view import S, View

__all__ = ["Inset", "Scene", "plan_scene"]

# Iran to Kyrgyzstan: where most shipped records lie, shown when there is nothing to show.
HOME = (44.0, 23.0, 82.0, 46.0)

# What an inset shows around a place that stands alone.
_NEAR_KM = 120
# An inset shows places as exactly as it can, but no ring smaller than this; an enlargement shows
# no ring larger, since the main map does.
_CLOSE_KM = 15.0
# Symbols at the edge of an inset stand so far inside it, or this share of it if that is more.
_INSET_EDGE_MM = 3.2
_INSET_PAD = 0.14
# Of the main map: a few places need more of what is around them than many.
_PAD = 0.05
_PAD_OF_FEW = 0.16
_FEW = 5
# Longer lists of places are no title.
_MOST_TITLE = 30
# A disc of so many incidents, or of that share of all, at more than so many places told apart to
# a tenth of a degree, is worth an enlargement; where there are very many, each disc would be.
_CROWD = 6
_CROWDED_SHARE = 0.33
_CROWDED_PLACES = 2
_CROWDED_MANY = 400
# Points along the north and south of an extent, whose sides are bent on paper.
_EXTENT_STEPS = 7


@dataclass(frozen=True)
class Inset:
    """A small map beside the main one.

    Attributes:
        titles: What it shows, in fewer and fewer words.
        cluster: The places that it is made for.
        enlarges: Whether it repeats part of the main map at a larger scale.
    """

    titles: tuple[str, ...]
    cluster: Cluster
    enlarges: bool = False


@dataclass(frozen=True)
class Scene:
    """What there is to draw, and how it is shared out among frames.

    Attributes:
        data: All that the maps can show.
        main: Longitude, latitude and radius in km of what the main map must show.
        is_tight: Whether it shows exactly that: a part of the world that somebody asked for.
        insets: Insets, the most important first.
    """

    data: MapData
    main: tuple[Extent, ...]
    is_tight: bool
    insets: tuple[Inset, ...] = ()

    def main_view(self, frame: Rect) -> View:
        """Return the main map's view in a frame on paper."""
        if self.is_tight:
            return fit_view(self.main, frame, pad=0, tight=True)
        return fit_view(self.main, frame, pad=_PAD if len(self.main) > _FEW else _PAD_OF_FEW)

    def inset_view(self, inset: Inset, frame: Rect) -> View:
        """Return an inset's view in a frame on paper."""
        most = _CLOSE_KM if inset.enlarges else math.inf
        around = _NEAR_KM if inset.cluster.is_one_place else 0.0
        extents = [
            (lon, lat, max(min(max(km, _CLOSE_KM), most), around))
            for lon, lat, km in inset.cluster.extents
        ]
        least = _INSET_EDGE_MM / min(frame.width, frame.height)
        return fit_view(extents, frame, pad=max(_INSET_PAD, least))

    def unseen(self, views: Sequence[View]) -> Cluster:
        """Return the incidents and base areas that no view shows."""
        return Cluster(
            tuple(_outside(self.data.incidents, views)), tuple(_outside(self.data.areas, views))
        )


def _outside(places: Sequence[S], views: Sequence[View]) -> list[S]:
    for view in views:
        # Views of one extent, as maps by period have, need not look for the same again.
        seen = {id(one) for _, _, one in view.holding(places)}
        places = [one for one in places if id(one) not in seen]
    return list(places)


def plan_scene(data: MapData, frame: Rect, most_insets: int, text: float) -> Scene:
    """Return what is shown where.

    Args:
        data: What there is.
        frame: About where the main map will stand on paper.
        most_insets: Number of insets that there is room for.
        text: Factor on the size of letters and symbols, which says where the main map is crowded.
    """
    if data.extent is not None or not (data.incidents or data.areas):
        scene = Scene(data, _corners(*(data.extent or HOME)), is_tight=True)
        return replace(scene, insets=_insets(data, scene.main_view(frame), most_insets))
    around = data.around_km if data.main.is_one_place else 0.0
    main = tuple((lon, lat, max(km, around)) for lon, lat, km in data.main.extents)
    scene = Scene(data, main, is_tight=False)
    view = scene.main_view(frame)
    crowd = _crowd(data, view, SYMBOL_MM * text) if most_insets > 1 else None
    return replace(scene, insets=_insets(data, view, most_insets, crowd))


def _corners(west: float, south: float, east: float, north: float) -> tuple[Extent, ...]:
    """Return points along the north and south of an extent, which may cross 180°."""
    lons = np.linspace(west, east + 360 if east < west else east, _EXTENT_STEPS)
    return tuple((float(lon), lat, 0.0) for lon in lons for lat in (south, north))


def _insets(data: MapData, view: View, most: int, crowd: Inset | None = None) -> tuple[Inset, ...]:
    """Return insets for what the main map does not show, after an enlargement of its crowd."""
    outside = _outside(data.incidents, [view])
    first = [] if crowd is None else [crowd]
    far = inset_clusters(outside, most - len(first)) if outside and most else []
    return tuple(first + [Inset(_titles(one), one) for one in far])


def _crowd(data: MapData, view: View, symbol: float) -> Inset | None:
    """Return an enlargement of where most incidents share one disc, if they lie apart at all."""
    inside = view.holding(data.incidents)
    if len(inside) > _CROWDED_MANY:
        return None
    symbols, _ = stack_symbols(inside, symbol)
    crowded = next((one for one in symbols if _is_crowded(one, len(data.incidents))), None)
    if crowded is None:
        return None
    cluster = Cluster(crowded.places)
    place = next(iter(_names(cluster)), say("Crowded part"))
    titles = (
        say("{place} and around, enlarged", place=place),
        say("{place}, enlarged", place=place),
        say("Enlarged"),
    )
    return Inset(titles, cluster, enlarges=True)


def _is_crowded(symbol: Symbol, total: int) -> bool:
    places = {(round(place.lon, 1), round(place.lat, 1)) for place in symbol.places}
    is_large = symbol.count >= max(_CROWD, _CROWDED_SHARE * total)
    return is_large and len(places) > _CROWDED_PLACES


def _names(cluster: Cluster) -> list[str]:
    """Return the names of places, the one of most incidents first."""
    short = (short_place(place.name) for place in cluster.incidents)
    names = Counter(name for name in short if name)
    return [name for name, _ in names.most_common()]


def _titles(cluster: Cluster) -> tuple[str, ...]:
    """Return what a reader calls these places, in fewer and fewer words."""
    names = _names(cluster)
    codes = dict.fromkeys(place.country for place in cluster.incidents if place.country)
    countries = [country_name(code) for code in codes]
    if len(names) == 1:
        return tuple(dict.fromkeys((comma().join([*names, *countries[:1]]), names[0])))
    if len(countries) == 1:
        return (countries[0],)
    named = join_words(names)
    said = [join_words(countries), say("Elsewhere")] if countries else [say("Elsewhere")]
    return (named, *said) if 0 < len(named) <= _MOST_TITLE else tuple(said)

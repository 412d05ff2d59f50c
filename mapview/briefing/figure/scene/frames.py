"""Which part of the world each frame shows: the main map, insets for far places, an enlargement."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import ReferenceType, ref

import numpy as np
from shapely import Polygon

from geodata.geodesy import distance_km
from geodata.records.words import country_name, join_words
from mapview.briefing.figure.scene.labels import short_place
from mapview.briefing.figure.scene.marks import Mark, build_marks
from mapview.briefing.figure.scene.projection import Box, S, View, fit_view
from mapview.briefing.figure.scene.spots import (
    AreaSpot,
    Cluster,
    Spot,
    area_spots,
    incident_spots,
    inset_clusters,
    main_cluster,
)
from mapview.cartography.topology import world

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

_Gathered = tuple[tuple[Spot, ...], tuple[AreaSpot, ...], Cluster]

__all__ = ["Inset", "Scene", "locator_view", "outline_on", "plan_scene"]

# Iran to Kyrgyzstan: where most shipped records lie, shown when there is nothing to show.
HOME = (44.0, 23.0, 82.0, 46.0)

_ALONE_KM = 170
_NEAR_KM = 120
_CLOSE_KM = 15.0
_INSET_EDGE_MM = 3.2
_MOST_TITLE = 30
_LOCATE_BELOW_KM = 1_300
_AROUND_KM = (1_000, 2_000, 3_500)
_ENOUGH_LAND = 0.12
_FEW = 5
_CROWD = 6
_CROWDED_SHARE = 0.33
_CROWDED_MANY = 400


@dataclass(frozen=True)
class Inset:
    """A small map beside the main one.

    Args:
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

    Args:
        spots: Every place of an incident.
        areas: Every base area.
        main: Longitude, latitude and radius in km of what the main map must show.
        is_tight: Whether it shows exactly that: a part of the world that somebody asked for.
        insets: Insets, the most important first.
    """

    spots: tuple[Spot, ...]
    areas: tuple[AreaSpot, ...]
    main: tuple[tuple[float, float, float], ...]
    is_tight: bool
    insets: tuple[Inset, ...]

    def main_view(self, box: Box) -> View:
        """Return the main map's view in a box on paper."""
        if self.is_tight:
            return fit_view(self.main, box, pad=0, tight=True)
        # A few places need more of what is around them than many.
        return fit_view(self.main, box, pad=0.05 if len(self.main) > _FEW else 0.16)

    def inset_view(self, inset: Inset, box: Box) -> View:
        """Return an inset's view in a box on paper."""
        most = _CLOSE_KM if inset.enlarges else math.inf
        places = [
            (lon, lat, min(max(radius, _CLOSE_KM), most))
            for lon, lat, radius in inset.cluster.places
        ]
        if _is_one_place(places):
            places = [(lon, lat, max(radius, _NEAR_KM)) for lon, lat, radius in places]
        # At least as much as the symbols need that stand at its edge.
        least = _INSET_EDGE_MM / min(box[2] - box[0], box[3] - box[1])
        return fit_view(places, box, pad=max(0.14, least))

    def unseen(self, views: Sequence[View]) -> list[Cluster]:
        """Return the incidents and base areas that no view shows."""
        spots = tuple(_outside(self.spots, views))
        areas = tuple(_outside(self.areas, views))
        return [Cluster(spots, areas)] if spots or areas else []


def _outside(spots: Sequence[S], views: Sequence[View]) -> list[S]:
    seen = {id(one) for view in views for _, _, one in view.holding(spots)}
    return [one for one in spots if id(one) not in seen]


def _is_one_place(places: Sequence[tuple[float, float, float]]) -> bool:
    lon, lat, _ = places[0]
    return all(distance_km(lon, lat, one[0], one[1]) < _NEAR_KM / 2 for one in places)


# Of the briefing drawn last: its figures, slides and document are drawn one after the other.
_LAST: list[tuple[ReferenceType[Briefing], _Gathered]] = []


def _gathered(briefing: Briefing) -> _Gathered:
    """Return the places of a briefing and those of its main map, which all its figures share."""
    for known, gathered in _LAST:
        if known() is briefing:
            return gathered
    spots, areas = tuple(incident_spots(briefing)), tuple(area_spots(briefing))
    gathered = spots, areas, main_cluster(spots, areas)
    _LAST[:] = [(ref(briefing), gathered)]
    return gathered


def plan_scene(briefing: Briefing, box: Box, most_insets: int, symbol: float) -> Scene:
    """Return what is shown where.

    Args:
        briefing: What there is.
        box: About where the main map will stand on paper.
        most_insets: Number of insets that there is room for.
        symbol: Radius of a symbol, which says where the main map is crowded.
    """
    spots, areas, main = _gathered(briefing)
    if briefing.extent is not None or not (spots or areas):
        return _given(briefing, spots, areas, box, most_insets)
    places = main.places
    if _is_one_place(places):
        places = [(lon, lat, max(radius, _ALONE_KM)) for lon, lat, radius in places]
    scene = Scene(spots, areas, tuple(places), is_tight=False, insets=())
    view = scene.main_view(box)
    crowd = _crowd(spots, view, symbol) if most_insets > 1 else None
    return replace(scene, insets=_insets(spots, view, most_insets, crowd))


def _insets(
    spots: Sequence[Spot], view: View, most: int, crowd: Inset | None = None
) -> tuple[Inset, ...]:
    """Return insets for what the main map does not show, after an enlargement of its crowd."""
    outside = _outside(spots, [view])
    first = [] if crowd is None else [crowd]
    far = inset_clusters(outside, most - len(first)) if outside and most else []
    return tuple(first + [Inset(_titles(one.spots), one) for one in far])


def _given(
    briefing: Briefing, spots: tuple[Spot, ...], areas: tuple[AreaSpot, ...], box: Box, most: int
) -> Scene:
    west, south, east, north = briefing.extent or HOME
    if east < west:
        east += 360
    edge = [(lon, lat, 0.0) for lon in np.linspace(west, east, 7) for lat in (south, north)]
    scene = Scene(spots, areas, tuple(edge), is_tight=True, insets=())
    return replace(scene, insets=_insets(spots, scene.main_view(box), most))


def _crowd(spots: Sequence[Spot], view: View, symbol: float) -> Inset | None:
    """Return an enlargement of where most incidents share one disc, if they lie apart at all."""
    inside = view.holding(spots)
    if len(inside) > _CROWDED_MANY:
        return None
    marks, _ = build_marks(inside, symbol)
    crowded = [mark for mark in marks if _is_crowded(mark, len(spots))]
    if not crowded:
        return None
    mark = crowded[0]
    place = next(iter(_places(mark.spots)), "Crowded part")
    titles = (f"{place} and around, enlarged", f"{place}, enlarged", "Enlarged")
    return Inset(titles, Cluster(mark.spots), enlarges=True)


def _is_crowded(mark: Mark, total: int) -> bool:
    places = {(round(spot.lon, 1), round(spot.lat, 1)) for spot in mark.spots}
    return mark.count >= max(_CROWD, _CROWDED_SHARE * total) and len(places) > 2  # noqa: PLR2004


def _places(spots: Sequence[Spot]) -> list[str]:
    """Return the names of places, the one of most incidents first."""
    names = Counter(name for name in (short_place(spot.place) for spot in spots) if name)
    return [name for name, _ in names.most_common()]


def _titles(spots: Sequence[Spot]) -> tuple[str, ...]:
    """Return what a reader calls these places, in fewer and fewer words."""
    places = _places(spots)
    countries = list(dict.fromkeys(country_name(spot.country) for spot in spots if spot.country))
    if len(places) == 1:
        return tuple(dict.fromkeys((", ".join([*places, *countries[:1]]), places[0])))
    if len(countries) == 1:
        return (countries[0],)
    named = join_words(places)
    said = [join_words(countries), "Elsewhere"] if countries else ["Elsewhere"]
    return (named, *said) if 0 < len(named) <= _MOST_TITLE else tuple(said)


def locator_view(main: View, box: Box) -> View | None:
    """Return the wider region around a main map, or `None` where that shows enough already."""
    left, top, right, bottom = main.box
    across_km = main.km_per_mm * (right - left)
    if main.is_world or across_km > _LOCATE_BELOW_KM:
        return None
    lons, lats = main.from_mm(np.array([(left + right) / 2]), np.array([(top + bottom) / 2]))
    at = (float(lons[0]), float(lats[0]))
    views = [fit_view([(*at, max(radius, 1.6 * across_km))], box, pad=0) for radius in _AROUND_KM]
    # Around islands a wider region is needed before anything known comes into sight.
    return next((view for view in views if _land_share(view) > _ENOUGH_LAND), views[-1])


def _land_share(view: View) -> float:
    land = sum(shape.area for shape in view.shapes(world().land))
    return float(land / view.frame.area)


def outline_on(main: View, inset: View) -> Polygon:
    """Return the frame of an inset as it lies on the main map."""
    left, top, right, bottom = inset.box
    xs = np.concatenate([np.linspace(left, right, 9), np.full(9, right),
                         np.linspace(right, left, 9), np.full(9, left)])  # fmt: skip
    ys = np.concatenate([np.full(9, top), np.linspace(top, bottom, 9),
                         np.full(9, bottom), np.linspace(bottom, top, 9)])  # fmt: skip
    lons, lats = inset.from_mm(xs, ys)
    x, y = main.to_mm(lons, lats)
    return Polygon(np.column_stack([x, y]))

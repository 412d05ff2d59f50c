"""A point of two cells: on the earth, not the corner where lost ones go, and in its country."""

from __future__ import annotations

from functools import cache, lru_cache

from geodata.importing.making.draft import Draft, RowError
from geodata.importing.values import LATEST, degrees_of, is_null, pair_of
from geodata.places import boundaries

__all__ = ["check_country", "on_earth", "point_of"]

_FAR_KM = 60.0


def point_of(
    draft: Draft, columns: tuple[str, str], texts: tuple[str, str]
) -> tuple[float, float] | None:
    """Return longitude and latitude of a row; `None` where nothing is given.

    Args:
        draft: Takes the doubts.
        columns: Names of the columns of latitude and longitude.
        texts: What stands there.

    Raises:
        RowError: If the cells are filled and are no place on the earth.
    """
    missing = [is_null(one) for one in texts]
    if all(missing):
        return None
    if any(missing):
        given = 1 if missing[0] else 0
        pair = pair_of(texts[given])
        meant = f"both in one cell: {pair[0]:.10g}, {pair[1]:.10g}" if pair else ""
        raise RowError("coordinates_half", columns[given], texts[given], meant)
    lat, lon = degrees_of(texts[0], 0), degrees_of(texts[1], 1)
    if lat is None or lon is None:
        crossed = degrees_of(texts[1], 0), degrees_of(texts[0], 1)
        if None not in crossed:
            # The letters of the hemispheres stand in the other column.
            lat, lon = crossed
        else:
            wrong = 0 if lat is None else 1
            raise RowError("coordinates_unreadable", columns[wrong], texts[wrong])
    return on_earth(draft, columns, (float(lat or 0), float(lon or 0)))


def on_earth(
    draft: Draft, columns: tuple[str, str], pair: tuple[float, float]
) -> tuple[float, float] | None:
    """Return longitude and latitude if a pair can be a place.

    Raises:
        RowError: If it does not lie on the earth.
    """
    lat, lon = pair
    if abs(lat) > LATEST[0] or abs(lon) > LATEST[1]:
        wrong = 0 if abs(lat) > LATEST[0] else 1
        is_swapped = abs(lon) <= LATEST[0] and abs(lat) <= LATEST[1]
        raise RowError(
            "coordinates_out_of_range",
            columns[wrong],
            f"{lat:.10g}, {lon:.10g}",
            f"swapped: {lon:.10g}, {lat:.10g}" if is_swapped else "",
        )
    if lat == 0 and lon == 0:
        draft.doubt("point_at_zero", columns[0], "0, 0")
        return None
    return lon, lat


def check_country(draft: Draft, column: str) -> None:
    """Note a point that lies far from its country, and how it may be meant."""
    if not draft.point or not draft.country:
        return
    lon, lat = draft.point
    problem = _astray(round(lon, 3), round(lat, 3), draft.country, draft.reach_km)
    if problem:
        draft.doubt("point_outside_country", column, f"{lat:.6g}, {lon:.6g}", problem)


@lru_cache(maxsize=200_000)
def _astray(lon: float, lat: float, country: str, radius: float) -> str:
    if country not in boundaries.countries() or _is_near(lon, lat, country, radius):
        return ""
    for words, x, y in (
        ("swapped", lat, lon),
        ("west, with a minus", -lon, lat),
        ("south, with a minus", lon, -lat),
        ("both signs lost", -lon, -lat),
    ):
        if abs(y) <= LATEST[0] and _is_near(x, y, country, radius):
            return f"{words}: {y:.6g}, {x:.6g}"
    return "no change of order or sign puts it there"


@cache
def _bounds(country: str) -> tuple[float, float, float, float]:
    west, south, east, north = boundaries.countries()[country].geometry.bounds
    return west, south, east, north


def _is_near(lon: float, lat: float, country: str, radius: float) -> bool:
    west, south, east, north = _bounds(country)
    reach = 3.0
    if not (west - reach <= lon <= east + reach and south - reach <= lat <= north + reach):
        return False
    return boundaries.distance_km(lon, lat, country) <= _FAR_KM + radius

"""What somebody who types may want to go to: places whose names begin with some letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.geodesy import distance_km
from geodata.places.spellings import Place, starting, words_of

__all__ = ["FoundPlace", "find_places"]

# Two letters begin the names of thousands.
_LEAST_LETTERS = 3
# A province or a place kept by hand, of which nobody knows how many live there, stands among towns
# of that many people.
_PEOPLE = {"hand-kept": 200_000, "Natural Earth": 150_000}
_SEAT_PEOPLE = 100_000
# How much the whole name counts, and the main one, against the beginning of any other.
_LIKENESS = {(True, True): 1e4, (True, False): 15.0, (False, True): 20.0, (False, False): 1.0}
# The same name so near is the same place of another source.
_SAME_KM = 15.0


@dataclass(frozen=True)
class FoundPlace:
    """A place whose name begins as it was typed.

    Attributes:
        name: Its main name.
        matched: The spelling that begins so.
        country: ISO 3166-1 alpha-2 code.
        precision: `site`, `settlement`, `near settlement`, `district`, `province` or `region`.
        lon, lat: Degrees, WGS 84.
        radius_km: Radius of the circle around the point that holds the place.
    """

    name: str
    matched: str
    country: str
    precision: str
    lon: float
    lat: float
    radius_km: float


def find_places(text: str, *, limit: int = 8) -> list[FoundPlace]:
    """Return places with a name that begins with a text in any script.

    Args:
        text: Three letters or more; fewer find nothing.
        limit: Largest number of places.

    Returns:
        Those with more people first, as far as their name is like the text.

    Example:
        >>> [(one.name, one.country) for one in find_places("Кабул", limit=1)]
        [('Kabul', 'AF')]
        >>> find_places("ka")
        []
    """
    key = "".join(words_of(text))
    if len(key) < _LEAST_LETTERS:
        return []
    best: dict[tuple[str, str], _Ranked] = {}
    for place, at, letters in starting(key):
        likeness = _LIKENESS[letters == key, at == 0]
        one = (-likeness * _weight(place), place.source_id, at)
        known = best.get((place.source, place.source_id))
        if known is None or one < known[0]:
            best[place.source, place.source_id] = (one, place)
    return _without_doubles(sorted(best.values(), key=lambda ranked: ranked[0]), limit)


_Ranked = tuple[tuple[float, str, int], Place]


def _weight(place: Place) -> int:
    people = _PEOPLE.get(place.source, place.population)
    return max(people, _SEAT_PEOPLE if place.is_seat else 1)


def _without_doubles(ranked: Iterable[_Ranked], limit: int) -> list[FoundPlace]:
    found: list[FoundPlace] = []
    for (*_, at), place in ranked:
        if len(found) == limit:
            break
        one = FoundPlace(
            place.names[0],
            place.names[at],
            place.country,
            place.precision,
            place.lon,
            place.lat,
            place.radius_km,
        )
        if not any(_is_same(one, other) for other in found):
            found.append(one)
    return found


def _is_same(one: FoundPlace, other: FoundPlace) -> bool:
    return (
        words_of(one.name) == words_of(other.name)
        and "province" not in (one.precision, other.precision)
        and distance_km(one.lon, one.lat, other.lon, other.lat) < _SAME_KM
    )

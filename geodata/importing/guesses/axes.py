"""Columns that only together say a latitude or longitude: minutes, seconds and hemispheres."""

from __future__ import annotations

from geodata.importing.guesses.headers import header_words
from geodata.importing.guesses.sample import Column, Sample
from geodata.importing.values import is_hemisphere, number_of

__all__ = ["companions_of"]

_DEGREES = frozenset({"deg", "degree", "degrees", "d", "dd"})
_KINDS = (
    frozenset({"min", "mins", "minute", "minutes", "m"}),
    frozenset({"sec", "secs", "second", "seconds", "s"}),
    frozenset({"dir", "direction", "hemisphere", "hem", "ns", "ew", "card"}),
)
# Columns of hemispheres that are called by them alone, by axis.
_ALONE = ({"ns", "n s"}, {"ew", "e w", "we", "w e"})
_MOSTLY = 0.9
_SIXTY = 60


def companions_of(sample: Sample, column: Column, axis: int) -> tuple[str, ...]:
    """Return the columns of minutes, seconds and the hemisphere that belong to one of degrees.

    Without them a place would be up to a degree off, or on the other half of the earth.

    Args:
        sample: Of the sheet.
        column: That of the degrees.
        axis: 0 for latitude, 1 for longitude.
    """
    stem = [one for one in header_words(column.name).split() if one not in _DEGREES]
    found = []
    for kind, words in enumerate(_KINDS):
        is_hemispheres = words is _KINDS[-1]
        for other in sample.columns:
            named = header_words(other.name)
            own = [one for one in named.split() if one not in words]
            is_named = (own == stem and named.split() != own) or (
                is_hemispheres and named in _ALONE[axis]
            )
            if other is not column and other.filled and is_named and _holds(other, axis, kind):
                found.append(other.name)
                break
    return tuple(found)


def _holds(column: Column, axis: int, kind: int) -> bool:
    if _KINDS[kind] is _KINDS[-1]:
        return column.share(lambda text: is_hemisphere(text, axis)) >= _MOSTLY
    return column.share(_is_sixtieth) >= _MOSTLY


def _is_sixtieth(text: str) -> bool:
    value = number_of(text)
    return value is not None and 0 <= value < _SIXTY

"""What places are called in the language that is spoken, where that is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from geodata.tongue.catalogue import ENGLISH, comma, is_english, language, locale
from geodata.tongue.catalogue import country as called

__all__ = ["names_of_places", "place", "water"]

_FILE = Path(__file__).parent / "places.json"
# In the place of a country; only paper names waters, so that scripts are handed none.
_WATER = "water|"


def place(name: str, country: str = "") -> str:
    """Return what a place is called; the name itself where nothing else is known.

    Args:
        name: As records and maps have it.
        country: ISO 3166-1 alpha-2 code; empty for none.

    Example:
        >>> place("Kerman", "IR")
        'Kerman'
    """
    if is_english() or not name:
        return name
    # Of what is all over a country, records name the country as the place.
    if name == locale(ENGLISH).territories.get(country):
        return called(country)
    known = _known().get(f"{country}|{name}", {}).get(language())
    first, parts, last = name.rpartition(", ")
    if known or not parts:
        return known or name
    # Of a place in a town, the town may be known alone.
    return comma().join(place(one, country) for one in (first, last))


@cache
def names_of_places(code: str) -> Mapping[str, str]:
    """Return what places are called in a language, by country and usual name.

    Example:
        >>> names_of_places("ru")["IR|Kerman"]
        'Керман'
    """
    known = _known().items()
    return {key: names[code] for key, names in known if code in names and _WATER not in key}


def water(name: str) -> str:
    """Return what a sea or lake is called; empty where that is not known.

    Example:
        >>> water("Caspian Sea"), water("Sea of Nowhere")
        ('Caspian Sea', 'Sea of Nowhere')
    """
    return name if is_english() else _known().get(f"{_WATER}{name}", {}).get(language(), "")


@cache
def _known() -> Mapping[str, Mapping[str, str]]:
    known: Mapping[str, Mapping[str, str]] = json.loads(_FILE.read_text("utf-8"))
    return known

"""Hand the cartography to the browser's scripts: plain values in one module, made by `make data`.

What is only data has its home in `mapview.cartography` and `geodata`; the scripts own none of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geodata.files import open_atomic
from geodata.geodesy import EARTH_RADIUS_KM, LAST_LATITUDE, WORLD_BITS
from geodata.letters import letters_by_latin
from mapview.cartography import (
    HEIGHT,
    SIZES,
    WIDTH,
    hatches_to_json,
    icons_to_json,
    legend_to_json,
    outlines_to_json,
    own_to_json,
    standings_to_json,
    style_to_json,
    symbols_to_json,
)
from mapview.layer.payloads import LISTED_SENT, POINTS_SENT

__all__ = ["MODULE_PATH", "to_json", "to_module"]

MODULE_PATH = Path(__file__).parents[1] / "assets" / "cartography.js"

_HEAD = "// Owns nothing: `make data` writes it from mapview/layer/handover.py; change it there."


def to_json() -> dict[str, Any]:
    """Return all that the scripts are handed, as plain values."""
    earth = {
        "radius_km": EARTH_RADIUS_KM,
        "last_latitude": LAST_LATITUDE,
        "world_bits": WORLD_BITS,
    }
    return {
        "earth": earth,
        **style_to_json(),
        "hatches": hatches_to_json(),
        "standings": standings_to_json(),
        "outlines": outlines_to_json(),
        "sizes": dict(SIZES),
        "symbols": symbols_to_json(),
        "icons": icons_to_json(),
        "icon_size": {"width": WIDTH, "height": HEIGHT},
        "legend": legend_to_json(),
        "legend_own": own_to_json(),
        "columns": {"points": list(POINTS_SENT), "listed": list(LISTED_SENT)},
        "search": {"letters": letters_by_latin()},
    }


def to_module() -> str:
    """Return the same as the text of a module, an item a line so that changes can be read."""
    lines = ",\n".join(f"  {name}: {_text(value)}" for name, value in to_json().items())
    values = f"const cartography = Object.freeze({{\n{lines},\n}});"
    return f"{_HEAD}\n{values}\n\nexport {{ cartography }};\n"


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        first, last = "{}" if isinstance(value, dict) else "[]"
        return "\n".join([first, *(f"    {item}," for item in _items(value)), f"  {last}"])
    return _line(value)


def _items(value: dict[str, Any] | list[Any]) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{_name(name)}: {_line(item)}" for name, item in value.items())
    else:
        yield from map(_line, value)


def _line(value: Any) -> str:
    """Return a value as scripts write it, which is shorter than JSON: names without quotes."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_name(name)}: {_line(item)}' for name, item in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_line, value))}]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # scripts know but one kind of number
    return json.dumps(value, ensure_ascii=False)


def _name(name: str) -> str:
    return name if name.isascii() and name.isidentifier() else json.dumps(name, ensure_ascii=False)


if __name__ == "__main__":
    with open_atomic(MODULE_PATH) as stream:
        stream.write(to_module())

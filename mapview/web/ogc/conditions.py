"""Conditions in CQL2 (text), as far as a filter of ours can say them.

What joins them is AND, which is what a filter does. All else is refused, since an answer that left
a condition aside would be another answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import cql2

from geodata.errors import RequestError

__all__ = ["LANGUAGE", "PROPERTIES", "parameters_of"]

LANGUAGE = "cql2-text"

# Texts, asked for by = and IN, and the parameter that says the same.
_TEXTS = {
    "id": "record",
    "type": "type",
    "source_type": "source_type",
    "group": "group",
    "role": "role",
    "country": "country",
    "status": "status",
    "attribution": "attribution",
}
# Whole numbers, asked for by one comparison.
_NUMBERS = {
    ("fatalities_high", ">="): "deaths_min",
    ("fatalities_low", "<="): "deaths_max",
    ("injured_high", ">="): "injured_min",
}
PROPERTIES: Mapping[str, str] = {
    **dict.fromkeys(_TEXTS, "= or IN"),
    **dict(_NUMBERS),
    "datetime": "T_INTERSECTS",
    "geometry": "S_INTERSECTS with BBOX",
}
"""What may be asked of, and how."""

_MOST_LETTERS = 2_000
# The parser calls itself for what stands within something else: deep enough, it ends the process.
_MOST_SIGNS = 120
# Each bracket that is not closed takes it twice as long as the one before, and nobody else is
# answered meanwhile. A condition of ours has two within each other, and programs put some around.
_MOST_WITHIN = 6
_SIGN = re.compile(r"[^\W\d]\w*|[^\s\w,]")
_TOLD = ", ".join(f"{name} ({how})" for name, how in PROPERTIES.items())
_STRING = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"")


def parameters_of(text: str) -> dict[str, list[str]]:
    """Return conditions as the parameters of a request that ask for the same.

    Args:
        text: Such as `country IN ('AF', 'TJ') AND fatalities_high >= 10`.

    Raises:
        RequestError: If it is no CQL2, or asks for more than a filter can say.

    Example:
        >>> parameters_of("type = 'raid' AND T_INTERSECTS(datetime, INTERVAL('2018-01-01', '..'))")
        {'type': ['raid'], 'datetime': ['2018-01-01/..']}
    """
    _check_shape(text)
    try:
        parsed = cql2.parse_text(text).to_json()
    except cql2.ParseError as error:
        raise RequestError(f"filter must be {LANGUAGE}, got {text!r:.80}") from error
    found: dict[str, list[str]] = {}
    for condition in _conditions(parsed):
        name, values = _parameter(condition)
        if name in found:
            raise RequestError(
                f"filter must ask for each thing once, with IN for several values, got {name} twice"
            )
        found[name] = values
    return found


def _check_shape(text: str) -> None:
    """Refuse what is too long or too deep to be parsed, and what could not be said anyway."""
    if len(text) > _MOST_LETTERS:
        raise RequestError(f"filter must have at most {_MOST_LETTERS:,} letters, got {len(text):,}")
    # Where a string with a backslash ends, the parser may see otherwise.
    bare = text if "\\" in text else _STRING.sub("", text)
    if re.search(r"\b(or|not)\b", bare, re.IGNORECASE):
        raise RequestError("filter must join its conditions by AND alone, got OR or NOT")
    # Of strings whose end the parser may see elsewhere no bracket is taken for one that closes.
    within = bare.count("(") if "\\" in text else max(_deepest(bare), _deepest(text))
    if within > _MOST_WITHIN:
        raise RequestError(
            f"filter must have at most {_MOST_WITHIN} brackets within each other, got {within}"
        )
    signs = len(_SIGN.findall(bare))
    if signs > _MOST_SIGNS:
        raise RequestError(
            f"filter must have at most {_MOST_SIGNS} words and signs beside values, got {signs}"
        )


def _deepest(text: str) -> int:
    """Return how many brackets stand open at once."""
    open_now = deepest = 0
    for sign in re.findall(r"[()]", text):
        open_now = max(0, open_now + (1 if sign == "(" else -1))
        deepest = max(deepest, open_now)
    return deepest


def _conditions(parsed: Any) -> list[Any]:
    if isinstance(parsed, dict) and parsed.get("op") == "and":
        return [one for part in parsed["args"] for one in _conditions(part)]
    return [parsed]


def _parameter(condition: Any) -> tuple[str, list[str]]:
    """Return the parameter that says the same as one condition, and its values."""
    operator = condition.get("op") if isinstance(condition, dict) else None
    arguments = condition.get("args") if isinstance(condition, dict) else None
    if isinstance(arguments, list) and len(arguments) == 2:  # noqa: PLR2004 - property and value
        left, value = arguments
        name = left.get("property") if isinstance(left, dict) else None
        said = _said(name, operator, value) if isinstance(name, str) else None
        if said:
            return said
    raise RequestError(f"a condition of filter must be one of {_TOLD}, got {_words(condition)}")


def _said(name: str, operator: Any, value: Any) -> tuple[str, list[str]] | None:
    if name in _TEXTS and operator in ("=", "in"):
        values = value if operator == "in" else [value]
        if values and all(isinstance(one, str) and one for one in values):
            return _TEXTS[name], list(values)
    elif (name, operator) in _NUMBERS and isinstance(value, float) and value.is_integer():
        return _NUMBERS[name, operator], [str(int(value))]
    elif name == "datetime" and operator == "t_intersects" and isinstance(value, dict):
        return _time(value)
    elif name == "geometry" and operator == "s_intersects" and isinstance(value, dict):
        box = value.get("bbox")
        if box and all(isinstance(one, float) for one in box):
            return "bbox", [",".join(f"{one:.10g}" for one in box)]
    return None


def _time(value: Mapping[str, Any]) -> tuple[str, list[str]] | None:
    ends = value.get("interval") or [value.get("date") or value.get("timestamp")]
    texts = [next(iter(one.values()), "") if isinstance(one, dict) else one for one in ends]
    if all(isinstance(one, str) for one in texts):
        return "datetime", ["/".join(texts)]
    return None


def _words(condition: Any) -> str:
    if isinstance(condition, dict):
        # Text would be parsed. What has no words, such as a number without end, it says in any way.
        with suppress(Exception):
            return f"{cql2.Expr(condition).to_text()!r:.80}"
    return f"{condition!r:.80}"

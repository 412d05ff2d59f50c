"""Values as other programs write them: lists as text, days with a time, numbers with a comma."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from geodata.errors import FormatError, RecordError, told
from geodata.files import parse_json

__all__ = ["is_missing", "kept_text", "list_of", "number_of", "objects_of", "text_of", "value_of"]

_DATES = frozenset({"event_date", "valid_from", "valid_to", "last_cited", "date", "accessed"})
_LISTS = frozenset(
    {
        *("event_types", "casualties_combined", "other_countries", "related"),
        *("aliases", "parents", "derived_from", "cites"),
    }
)
_NUMBERS = frozenset({"radius_km"})
_SWITCHES = frozenset({"is_document", "may_publish", "shares_toll_beyond"})
_OBJECTS = frozenset({"claims", "upstream"})
# GDAL counts the members of a list before it: "(2:a,b)".
_COUNTED = re.compile(r"\(\d+:(.*)\)", re.DOTALL)
# What QGIS, GDAL and pandas write for a day: slashes, a space before the time, midnight.
_DAY = re.compile(
    r"(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(.*))?", re.ASCII
)
# Python writes a list so, and numpy without commas.
_WORD = "'[^']*'"
_QUOTED = re.compile(rf"\[((?:\s*{_WORD},?)*)\s*\]")
# Texts in single or double quotes, and the words of Python that JSON has otherwise.
_PYTHON = re.compile(
    r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\b(?:None|True|False|nan)\b""", re.DOTALL
)
_ESCAPED = re.compile(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"None": "null", "True": "true", "False": "false", "nan": "null"}
_MIDNIGHT = re.compile("00:00(:00)?")
_OFFSET = re.compile(r"(?:Z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII)
_ZERO_OR_ONE = re.compile(r"([01])[.,]0+", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+", re.ASCII)


def value_of(name: str, value: Any) -> Any:
    """Return the value of a field as a record has it.

    What cannot be understood is returned as it is, and refused by the record.

    Args:
        name: The field.
        value: What a file has in its place.

    Raises:
        RecordError: If it cannot be what the field is.

    Example:
        >>> value_of("event_types", '["bombing"]'), value_of("event_date", "2021/05/04 00:00:00+00")
        (['bombing'], '2021-05-04')
    """
    if name in _LISTS:
        return list_of(value)
    if name in _OBJECTS:
        return objects_of(name, value)
    if name in _NUMBERS:
        return number_of(name, value)
    if name in _SWITCHES:
        return _switch_of(value)
    if name in _DATES:
        return _day_of(value)
    return text_of(value)


def _switch_of(value: Any) -> Any:
    """Return whether something is so; other programs make a number of it, or text of that."""
    if isinstance(value, str) and (number := _ZERO_OR_ONE.fullmatch(value.strip())):
        return number[1] == "1"
    return bool(value) if isinstance(value, int) or value in (0.0, 1.0) else value


def is_missing(value: Any) -> bool:
    """Whether a value says nothing: none, no number, or empty.

    Example:
        >>> [is_missing(one) for one in (None, float("nan"), "", [], 0, False)]
        [True, True, True, True, False, False]
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    return isinstance(value, str | list | tuple | dict) and not value


def list_of(value: Any) -> Any:
    """Return a list that may have become a text.

    Example:
        >>> [list_of(one) for one in ("raid; plot", "(2:raid,plot)", '["raid"]', "['raid' 'plot']")]
        [['raid', 'plot'], ['raid', 'plot'], ['raid'], ['raid', 'plot']]
    """
    if not isinstance(value, str):
        return value
    text = value.strip()
    if quoted := _QUOTED.fullmatch(text):
        return [one[1:-1] for one in re.findall(_WORD, quoted[1])]
    if text.startswith("["):
        try:
            return parse_json(text, "a list")
        except FormatError:
            return value
    counted = _COUNTED.fullmatch(text)
    # Neither ids nor codes nor words of ours have a comma or semicolon in them.
    parts = re.split("[;,]", counted[1] if counted else text)
    return [part.strip() for part in parts if part.strip()]


def objects_of(name: str, value: Any) -> Any:
    """Return objects that may have become a text, each or together.

    Raises:
        RecordError: If the text is no JSON.
    """
    if isinstance(value, str):
        value = _parsed(name, value)
    if isinstance(value, list | tuple):
        return [
            objects_of(name, one) if isinstance(one, str) else _without_none(one) for one in value
        ]
    # What is kept of a row is text, whatever its columns are called.
    return value if name == "upstream" else _without_none(value)


def _parsed(name: str, text: str) -> Any:
    # pandas writes objects as Python does.
    for form in (str, lambda written: _PYTHON.sub(_as_json, written)):
        try:
            return parse_json(form(text), name)
        except (FormatError, ValueError, OverflowError) as error:
            fault = error
    raise RecordError(f"{name} must be JSON, got {told(text)}", path=name) from fault


def _as_json(word: re.Match[str]) -> str:
    text = word[0]
    return _WORDS[text] if text in _WORDS else json.dumps(_ESCAPED.sub(_letter, text[1:-1]))


def _letter(escaped: re.Match[str]) -> str:
    code = escaped[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _LETTERS.get(code, code)


def _without_none(value: Any) -> Any:
    """Leave out the members of an object that a table of all members fills up."""
    if not isinstance(value, Mapping):
        return value
    return {
        key: list_of(one) if key in _LISTS else one for key, one in value.items() if one is not None
    }


def number_of(name: str, value: Any) -> Any:
    """Return a number that may be a text, with a point or a comma before its decimals.

    Raises:
        RecordError: If it is no number, or one whose comma may stand for thousands.

    Example:
        >>> number_of("lat", "34,5"), number_of("lat", " 34.5 ")
        (34.5, 34.5)
    """
    if isinstance(value, bool) or not isinstance(value, str):
        return value
    text = value.strip()
    is_degree = name in ("lon", "lat")
    if _DECIMAL_COMMA.fullmatch(text) and (is_degree or not _THOUSANDS.fullmatch(text)):
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError as error:
        raise RecordError(f"{name} must be a number, got {told(value)}", path=name) from error


def text_of(value: Any) -> Any:
    """Return a text that may have become a number.

    Example:
        >>> text_of(12), text_of(12.0), text_of("a")
        ('12', '12', 'a')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _day_of(value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.isoformat()
    text = text_of(value)
    day = _DAY.fullmatch(text.strip()) if isinstance(text, str) else None
    if day is None or not _OFFSET.fullmatch((day[6] or "").strip()):
        return text
    plain = "-".join(day.groups()[:3])
    if day[4] is None or (_MIDNIGHT.fullmatch(day[4]) and not (day[5] or "").strip(".0")):
        return plain
    return f"{plain}T{day[4]}{day[5] or ''}{day[6].strip()}"


def kept_text(value: Any) -> str:
    """Return a value that is kept, as text.

    Raises:
        RecordError: If it cannot be kept.
    """
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (RecursionError, ValueError) as error:
        raise RecordError(f"a value must be one that can be kept, got {told(value)}") from error

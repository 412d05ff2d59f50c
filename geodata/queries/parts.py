"""What a part of a filter is, and the kinds of values that parts take.

`Filter` declares each of its fields with `part`, so that the class is the one table of parts: the
text form, the command line, the buttons that loosen a filter and what may be told beside coarsened
records all read it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from geodata.errors import FilterError
from geodata.shapes import parse_shape, settle_shape

__all__ = [
    "BOUNDS",
    "COUNTRIES",
    "FIRST_DAY",
    "LAST_DAY",
    "NAMES",
    "NUMBER",
    "RECORDS",
    "SHAPE",
    "SWITCH",
    "TEXT",
    "Bounds",
    "Kind",
    "Part",
    "any_of",
    "one_of",
    "parse_day",
    "part",
]

Bounds = tuple[float, float, float, float]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)
_Value_co = TypeVar("_Value_co", covariant=True)
_MOST_TEXT = 200
_MOST_RECORDS = 100


@dataclass(frozen=True)
class Kind(Generic[_Value_co]):
    """A kind of value.

    Attributes:
        parse: Reads all texts given for a key; the key is named in errors.
        settle: Brings a value, wherever it is from, into its one form, or refuses it.
    """

    parse: Callable[[str, Sequence[str]], _Value_co]
    settle: Callable[[str, Any], Any] = lambda _, value: value


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a filter.

    Attributes:
        key: Its name in addresses, routes and saved files, and on the command line.
        kind: What values it takes.
        default: The value that asks for nothing.
        help: What it asks for.
        loosen: What a button says that drops it, with all parts that say the same; empty where
            no more incidents are found without it.
        may_be_told: Whether it may stand beside coarsened records. Not before somebody has made
            sure that it cannot name the place that rounding hides.
    """

    key: str
    kind: Kind[Any]
    default: Any
    help: str
    loosen: str
    may_be_told: bool = False

    def to_texts(self, value: Any) -> list[str]:
        """Return a value as the texts that `kind` reads."""
        return [_to_text(one) for one in (value if isinstance(self.default, tuple) else (value,))]


def part(key: str, kind: Kind[_T], *, default: _T, **others: Any) -> _T:
    """Declare a field of `Filter` as a part of it; the arguments are what `Part` holds."""
    row = Part(key=key, kind=kind, default=default, **others)
    return field(default=default, metadata={"part": row})


def _to_text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(f"{number:.10g}" for number in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _only(key: str, values: Sequence[str]) -> str:
    if len(set(values)) > 1:
        raise FilterError(f"{key} must be given once, got {', '.join(values)}")
    return values[0]


def parse_day(key: str, text: str, *, first: bool) -> date:
    """Return the first or last day of a day, month or year.

    Args:
        key: What the text is for; named in the error.
        text: Such as `2018-07-29`, `2018-07` or `2018`.
        first: Whether the first or the last day of it is meant.

    Raises:
        FilterError: If the text is no such date.

    Example:
        >>> parse_day("to", "2024-02", first=False)
        datetime.date(2024, 2, 29)
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text.strip(), re.ASCII)
    try:
        if match is None:
            raise ValueError(text)  # noqa: TRY301 - one message for every way to be wrong
        year = int(match[1])
        month = int(match[2] or (1 if first else 12))
        day = int(match[3] or (1 if first else calendar.monthrange(year, month)[1]))
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise FilterError(
            f"{key} must be a date such as 2018-07-29, 2018-07 or 2018, got {text!r:.40}"
        ) from error


def _choice(choices: type[_E], key: str, value: str) -> _E:
    try:
        return choices(value.strip().casefold().replace("_", " "))
    except ValueError as error:
        allowed = ", ".join(choices)
        raise FilterError(f"{key} must be one of {allowed}, got {value!r:.40}") from error


def _each_once(_: str, values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(sorted(set(values)))


def one_of(choices: type[_E]) -> Kind[_E]:
    """Return the kind for one of some words."""
    return Kind(lambda key, values: _choice(choices, key, _only(key, values)))


def any_of(choices: type[_E], *, everything: str = "") -> Kind[tuple[_E, ...]]:
    """Return the kind for any of some words; one word may stand for all of them."""

    def parse(key: str, values: Sequence[str]) -> tuple[_E, ...]:
        if everything and everything in (value.strip().casefold() for value in values):
            return tuple(choices)
        return tuple(_choice(choices, key, value) for value in values)

    return Kind(parse, _each_once)


def _settle_names(key: str, values: Sequence[str]) -> tuple[str, ...]:
    return _each_once(key, [value.strip() for value in values if value.strip()])


def _settle_records(key: str, values: Sequence[str]) -> tuple[str, ...]:
    ids = _settle_names(key, values)
    if len(ids) > _MOST_RECORDS:
        raise FilterError(f"{key} must be given at most {_MOST_RECORDS} times, got {len(ids):,}")
    return ids


def _settle_countries(key: str, values: Sequence[str]) -> tuple[str, ...]:
    codes = [value.strip().upper() for value in values]
    for code in codes:
        if not re.fullmatch(r"[A-Z]{2}", code, re.ASCII):
            raise FilterError(f"{key} must be an ISO 3166-1 alpha-2 code, got {code!r:.40}")
    return _each_once(key, codes)


def _parse_number(key: str, values: Sequence[str]) -> int:
    text = _only(key, values).strip()
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise FilterError(f"{key} must be a whole number from 0 on, got {text!r:.40}")
    return int(text)


def _settle_number(key: str, value: int) -> int:
    if not 0 <= value < 10**9:
        raise FilterError(f"{key} must be within 0 and 10^9, got {value}")
    return value


def _parse_text(key: str, values: Sequence[str]) -> str:
    text = _only(key, values)
    if len(text) > _MOST_TEXT:
        raise FilterError(f"{key} must have at most {_MOST_TEXT} characters, got {len(text)}")
    return text


def _settle_text(_: str, text: str) -> str:
    return " ".join(text.split())[:_MOST_TEXT].rstrip()


def _parse_bounds(key: str, values: Sequence[str]) -> Bounds:
    text = _only(key, values)
    try:
        west, south, east, north = (float(number) for number in text.split(","))
    except ValueError as error:
        raise FilterError(
            f"{key} must be west,south,east,north in degrees, got {text!r:.60}"
        ) from error
    return west, south, east, north


def _settle_bounds(key: str, bounds: Bounds) -> Bounds:
    # Adding 0.0 makes -0.0 an ordinary zero, so that equal bounds have one text.
    west, south, east, north = (round(float(value), 5) + 0.0 for value in bounds)
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise FilterError(f"{key} must have longitudes within [-180, 180], got {west}, {east}")
    if not -90 <= south <= north <= 90:
        raise FilterError(
            f"{key} must have south below north within [-90, 90], got {south}, {north}"
        )
    return west, south, east, north


def _parse_switch(key: str, values: Sequence[str]) -> bool:
    text = _only(key, values).strip().casefold()
    if text not in ("on", "off"):
        raise FilterError(f"{key} must be on or off, got {text!r:.40}")
    return text == "on"


FIRST_DAY = Kind(lambda key, values: parse_day(key, _only(key, values), first=True))
LAST_DAY = Kind(lambda key, values: parse_day(key, _only(key, values), first=False))
NAMES = Kind(_settle_names, _settle_names)
SHAPE = Kind(lambda key, values: parse_shape(key, _only(key, values)), settle_shape)
RECORDS = Kind(_settle_records, _settle_records)
COUNTRIES = Kind(_settle_countries, _settle_countries)
NUMBER = Kind(_parse_number, _settle_number)
TEXT = Kind(_parse_text, _settle_text)
BOUNDS = Kind(_parse_bounds, _settle_bounds)
SWITCH = Kind(_parse_switch)

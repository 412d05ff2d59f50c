"""`Filter`: the only description of "which records", and its text form.

The text form is a URL query such as `from=2018&to=2024&type=bombing&group=iskp`. The page's
address, the routes (`f=`), the command line and saved files all carry the same keys, and each
filter has exactly one text, so that it can be a cache key.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from geodata.errors import FilterError
from geodata.records.vocabulary import Attribution, EventType, GeoPrecision, Status

__all__ = ["FILTER_KEYS", "Bounds", "DateMatch", "Filter", "parse_day"]

Bounds = tuple[float, float, float, float]

_E = TypeVar("_E", bound=StrEnum)
_MOST_TEXT = 200
_MOST_VALUES = 500


class DateMatch(StrEnum):
    """How an imprecise date is held against a period."""

    POSSIBLE = "possible"
    CERTAIN = "certain"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which records are wanted; the default wants them all.

    Attributes:
        start: First day of the period, or `None` for no start.
        end: Last day of the period, or `None` for no end.
        date_match: Whether an incident must possibly or certainly lie in the period.
        event_types: Any of these types; empty for all.
        groups: Any of these groups, by id, name or alias; groups that belong to them count too.
        countries: Any of these ISO 3166-1 alpha-2 codes.
        statuses: Any of these.
        attributions: Any of these.
        least_precision: At least this exact a place.
        fatalities_min: The highest figure given is at least this.
        fatalities_max: The lowest figure given is at most this.
        text: Every word must occur in title, place, summary, groups or aliases.
        bounds: West, south, east, north in degrees; west above east crosses 180°.
        base_areas: Whether base areas are shown.
    """

    start: date | None = None
    end: date | None = None
    date_match: DateMatch = DateMatch.POSSIBLE
    event_types: tuple[EventType, ...] = ()
    groups: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    least_precision: GeoPrecision | None = None
    fatalities_min: int | None = None
    fatalities_max: int | None = None
    text: str = ""
    bounds: Bounds | None = None
    base_areas: bool = True

    def __post_init__(self) -> None:
        """Bring lists into one order, and refuse what cannot be meant."""
        object.__setattr__(self, "groups", _parse_strings("group", self.groups))
        object.__setattr__(self, "countries", _parse_countries("country", self.countries))
        for name in ("event_types", "groups", "countries", "statuses", "attributions"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        object.__setattr__(self, "text", " ".join(self.text.split())[:_MOST_TEXT].rstrip())
        if self.start and self.end and self.end < self.start:
            raise FilterError(f"to must not be before from, got {self.start} to {self.end}")
        _check_range(self.fatalities_min, self.fatalities_max)
        if self.bounds is not None:
            object.__setattr__(self, "bounds", _checked_bounds(self.bounds))

    def to_query(self) -> str:
        """Return the one text of this filter; empty for the filter that wants all.

        Example:
            >>> Filter(start=date(2018, 1, 1), event_types=(EventType.BOMBING,)).to_query()
            'from=2018-01-01&type=bombing'
        """
        return urlencode(list(self.to_pairs()))

    def to_pairs(self) -> list[tuple[str, str]]:
        """Return the keys and values of the text form, in their order."""
        pairs: list[tuple[str, str]] = []
        for key, name in _KEYS.items():
            value = getattr(self, name)
            if value == _DEFAULTS[name]:
                continue
            values = value if isinstance(value, tuple) and name != "bounds" else (value,)
            pairs += [(key, _to_text(one)) for one in values]
        return pairs

    @classmethod
    def from_query(cls, text: str) -> Filter:
        """Return the filter that a text describes.

        Args:
            text: As `to_query` writes it. Values of one key may repeat. Dates may be days, months
                or years.

        Raises:
            FilterError: If a key is unknown or a value cannot be understood.

        Example:
            >>> Filter.from_query("from=2018&to=2018-07&country=tj").countries
            ('TJ',)
        """
        try:
            pairs = parse_qsl(text, keep_blank_values=False, max_num_fields=_MOST_VALUES)
        except ValueError as error:
            raise FilterError(f"a filter must have at most {_MOST_VALUES} values") from error
        return cls.from_pairs(pairs)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Filter:
        """Return the filter that keys and texts describe; see `from_query`."""
        gathered: dict[str, list[str]] = {}
        for key, value in pairs:
            gathered.setdefault(key, []).append(value)
        unknown = sorted(set(gathered) - set(_KEYS))
        if unknown:
            raise FilterError(f"a filter key must be one of {', '.join(_KEYS)}, got {unknown[0]!r}")
        return cls(**{_KEYS[key]: _PARSERS[key](key, values) for key, values in gathered.items()})

    def without(self, *names: str) -> Filter:
        """Return the filter with the named attributes back at their defaults."""
        return replace(self, **{name: _DEFAULTS[name] for name in names})

    @property
    def is_empty(self) -> bool:
        """Whether it wants every record."""
        return self == Filter()


def _check_range(low: int | None, high: int | None) -> None:
    for name, value in (("deaths_min", low), ("deaths_max", high)):
        if value is not None and not 0 <= value < 10**9:
            raise FilterError(f"{name} must be within 0 and 10^9, got {value}")
    if low is not None and high is not None and high < low:
        raise FilterError(f"deaths_max must not be below deaths_min, got {low} to {high}")


def _checked_bounds(bounds: Bounds) -> Bounds:
    # Adding 0.0 makes -0.0 an ordinary zero, so that equal bounds have one text.
    west, south, east, north = (round(float(value), 5) + 0.0 for value in bounds)
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise FilterError(f"bounds must have longitudes within [-180, 180], got {west}, {east}")
    if not -90 <= south <= north <= 90:
        raise FilterError(
            f"bounds must have south below north within [-90, 90], got {south}, {north}"
        )
    return west, south, east, north


def _to_text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(f"{number:.10g}" for number in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _one(key: str, values: Sequence[str]) -> str:
    if len(set(values)) > 1:
        raise FilterError(f"{key} must be given once, got {', '.join(values)}")
    return values[0]


def _parse_start(key: str, values: Sequence[str]) -> date:
    return parse_day(key, _one(key, values), first=True)


def _parse_end(key: str, values: Sequence[str]) -> date:
    return parse_day(key, _one(key, values), first=False)


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


def _choice_parser(choices: type[_E]) -> Any:
    def parse(key: str, values: Sequence[str]) -> tuple[_E, ...]:
        return tuple(_choice(choices, key, value) for value in values)

    return parse


def _choice(choices: type[_E], key: str, value: str) -> _E:
    try:
        return choices(value.strip().casefold().replace("_", " "))
    except ValueError as error:
        allowed = ", ".join(choices)
        raise FilterError(f"{key} must be one of {allowed}, got {value!r:.40}") from error


def _parse_match(key: str, values: Sequence[str]) -> DateMatch:
    return _choice(DateMatch, key, _one(key, values))


def _parse_precision(key: str, values: Sequence[str]) -> GeoPrecision:
    return _choice(GeoPrecision, key, _one(key, values))


def _parse_countries(key: str, values: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(value.strip().upper() for value in values)
    for code in codes:
        if not re.fullmatch(r"[A-Z]{2}", code, re.ASCII):
            raise FilterError(f"{key} must be an ISO 3166-1 alpha-2 code, got {code!r:.40}")
    return codes


def _parse_number(key: str, values: Sequence[str]) -> int:
    text = _one(key, values).strip()
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise FilterError(f"{key} must be a whole number from 0 on, got {text!r:.40}")
    return int(text)


def _parse_text(key: str, values: Sequence[str]) -> str:
    text = _one(key, values)
    if len(text) > _MOST_TEXT:
        raise FilterError(f"{key} must have at most {_MOST_TEXT} characters, got {len(text)}")
    return text


def _parse_strings(_: str, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value.strip() for value in values if value.strip())


def _parse_bounds(key: str, values: Sequence[str]) -> Bounds:
    text = _one(key, values)
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise FilterError(
            f"{key} must be west,south,east,north in degrees, got {text!r:.60}"
        ) from error
    return west, south, east, north


def _parse_switch(key: str, values: Sequence[str]) -> bool:
    text = _one(key, values).strip().casefold()
    if text not in ("on", "off"):
        raise FilterError(f"{key} must be on or off, got {text!r:.40}")
    return text == "on"


_KEYS: Mapping[str, str] = {
    "from": "start",
    "to": "end",
    "when": "date_match",
    "type": "event_types",
    "group": "groups",
    "country": "countries",
    "status": "statuses",
    "attribution": "attributions",
    "precision": "least_precision",
    "deaths_min": "fatalities_min",
    "deaths_max": "fatalities_max",
    "q": "text",
    "bounds": "bounds",
    "areas": "base_areas",
}

_PARSERS: Mapping[str, Any] = {
    "from": _parse_start,
    "to": _parse_end,
    "when": _parse_match,
    "type": _choice_parser(EventType),
    "group": _parse_strings,
    "country": _parse_countries,
    "status": _choice_parser(Status),
    "attribution": _choice_parser(Attribution),
    "precision": _parse_precision,
    "deaths_min": _parse_number,
    "deaths_max": _parse_number,
    "q": _parse_text,
    "bounds": _parse_bounds,
    "areas": _parse_switch,
}

_DEFAULTS: Mapping[str, Any] = {field.name: field.default for field in fields(Filter)}

FILTER_KEYS = tuple(_KEYS)

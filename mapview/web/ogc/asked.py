"""What a request asks for: which features, and which part of the answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from geodata.errors import RequestError
from geodata.queries import FILTER_KEYS, Bounds, Filter
from mapview.web.ogc.conditions import LANGUAGE, parameters_of

__all__ = ["DEFAULT_LIMIT", "KEYS", "MOST_FEATURES", "PAGING", "Asked"]

DEFAULT_LIMIT = 100
MOST_FEATURES = 10_000
_MOST_OFFSET = 10**9

PAGING = ("bbox", "datetime", "limit", "offset", "filter", "filter-lang")
"""The parameters beside those of a filter, of which each is given once."""

# A period is asked for by `datetime`, a frame by `bbox`, and what an area is, by its collection.
KEYS: Mapping[str, tuple[str, ...]] = {
    "incidents": tuple(one for one in FILTER_KEYS if one not in ("from", "to", "areas")),
    "base_areas": ("when", "group", "country", "record", "precision", "q"),
}
"""The keys of a filter that say something of each collection."""

_DAY = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)
_OPEN = ("", "..")


@dataclass(frozen=True)
class Asked:
    """Which features of a collection are wanted.

    Attributes:
        chosen: The filter.
        box: West, south, east, north in degrees, which a feature must meet; `None` for anywhere.
            West above east crosses 180°.
        offset: How many are left out before.
        limit: At most so many.
    """

    chosen: Filter
    box: Bounds | None
    offset: int
    limit: int

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], keys: Collection[str]) -> Asked:
        """Return what the parameters of a request ask for.

        Args:
            pairs: Names and values; all names are in `PAGING` or among the keys.
            keys: The keys of a filter that say something of the collection.

        Raises:
            RequestError: If a value cannot be understood.
        """
        given = _gathered(pairs)
        if given.pop("filter-lang", [LANGUAGE]) != [LANGUAGE]:
            raise RequestError(f"filter-lang must be {LANGUAGE}")
        conditions = parameters_of(given.pop("filter")[0]) if "filter" in given else {}
        for name, values in conditions.items():
            if name not in ("bbox", "datetime", *keys):
                raise RequestError(f"filter must ask for what these features have, got {name}")
            if name in given:
                raise RequestError(f"{name} must be asked for once, got it beside filter and in it")
            given[name] = values
        box = _bounds(given.pop("bbox")[0]) if "bbox" in given else None
        period = _period(given.pop("datetime")[0]) if "datetime" in given else []
        limit = _number("limit", given.pop("limit", [str(DEFAULT_LIMIT)])[0])
        if not limit:
            raise RequestError("limit must be at least 1, got 0")
        offset = _number("offset", given.pop("offset", ["0"])[0])
        parts = [(name, value) for name, values in given.items() for value in values]
        chosen = Filter.from_pairs([*parts, *period])
        return cls(chosen, box, offset, min(limit, MOST_FEATURES))


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if not value.strip():
            raise RequestError(f"{name} must have a value, got nothing")
        if name in PAGING and name in given:
            raise RequestError(f"{name} must be given once, got it twice")
        given.setdefault(name, []).append(value)
    return given


def _number(name: str, text: str) -> int:
    if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or int(text) > _MOST_OFFSET:
        raise RequestError(
            f"{name} must be a whole number up to {_MOST_OFFSET:,}, got {text!r:.20}"
        )
    return int(text)


def _bounds(text: str) -> Bounds:
    """Return the sides of a box; heights, which nothing here has, are left aside."""
    try:
        numbers = [float(one) for one in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:  # noqa: PLR2004 - with heights
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4:  # noqa: PLR2004
        raise RequestError(
            f"bbox must be west,south,east,north in degrees (CRS84), got {text!r:.80}"
        )
    west, south, east, north = numbers
    if not (abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004
        raise RequestError(
            "bbox must have longitudes within 180 and latitudes within 90 degrees, south first, "
            f"got {text!r:.80}"
        )
    return west, south, east, north


def _period(text: str) -> list[tuple[str, str]]:
    """Return a day or a period as the keys of a filter: records know days, whatever the hour."""
    ends = text.strip().split("/")
    if len(ends) == 1:
        ends *= 2
    is_open = [one in _OPEN for one in ends]
    if len(ends) != 2 or all(is_open):  # noqa: PLR2004 - first and last
        raise _no_time(text)
    first, last = ("" if is_open[at] else _day(one, text) for at, one in enumerate(ends))
    if first and last and last < first:
        raise RequestError(f"datetime must not end before it begins, got {text!r:.80}")
    return [(key, day) for key, day in (("from", first), ("to", last)) if day]


def _day(text: str, whole: str) -> str:
    match = _DAY.fullmatch(text)
    try:
        if match is None:
            raise _no_time(whole)
        datetime.fromisoformat(text.upper())
    except ValueError as error:
        raise _no_time(whole) from error
    return match[1]


def _no_time(text: str) -> RequestError:
    return RequestError(
        "datetime must be a day, a time or two of them as in 2018-07-29, 2018-07-29T10:00:00Z, "
        f"2018-01-01/2018-12-31, 2018-01-01/.. or ../2018-12-31, got {text!r:.80}"
    )

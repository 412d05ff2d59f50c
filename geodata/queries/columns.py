"""The columns of the table of incidents: their types, and the codes and lists that they hold.

They use only what every engine behind Ibis has: integers, text, dates, booleans and floats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa

from geodata.records import Attribution, EventType, GeoPrecision, Mark, Role, Status

__all__ = [
    "ATTRIBUTIONS",
    "EVENT_TYPES",
    "MOST_OWN",
    "NO_BARS",
    "NO_LOW",
    "POINT_COLUMNS",
    "PRECISIONS",
    "ROLES",
    "ROW_COLUMNS",
    "SAYS_NOTHING",
    "SCHEMA",
    "STATUSES",
    "Key",
    "Time",
    "ends_in",
    "from_list_text",
    "in_column",
    "keys_at_times",
    "own_code",
    "own_types_of",
    "starts_in",
    "to_list_text",
    "type_mask",
    "values_of",
]

# Codes in the table are positions in these tuples.
EVENT_TYPES = tuple(EventType)
STATUSES = tuple(Status)
ROLES = tuple(Role)
ATTRIBUTIONS = tuple(Attribution)
PRECISIONS = tuple(GeoPrecision)
# In the columns of marks: a toll has no figure that it cannot be below.
NO_LOW = int(Mark.NO_LOW)
_BITS = {one: 1 << code for code, one in enumerate(EVENT_TYPES)}
_CODES: Mapping[str, Sequence[str]] = {
    "status": STATUSES,
    "attribution": ATTRIBUTIONS,
    "place_precision": PRECISIONS,
}

# So many types in the words of a source stand for themselves on a map: as many as keep apart there.
MOST_OWN = 8
# What is rarer than this share of all of them, or longer than a type is, says too little.
_LEAST_OWN = 0.01
_LONGEST_OWN = 200
# As little as our own word for it.
SAYS_NOTHING = frozenset({"other", "others", "unknown", "unspecified", "not stated"})
_NO_WORD = EVENT_TYPES.index(EventType.OTHER)

# In lists as text: the bar parts the values, and SQL text cannot hold U+0000.
NO_BARS = str.maketrans("|\0", "  ")

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("is_first", pa.bool_()),
        ("is_mappable", pa.bool_()),
        ("is_event", pa.bool_()),
        ("title", pa.string()),
        ("event_date", pa.string()),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        # Whether these are known; else they are the first and last of the calendar.
        ("has_start", pa.bool_()),
        ("has_end", pa.bool_()),
        ("main_type", pa.int32()),
        ("type_bits", pa.int64()),
        ("source_types", pa.string()),
        ("status", pa.int32()),
        ("attribution", pa.int32()),
        ("place_precision", pa.int32()),
        ("radius_km", pa.float64()),
        ("place", pa.string()),
        ("province", pa.string()),
        ("country", pa.string()),
        ("countries", pa.string()),
        # Parties as "role:group"; the groups above them too, throughout or at times with days.
        ("parties", pa.string()),
        ("found_throughout", pa.string()),
        ("found_at_times", pa.string()),
        ("fatalities_low", pa.int64()),
        ("fatalities_high", pa.int64()),
        ("fatalities_text", pa.string()),
        ("injured_low", pa.int64()),
        ("injured_high", pa.int64()),
        ("injured_text", pa.string()),
        ("casualties_low", pa.int64()),
        ("casualties_high", pa.int64()),
        ("casualties_text", pa.string()),
        # What must be said of the lowest and highest figure; see `geodata.records.Mark`.
        ("fatalities_marks", pa.int32()),
        ("injured_marks", pa.int32()),
        ("casualties_marks", pa.int32()),
        # Whether these are all there is to add up: nobody is counted apart, no toll is shared.
        ("toll_alone", pa.bool_()),
        ("shares_toll", pa.bool_()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        # The circle that holds the place: its southern and northern edge, its reach in longitude.
        ("south", pa.float64()),
        ("north", pa.float64()),
        ("reach", pa.float64()),
        ("x", pa.int64()),
        ("y", pa.int64()),
        ("search", pa.string()),
    ]
)

# What is told of a point -> the column of the table.
POINT_COLUMNS: Mapping[str, str] = {
    "id": "id",
    "x": "x",
    "y": "y",
    "type": "main_type",
    "status": "status",
    "precision": "place_precision",
    "radius_km": "radius_km",
    "province": "province",
    "title": "title",
    "date": "event_date",
}

# What is told of an incident in a line.
ROW_COLUMNS = (
    "id",
    "title",
    "event_date",
    "date_start",
    "has_start",
    "main_type",
    "type_bits",
    "source_types",
    "status",
    "attribution",
    "place_precision",
    "place",
    "country",
    "parties",
    "fatalities_text",
    "fatalities_high",
    "injured_text",
    "casualties_text",
    "is_mappable",
)


# Records have a few hundred combinations of them.
@lru_cache(maxsize=1_024)
def _mask(types: tuple[EventType, ...]) -> int:
    return sum(_BITS[one] for one in set(types))


def type_mask(types: Sequence[EventType]) -> int:
    """Return a number with one bit for each event type."""
    return _mask(tuple(types))


def to_list_text(values: Sequence[str]) -> str:
    """Return values as one text in which each can be found between bars.

    Example:
        >>> to_list_text(["AF", "TJ"])
        '|AF|TJ|'
    """
    if not values:
        return ""
    text = "|".join(values)
    # Hardly any value has a bar, and looking for one costs less than to translate each.
    if text.count("|") >= len(values) or "\0" in text:
        text = "|".join(value.translate(NO_BARS) for value in values)
    return f"|{text}|"


def from_list_text(text: str) -> list[str]:
    """Return the values in a text that `to_list_text` made."""
    return [value for value in text.split("|") if value]


def in_column(value: str) -> str:
    """Return how a column holds a value of a list, and so how it is told and asked for.

    Example:
        >>> in_column("theft|burglary")
        'theft burglary'
    """
    return value.translate(NO_BARS)


def own_types_of(counts: Mapping[tuple[int, str], int]) -> tuple[str, ...]:
    """Return the types that stand for themselves on a map, in the words of sources.

    These are the most frequent, first of all, of the types for which there is no word of ours.

    Args:
        counts: How many incidents have each main type, by code, and type of their source.

    Example:
        >>> own_types_of({(EVENT_TYPES.index(EventType.OTHER), "Theft"): 3, (0, "Car bomb"): 5})
        ('Theft',)
    """
    found = {one: n for (code, one), n in counts.items() if code == _NO_WORD and one.strip()}
    least = _LEAST_OWN * sum(found.values())
    often = [
        one
        for one, n in found.items()
        if n >= least and len(one) <= _LONGEST_OWN and one.strip().casefold() not in SAYS_NOTHING
    ]
    return tuple(sorted(often, key=lambda one: (-found[one], one))[:MOST_OWN])


def own_code(main_type: int, source_type: str, own: Sequence[str]) -> int:
    """Return by what an incident is drawn: its main type, or after all of these its own one.

    Args:
        main_type: Position in `EVENT_TYPES`.
        source_type: Its type as its source has it, as a column holds it.
        own: What `own_types_of` gave.
    """
    is_own = main_type == _NO_WORD and source_type != "" and source_type in own
    return len(EVENT_TYPES) + own.index(source_type) if is_own else main_type


def values_of(column: str, value: object) -> list[str]:
    """Return the words that a value in a column of codes or of lists stands for.

    Example:
        >>> values_of("type_bits", 3) == [str(one) for one in EVENT_TYPES[:2]]
        True
    """
    if column == "type_bits":
        bits = int(str(value))
        return [str(one) for index, one in enumerate(EVENT_TYPES) if bits >> index & 1]
    if column in _CODES:
        return [str(_CODES[column][int(str(value))])]
    return from_list_text(str(value))


class Key(NamedTuple):
    """A group in a role, as a filter may ask for it."""

    role: Role
    group: str

    @property
    def text(self) -> str:
        """The same in a column."""
        return f"{self.role}:{self.group}".translate(NO_BARS)

    @classmethod
    def of(cls, text: str) -> Key:
        """Return what a text from a column says."""
        role, _, group = text.partition(":")
        return cls(Role(role), group)


class Time(NamedTuple):
    """Days on which a key holds or may hold."""

    key: str
    first: date
    last: date

    @property
    def text(self) -> str:
        """The same in a column."""
        return f"{self.first}:{self.last}:{self.key}"

    @classmethod
    def of(cls, text: str) -> Time:
        """Return what a text from a column says."""
        first, last, key = text.split(":", 2)
        return cls(key, date.fromisoformat(first), date.fromisoformat(last))

    def meets(self, start: date | None, end: date | None) -> bool:
        """Whether a day of it lies in a period, either end of which may be open."""
        return (start is None or self.last >= start) and (end is None or self.first <= end)


def keys_at_times(text: str, start: date | None, end: date | None) -> set[str]:
    """Return the keys that hold or may hold on a day of a period, from a text of many times."""
    times = map(Time.of, from_list_text(text))
    return {time.key for time in times if time.meets(start, end)}


def starts_in(day: Any, rows: Any, *, certain: bool) -> Any:
    """Return which rows lie in a period that begins with a day.

    Columns of an engine and arrays are compared and joined by the same operators, so that what a
    period keeps stands here once for both.

    Args:
        day: The day, of the kind that the rows have.
        rows: Has `date_start`, `date_end`, `has_start` and `has_end`.
        certain: Whether they must lie in it for sure.
    """
    if certain:
        return rows.has_start & (rows.date_start >= day)
    return _is_dated(rows) & (rows.date_end >= day)


def ends_in(day: Any, rows: Any, *, certain: bool) -> Any:
    """Return which rows lie in a period that ends with a day; see `starts_in`."""
    ends_by = rows.date_end <= day
    if certain:
        return rows.has_end & ends_by
    # Silence on the beginning is not "always": what has none counts from its known end on.
    begins_by = rows.has_start & (rows.date_start <= day)
    return _is_dated(rows) & (ends_by | begins_by)


def _is_dated(rows: Any) -> Any:
    # What has no date is in no period.
    return rows.has_start | rows.has_end

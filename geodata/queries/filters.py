"""`Filter`: the only description of "which records", its parts and its text form.

The text form is a URL query such as `from=2018&to=2024&type=bombing&group=iskp`. The page's
address, the routes (`f=`), the command line and saved files all carry the same keys, and each
filter has exactly one text, so that it can be a cache key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from geodata.errors import FilterError
from geodata.queries import parts
from geodata.queries.parts import Bounds, Part, part
from geodata.records import Attribution, EventType, GeoPrecision, Role, Status
from geodata.shapes import Shape

__all__ = ["FILTER_KEYS", "PARTS", "Bounds", "DateMatch", "Filter", "as_known_on"]

_MOST_VALUES = 500


def as_known_on(day: date | None, pushed: datetime | None = None) -> dict[str, str]:
    """Return what an answer says of the day of whose data it is; nothing of those of now.

    Args:
        day: The day.
        pushed: When what is asked was put into an engine, which knows nothing of what came since.

    Example:
        >>> as_known_on(date(2026, 11, 1)), as_known_on(None)
        ({'as_known_on': '2026-11-01'}, {})
        >>> as_known_on(date(2026, 11, 1), datetime(2026, 10, 3, 7, tzinfo=UTC))
        {'as_known_on': '2026-11-01', 'as_pushed_at': '2026-10-03T07:00:00+00:00'}
    """
    if day is None:
        return {}
    told = {"as_known_on": day.isoformat()}
    at = pushed and pushed.astimezone(UTC)
    # Of a day that was over by then all is known that was kept.
    if at and day >= at.date():
        told["as_pushed_at"] = at.isoformat(timespec="seconds")
    return told


class DateMatch(StrEnum):
    """How imprecise dates and places are held against a period and against bounds."""

    POSSIBLE = "possible"
    CERTAIN = "certain"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which records are wanted; the default wants them all.

    This is the table of all parts of a filter, in the order of the text form; `help` says what
    each asks for. A part is asked of incidents in `expressions.CONDITIONS`, of base areas in
    `areas.CONDITIONS`, and said in `words.describe_filter`.
    """

    start: date | None = part(
        "from",
        parts.FIRST_DAY,
        default=None,
        help="first day of the period: 2018, 2018-07 or 2018-07-29",
        loosen="Any date",
        may_be_told=True,
    )
    end: date | None = part(
        "to",
        parts.LAST_DAY,
        default=None,
        help="last day of the period",
        loosen="Any date",
        may_be_told=True,
    )
    date_match: DateMatch = part(
        "when",
        parts.one_of(DateMatch),
        default=DateMatch.POSSIBLE,
        help="possible (default) or certain: how imprecise dates and places are held against the "
        "period and the bounds",
        loosen="Any date",
        may_be_told=True,
    )
    event_types: tuple[EventType, ...] = part(
        "type",
        parts.any_of(EventType),
        default=(),
        help="event type, such as bombing; may be repeated",
        loosen="Any type",
        may_be_told=True,
    )
    # In the words of the source that a record was imported from; these may name a place.
    source_types: tuple[str, ...] = part(
        "source_type",
        parts.NAMES,
        default=(),
        help="type as the source of an import has it, such as “Peaceful protest”; may be repeated",
        loosen="Any type of the source",
    )
    # What belonged to one of these at the time counts too; see `belonging`.
    groups: tuple[str, ...] = part(
        "group",
        parts.NAMES,
        default=(),
        help="group by id, name or alias in any script, as actor or target; may be repeated",
        loosen="Any group",
        may_be_told=True,
    )
    roles: tuple[Role, ...] = part(
        "role",
        parts.any_of(Role, everything="any"),
        default=(),
        help="actor, accused, cleared, target, other or any: in which role a group is sought; "
        "may be repeated",
        loosen="Any group",
        may_be_told=True,
    )
    countries: tuple[str, ...] = part(
        "country",
        parts.COUNTRIES,
        default=(),
        help="ISO 3166-1 alpha-2 code; may be repeated",
        loosen="Any country",
        may_be_told=True,
    )
    statuses: tuple[Status, ...] = part(
        "status",
        parts.any_of(Status),
        default=(),
        help="carried out, foiled, disputed or claimed only; may be repeated",
        loosen="Any status",
        may_be_told=True,
    )
    attributions: tuple[Attribution, ...] = part(
        "attribution",
        parts.any_of(Attribution),
        default=(),
        help="claimed, attributed, contested or unattributed; may be repeated",
        loosen="Any attribution",
        may_be_told=True,
    )
    # Chosen one by one, such as rows of a table.
    ids: tuple[str, ...] = part(
        "record",
        parts.RECORDS,
        default=(),
        help="incident or base area by its id; may be repeated, up to 100 times",
        loosen="Any record",
    )
    least_precision: GeoPrecision | None = part(
        "precision",
        parts.one_of(GeoPrecision),
        default=None,
        help="place known at least to: site, settlement, near settlement, district, …",
        loosen="Any precision of place",
        may_be_told=True,
    )
    fatalities_min: int | None = part(
        "deaths_min",
        parts.NUMBER,
        default=None,
        help="the highest figure given is at least this",
        loosen="Any number of killed",
        may_be_told=True,
    )
    fatalities_max: int | None = part(
        "deaths_max",
        parts.NUMBER,
        default=None,
        help="the lowest figure given is at most this",
        loosen="Any number of killed",
        may_be_told=True,
    )
    injured_min: int | None = part(
        "injured_min",
        parts.NUMBER,
        default=None,
        help="the highest figure given of injured is at least this",
        loosen="Any number of injured",
        may_be_told=True,
    )
    # In title, place, summary, names of groups and their aliases.
    text: str = part(
        "q",
        parts.TEXT,
        default="",
        help="words that must all occur",
        loosen="Without the search words",
    )
    # West above east crosses 180°.
    bounds: Bounds | None = part(
        "bounds",
        parts.BOUNDS,
        default=None,
        help="west,south,east,north in degrees",
        loosen="The whole map",
    )
    # Drawn on the map, or typed.
    within: Shape | None = part(
        "within",
        parts.SHAPE,
        default=None,
        help="circle:lon,lat,km or polygon:lon,lat;lon,lat;lon,lat",
        loosen="The whole map",
    )
    base_areas: bool = part(
        "areas",
        parts.SWITCH,
        default=True,
        help="on (default) or off: base areas",
        loosen="",
        may_be_told=True,
    )
    # Says which state of the data answers, and nothing of a record; see `Store.known`.
    known: date | None = part(
        "known",
        parts.LAST_DAY,
        default=None,
        help="the data as known on a day, such as 2026-11-01; datasets keep what they were",
        loosen="",
        may_be_told=True,
    )

    def __post_init__(self) -> None:
        """Bring each value into its one form, and refuse what cannot be meant."""
        for name, value in self.asked().items():
            object.__setattr__(self, name, PARTS[name].kind.settle(PARTS[name].key, value))
        if self.start and self.end and self.end < self.start:
            raise FilterError(f"to must not be before from, got {self.start} to {self.end}")
        low, high = self.fatalities_min, self.fatalities_max
        if low is not None and high is not None and high < low:
            raise FilterError(f"deaths_max must not be below deaths_min, got {low} to {high}")

    def asked(self) -> dict[str, object]:
        """Return the values of all parts that ask for something, by attribute."""
        values = {name: getattr(self, name) for name in PARTS}
        return {name: value for name, value in values.items() if value != PARTS[name].default}

    def to_query(self) -> str:
        """Return the one text of this filter; empty for the filter that wants all.

        Example:
            >>> Filter(start=date(2018, 1, 1), event_types=(EventType.BOMBING,)).to_query()
            'from=2018-01-01&type=bombing'
        """
        return urlencode(list(self.to_pairs()))

    def to_pairs(self) -> list[tuple[str, str]]:
        """Return the keys and values of the text form, in their order."""
        return [
            (PARTS[name].key, text)
            for name, value in self.asked().items()
            for text in PARTS[name].to_texts(value)
        ]

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
    def of_state(cls, text: str) -> Filter:
        """Return the filter in a text that says other things, too, such as what is selected."""
        pairs = parse_qsl(text, max_num_fields=_MOST_VALUES)
        return cls.from_pairs(pair for pair in pairs if pair[0] in FILTER_KEYS)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Filter:
        """Return the filter that keys and texts describe; see `from_query`."""
        gathered: dict[str, list[str]] = {}
        for key, value in pairs:
            gathered.setdefault(key, []).append(value)
        for key in sorted(gathered.keys() - set(FILTER_KEYS)):
            raise FilterError(f"a filter key must be one of {', '.join(FILTER_KEYS)}, got {key!r}")
        return cls(
            **{
                name: one.kind.parse(one.key, gathered[one.key])
                for name, one in PARTS.items()
                if one.key in gathered
            }
        )

    @property
    def roles_sought(self) -> tuple[Role, ...]:
        """In which roles groups are sought: who is only accused or cleared did nothing for sure."""
        return self.roles or (Role.ACTOR, Role.TARGET)

    def matching(self, match: DateMatch) -> Filter:
        """Return the filter with dates and places held against it in another way."""
        return replace(self, date_match=match)

    def apart(self, *, is_timed: bool) -> tuple[Filter, ...]:
        """Return filters of one part each that together find what this one finds.

        Args:
            is_timed: Whether it depends on the period which groups are found.
        """
        asked = self.asked()
        match = {"date_match": self.date_match}
        alone: list[dict[str, Any]] = [
            {name: value, **(match if name in ("start", "end", "bounds", "within") else {})}
            for name, value in asked.items()
            if name not in ("date_match", "groups", "roles", "base_areas")
        ]
        if self.groups or self.roles:
            names = ("groups", "roles", *(("start", "end") if is_timed and self.groups else ()))
            alone.append({name: asked[name] for name in names if name in asked} | match)
        return tuple(Filter(**one) for one in alone) or (Filter(),)

    def without(self, *names: str) -> Filter:
        """Return the filter with the named attributes back at their defaults."""
        return replace(self, **{name: PARTS[name].default for name in names})

    @property
    def is_empty(self) -> bool:
        """Whether it wants every record."""
        return self == Filter()


PARTS: Mapping[str, Part] = {one.name: one.metadata["part"] for one in fields(Filter)}
"""The parts of a filter by attribute, in the order of the text form."""

FILTER_KEYS = tuple(one.key for one in PARTS.values())

"""What a program may ask: operations, each with its parameters, however the question comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from geodata.errors import RequestError
from geodata.queries import ATTRIBUTIONS, PARTS, DateMatch, Filter
from geodata.records import EventType, GeoPrecision, Role, Status
from geodata.scope import Count

__all__ = [
    "FILTER", "KNOWN", "MOST", "MOST_OFFSET", "PAGING", "Asked", "NotFoundError", "Operation",
    "Parameter", "count_of", "number", "one_of",
]  # fmt: skip

MOST = 100
"""At most so many of anything in one answer."""
MOST_OFFSET = 10**9


class NotFoundError(RequestError):
    """There is nothing with the id that was asked for; the message says what there is."""


@dataclass(frozen=True)
class Parameter:
    """One thing that an operation may be told.

    Attributes:
        name: Its name.
        about: What it means.
        schema: Which values it takes, as JSON Schema; an array where it may be given several times.
        is_required: Whether it must be given.
    """

    name: str
    about: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    is_required: bool = False

    @property
    def is_many(self) -> bool:
        """Whether it may be given several times."""
        return bool(self.schema["type"] == "array")


@dataclass(frozen=True)
class Asked:
    """What was asked.

    Attributes:
        chosen: The filter.
        values: All other parameters that were given, by name.
    """

    chosen: Filter
    values: Mapping[str, str]

    def get(self, name: str, default: str = "") -> str:
        """Return a parameter, or what stands for it."""
        return self.values.get(name, default)


@dataclass(frozen=True)
class Operation:
    """One question that can be asked.

    Attributes:
        name: Its name, for programs.
        path: Its address below that of the interface; a part in braces is a parameter.
        about: What it answers.
        parameters: What it may be told.
        answer: Answers it from a `geodata.queries.Store`.
    """

    name: str
    path: str
    about: str
    parameters: tuple[Parameter, ...]
    answer: Callable[[Any, Asked], dict[str, Any]]

    def ask(self, store: Any, given: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        """Return the answer to a question, with the version of the data that gave it.

        Where the data are those of a day before, the answer says which.

        Args:
            store: The records, as a `geodata.queries.Store`.
            given: Names and values; lists stand for several values of one name.

        Raises:
            RequestError: If it cannot be understood; `NotFoundError` if nothing has the id.
        """
        return {
            "data_version": store.version,
            **store.of_day,
            **self.answer(store, self._asked(given)),
        }

    def known(self, given: Iterable[tuple[str, Any]]) -> date | None:
        """Return the day of whose data is asked; `None` for those of now.

        Raises:
            RequestError: If the question cannot be understood.
        """
        return self._asked(given).chosen.known

    def _asked(self, given: Iterable[tuple[str, Any]]) -> Asked:
        known = {one.name: one for one in self.parameters}
        pairs: list[tuple[str, str]] = []
        values: dict[str, str] = {}
        for name, text in _flat(given):
            if name not in known:
                names = ", ".join(known)
                raise RequestError(
                    f"a parameter of {self.name} must be one of {names}, got {name!r:.40}"
                )
            if name in _KEYS and known[name] is _KEYS[name]:
                pairs.append((name, text))
            elif name in values:
                raise RequestError(f"{name} must be given once, got it twice")
            else:
                values[name] = text
        for one in self.parameters:
            if one.is_required and not values.get(one.name):
                raise RequestError(f"{one.name} must be given, got nothing")
        _check_choices(values, known)
        # Base areas are asked for by an operation of their own.
        return Asked(replace(Filter.from_pairs(pairs), base_areas=False), values)


def _flat(given: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, str]]:
    for name, value in given:
        for one in value if isinstance(value, list | tuple) else (value,):
            if isinstance(one, bool):
                yield name, "on" if one else "off"
            elif isinstance(one, str | int | float):
                text = str(one).strip()
                if not text:
                    raise RequestError(f"{name} must have a value, got nothing")
                yield name, text
            else:
                raise RequestError(f"{name} must be a text, a number or a list, got {one!r:.40}")


def _check_choices(values: Mapping[str, str], known: Mapping[str, Parameter]) -> None:
    for name, text in values.items():
        choices = known[name].schema.get("enum")
        if choices and text not in choices:
            raise RequestError(f"{name} must be one of {', '.join(choices)}, got {text!r:.40}")


def number(asked: Asked, name: str, default: int, most: int) -> int:
    """Return a whole number from 0 that was given.

    Raises:
        RequestError: If it is none, or too large.
    """
    text = asked.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= most):  # noqa: PLR2004
        raise RequestError(f"{name} must be a whole number up to {most:,}, got {text!r:.20}")
    return int(text)


def count_of(store: Any, chosen: Filter) -> Count:
    """Return how many incidents fit a filter: for certain, and possibly."""
    totals = store.totals(chosen.matching(DateMatch.POSSIBLE))
    return Count(totals.certain, totals.shown)


def one_of(choices: Iterable[str]) -> Mapping[str, Any]:
    """Return the schema of a parameter that takes one of some words."""
    return {"type": "string", "enum": list(choices)}


PAGING = (
    Parameter("limit", "at most so many", {"type": "integer", "minimum": 1, "maximum": MOST}),
    Parameter("offset", "how many to leave out before", {"type": "integer", "minimum": 0}),
)

# What the parts of a filter take, where it can be listed.
_NUMBERS = frozenset({"deaths_min", "deaths_max", "injured_min"})
_CHOICES: Mapping[str, Iterable[str]] = {
    "when": ("possible", "certain"),
    "type": map(str, EventType),
    "role": (*map(str, Role), "any"),
    "status": map(str, Status),
    "attribution": ATTRIBUTIONS,
    "precision": map(str, GeoPrecision),
}


def _schema(key: str, *, is_many: bool) -> Mapping[str, Any]:
    one: dict[str, Any] = {"type": "string"}
    if key in _NUMBERS:
        one = {"type": "integer", "minimum": 0}
    if key in _CHOICES:
        one["enum"] = [str(choice) for choice in _CHOICES[key]]
    return {"type": "array", "items": one} if is_many else one


FILTER = tuple(
    Parameter(one.key, one.help, _schema(one.key, is_many=isinstance(one.default, tuple)))
    for one in PARTS.values()
    if one.key != "areas"
)
"""The parts of a filter of incidents."""
_KEYS = {one.name: one for one in FILTER}
KNOWN = _KEYS["known"]
"""The day of whose data is asked, which every operation takes."""

"""What a row says before it is a record, what is wrong with it, and what it is known by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from geodata.importing.values import number_of
from geodata.letters import to_latin
from geodata.records import (
    Claim,
    EventType,
    GeoPrecision,
    RecordKind,
    Status,
    reach_km,
)

__all__ = ["Doubt", "Draft", "RowError", "clean_id", "invalid", "plain_value", "row_hash"]

_NO_ID = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_ID = 120


class RowError(Exception):
    """A row is no record.

    Args:
        rule: What it breaks.
        column: Where.
        value: What stands there.
        suggestion: What it may be meant to be; empty if nobody can say.
    """

    def __init__(self, rule: str, column: str = "", value: str = "", suggestion: str = "") -> None:
        super().__init__(rule)
        self.rule, self.column, self.value, self.suggestion = rule, column, value, suggestion


def invalid(error: ValidationError) -> RowError:
    """Return what no record may have as what is wrong with a row."""
    first = error.errors(include_url=False)[0]
    field = ".".join(map(str, first["loc"]))
    return RowError("record_invalid", field, str(first["msg"])[:300])


@dataclass(frozen=True)
class Doubt:
    """Something in a row that is read and may be wrong; see `RowError`."""

    rule: str
    column: str = ""
    value: str = ""
    suggestion: str = ""


def clean_id(text: str) -> str:
    """Return a text as a part of an id; two texts never give the same.

    Example:
        >>> clean_id("BFA1234"), clean_id("node/12")
        ('BFA1234', 'node-12-e388b9')
    """
    plain = _NO_ID.sub("-", to_latin(text) if not text.isascii() else text).strip("-._")
    if plain == text and len(text) <= _LONGEST_ID:
        return text
    mark = hashlib.sha256(text.encode()).hexdigest()[:6]
    return f"{plain[:_LONGEST_ID].strip('-._')}-{mark}".lstrip("-")


@dataclass
class Draft:
    """What a row says, before it is a record.

    Attributes:
        point: Longitude and latitude, where the map may show them.
        has_point: Whether the row gives a usable pair, however precise.
        type_of_source: The type in the source's own words.
        claims: As `Evidence.claim` makes them.
    """

    upstream_id: str = ""
    title: str = ""
    event_date: str = "XXXX"
    types: tuple[EventType, ...] = (EventType.OTHER,)
    type_of_source: str = ""
    status: Status = Status.CARRIED_OUT
    kind: RecordKind = RecordKind.EVENT
    point: tuple[float, float] | None = None
    has_point: bool = False
    precision: GeoPrecision = GeoPrecision.UNKNOWN
    radius_km: float | None = None
    basis: str = ""
    place: str = ""
    admin2: str = ""
    admin1: str = ""
    admin1_code: str = ""
    country: str = ""
    summary: str = ""
    target: str = ""
    claims: list[Claim] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    upstream: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the row is known by within its dataset: its own id, or else its cells."""
        return clean_id(self.upstream_id) if self.upstream_id else row_hash(self.upstream)

    @property
    def reach_km(self) -> float:
        """How far off its point may be; see `reach_km`."""
        return reach_km(self.precision, self.radius_km)

    def shared(self) -> dict[str, Any]:
        """Return the fields that incidents and base areas have alike."""
        return {
            "place": self.place,
            "admin1": self.admin1,
            "country": self.country,
            "geo_precision": self.precision,
            "radius_km": self.radius_km,
            "geo_basis": self.basis,
            "claims": tuple(self.claims),
            "upstream": self.upstream,
        }

    def doubt(self, rule: str, column: str = "", value: str = "", suggestion: str = "") -> None:
        """Note something that may be wrong."""
        self.doubts.append(Doubt(rule, column, value, suggestion))


def plain_value(text: str) -> str:
    """Return a cell so that two that say the same are the same: numbers as numbers."""
    value = number_of(text) if text[:1] in "+-.0123456789" else None
    return text if value is None else repr(value)


def row_hash(upstream: Mapping[str, str]) -> str:
    """Return what a row without an id is known by: the same cells give the same.

    Example:
        >>> row_hash({"lat": "48.0"}) == row_hash({"lat": "48.000"})
        True
    """
    text = "\x1f".join(f"{name}\x1e{plain_value(cell)}" for name, cell in sorted(upstream.items()))
    return f"row-{hashlib.sha256(text.encode()).hexdigest()[:16]}"

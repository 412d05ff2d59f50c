"""What a known database's meaning is made of: its name, its columns, and what a row says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import ClassVar, Protocol

from geodata.importing.making import Draft, Evidence, RowError, point_of
from geodata.importing.values import is_null
from geodata.places.boundaries import province_code
from geodata.records import GeoPrecision, Source

__all__ = ["Known", "Values", "place_at"]


class Values:
    """The cells of one row by the names of their columns, in small letters.

    Args:
        texts: Cells by name.
        read_date: Reads a date as its column has them.
    """

    def __init__(
        self, texts: Mapping[str, str], read_date: Callable[[str, str], str | None]
    ) -> None:
        self._texts = texts
        self._read_date = read_date

    def __call__(self, name: str) -> str:
        """Return a cell, empty where nothing is known."""
        text = self._texts.get(name, "")
        return "" if is_null(text) else text

    def date(self, name: str) -> str:
        """Return a cell as EDTF, empty where nothing is known.

        Raises:
            RowError: If it is no date.
        """
        text = self(name)
        if not text:
            return ""
        found = self._read_date(name, text)
        if found is None:
            raise RowError("date_unreadable", name, text)
        return found

    def around(self, day: str, days: int) -> str:
        """Return so many days before to so many after a day.

        Example:
            >>> Values({}, lambda *_: None).around("2024-01-03", 3)
            '2023-12-31/2024-01-06'
        """
        try:
            middle = date.fromisoformat(day)
        except ValueError:
            return day
        first, last = middle - timedelta(days=days), middle + timedelta(days=days)
        return f"{first.isoformat()}/{last.isoformat()}"


class Known(Protocol):
    """A database whose columns have a meaning that is written down.

    Attributes:
        name: As people know it.
        mapping: Which column plays which part.
        is_licensed: Whether its rows may be handed on by nobody without a licence.
    """

    name: ClassVar[str]
    mapping: ClassVar[Mapping[str, str | tuple[str, ...]]]
    is_licensed: ClassVar[bool]

    def fits(self, columns: Collection[str]) -> bool:
        """Whether a table with these columns, in small letters, is one of it."""
        ...

    def source(self, identifier: str, file: str) -> Source:
        """Return the entry by which its rows are cited."""
        ...

    def draft(self, values: Values, evidence: Evidence) -> Draft:
        """Return what a row says.

        Raises:
            RowError: If it is no record.
        """
        ...


def place_at(
    draft: Draft,
    values: Values,
    known: tuple[GeoPrecision, float, str] | None,
    database: str,
    columns: tuple[str, str] = ("latitude", "longitude"),
) -> None:
    """Give a draft its point, as precise as the database says.

    Args:
        draft: Whose place it is.
        values: The row.
        known: Precision, radius and words of the row's code; `None` where there is none: then
            nobody knows how exact the point is.
        database: Its name.
        columns: Those of latitude and longitude.
    """
    point = point_of(draft, columns, (values(columns[0]), values(columns[1])))
    draft.has_point = point is not None
    unsaid = (GeoPrecision.NOT_STATED, None, "it does not say how exact")
    precision, radius, words = known or unsaid
    draft.precision = precision if known or point else GeoPrecision.UNKNOWN
    if precision is GeoPrecision.PROVINCE and draft.country and draft.admin1:
        draft.admin1_code = province_code(draft.admin1, draft.country) or ""
    if point is None or precision is GeoPrecision.UNKNOWN:
        return
    draft.point, draft.radius_km = point, radius
    draft.basis = f"Coordinates of {database}: {words}."

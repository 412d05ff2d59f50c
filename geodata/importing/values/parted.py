"""A date that stands in several cells: its year, its month and its day, of whatever calendar."""

from __future__ import annotations

from geodata.importing.values.cells import number_of
from geodata.importing.values.eras import (
    either,
    in_our_years,
    kind_of_year,
    month_of_era,
    of_parts,
    other_parts,
)
from geodata.importing.values.months import month_number
from geodata.importing.values.parts import from_parts

__all__ = ["date_of_parts", "era_of_parts"]


def era_of_parts(year: str, month: str) -> str:
    """Return which calendars a year and a month may be of, as `kind_of_year` says, or the one.

    Example:
        >>> era_of_parts("1402", "Mehr"), era_of_parts("1402", "7"), era_of_parts("2567", "7")
        ('solar', 'calendar', 'buddhist')
    """
    if told := month_of_era(month):
        return told[0]
    number = number_of(year)
    return kind_of_year(int(number)) if number is not None else ""


def date_of_parts(year: str, month: str, day: str, order: str | None = None) -> str | None:
    """Return a date as EDTF; of a year such as 1402 all that it may be, if nothing says which.

    Args:
        year: What the cell of the year holds, and so on; empty where it is not known.
        month: A number or a name.
        day: A number.
        order: Which calendar they are of, as `Order` has it, if that is known.

    Returns:
        `None` if there is no such date.

    Example:
        >>> date_of_parts("1402", "10", "13", "solar"), date_of_parts("1402", "10", "13")
        ('2024-01-03', '[1402-10-13,2024-01-03]')
        >>> date_of_parts("2567", "1", "3", "buddhist"), date_of_parts("2017", "Sep", "")
        ('2024-01-03', '2017-09')
    """
    named = month_of_era(month)
    whole = [number_of(year), named[1] if named else number_of(month), number_of(day)]
    if month and whole[1] is None:
        whole[1] = month_number(month)
    texts = [str(int(one)) if one is not None else "" for one in whole]
    kind = era_of_parts(year, month)
    if kind == "buddhist" and order == kind:
        texts[0] = in_our_years(texts[0])
    numbers = [int(one or 0) for one in texts]
    if kind in ("solar", "lunar"):
        return of_parts(kind, *numbers)
    ours = from_parts(texts[0].zfill(4), texts[1], texts[2])
    if kind != "calendar" or order == "ymd":
        return ours
    if order in ("solar", "lunar"):
        return of_parts(order, *numbers)
    found = [one for one in (ours, other_parts(*numbers)) if one]
    return either(*found) if found else None

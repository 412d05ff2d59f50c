"""Which database a table is of, by the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from geodata.importing.known.acled import ACLED
from geodata.importing.known.gtd import GTD
from geodata.importing.known.shape import Known
from geodata.importing.known.ucdp import UCDP

__all__ = ["known_by", "names_restricted", "restriction_of"]

_KNOWN: tuple[Known, ...] = (ACLED, UCDP, GTD)
# A column that gives away where rows were taken from, whatever else a table is.
_GTD = "the Global Terrorism Database"
_GTD_IDS = frozenset({"gtd_id", "gtdid", "gtd_eventid", "gtd_event_id"})
# Columns that no other database has under these names.
_GTD_NAMES = re.compile(
    r"i(?:year|month|day)|(?:attack|targ|weap)(?:sub)?type\d(?:_txt)?|natlty\d(?:_txt)?|nkill(?:us|ter)|"
    r"nwound(?:us|te)|propextent(?:_txt)?|int_(?:log|ideo|misc)|doubtterr"
)
# Day and number of an event, in the years that the database covers.
_GTD_ID = re.compile(r"(19[7-9]\d|20[0-2]\d)(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{4}")
_GTD_TITLE = re.compile(r"\bGTD\b|Global Terrorism Database|start\.umd\.edu", re.IGNORECASE)
_MOSTLY = 0.9


def known_by(columns: Iterable[str]) -> Known | None:
    """Return the database that a table is of, by the names of its columns.

    Example:
        >>> known_by(["Event_ID_Cnty", "event_date", "event_type", "actor1"]).name
        'ACLED'
    """
    names = {one.strip().casefold() for one in columns}
    return next((one for one in _KNOWN if one.fits(names)), None)


def restriction_of(columns: Sequence[str], rows: Iterable[Sequence[str]] = ()) -> str:
    """Return why rows of a table may be handed on by nobody without a licence; empty if they may.

    Rows are known by what they have, not by the name of their file: columns under the names of the
    database, ids that are built like its own, cells that name it.

    Args:
        columns: Names of the columns.
        rows: Some rows, as text.

    Example:
        >>> restriction_of(["date", "GTD_ID"])
        'the column “GTD_ID” is of the Global Terrorism Database'
        >>> restriction_of(["date"])
        ''
        >>> restriction_of(["no", "when"], [["201101010001", "1 January 2011"]])
        'the ids in “no” are built like those of the Global Terrorism Database'
    """
    names = {one.strip().casefold().replace(" ", "_"): one for one in columns}
    known = known_by(names)
    if known is not None:
        return f"{known.name} forbids it" if known.is_licensed else ""
    own = [names[one] for one in names if one in _GTD_IDS or _GTD_NAMES.fullmatch(one)]
    if own:
        listed = ", ".join(f"“{one}”" for one in own[:3])
        return (
            f"the column{'s'[: len(own) > 1]} {listed} {'are' if len(own) > 1 else 'is'} of {_GTD}"
        )
    some = list(rows)
    for at, name in enumerate(columns):
        told = [(row[at].strip(), row) for row in some if row[at].strip()]
        if told and sum(_is_gtd_id(*one, at) for one in told) >= len(told) * _MOSTLY:
            return f"the ids in “{name}” are built like those of {_GTD}"
    return ""


def names_restricted(source: str) -> bool:
    """Whether the name of a source is that of a database that forbids to hand its rows on.

    Example:
        >>> names_restricted("Global Terrorism Database 2019"), names_restricted("A paper")
        (True, False)
    """
    return bool(_GTD_TITLE.search(source))


def _is_gtd_id(text: str, row: Sequence[str], at: int) -> bool:
    """Whether a cell is built like an id of the GTD, of the year that its row tells."""
    found = _GTD_ID.fullmatch(text.removesuffix(".0"))
    return found is not None and any(
        found[1] in other for index, other in enumerate(row) if index != at
    )

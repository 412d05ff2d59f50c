"""Which database a table is of, by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.importing.known.acled import ACLED
from geodata.importing.known.gtd import GTD
from geodata.importing.known.shape import Known
from geodata.importing.known.ucdp import UCDP

__all__ = ["is_restricted", "known_by"]

_KNOWN: tuple[Known, ...] = (ACLED, UCDP, GTD)
# A column that gives away where rows were taken from, whatever else a table is.
_GTD_IDS = frozenset({"gtd_id", "gtdid", "gtd_eventid", "gtd_event_id"})


def known_by(columns: Iterable[str]) -> Known | None:
    """Return the database that a table is of, by the names of its columns.

    Example:
        >>> known_by(["Event_ID_Cnty", "event_date", "event_type", "actor1"]).name
        'ACLED'
    """
    names = {one.strip().casefold() for one in columns}
    return next((one for one in _KNOWN if one.fits(names)), None)


def is_restricted(columns: Iterable[str]) -> bool:
    """Whether rows of a table may be handed on by nobody without a licence.

    Example:
        >>> is_restricted(["date", "GTD_ID"]), is_restricted(["date"])
        (True, False)
    """
    names = {one.strip().casefold().replace(" ", "_") for one in columns}
    known = known_by(names)
    return bool(names & _GTD_IDS) or (known is not None and known.is_licensed)

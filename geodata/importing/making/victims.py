"""Rows of which each is a victim: those of one incident become one record that counts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geodata.importing.making.draft import Draft
from geodata.importing.making.evidence import Evidence
from geodata.records import ClaimAbout, Incident

__all__ = ["Victims"]

_NOTE = "Rows of the file, each a person."


class Victims:
    """Gathers rows by their incident.

    Args:
        evidence: Makes the claims.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._found: dict[tuple[object, ...], tuple[Draft, int]] = {}

    def take(self, draft: Draft) -> None:
        """Add a row to its incident: that of its id, or of its day and place."""
        key: tuple[object, ...] = (draft.upstream_id,)
        if not draft.upstream_id:
            key = (draft.event_date, draft.point, draft.place, draft.admin1, draft.title)
        first, count = self._found.get(key, (draft, 0))
        if not count:
            claim = self._evidence.claim(ClaimAbout.COUNT, 0, part="people listed", note=_NOTE)
            first.claims.append(claim)
        self._found[key] = (first, count + 1)

    def incidents(self) -> Iterator[Incident]:
        """Yield an incident for each, with how many rows it has."""
        for draft, count in self._found.values():
            draft.claims[:] = [
                claim.but(value=count) if claim.note == _NOTE else claim for claim in draft.claims
            ]
            yield self._evidence.finish(replace(draft, doubts=list(draft.doubts)))

"""Claims and sources as JSON: who says what, with what stance, where it was read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geodata.records import Records, cite, safe_url
from mapview.lines import ClaimGroup, ClaimLine

__all__ = ["claims_json", "source_json"]


def claims_json(groups: Iterable[ClaimGroup]) -> list[dict[str, Any]]:
    """Return claims by what they are about, each group with how far its sources agree."""
    return [
        {
            "about": one.heading,
            "agreement": one.summary,
            "claims": [_claim(claim) for claim in one.claims],
        }
        for one in groups
    ]


def _claim(claim: ClaimLine) -> dict[str, Any]:
    found: dict[str, Any] = {
        "value": claim.value,
        "figure": claim.figure,
        "stance": claim.stance,
        "by": claim.by,
        "party": claim.party,
        "note": claim.note,
        "source": claim.source.id,
        "locator": claim.locator,
        "cites": [one.text for one in claim.cites],
    }
    kept = {name: value for name, value in found.items() if value not in ("", None, [])}
    return {**kept, "differs_from_others": claim.differs}


def source_json(identifier: str, records: Records) -> dict[str, Any]:
    """Return a source with its citation."""
    source = records.sources_by_id.get(identifier)
    if source is None:
        return {"id": identifier}
    found = {
        "id": source.id,
        "citation": cite(source),
        "url": safe_url(source.url),
        "date": source.date,
        "licence": source.licence,
        "copies": list(source.derived_from),
        "was_read": source.is_document,
    }
    return {name: value for name, value in found.items() if value not in ("", [])}

"""Places that are named and not placed: counted by name, and what the gazetteer proposes."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from geodata.importing.making.draft import Draft
from geodata.importing.values import country_code
from geodata.places.gazetteer import Proposal, propose
from geodata.records import GeoPrecision

__all__ = ["Named", "place_by_name", "proposals_for", "shared_names"]

# The place, its province and its country, as the rows have them.
Named = tuple[str, str, str]
# A likeness below this is for people to judge.
_LEAST_SCORE = 0.95
_LONGEST = 100
_MOST_COUNTED = 1_000


@lru_cache(maxsize=20_000)
def _proposal(name: str, country: str) -> Proposal | None:
    found = propose(name, country=country or None, limit=2) if len(name) <= _LONGEST else []
    head, comma, tail = name.rpartition(",")
    if comma and not any(one.score >= _LEAST_SCORE for one in found):
        # "Kerman, Iran" is how people write a place beside others.
        code = country_code(tail.strip())
        if head.strip() and code and country in ("", code):
            return _proposal(head.strip(), code)
    # Two places that a name fits equally well are no answer.
    is_tie = len(found) > 1 and found[0].score == found[1].score and not country
    return None if not found or is_tie else found[0]


def place_by_name(draft: Draft) -> None:
    """Give a draft the place that its name means, where the gazetteer knows just that name."""
    name = draft.place or draft.admin2 or draft.admin1
    if draft.point or not name:
        return
    found = _proposal(name, draft.country)
    if found and found.score >= _LEAST_SCORE:
        draft.point, draft.radius_km = (found.lon, found.lat), found.radius_km
        draft.precision = GeoPrecision(found.precision)
        draft.basis = f"By its name alone: {found.basis}"


def proposals_for(names: Counter[Named], most: int) -> list[tuple[str, int, Proposal | None]]:
    """Return the names that most rows have, each with how many and what is proposed."""
    return [
        (", ".join(one for one in named if one), count, _proposal(named[0], named[2]))
        for named, count in names.most_common(most)
    ]


def shared_names(names: Counter[Named], most: int) -> dict[str, int]:
    """Return which of the same names are of several places, and of how many; none is proposed."""
    return {
        ", ".join(one for one in named if one): len(alike)
        for named, _ in names.most_common(most)
        if not _proposal(named[0], named[2])
        and len(named[0]) <= _LONGEST
        and len(alike := _alike(named)) > 1
    }


def _alike(named: Named) -> list[Proposal]:
    found = propose(named[0], country=named[2] or None, limit=_MOST_COUNTED)
    return [one for one in found if one.score >= _LEAST_SCORE]

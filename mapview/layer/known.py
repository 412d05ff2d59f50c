"""What may be chosen on a stage, as lists: values, countries and groups by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from geodata.queries import ATTRIBUTIONS, EVENT_TYPES, PRECISIONS, ROLES, STATUSES, Filter
from geodata.records import Records, country_name
from mapview.cartography import kind_of

__all__ = ["named_countries", "spellings", "vocabulary"]


def vocabulary() -> dict[str, Any]:
    """Return the values of each part of a filter that has a list of them."""
    return {
        "types": [str(one) for one in EVENT_TYPES],
        "kind_of_type": [kind_of([str(one)]) for one in EVENT_TYPES],
        "statuses": [str(one) for one in STATUSES],
        "attributions": [str(one) for one in ATTRIBUTIONS],
        "precisions": [str(one) for one in PRECISIONS],
        "roles": [str(role) for role in ROLES],
        "roles_sought": [str(role) for role in Filter().roles_sought],
    }


def named_countries(codes: Iterable[str]) -> dict[str, list[str]]:
    """Return countries in order of their codes, with their names."""
    known = sorted(codes)
    return {"countries": known, "country_names": [country_name(code) for code in known]}


def spellings(records: Records, groups: Sequence[str]) -> dict[str, list[str]]:
    """Return all ways to name groups, each with the ids of those that it stands for."""
    found: dict[str, list[str]] = {}
    for spelt in records.group_names:
        ids = [one for one in records.resolve_groups(spelt) if one in groups]
        if ids:
            found[spelt] = ids
    return found

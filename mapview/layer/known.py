"""What may be chosen on a stage, as lists: values, countries and groups by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geodata.queries import ATTRIBUTIONS, EVENT_TYPES, PRECISIONS, ROLES, STATUSES, Filter
from geodata.records import Records, country_name
from mapview.cartography import OTHER, drawn_as, kind_of

__all__ = ["named_countries", "source_types", "spellings", "vocabulary"]

# A filter by more types than these nobody reads.
_MOST_LEFT = 20


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


def source_types(counts: Mapping[tuple[int, str], int], own: Sequence[str]) -> dict[str, Any]:
    """Return the types in the words of sources, and what each is drawn as.

    Those that stand for themselves are `ownTypes`; `otherTypes` are the rest of what has no word of
    ours, where a filter by them finds all that is drawn as any other.

    Args:
        counts: How many incidents have each main type, by code, and type of their source.
        own: Those that stand for themselves.
    """
    drawn: dict[str, Counter[int]] = {}
    for (code, type_), n in sorted(counts.items()):
        kind = drawn_as([EVENT_TYPES[code]], type_, own)
        drawn.setdefault(type_, Counter())[kind] += n
    known = sorted(one for one in drawn if one)
    left = {one for one in known if set(drawn[one]) == {OTHER}}
    # What has a type of ours, or none at all, is drawn so too, and no filter by these finds it.
    is_all = not any(OTHER in kinds for one, kinds in drawn.items() if one not in left)
    return {
        "sourceTypes": known,
        "kind_of_source_type": [drawn[one].most_common(1)[0][0] for one in known],
        "ownTypes": list(own),
        "otherTypes": sorted(left) if own and is_all and len(left) <= _MOST_LEFT else [],
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

"""Incidents without links to those that do not go out, and what must be said where a toll was cut.

A toll that an incident shares with others is none of its own. Where these are left out it stays
so, and the incident says it without naming any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from geodata.queries.sums import by_shared_toll
from geodata.records import Incident

__all__ = ["unlinked"]


def unlinked(
    kept: Sequence[Incident], gone: Collection[str], others: Iterable[Incident] = ()
) -> tuple[Incident, ...]:
    """Return incidents that name none of those that are left out.

    Each whose toll is also that of one of these says so (`shares_toll_beyond`), whichever of both
    named the other. What shared a toll through one of them goes on sharing it.

    Args:
        kept: The incidents.
        gone: Ids of those that are left out.
        others: Those of them that are known, which may name incidents that do not name them.
    """
    gone = frozenset(gone)
    shared = [
        [one.id for one in some if one.id not in gone]
        for some, ids in by_shared_toll((*kept, *others))
        if not gone.isdisjoint(ids)
    ]
    is_beyond = frozenset(one for ids in shared for one in ids)
    cut = tuple(_without(one, gone, is_beyond=one.id in is_beyond) for one in kept)
    more = _apart(cut, shared)
    return tuple(
        one.but(casualties_combined=(*one.casualties_combined, *more[one.id]))
        if one.id in more
        else one
        for one in cut
    )


def _without(one: Incident, gone: Collection[str], *, is_beyond: bool) -> Incident:
    links = {
        name: tuple(other for other in getattr(one, name) if other not in gone)
        for name in ("related", "casualties_combined")
    }
    is_beyond |= one.shares_toll_beyond
    if is_beyond == one.shares_toll_beyond and all(getattr(one, n) == v for n, v in links.items()):
        return one
    return one.but(**links, shares_toll_beyond=is_beyond)


def _apart(cut: Sequence[Incident], shared: Iterable[Sequence[str]]) -> Mapping[str, list[str]]:
    """Return which others incidents are to name that shared a toll through what is left out.

    Only one of them names all others, since a toll of very many would need all pairs.
    """
    stands_for = {one.id: some[0].id for some, _ in by_shared_toll(cut) for one in some}
    more: dict[str, list[str]] = defaultdict(list)
    for ids in shared:
        first, *rest = dict.fromkeys(stands_for[one] for one in ids) or [""]
        for other in rest:
            more[first].append(other)
            more[other].append(first)
    return more

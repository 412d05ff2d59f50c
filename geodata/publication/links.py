"""Incidents without links to those that do not go out, and what must be said where a toll was cut.

A toll that an incident shares with others is none of its own. Where these are left out it stays
so, and the incident says it without naming any, in its texts neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from geodata.queries.sums import by_shared_toll
from geodata.records import Incident

__all__ = ["unlinked", "unnamed"]

# Those of large datasets have seven digits and more.
_NUMBER = re.compile(r"(?<!\d)\d{7,}$", re.ASCII)
_LEAST_WORDS = 5


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


def unnamed(kept: Iterable[Incident], gone: Iterable[Incident]) -> Iterator[Incident]:
    """Yield incidents without summary, notes and imported cells that name who is left out.

    Looked for are ids and titles of those that an incident is linked with, whoever of both names
    the other, however they are spaced and in small letters or large. A short number, or a title of
    a few words such as a kind of attack or a place, names nobody by itself.

    Args:
        kept: The incidents.
        gone: Those that are left out.
    """
    linked: dict[str, list[Incident]] = defaultdict(list)
    by_id = {}
    for other in gone:
        by_id[other.id] = other
        for one_id in _links(other):
            linked[one_id].append(other)
    for one in kept:
        found = (*linked.get(one.id, ()), *(by_id[o] for o in _links(one) if o in by_id))
        names = {_pattern(name) for other in found for name in _names(other)}
        told = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE) if names else None
        yield _without_texts(one, told) if told else one


def _links(one: Incident) -> Iterator[str]:
    yield from one.related
    yield from one.casualties_combined


def _names(one: Incident) -> Iterator[str]:
    if not one.id.isdecimal():
        yield one.id
    # A cell of a row has the number that its own source gave, without what we put before it.
    if number := _NUMBER.search(one.id):
        yield number[0]
    if len(one.title.split()) >= _LEAST_WORDS:
        yield one.title


def _pattern(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))


def _without_texts(one: Incident, told: re.Pattern[str]) -> Incident:
    claims = tuple(o.but(note="") if told.search(o.note) else o for o in one.claims)
    upstream = {name: cell for name, cell in one.upstream.items() if not told.search(cell)}
    summary = "" if told.search(one.summary) else one.summary
    if (claims, upstream, summary) == (one.claims, dict(one.upstream), one.summary):
        return one
    return one.but(claims=claims, upstream=upstream, summary=summary)


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

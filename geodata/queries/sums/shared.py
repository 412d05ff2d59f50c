"""Which incidents share one toll."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geodata.records import Incident

__all__ = ["by_shared_toll"]


def by_shared_toll(
    events: Sequence[Incident],
) -> Iterator[tuple[list[Incident], frozenset[str]]]:
    """Yield the incidents that share one toll together, with the ids of all that do.

    Whoever of two names the other, and though it be through one that is not among them.
    """
    joined = _joined(events)
    together: dict[str, list[Incident]] = {}
    for one in events:
        together.setdefault(_stands_for(one.id, joined), []).append(one)
    ids = {stands: {one.id for one in some} for stands, some in together.items()}
    for other in tuple(joined):
        ids[_stands_for(other, joined)].add(other)
    for stands, some in together.items():
        yield some, frozenset(ids[stands])


def _joined(events: Iterable[Incident]) -> dict[str, str]:
    """Return each id of a shared toll with one that comes nearer to the id that stands for it."""
    joined: dict[str, str] = {}
    for one in events:
        for other in one.casualties_combined:
            joined.setdefault(one.id, one.id)
            joined.setdefault(other, other)
            joined[_stands_for(one.id, joined)] = _stands_for(other, joined)
    return joined


def _stands_for(identifier: str, joined: dict[str, str]) -> str:
    while (nearer := joined.get(identifier, identifier)) != identifier:
        # Each walk makes the next one shorter, so that many of one toll take no longer each.
        joined[identifier] = joined.get(nearer, nearer)
        identifier = nearer
    return identifier

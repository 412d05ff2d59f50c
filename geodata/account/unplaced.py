"""Events that no map can show, counted by country: what a map leaves out without a word.

A campaign or a count over many events is never a symbol, so its absence hides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from geodata.queries import Belongings, Count, Filter, Key, found_by, unplaced_of
from geodata.records import Incident, RecordKind, Records

__all__ = ["events_off_the_map"]


def events_off_the_map(
    records: Records, chosen: Filter, belongings: Belongings
) -> dict[str, Count]:
    """Return how many events that a filter found are not on the map; see `unplaced_of`.

    Args:
        records: What it found.
        chosen: The filter; of its parts only what can be uncertain is asked again.
        belongings: Says when each group belonged to which others.
    """
    off = [
        one
        for one in records.incidents
        if one.record_kind is RecordKind.EVENT and not one.is_mappable
    ]
    wanted = {
        Key(role, group)
        for name in chosen.groups
        for group in records.resolve_groups(name)
        for role in chosen.roles_sought
    }
    sure = (one for one in off if _is_certain(one, chosen, wanted, belongings))
    return unplaced_of(_by_country(sure), _by_country(off))


def _by_country(incidents: Iterable[Incident]) -> Counter[str]:
    return Counter(one.country for one in incidents)


def _is_certain(
    incident: Incident, chosen: Filter, wanted: set[Key], belongings: Belongings
) -> bool:
    span = incident.span
    is_late = chosen.start is not None and span.start < chosen.start
    is_early = chosen.end is not None and span.end > chosen.end
    if is_late or is_early:
        return False
    return not wanted or not wanted.isdisjoint(found_by(incident, belongings).throughout)

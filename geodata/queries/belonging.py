"""Which groups find an incident: its parties by role, and what these belonged to on its days.

What a group belongs to by its nature (`Group.parents`) holds always, a dated relation on its days.
So a party is found under the groups that it had joined by then, and not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.queries.columns import Key, Time
from geodata.records import (
    FIRST_DAY,
    LAST_DAY,
    BaseArea,
    Incident,
    Records,
    Relation,
    Role,
    linked_groups,
    normalise,
    normalise_once,
    parse_date,
    parties,
    validity,
)

__all__ = [
    "Belonging",
    "Belongings",
    "FoundBy",
    "area_search_text",
    "found_by",
    "search_text",
    "times_of_area",
]

# Times apart, in order, each from its first to its last day.
Days = tuple[tuple[date, date], ...]

_ALWAYS: Days = ((FIRST_DAY, LAST_DAY),)
_A_DAY = timedelta(1)
# Records have a few hundred combinations of parties.
_MOST_KEPT = 4_096


@dataclass(frozen=True)
class Belonging:
    """When a group belonged to another one.

    Attributes:
        possible: The days on which it may have.
        certain: Those on which it did, on whichever of the possible days it joined and left.
    """

    possible: Days
    certain: Days


# Keys by which an incident may be found, and when each holds.
Keys = tuple[tuple[Key, Belonging], ...]


@dataclass(frozen=True)
class FoundBy:
    """What a filter finds an incident by.

    Attributes:
        throughout: What holds on each day on which it may have happened.
        at_times: What holds on some of these days, or may hold, and when.
    """

    throughout: tuple[Key, ...] = ()
    at_times: tuple[Time, ...] = ()

    @property
    def keys(self) -> set[Key]:
        """All that holds at any time."""
        return {*self.throughout, *(Key.of(time.key) for time in self.at_times)}


class Belongings:
    """When each group of some records belonged to which others.

    Attributes:
        records: The records.
    """

    def __init__(self, records: Records) -> None:
        self.records = records
        self._possible: dict[str, list[tuple[str, Days]]] = {}
        self._certain: dict[str, list[tuple[str, Days]]] = {}
        for group in records.groups:
            for parent in group.parents:
                self._link(group.id, parent, Belonging(_ALWAYS, _ALWAYS))
        for relation in records.relations:
            if relation.makes_parent:
                self._link(relation.subject, relation.object, _days_of(relation))
        self._known: dict[str, Mapping[str, Belonging]] = {}
        self._keys: dict[tuple[tuple[Role, tuple[str, ...]], ...], Keys] = {}

    @property
    def are_any(self) -> bool:
        """Whether any group belonged to another; else each party is found as itself alone."""
        return bool(self._possible)

    def _link(self, child: str, parent: str, days: Belonging) -> None:
        self._possible.setdefault(child, []).append((parent, days.possible))
        self._certain.setdefault(child, []).append((parent, days.certain))

    def of(self, group_id: str) -> Mapping[str, Belonging]:
        """Return what a group belonged to, itself included, however far up, and when.

        Example:
            >>> joined = Relation(id="r", subject="tkp", kind="merged into", object="iskp",
            ...                   valid_from="2015-01")
            >>> above = Belongings(Records(relations=(joined,))).of("tkp")
            >>> above["iskp"].possible[0][0].isoformat(), above["iskp"].certain[0][0].isoformat()
            ('2015-01-01', '2015-01-31')
        """
        if group_id not in self._known:
            certain = _upwards(group_id, self._certain)
            self._known[group_id] = {
                above: Belonging(days, certain.get(above, ()))
                for above, days in _upwards(group_id, self._possible).items()
            }
        return self._known[group_id]

    def of_all(self, group_ids: Sequence[str]) -> Mapping[str, Belonging]:
        """Return the same of several groups together."""
        if len(group_ids) == 1:
            return self.of(group_ids[0])
        found: dict[str, list[Belonging]] = {}
        for group_id in group_ids:
            for above, days in self.of(group_id).items():
                found.setdefault(above, []).append(days)
        return {above: _joined(days) if len(days) > 1 else days[0] for above, days in found.items()}

    def keys_of(self, by_role: Mapping[Role, tuple[str, ...]]) -> Keys:
        """Return all keys that may find an incident of some parties, and when each does."""
        asked = tuple(by_role.items())
        found = self._keys.get(asked)
        if found is None:
            if len(self._keys) >= _MOST_KEPT:
                self._keys.clear()
            found = self._keys[asked] = tuple(
                (Key(role, group), days)
                for role, ids in asked
                for group, days in self.of_all(ids).items()
            )
        return found


def _joined(some: Sequence[Belonging]) -> Belonging:
    return Belonging(
        _union(time for one in some for time in one.possible),
        _union(time for one in some for time in one.certain),
    )


def _days_of(relation: Relation) -> Belonging:
    # What is not stated holds always: nobody says that it began or ended.
    joined = parse_date(relation.valid_from).end if _is_stated(relation.valid_from) else FIRST_DAY
    left = parse_date(relation.valid_to).start if _is_stated(relation.valid_to) else LAST_DAY
    return Belonging(
        possible=((relation.span.start, relation.span.end),),
        certain=((joined, left),) if joined <= left else (),
    )


def _is_stated(text: str) -> bool:
    return text not in ("", "XXXX")


def _upwards(group_id: str, links: Mapping[str, list[tuple[str, Days]]]) -> dict[str, Days]:
    """Return the days on which a chain of links leads from a group to each other one."""
    found = {group_id: _ALWAYS}
    waiting = [group_id]
    while waiting:
        child = waiting.pop()
        for parent, days in links.get(child, ()):
            known = found.get(parent, ())
            more = _union((*known, *_both(found[child], days)))
            if more != known:
                found[parent] = more
                waiting.append(parent)
    return found


def _union(times: Iterable[tuple[date, date]]) -> Days:
    joined: list[tuple[date, date]] = []
    for first, last in sorted(times):
        if joined and (joined[-1][1] == LAST_DAY or first <= joined[-1][1] + _A_DAY):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def _both(some: Days, others: Days) -> Days:
    """Return the days that are in both."""
    times = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return tuple((first, last) for first, last in times if first <= last)


def found_by(
    incident: Incident,
    belongings: Belongings,
    by_role: Mapping[Role, tuple[str, ...]] | None = None,
) -> FoundBy:
    """Return the groups by which a filter finds an incident, each in a role.

    Args:
        incident: The incident.
        belongings: When its groups belonged to which others.
        by_role: Its parties, if they are known already.

    Example:
        >>> said = {"about": "attribution", "value": "tkp", "stance": "claims", "source": "s"}
        >>> joined = Relation(id="r", subject="tkp", kind="merged into", object="iskp",
        ...                   valid_from="2015-01")
        >>> one = Incident(id="a", title="A", event_date="2015", event_types=("attack",),
        ...                claims=(said,))
        >>> found = found_by(one, Belongings(Records(relations=(joined,))))
        >>> [key.text for key in found.throughout], [time.text for time in found.at_times]
        (['actor:tkp'], ['2015-01-01:2015-12-31:actor:iskp'])
    """
    span: Days = ((incident.span.start, incident.span.end),)
    throughout: list[Key] = []
    at_times: list[Time] = []
    for key, days in belongings.keys_of(parties(incident.claims) if by_role is None else by_role):
        if days.certain == _ALWAYS or _both(span, days.certain) == span:
            throughout.append(key)
        else:
            at_times += [Time(key.text, *time) for time in _both(span, days.possible)]
    return FoundBy(tuple(throughout), tuple(at_times))


def times_of_area(
    area: BaseArea, belongings: Belongings, *, is_certain: bool = False
) -> tuple[Time, ...]:
    """Return the groups that a base area was, or may have been, one of, and when.

    Args:
        area: The base area.
        belongings: Whose groups belonged to which others.
        is_certain: Whether only what certainly held is asked for.

    Returns:
        Times whose keys are groups, without a role.
    """
    held = validity(area, belongings.records).possible
    span: Days = ((held.first, held.last),) if held else _ALWAYS
    return tuple(
        Time(group, *time)
        for group, days in belongings.of(area.group).items()
        for time in _both(days.certain if is_certain else days.possible, span)
    )


def search_text(incident: Incident, records: Records) -> str:
    """Return what is searched of an incident, as `normalise` writes it."""
    words = [
        incident.id,
        incident.title,
        incident.summary,
        incident.place,
        incident.admin2,
        incident.admin1,
        incident.target,
        incident.means,
        *incident.event_types,
    ]
    for group_id in linked_groups(incident):
        group = records.groups_by_id.get(group_id)
        words += [group.name, group.short_name, *group.aliases] if group else [group_id]
    return normalise_once(" ".join(words))


def area_search_text(area: BaseArea, records: Records) -> str:
    """Return what is searched of a base area, as `normalise` writes it."""
    group = records.groups_by_id.get(area.group)
    names = (group.name, group.short_name, *group.aliases) if group else ()
    return normalise(" ".join((area.id, area.place, area.admin1, area.kind, area.note, *names)))

"""A set of records that belong together: incidents, base areas, groups, relations and sources."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from typing import Any, TypeVar

from geodata.errors import RequestError
from geodata.records.dates import DateSpan, parse_date
from geodata.records.model import BaseArea, Group, Incident, Relation, Source
from geodata.records.names import normalise
from geodata.records.vocabulary import RelationKind

__all__ = [
    "Named", "Records", "explore", "links_lacking", "place_rank", "source_families",
    "toll_links",
]  # fmt: skip

# It builds on this package, so it is sought only when somebody wants to see a map.
_DRAWS = "mapview.notebook"
_R = TypeVar("_R", Incident, BaseArea, Group, Source, Relation)


@dataclass
class Named:
    """What the claims of some records name, gathered while the records go by.

    Attributes:
        values: The values of claims, groups among them.
        sources: What the claims were read in, and what these cite.
    """

    values: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    def take(self, records: Iterable[Incident | BaseArea | Group | Relation]) -> None:
        """Take some records."""
        for record in records:
            for claim in record.claims:
                self.values.add(str(claim.value))
                self.sources.update((claim.source, *claim.cites))


@dataclass(frozen=True)
class Records:
    """Incidents and base areas with the groups and sources they name, and how groups relate."""

    incidents: tuple[Incident, ...] = ()
    base_areas: tuple[BaseArea, ...] = ()
    groups: tuple[Group, ...] = ()
    sources: tuple[Source, ...] = ()
    relations: tuple[Relation, ...] = ()

    @classmethod
    def merge(cls, parts: Iterable[Records]) -> Records:
        """Return all records of several sets, in order; of two with one id the first is kept."""
        parts = list(parts)
        return cls(
            incidents=_first_of_each(r for part in parts for r in part.incidents),
            base_areas=_first_of_each(r for part in parts for r in part.base_areas),
            groups=_first_of_each(r for part in parts for r in part.groups),
            sources=_first_of_each(r for part in parts for r in part.sources),
            relations=_first_of_each(r for part in parts for r in part.relations),
        )

    @classmethod
    def of(
        cls,
        found: Iterable[Incident | BaseArea],
        *,
        groups: tuple[Group, ...] = (),
        sources: tuple[Source, ...] = (),
        relations: tuple[Relation, ...] = (),
    ) -> Records:
        """Return a set made of incidents and base areas in one list."""
        found = list(found)
        return cls(
            incidents=tuple(one for one in found if isinstance(one, Incident)),
            base_areas=tuple(one for one in found if isinstance(one, BaseArea)),
            groups=groups,
            sources=sources,
            relations=relations,
        )

    def explore(self, chosen: Any = None, **options: Any) -> Any:
        """Return them on a map, for the last line of a notebook's cell.

        Args:
            chosen: A filter to begin with, or its text; `None` for everything.
            options: As `mapview.notebook.explore` takes them.

        Raises:
            GeodataError: If mapview is not installed, or there are too many for a page.
        """
        return explore(self, chosen, **options)

    @cached_property
    def families(self) -> Mapping[str, str]:
        """Source id to the id that stands for its family; see `source_families`."""
        return source_families(self.sources)

    @cached_property
    def groups_by_id(self) -> Mapping[str, Group]:
        """Group id to group."""
        return {group.id: group for group in self.groups}

    @cached_property
    def sources_by_id(self) -> Mapping[str, Source]:
        """Source id to source."""
        return {source.id: source for source in self.sources}

    @cached_property
    def incidents_by_id(self) -> Mapping[str, Incident]:
        """Incident id to incident."""
        return {incident.id: incident for incident in self.incidents}

    @cached_property
    def links_lacking(self) -> Mapping[str, tuple[str, ...]]:
        """Incident id to the ids that it does not name and that say to share its toll."""
        return links_lacking(toll_links(self.incidents), self.incidents_by_id)

    def with_links_back(self) -> Records:
        """Return them with each incident naming whom it shares a toll with, whoever said it."""
        lacking = self.links_lacking
        if not lacking:
            return self
        incidents = (
            one.but(casualties_combined=(*one.casualties_combined, *lacking[one.id]))
            if one.id in lacking
            else one
            for one in self.incidents
        )
        return replace(self, incidents=tuple(incidents))

    @cached_property
    def group_names(self) -> Mapping[str, tuple[str, ...]]:
        """Every spelling of every group, as `resolve_groups` compares them, to the groups' ids."""
        return _ids_by_name(
            (name, group.id)
            for group in self.groups
            for name in (group.id, group.name, group.short_name, *group.aliases)
        )

    @cached_property
    def _own_names(self) -> Mapping[str, tuple[str, ...]]:
        return _ids_by_name((group.name, group.id) for group in self.groups)

    def resolve_groups(self, name: str) -> tuple[str, ...]:
        """Return the ids of the groups with that id, name or alias, or the name as it came.

        An id or a group's own name comes before an alias of others. Some names stand for more than
        one group, as "Ansarullah" does in our sources; then all of them are returned.

        Example:
            >>> from geodata.records.model import Group
            >>> records = Records(groups=(Group(id="iskp", name="IS-KP", aliases=("داعش",)),))
            >>> records.resolve_groups("IS–KP"), records.resolve_groups("داعش")
            (('iskp',), ('iskp',))
        """
        if name in self.groups_by_id:
            return (name,)
        key = _key(name)
        return self._own_names.get(key) or self.group_names.get(key, (name,))

    @cached_property
    def relations_by_group(self) -> Mapping[str, tuple[Relation, ...]]:
        """Group id to every relation that it is a party to, in order of their beginnings."""
        found: dict[str, list[Relation]] = {}
        for relation in sorted(self.relations, key=lambda one: (one.span.start, one.id)):
            for party in (relation.subject, relation.object):
                found.setdefault(party, []).append(relation)
        return {party: tuple(relations) for party, relations in found.items()}

    def parents_at(self, group_id: str, span: DateSpan | None = None) -> tuple[str, ...]:
        """Return the ids of the groups that a group may have belonged to at a time.

        What it belongs to by its nature (`Group.parents`) holds always; relations hold from their
        first to their last possible day.

        Args:
            group_id: Id of the group.
            span: The time; `None` for what has no stated end.

        Example:
            >>> from geodata.records.dates import parse_date
            >>> joined = Relation(id="r", subject="tkp", kind="merged into", object="iskp",
            ...                   valid_from="2015-01")
            >>> records = Records(relations=(joined,))
            >>> records.parents_at("tkp", parse_date("2014")), records.parents_at("tkp")
            ((), ('iskp',))
        """
        group = self.groups_by_id.get(group_id)
        related = (
            one.object
            for one in self.relations_by_group.get(group_id, ())
            if one.subject == group_id and one.makes_parent and _holds(one, span)
        )
        return tuple(dict.fromkeys([*(group.parents if group else ()), *related]))

    def subset(
        self,
        *,
        incidents: Sequence[Incident],
        base_areas: Sequence[BaseArea],
        groups: Collection[str] = (),
    ) -> Records:
        """Return some of the records with just the groups and sources that they name.

        Groups come with those that they have belonged to, and relations where both parties come.

        Args:
            incidents: Some of the incidents.
            base_areas: Some of the base areas.
            groups: Ids of groups that come with all that they relate to, whoever names them.
        """
        found = Named()
        found.take((*incidents, *base_areas))
        return self.subset_of(found, incidents=incidents, base_areas=base_areas, groups=groups)

    def subset_of(
        self,
        found: Named,
        *,
        incidents: Sequence[Incident],
        base_areas: Sequence[BaseArea],
        groups: Collection[str] = (),
    ) -> Records:
        """Return the same where it is known already what the records name."""
        names = found.values | {area.group for area in base_areas} | self._near(groups)
        kept = self._with_parents(group.id for group in self.groups if group.id in names)
        relations = self._between({group.id for group in kept})
        others = Named()
        others.take((*kept, *relations))
        cited = found.sources | others.sources
        while more := {o for s in self.sources if s.id in cited for o in s.derived_from} - cited:
            cited |= more
        return Records(
            incidents=tuple(incidents),
            base_areas=tuple(base_areas),
            groups=kept,
            sources=tuple(source for source in self.sources if source.id in cited),
            relations=relations,
        )

    def _near(self, group_ids: Collection[str]) -> set[str]:
        """Return groups with those that they relate to, and those that are part of their nature."""
        related = (one for id_ in group_ids for one in self.relations_by_group.get(id_, ()))
        near = {party for one in related for party in (one.subject, one.object)}
        return {
            *group_ids,
            *near,
            *(one.id for one in self.groups if not set(group_ids).isdisjoint(one.parents)),
        }

    def _with_parents(self, group_ids: Iterable[str]) -> tuple[Group, ...]:
        wanted = set(group_ids)
        waiting = list(wanted)
        while waiting:
            ever = self.parents_at(waiting.pop(), parse_date("../.."))
            more = set(ever) - wanted
            wanted |= more
            waiting += more
        return tuple(group for group in self.groups if group.id in wanted)

    def _between(self, group_ids: Collection[str]) -> tuple[Relation, ...]:
        return tuple(
            one
            for one in self.relations
            if one.subject in group_ids
            and (one.object in group_ids or one.kind is RelationKind.LED_BY)
        )

    @property
    def placed_first(self) -> tuple[Incident | BaseArea, ...]:
        """Incidents and base areas: points, then outlines, then what no map shows.

        Programs take the first features of a file for what all of them are.
        """
        return tuple(sorted((*self.incidents, *self.base_areas), key=place_rank))

    @cached_property
    def version(self) -> str:
        """Fingerprint of everything in the set: 12 hexadecimal digits of a SHA-256."""
        digest = hashlib.sha256()
        named = (*self.groups, *self.sources, *self.relations)
        for record in (*self.incidents, *self.base_areas, *named):
            digest.update(record.model_dump_json(exclude_defaults=True).encode())
            digest.update(b"\n")
        return digest.hexdigest()[:12]


def place_rank(record: Incident | BaseArea) -> int:
    """Return where a record comes in `Records.placed_first`: 0 a point, 1 an outline, 2 neither."""
    if not record.is_mappable:
        return 2
    outline = record.geometry if isinstance(record, BaseArea) else None
    return int(outline is not None and outline["type"] != "Point")


def toll_links(records: Iterable[Incident | BaseArea]) -> dict[str, tuple[str, ...]]:
    """Return by id whom each incident says to share its toll with, of those that say it."""
    return {
        one.id: one.casualties_combined
        for one in records
        if isinstance(one, Incident) and one.casualties_combined
    }


def links_lacking(
    links: Mapping[str, Collection[str]], ids: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Return by id who names it and is not named by it.

    Args:
        links: The ids that each names; who names nobody may be left out.
        ids: Of all there are, which holds them as keys or as a set.
    """
    # One that a hundred thousand name may name all of them, and is not read through for each.
    named = {one: frozenset(others) for one, others in links.items()}
    lacking: dict[str, list[str]] = {}
    for one, others in links.items():
        for other in others:
            if other != one and other in ids and one not in named.get(other, ()):
                lacking.setdefault(other, []).append(one)
    return {one: tuple(others) for one, others in lacking.items()}


def source_families(sources: Iterable[Source]) -> dict[str, str]:
    """Return for each source id the id that stands for its family.

    Two sources are of one family when one is derived from the other or both from a third.

    Example:
        >>> book = Source(id="book", title="B")
        >>> copy = Source(id="copy", title="C", derived_from=("book",))
        >>> source_families([copy, book])["copy"] == source_families([copy, book])["book"]
        True
    """
    root: dict[str, str] = {}

    def find(one: str) -> str:
        root.setdefault(one, one)
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for source in sources:
        find(source.id)
        for other in source.derived_from:
            low, high = sorted((find(source.id), find(other)))
            root[high] = low
    return {one: find(one) for one in root}


def _holds(relation: Relation, span: DateSpan | None) -> bool:
    if span is None:
        return not relation.span.has_end
    return relation.span.start <= span.end and span.start <= relation.span.end


def _key(name: str) -> str:
    # "ISIS-K", "ISIS K" and "ISISK" are one name, so spaces do not count either.
    return normalise(name).replace(" ", "")


def explore(shown: Any, chosen: Any, **options: Any) -> Any:
    """Return records on a map, for the last line of a notebook's cell.

    Args:
        shown: Records, or a store of them.
        chosen: A filter or its text; `None` for everything.
        options: As `mapview.notebook.explore` takes them.

    Raises:
        RequestError: If the package that draws maps is not installed.
    """
    try:
        drawing = import_module(_DRAWS)
    except ModuleNotFoundError as error:
        if not str(error.name).startswith("mapview"):
            raise
        raise RequestError(
            "to be explored, records need the package mapview, which is not installed: "
            "pip install mapview-incidents"
        ) from error
    return drawing.explore(shown, chosen, **options)


def _ids_by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, identifier in pairs:
        key = _key(name)
        if key and identifier not in found.get(key, ()):
            found[key] = (*found.get(key, ()), identifier)
    return found


def _first_of_each(records: Iterable[_R]) -> tuple[_R, ...]:
    kept: dict[str, _R] = {}
    for record in records:
        kept.setdefault(record.id, record)
    return tuple(kept.values())

"""What goes out of a store: the records that a filter finds, and what is said of them.

Exports and briefings take both from here, so that nothing which they say of records depends on
what was held back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from threading import Lock
from typing import Any

from geodata.datasets import credit_of, credit_of_prepared, load
from geodata.files import Watch
from geodata.formats.registry import Kept, ManyRecords
from geodata.publication import (
    MARKED,
    Publication,
    Tlp,
    is_restricted,
    leave_out_restricted,
    marking_of,
    prepare,
    tellable_filter,
)
from geodata.queries import DateMatch, Filter, Store, as_known_on, describe_filter
from geodata.records import BaseArea, Records
from geodata.scope import describe_scope, off_map_by_country, tell_counts, totals_of
from mapview.once import once_a_store

__all__ = [
    "Outgoing",
    "credit_of",
    "credit_of_prepared",
    "known_areas",
    "outgoing",
    "prepare_export",
    "published",
    "published_version",
]


# With all that is made of them these need half a gigabyte.
MOST_HELD = 20_000


@dataclass(frozen=True)
class Outgoing:
    """Records as they go out.

    Attributes:
        records: The records.
        changes: A sentence for each way in which they are not what they were.
        told: The filter, as it may be told beside them.
        version: Fingerprint of what may go out.
        credit: Who is credited for them; empty for nobody.
        certain: Ids of the incidents that certainly fit the filter.
        marking: The highest marking that the records carry.
    """

    records: Records
    changes: tuple[str, ...]
    told: Filter
    version: str
    credit: str
    certain: frozenset[str]
    marking: Tlp | None = None


def outgoing(
    store: Store, chosen: Filter, publication: Publication, watch: Watch | None = None
) -> Outgoing:
    """Return what goes out of the records that a filter finds.

    Args:
        store: The whole record.
        chosen: Which of it.
        publication: What must be coarsened or left out.
        watch: Is told how many incidents are coarsened.
    """
    selected = store.select(chosen, publication.groups)
    is_cut = not publication.licensed and is_restricted(store.context)
    beyond = _beyond(store, selected) if is_cut else None
    prepared = prepare(selected, publication, watch, beyond)
    records, told = prepared.records, tellable_filter(chosen, publication)
    # Rounded records are asked themselves, since their ids are new, and whether a place that is
    # hidden certainly lies within the filter would tell something of it.
    asked = (Store.of(records, known=told.known), told) if publication.coarsen else (store, chosen)
    certain = asked[0].ids(asked[1].matching(DateMatch.CERTAIN))
    changes = tuple(dict.fromkeys((*store.changes, *prepared.changes)))
    if publication.coarsen or publication.drop:
        # A fingerprint of the whole record would let anybody test what is hidden in it.
        is_ours = store.all_incidents == len(load().incidents)
        credit = credit_of_prepared(records, publication) if is_ours else ""
        credit = store.credit or credit
        return Outgoing(records, changes, told, records.version, credit, certain, prepared.marking)
    version = store.version if publication.licensed else published_version(store)
    credit = store.credit or credit_of(version)
    return Outgoing(records, changes, told, version, credit, certain, prepared.marking)


def _beyond(store: Store, selected: Records) -> Records:
    """Return the incidents that some name, or that name them, and that are not among them."""
    here = selected.incidents_by_id
    links = _links_of(store)
    named = {other for one in here for other in links.get(one, ())}
    named |= {one for one, others in links.items() if not here.keys().isdisjoint(others)}
    found = store.incidents(tuple(sorted(named - here.keys()))) if named else ()
    return store.context.subset(incidents=found, base_areas=())


@once_a_store(1)
def _links_of(store: Store) -> Mapping[str, tuple[str, ...]]:
    """Return whom each incident names, of those that name any."""
    each = chain.from_iterable(store.batches(Filter()))
    named = ((one.id, (*one.related, *one.casualties_combined)) for one in each)
    return {one: others for one, others in named if others}


def prepare_export(
    store: Store, chosen: Filter, publication: Publication | None = None
) -> tuple[Records | ManyRecords, dict[str, Any]]:
    """Return the records of an export and what it says of itself.

    Of very many that go out as they are, only a batch is held at once.

    Args:
        store: The whole record.
        chosen: Which of it.
        publication: What must be coarsened or left out; by default only what its licence forbids
            to publish.

    Returns:
        The records as they may go out; filter, counts, data version; credit, changes and how
        far they may be handed on (`tlp`) if there are any.
    """
    publication = publication or Publication()
    is_many = _has_kept(store) or store.totals(chosen).shown > MOST_HELD
    if is_many and _goes_out_as_it_is(store, publication):
        return _prepare_many(store, chosen)
    given = outgoing(store, chosen, publication)
    records = given.records
    totals = totals_of(records.incidents, store.totals(Filter()), given.certain)
    counts = {
        "scope": describe_scope(totals),
        **tell_counts(totals, off_map_by_country(records.incidents, given.certain)),
        "base_areas": len(records.base_areas),
    }
    said = {"version": given.version, "credit": given.credit, "changes": given.changes}
    about = _about(given.told, store, counts, said)
    # Rounding leaves out the column that the marking stood in.
    return records, {**about, **_marked(given.marking)}


def _marked(marking: Tlp | None) -> dict[str, str]:
    return {"tlp": marking.label} if marking else {}


def _has_kept(store: Store) -> bool:
    """Whether features were kept as text; then those of a few need not be made, either."""
    return store.kept_at is not None and store.kept_at.is_file()


def _goes_out_as_it_is(store: Store, publication: Publication) -> bool:
    is_changed = publication.coarsen or publication.drop or publication.groups
    return not is_changed and (publication.licensed or not is_restricted(store.context))


def _prepare_many(store: Store, chosen: Filter) -> tuple[ManyRecords, dict[str, Any]]:
    totals = store.totals(chosen)
    areas = tuple(view.area for view in store.areas(chosen))
    path = store.kept_at
    kept = Kept(path, store.version, partial(store.wanted, chosen)) if path else None
    many = ManyRecords(
        partial(store.batches, chosen),
        totals.shown,
        replace(store.context, base_areas=areas),
        store.has_multiple(chosen),
        kept,
    )
    counts = {
        "scope": describe_scope(totals),
        **tell_counts(totals, store.off_map_by_country(chosen)),
        "base_areas": len(areas),
    }
    credit = store.credit or credit_of(store.version)
    said = {"version": store.version, "credit": credit, "changes": store.changes}
    return many, _about(chosen, store, counts, said) | _marked(_marking(store, chosen, areas))


def _marking(store: Store, chosen: Filter, areas: Iterable[BaseArea]) -> Tlp | None:
    """Return the highest marking of what a filter finds, without reading all of it."""
    may_be_marked = _may_be_marked(store)
    wanted = store.wanted(chosen) if may_be_marked else None
    found = (cells for one, cells in may_be_marked.items() if wanted is None or one in wanted)
    return marking_of((*found, *(area.upstream for area in areas)))


@once_a_store(4)
def _may_be_marked(store: Store) -> Mapping[str, Mapping[str, str]]:
    # Many have the same few; a million of their own would need a quarter of a gigabyte.
    alike: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}
    found = {}
    for identifier, cells in store.upstream(MARKED):
        marked = tuple(one for one in cells.items() if MARKED in one[0].casefold())
        found[identifier] = alike.setdefault(marked, dict(marked))
    return found


def _about(
    told: Filter, store: Store, counts: Mapping[str, Any], said: Mapping[str, Any]
) -> dict[str, Any]:
    about = {
        "title": describe_filter(told, store.context),
        "filter": told.to_query(),
        **as_known_on(told.known, store.pushed),
        **counts,
        "data_version": said["version"],
        "credit": said["credit"],
        "changes": list(said["changes"]),
    }
    empty = {name for name in ("credit", "changes", "not_on_the_map") if not about[name]}
    return {name: value for name, value in about.items() if name not in empty}


def published(store: Store) -> Store:
    """Return a store of what its sources allow to be published, for who fetches parts of it.

    Of the program's own use it is the same as `prepare_export` of all, asked part by part.
    """
    if not is_restricted(store.context):
        return store
    # Who asks while it is made waits for it, and does not make it once more.
    with _MAKING:
        return _without_restricted(store)


_MAKING = Lock()


@once_a_store(1)
def _without_restricted(store: Store) -> Store:
    prepared = prepare(store.everything(), Publication())
    changes = (*store.changes, *prepared.changes)
    made = Store.of(prepared.records, None, changes, store.credit, store.known)
    made.pushed = store.pushed
    return made


@once_a_store(4)
def published_version(store: Store) -> str:
    """Return the fingerprint of what of a record its sources allow to be published."""
    if not is_restricted(store.context):
        return store.version
    return leave_out_restricted(store.everything())[0].version


def known_areas(store: Store, publication: Publication) -> tuple[BaseArea, ...]:
    """Return all base areas that may be known to whoever gets what goes out."""
    context = store.context
    return (context if publication.licensed else leave_out_restricted(context)[0]).base_areas

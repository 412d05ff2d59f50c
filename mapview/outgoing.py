"""What goes out of a store: the records that a filter finds, and what is said of them.

Exports and briefings take both from here, so that nothing which they say of records depends on
what was held back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geodata.datasets import CREDIT, credit_of, load
from geodata.files import Watch
from geodata.publication.permission import is_restricted, leave_out_restricted
from geodata.publication.prepare import Publication, prepare, tellable_filter
from geodata.queries import DateMatch, Filter, Store
from geodata.records import BaseArea, Records

__all__ = ["Outgoing", "credit_of_prepared", "known_areas", "outgoing", "published_version"]

# What `coarsen` puts behind the ids of records that it made the same.
_COUNTED = re.compile(r"-\d{1,5}$")


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
    """

    records: Records
    changes: tuple[str, ...]
    told: Filter
    version: str
    credit: str
    certain: frozenset[str]


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
    prepared = prepare(store.select(chosen, publication.groups), publication, watch)
    records, told = prepared.records, tellable_filter(chosen, publication)
    # Rounded records are asked themselves, since their ids are new, and whether a place that is
    # hidden certainly lies within the filter would tell something of it.
    asked = (Store.of(records), told) if publication.coarsen else (store, chosen)
    certain = asked[0].ids(asked[1].matching(DateMatch.CERTAIN))
    changes = tuple(dict.fromkeys((*store.changes, *prepared.changes)))
    if publication.coarsen or publication.drop:
        # A fingerprint of the whole record would let anybody test what is hidden in it.
        is_ours = store.all_incidents == len(load().incidents)
        credit = credit_of_prepared(records, publication) if is_ours else ""
        return Outgoing(records, changes, told, records.version, store.credit or credit, certain)
    version = store.version if publication.licensed else published_version(store)
    credit = store.credit or credit_of(version)
    return Outgoing(records, changes, told, version, credit, certain)


@lru_cache(maxsize=4)
def published_version(store: Store) -> str:
    """Return the fingerprint of what of a record its sources allow to be published."""
    if not is_restricted(store.context):
        return store.version
    return leave_out_restricted(store.everything())[0].version


def known_areas(store: Store, publication: Publication) -> tuple[BaseArea, ...]:
    """Return all base areas that may be known to whoever gets what goes out."""
    context = store.context
    return (context if publication.licensed else leave_out_restricted(context)[0]).base_areas


def credit_of_prepared(records: Records, publication: Publication) -> str:
    """Return the credit line of prepared records: ours, if they can be of those that we ship.

    What they were before is not looked at, or the line would tell.
    """
    marks = _marks(records)
    return CREDIT if marks and marks <= _shipped_marks(publication) else ""


@lru_cache(maxsize=8)
def _shipped_marks(publication: Publication) -> frozenset[tuple[str, ...]]:
    return _marks(prepare(load(), publication).records)


def _marks(records: Records) -> frozenset[tuple[str, ...]]:
    """Return what records are known by.

    Ids of coarsened ones follow from all that is told of them; others keep theirs, which anybody
    may use, and are known by their dates and titles too.
    """
    incidents = ((_stem(one.id), one.event_date, one.title) for one in records.incidents)
    return frozenset((*incidents, *((_stem(one.id), one.group) for one in records.base_areas)))


def _stem(identifier: str) -> str:
    return _COUNTED.sub("", identifier)

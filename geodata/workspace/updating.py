"""What a new file changes in a dataset: new, changed and gone rows, by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geodata.importing import plain_value
from geodata.importing.values import edtf_of
from geodata.records import BaseArea, Incident, ReadResult

__all__ = ["Difference", "compare"]

# When a row was last touched says nothing of what it says.
_OF_ROWS = frozenset({"timestamp"})
_MOST_SHOWN = 20


@dataclass
class Difference:
    """How a new file differs from a dataset.

    Attributes:
        new: Ids that were not there.
        changed: Ids with the columns that say something else.
        gone: Ids that are there no more.
        same: How many are the same.
    """

    new: list[str] = field(default_factory=list)
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    same: int = 0

    def to_dict(self) -> dict[str, int]:
        """Return the counts as JSON has them."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "gone": len(self.gone),
            "same": self.same,
        }


def compare(old: ReadResult, new: Iterable[Incident | BaseArea]) -> Difference:
    """Return how new records differ from those of a dataset.

    Numbers are compared as numbers and dates as dates, so that "48.0" and "48.000000" are the same.

    Args:
        old: What the dataset holds.
        new: What the new file holds.
    """
    kept = {one.id: one for one in (*old.records.incidents, *old.records.base_areas)}
    found = Difference()
    for record in new:
        before = kept.pop(record.id, None)
        if before is None:
            found.new.append(record.id)
        elif columns := _changed(before.upstream, record.upstream):
            found.changed[record.id] = columns
        else:
            found.same += 1
    found.gone = list(kept)
    return found


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        name
        for name in dict.fromkeys((*before, *now))
        if name.casefold() not in _OF_ROWS
        and before.get(name, "") != now.get(name, "")
        and not _is_same(before.get(name, ""), now.get(name, ""))
    )


def _is_same(one: str, other: str) -> bool:
    # A comma may part decimals or thousands; either way two are the same or they are not.
    decimal = plain_value(one.replace(",", ".")) == plain_value(other.replace(",", "."))
    if decimal or plain_value(one) == plain_value(other):
        return True
    first, second = edtf_of(one), edtf_of(other)
    return bool(first) and first == second

"""What a new file changes in a dataset: new, changed and gone rows, by their ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geodata.importing import plain_value
from geodata.importing.values import edtf_of
from geodata.records import BaseArea, Incident, ReadResult, describe_date

__all__ = ["Difference", "compare"]

# When a row was last touched says nothing of what it says.
_OF_ROWS = frozenset({"timestamp"})
# Whether a cell was corrected here or in a file that was dropped in again, it says the same.
_CORRECTED = re.compile(r" \(corrected; the file has (?:“.*”|nothing)\)$", re.DOTALL)
_MOST_SHOWN = 20


@dataclass
class Difference:
    """How a new file differs from a dataset.

    Attributes:
        new: Ids that were not there.
        changed: Ids with the columns that say something else.
        gone: Ids that are there no more.
        same: How many are the same.
        values: Of some changed ids each such column with what it said before and says now.
        titles: Of some new and gone ids the date and title.
    """

    new: list[str] = field(default_factory=list)
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    same: int = 0
    values: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def show(self, record: Incident | BaseArea) -> None:
        """Keep the title of a new record, if it is one of the first."""
        if len(self.titles) < _MOST_SHOWN:
            self.titles |= [_titled(record)]

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
    before: list[Incident | BaseArea] = [*old.records.incidents, *old.records.base_areas]
    kept = {one.id: one for one in before}
    found = Difference()
    for record in new:
        was = kept.pop(record.id, None)
        if was is None:
            found.new.append(record.id)
            found.show(record)
        elif columns := _changed(was.upstream, record.upstream):
            found.changed[record.id] = columns
            if len(found.values) < _MOST_SHOWN:
                found.values[record.id] = [
                    (name, was.upstream.get(name, ""), record.upstream.get(name, ""))
                    for name in columns
                ]
        else:
            found.same += 1
    found.gone = list(kept)
    for one in list(kept.values())[:_MOST_SHOWN]:
        found.titles |= [_titled(one)]
    return found


def _titled(record: Incident | BaseArea) -> tuple[str, str]:
    if isinstance(record, Incident):
        return record.id, f"{describe_date(record.event_date)}: {record.title}"
    return record.id, record.place or record.group


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        name
        for name in dict.fromkeys((*before, *now))
        if name.casefold() not in _OF_ROWS
        and before.get(name, "") != now.get(name, "")
        and not _is_same(before.get(name, ""), now.get(name, ""))
    )


def _is_same(one: str, other: str) -> bool:
    one, other = (_CORRECTED.sub("", text) for text in (one, other))
    # A comma may part decimals or thousands; either way two are the same or they are not.
    decimal = plain_value(one.replace(",", ".")) == plain_value(other.replace(",", "."))
    if decimal or plain_value(one) == plain_value(other):
        return True
    first, second = edtf_of(one), edtf_of(other)
    return bool(first) and first == second

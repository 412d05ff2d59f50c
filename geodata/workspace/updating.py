"""What changes in a dataset: by a new file, or from one version of it to another.

Of a file new, changed and gone rows are told by their ids; of two versions what the records say,
with each claim as it was and as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from geodata.importing import plain_value
from geodata.importing.values import edtf_of
from geodata.records import (
    BaseArea,
    Claim,
    Incident,
    ReadResult,
    Records,
    counterpart_key,
    describe_claim,
    describe_date,
)

__all__ = ["Between", "Changed", "Difference", "Said", "compare", "compare_versions"]

# When a row was last touched says nothing of what it says.
_OF_ROWS = frozenset({"timestamp"})
# Whether a cell was corrected here or in a file that was dropped in again, it says the same.
_CORRECTED = re.compile(r" \(corrected; the file has (?:“.*”|nothing)\)$", re.DOTALL)
_MOST_SHOWN = 20
_READ_TOGETHER = 2_000
# As imports say where a claim was read.
_ROW = re.compile(r"(?:.*, )?line \d+", re.ASCII | re.DOTALL)
# What is not told of a record: what names it, what is told as claims, and rows as they came.
_UNTOLD = frozenset({"id", "claims", "upstream"})
_WORDS = {
    "event_date": "date",
    "event_types": "kind of event",
    "geo_precision": "precision of the place",
    "geo_basis": "what the place rests on",
    "admin1": "province",
    "admin2": "district",
    "points": "place on the map",
    "geometry": "place on the map",
    "radius_km": "radius in km",
    "casualties_combined": "one toll with",
    "shares_toll_beyond": "one toll with others that are not here",
}


@dataclass
class Difference:
    """How a new file differs from a dataset.

    Attributes:
        new: Ids that were not there.
        changed: Ids with the columns, fields or claims that say something else.
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
    Where all cells are, what records say is compared: those of our own form have no cells.

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
        elif told := _told_of(was, record, old.records):
            found.changed[record.id] = tuple(name for name, _, _ in told)
            if len(found.values) < _MOST_SHOWN:
                found.values[record.id] = told
        else:
            found.same += 1
    found.gone = list(kept)
    for one in list(kept.values())[:_MOST_SHOWN]:
        found.titles |= [_titled(one)]
    return found


def _told_of(
    was: Incident | BaseArea, record: Incident | BaseArea, names: Records
) -> list[tuple[str, str, str]]:
    """Return what says something else: cells as they came, or else what records say."""
    if columns := _changed(was.upstream, record.upstream):
        return [
            (name, was.upstream.get(name, ""), record.upstream.get(name, "")) for name in columns
        ]
    if was == record:
        return []
    said = (*_said_of_it(was, record), *_said_in_claims(was.claims, record.claims, names, names))
    return [(one.what, one.before, one.now) for one in said]


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


class Held(Protocol):
    """What holds the records of a version, as catalogues do."""

    @property
    def context(self) -> Records:
        """Groups, sources and base areas."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each incident and what it is as JSON."""

    def incidents(self, identifiers: Sequence[str]) -> Iterable[Incident]:
        """Return the incidents that have one of the ids."""


@dataclass(frozen=True)
class Said:
    """What a record said before and says now; where nothing stood or stands, it is empty.

    Attributes:
        what: What it is about.
        before: As it was, in words; of a claim with source and paragraph.
        now: As it is.
    """

    what: str
    before: str
    now: str


@dataclass(frozen=True)
class Changed:
    """A record that is another than it was.

    Attributes:
        id: Its id.
        title: Its date and title as they are now.
        said: What it said and says.
    """

    id: str
    title: str
    said: tuple[Said, ...]


@dataclass
class Between:
    """How two versions differ.

    Attributes:
        new: Ids of what was not there, with date and title.
        changed: What says something else.
        withdrawn: Ids of what is there no more, with date and title.
        same: How many say the same.
        others: How many groups, relations and sources are not as they were.
    """

    new: dict[str, str] = field(default_factory=dict)
    changed: list[Changed] = field(default_factory=list)
    withdrawn: dict[str, str] = field(default_factory=dict)
    same: int = 0
    others: int = 0

    @property
    def words(self) -> str:
        """The difference as a sentence.

        Example:
            >>> Between({"a": "A"}, [], {}, same=2).words
            '1 record is new, none changed, none was withdrawn; 2 are the same.'
        """
        new, changed, gone = len(self.new), len(self.changed), len(self.withdrawn)
        if new or changed or gone:
            of_new = (
                "no record is" if not new else "1 record is" if new == 1 else f"{new:,} records are"
            )
            told = f"{of_new} new, {_many(changed)} changed, {_are(gone)} withdrawn"
            told = f"{told[0].upper()}{told[1:]}; {_are(self.same, 'is', 'are')} the same"
        elif self.same:
            told = (
                "The one record is the same"
                if self.same == 1
                else f"All {self.same:,} records are the same"
            )
        else:
            told = "There is no record in either"
        if self.others:
            told += f". Of groups, their relations and sources, {self.others:,} "
            told += "is not as it was" if self.others == 1 else "are not as they were"
        return f"{told}."

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "words": self.words,
            "new": [{"id": one, "title": title} for one, title in self.new.items()],
            "changed": [
                {"id": one.id, "title": one.title, "said": [vars(said) for said in one.said]}
                for one in self.changed
            ],
            "withdrawn": [{"id": one, "title": title} for one, title in self.withdrawn.items()],
            "same": self.same,
            "others": self.others,
        }


def _are(count: int, one: str = "was", several: str = "were") -> str:
    """Return how many with their verb.

    Example:
        >>> _are(0), _are(1), _are(1_200)
        ('none was', '1 was', '1,200 were')
    """
    return f"{count:,} {several}" if count > 1 else f"{count or 'none'} {one}"


def _many(count: int) -> str:
    return f"{count:,}" if count else "none"


def _apart(ids: Iterable[str]) -> Iterator[list[str]]:
    """Yield ids, so many at once that few records are in memory."""
    coming = iter(ids)
    while some := list(islice(coming, _READ_TOGETHER)):
        yield some


def compare_versions(before: Held, now: Held) -> Between:
    """Return how one version of a dataset differs from another.

    Few records are in memory at once, but for those of which something is told.

    Args:
        before: The older one.
        now: The newer one.
    """
    found = Between()
    kept = {one: _mark(text) for one, text in before.texts()}
    new: list[str] = []
    other: list[str] = []
    for one, text in now.texts():
        mark = kept.pop(one, None)
        if mark is None:
            new.append(one)
        elif mark == _mark(text):
            found.same += 1
        else:
            other.append(one)
    found.new |= _titles(now, new)
    found.withdrawn |= _titles(before, kept)
    for ids in _apart(other):
        old = {one.id: one for one in before.incidents(ids)}
        for record in now.incidents(ids):
            _take(found, old[record.id], record, (before.context, now.context))
    _compare_areas(found, before.context, now.context)
    for name in ("groups", "relations", "sources"):
        was = {one.id: one for one in getattr(before.context, name)}
        is_now = {one.id: one for one in getattr(now.context, name)}
        found.others += sum(was.get(one) != is_now.get(one) for one in was | is_now)
    return found


def _compare_areas(found: Between, before: Records, now: Records) -> None:
    was = {one.id: one for one in before.base_areas}
    for area in now.base_areas:
        old = was.pop(area.id, None)
        if old is None:
            found.new |= [_titled(area)]
        else:
            _take(found, old, area, (before, now))
    found.withdrawn |= map(_titled, was.values())


def _mark(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _titles(held: Held, ids: Iterable[str]) -> dict[str, str]:
    return dict(_titled(record) for some in _apart(ids) for record in held.incidents(some))


def _take(
    found: Between, old: Incident | BaseArea, record: Incident | BaseArea, names: Sequence[Records]
) -> None:
    said = (*_said_of_it(old, record), *_said_in_claims(old.claims, record.claims, *names))
    if said:
        found.changed.append(Changed(*_titled(record), said))
    else:
        found.same += 1


def _said_of_it(old: Incident | BaseArea, record: Incident | BaseArea) -> Iterator[Said]:
    fields = [one for one in type(record).model_fields if one not in _UNTOLD]
    for name in fields:
        was, is_now = getattr(old, name), getattr(record, name)
        if was != is_now:
            yield Said(
                _WORDS.get(name, name.replace("_", " ")), _told(name, was), _told(name, is_now)
            )


def _told(name: str, value: object) -> str:
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in ("event_date", "valid_from", "valid_to", "last_cited"):
        return describe_date(str(value))
    if name == "points" and isinstance(value, tuple):
        return "; ".join(f"{lat:g}, {lon:g}" for lon, lat in value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def _said_in_claims(
    old: Sequence[Claim], now: Sequence[Claim], names_before: Records, names_now: Records
) -> Iterator[Said]:
    """Yield each claim that is not as it was, beside the one in whose place it came."""
    gone, come = _beside(old, now), _beside(now, old)
    waiting: dict[tuple[object, ...], list[Claim]] = {}
    for claim in come:
        waiting.setdefault(counterpart_key(claim), []).append(claim)
    for claim in gone:
        same = waiting.get(counterpart_key(claim), [])
        after = _worded(same.pop(0), names_now) if same else ""
        yield Said(str(claim.about), _worded(claim, names_before), after)
    for claims in waiting.values():
        for claim in claims:
            yield Said(str(claim.about), "", _worded(claim, names_now))


def _worded(claim: Claim, names: Records) -> str:
    return describe_claim(claim, names).removeprefix(f"{claim.about}: ")


def _beside(some: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """Return the claims that are not among others, each as often as it is there once more."""
    left = Counter(map(_without_row, others))
    found = []
    for claim in some:
        key = _without_row(claim)
        left[key] -= 1
        if left[key] < 0:
            found.append(claim)
    return found


def _without_row(claim: Claim) -> Claim:
    """Return a claim as it is whichever row of a file it stands in, and whatever that is called."""
    return claim.but(locator="") if _ROW.fullmatch(claim.locator) else claim

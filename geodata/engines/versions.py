"""Which versions of a dataset an engine keeps, since when each was known, and where it is.

The engine has a list of them as JSON beside what says which state is shown, in order; the last is
what is shown. One that a dataset does not keep any more stays until yet another push, marked as
gone, so that whoever reads it goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

import pyarrow as pa

from geodata.engines.tables import LAYOUT
from geodata.errors import FormatError, StoreError
from geodata.files import parse_json
from geodata.queries import Catalogue

__all__ = [
    "Kept", "Noted", "PushedDataset", "Version", "answered_by", "chosen", "noted_after",
    "version_to_go", "versions_of", "versions_text",
]  # fmt: skip

# Less of a day or fingerprint is a slip.
_LEAST_LETTERS = 4


@dataclass(frozen=True)
class Version:
    """What a dataset is or was, to be put into an engine.

    Attributes:
        since: When its records came, as ISO 8601 with an offset; empty where nobody knows.
        catalogue: Its records.
        rows: Gives its columns, in the order of the space-filling curve.
    """

    since: str
    catalogue: Catalogue
    rows: Callable[[], Iterable[pa.RecordBatch]]


@dataclass(frozen=True)
class Kept:
    """A version that an engine keeps.

    Attributes:
        since: When its records came, as ISO 8601 with an offset; empty where nobody knows.
        version: Of its data.
        state: Which tables or folder it is.
        incidents: How many incidents it has.
        rows: In how many rows, one for each place.
        layout: Of the tables.
        is_gone: Whether the dataset does not keep it any more.
    """

    since: str
    version: str
    state: int
    incidents: int
    rows: int
    layout: int = LAYOUT
    is_gone: bool = False

    @property
    def came(self) -> datetime:
        """When its records came."""
        return datetime.fromisoformat(self.since)

    def is_same(self, other: Version) -> bool:
        """Whether it is what somebody wants to put there, in tables of this layout."""
        mine = (self.since, self.version, self.layout)
        return mine == (other.since, other.catalogue.version, LAYOUT)


@dataclass(frozen=True)
class Noted:
    """What an engine says of a dataset before a push.

    Attributes:
        state: The one that is shown; `None` if there is no such dataset.
        state_before: The one that was shown before it.
        versions: All that are there, the gone ones among them.
    """

    state: int | None = None
    state_before: int | None = None
    versions: tuple[Kept, ...] = ()

    @property
    def states(self) -> frozenset[int]:
        """All that there may be of it."""
        states = {self.state, self.state_before, *(one.state for one in self.versions)}
        return frozenset(one for one in states if one is not None)

    def without(self, states: Collection[int]) -> Noted:
        """Return what is said once some states were removed."""
        before = None if self.state_before in states else self.state_before
        rest = tuple(one for one in self.versions if one.state not in states)
        return Noted(self.state, before, rest)


@dataclass(frozen=True)
class PushedDataset:
    """What an engine holds of a dataset.

    Attributes:
        name: Of the dataset.
        pushed: When it was pushed last.
        shown: What is shown of it.
        older: What it keeps of older versions, in order.
        sizes: How many bytes each of its states takes, by number. Those that are neither shown nor
            an older version are of earlier pushes, and go with the next or the one after it.
    """

    name: str
    pushed: datetime
    shown: Kept
    older: tuple[Kept, ...]
    sizes: Mapping[int, int]

    @classmethod
    def of(
        cls, name: str, now: Kept, noted: Noted, pushed: datetime, size: Callable[[int], int]
    ) -> PushedDataset:
        """Return what an engine says of a dataset.

        Args:
            name: Of the dataset.
            now: What is shown, with no word of since when it is known.
            noted: What is said of its states.
            pushed: When it was pushed last.
            size: Gives the bytes of a state; none where it has gone.
        """
        *older, shown = answered_by(noted.versions, now.state) or (now,)
        sizes = {one: size(one) for one in sorted(noted.states)}
        return cls(name, pushed, shown, tuple(older), {one: n for one, n in sizes.items() if n})


def chosen(found: Collection[str], named: Sequence[str]) -> str:
    """Return which of the datasets of an engine is meant.

    Args:
        found: Their names.
        named: What was asked for; it need not be told where there is one dataset.

    Raises:
        StoreError: If it is none of them.
    """
    wanted = list(named) or list(found)
    if len(wanted) != 1 or wanted[0] not in found:
        known = ", ".join(sorted(found)) or "none; mapview datasets push NAME ENGINE puts one there"
        came = " and ".join(map(repr, named))[:200] or "no name"
        raise StoreError(f"one dataset of the engine must be named ({known}), got {came}")
    return wanted[0]


def version_to_go(noted: Noted, text: str, name: str) -> list[Kept]:
    """Return the version that a user wants to be removed, which is not the one that is shown.

    It may be there several times: a push leaves the one before it.

    Args:
        noted: What the engine says of the dataset.
        text: The fingerprint of the version, or the day or moment on which it came, as far as no
            other has it.
        name: Of the dataset.

    Raises:
        StoreError: If it is none, or there are several.
    """
    sought = text.strip().replace(" ", "T")
    named = [one for one in noted.versions if _is_named(one, sought)]
    found = {(one.since, one.version) for one in named}
    if len(found) == 1 and noted.state in [one.state for one in named]:
        raise StoreError(
            f"the newest version of {name} is what is shown: it can go with the whole dataset, or "
            f"once another was pushed, got {text!r:.40}"
        )
    if len(found) != 1:
        how = f"{len(found)} of them" if found else "none of them"
        raise StoreError(
            f"one older version of {name} must be named by its day or fingerprint, as mapview "
            f"datasets versions {name} --engine ENGINE says, got {text!r:.40}, which is {how}"
        )
    return named


def _is_named(kept: Kept, sought: str) -> bool:
    if len(sought) < _LEAST_LETTERS:
        return False
    return kept.since.startswith(sought) or kept.version.startswith(sought)


def noted_after(noted: Noted, pushed: Sequence[Kept]) -> tuple[str, list[int]]:
    """Return the list of versions that follows from a push, and the states that nobody reads now.

    Args:
        noted: What was said before it.
        pushed: What the dataset keeps, in order; the last is shown from now on.
    """
    used = {one.state for one in pushed}
    going = [one for one in noted.versions if not one.is_gone and one.state not in used]
    stays = used | {one.state for one in going} | {noted.state}
    over = {one.state for one in noted.versions} | {noted.state_before}
    dated = [one for one in pushed if one.since]
    text = versions_text([*(replace(one, is_gone=True) for one in going), *dated])
    return text, sorted(one for one in over - stays if one is not None)


def versions_text(kept: Iterable[Kept]) -> str:
    """Return versions as the JSON that an engine has."""
    return json.dumps([asdict(one) for one in kept])


def versions_of(text: str | None, where: str) -> tuple[Kept, ...]:
    """Return what an engine says of versions, as whoever may write to it left it.

    Args:
        text: As `versions_text` gives it; `None` where a push of an earlier program said nothing.
        where: It stands.

    Raises:
        StoreError: If it is none.
    """
    try:
        found = parse_json(text or "[]", where)
        kept = tuple(_kept(found))
        _ = [one.came for one in kept]
    except (FormatError, TypeError, ValueError):
        raise StoreError(
            f"{where} must say which versions there are, as a push writes it, got another"
        ) from None
    return kept


def _kept(found: object) -> Iterator[Kept]:
    if not isinstance(found, list):
        raise TypeError
    for one in found:
        kept = Kept(**one)
        # A state is a part of a name: it must be a number and nothing else.
        told = [type(getattr(kept, each.name)).__name__ for each in fields(Kept)]
        if told != [each.type for each in fields(Kept)]:
            raise TypeError
        yield kept


def answered_by(kept: Collection[Kept], state: int) -> tuple[Kept, ...]:
    """Return the versions by which a day is answered, in order; none if nobody says what is shown.

    Args:
        kept: All that an engine speaks of.
        state: The one that is shown. An earlier program pushes it without a word of versions.
    """
    there = tuple(one for one in kept if not one.is_gone)
    return there if there and there[-1].state == state else ()

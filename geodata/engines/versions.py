"""Which versions of a dataset an engine keeps, since when each was known, and where it is.

The engine has a list of them as JSON beside what says which state is shown, in order; the last is
what is shown. One that a dataset does not keep any more stays until yet another push, marked as
gone, so that whoever reads it goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

import pyarrow as pa

from geodata.engines.tables import LAYOUT
from geodata.errors import FormatError, StoreError
from geodata.files import parse_json
from geodata.queries import Catalogue

__all__ = [
    "Kept", "Noted", "Version", "answered_by", "noted_after", "versions_of", "versions_text",
]  # fmt: skip


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

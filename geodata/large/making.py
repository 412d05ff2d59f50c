"""The records of a large file, part by part, and what was wrong with others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any, NamedTuple

from geodata.helpers import Helpers, processors
from geodata.intake import MEMBERS, Intake
from geodata.large.cutting import NotCutError, cut_file, features_of
from geodata.records import BaseArea, Incident, ReadResult, Records, links_lacking, toll_links

__all__ = ["LargeFile"]

# More would wait for the process that writes.
_MOST_HELPERS = 3
# So many parts wait at most, some megabytes each.
_MOST_WAITING = 8

Make = Callable[[Sequence[Incident | BaseArea], Records], Any]


class _Part(NamedTuple):
    ids: tuple[str, ...]
    links: dict[str, tuple[str, ...]]
    intake: Intake
    made: Any


class _Maker:
    """Makes parts.

    Args:
        told: The name of the file, what its records may name, and what is made of them; helpers
            are told the same.
    """

    def __init__(self, told: tuple[str, Records, Make]) -> None:
        self.told = told
        self._file, self._context, self._make = told

    def __call__(self, piece: tuple[int, bytes]) -> _Part | None:
        """Return what some features come to; `None` if they cannot be read so."""
        first, text = piece
        intake = Intake(self._file)
        try:
            features = features_of(text)
        except NotCutError:
            return None
        for at, feature in enumerate(features, first):
            intake.take(feature, f"features[{at}]")
        records = intake.hand_over()
        made = self._make(records, self._context)
        return _Part(tuple(one.id for one in records), toll_links(records), intake, made)


class LargeFile:
    """A large file whose records are made part by part.

    Args:
        path: The file.

    Attributes:
        context: The groups, sources and relations that stand before its features.
        ids: Of the records that were made so far.

    Raises:
        NotCutError: If it is not to be read so.
    """

    def __init__(self, path: Path) -> None:
        self._cut = cut_file(path)
        self._named, self._intake = Intake(path.name), Intake(path.name)
        for name in MEMBERS:
            if name in self._cut.head:
                self._named.take_members(name, self._cut.head[name])
        self.context = self._named.result().records
        self.ids: set[str] = set()
        self._links: dict[str, tuple[str, ...]] = {}

    def each(self, make: Make) -> Generator[Any]:
        """Yield what is made of some records, in the order of the file.

        Args:
            make: Makes it of incidents and base areas, and of what they may name; a function of a
                module, since other processes are handed it.

        Raises:
            NotCutError: If the file is not to be read so: a text is broken, or an id comes again.
        """
        for part in self._parts(_Maker((self._cut.path.name, self.context, make))):
            if part is None:
                raise NotCutError
            before = len(self.ids)
            self.ids.update(part.ids)
            if len(self.ids) < before + len(part.ids):
                raise NotCutError
            self._links |= part.links
            self._intake.join(part.intake)
            yield part.made

    @property
    def is_one_sided(self) -> bool:
        """Whether a record that was made says to share its toll with one that does not name it.

        They may be of different parts, of which none knows what the other says.
        """
        return bool(links_lacking(self._links, self.ids))

    def told(self) -> ReadResult:
        """Return what was wrong and what is to be noted, once all was made, and the context."""
        self._intake.join(self._named)
        return self._intake.result()

    def _parts(self, maker: _Maker) -> Iterator[_Part | None]:
        """Yield parts: this process makes some itself while helpers are at others."""
        count = min(processors() - 1, _MOST_HELPERS)
        helpers = Helpers(_Maker, maker.told, count) if count > 0 else None
        waiting: deque[tuple[Any, Future[Any]]] = deque()
        try:
            for piece in self._cut.pieces():
                asked = sum(not made.done() for _, made in waiting)
                if helpers and asked < 2 * count:
                    waiting.append((piece, helpers.ask(piece)))
                else:
                    waiting.append((piece, _done(maker(piece))))
                while waiting and (waiting[0][1].done() or len(waiting) > _MOST_WAITING):
                    yield _awaited(maker, *waiting.popleft())
            while waiting:
                yield _awaited(maker, *waiting.popleft())
        finally:
            if helpers:
                helpers.close()


def _done(part: _Part | None) -> Future[Any]:
    made: Future[Any] = Future()
    made.set_result(part)
    return made


def _awaited(maker: _Maker, piece: tuple[int, bytes], made: Future[Any]) -> _Part | None:
    try:
        part: _Part | None = made.result()
    except (RuntimeError, CancelledError):
        # What a helper cannot do is done here, or fails here with the reason.
        return maker(piece)
    return part

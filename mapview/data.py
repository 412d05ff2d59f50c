"""Which records this process shows, opened once and shared by the routes and the script."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from threading import Event, Lock
from typing import NamedTuple, Self

from geodata import (
    FormatError,
    Problem,
    RequestError,
    Store,
    load,
    read_records,
)
from geodata.datasets import SHIPPED_SINCE, credit_of_prepared
from geodata.engines import EngineAddress, EngineParts, open_engine
from geodata.files import parse_json
from geodata.large.features import keep_features
from geodata.large.opening import open_large
from geodata.publication.prepare import Publication, prepare
from geodata.queries import Filter, columns_asked
from geodata.records import ReadResult, describe_date
from geodata.workspace import (
    Opened,
    Parts,
    as_known,
    at_end_of,
    check_not_to_come,
    in_columns,
    open_parts,
    parts_of,
    write_dataset,
)
from mapview.settings import ENGINE_VARIABLE, current_settings, has_engine

__all__ = [
    "DATA_VARIABLE", "Needed", "asked_as_known", "change_files", "current_store", "data_files",
    "forget", "is_shipped", "keep_ahead", "load_notes", "load_problems", "open_named", "read_ahead",
    "shipped_day", "show_pushed", "tell_changes",
]  # fmt: skip

# Files to show instead of the shipped records; see `data_files`.
DATA_VARIABLE = "MAPVIEW_DATA"
# How often that has changed since the start; processes that split off before are told both.
_CHANGED_VARIABLE = "MAPVIEW_DATA_CHANGED"
# Of what, and of which day, a request asks; see `asked_as_known`.
_ASKED: ContextVar[tuple[_Opened, date | None] | None] = ContextVar("known", default=None)
_MOST_STATES = 4


def data_files() -> list[str]:
    """Return the record files that were asked for; none means the shipped records, or an engine's.

    They are a JSON list, or separated like PATH; a file whose name has the separator is one, too.

    Raises:
        FormatError: If it begins as a list and is none.
    """
    return [] if has_engine() else _named()


def is_shipped() -> bool:
    """Return whether the records are the project's own."""
    return not has_engine() and not data_files()


def _named() -> list[str]:
    text = os.environ.get(DATA_VARIABLE, "")
    if text and _is_file(text):
        return [text]
    if text.startswith("["):
        return [str(path) for path in parse_json(text, DATA_VARIABLE)]
    return [path for path in text.split(os.pathsep) if path]


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # A list of files may be longer than any name.
        return False


class Needed(NamedTuple):
    """What of a large record file an export needs; where more is asked later, all must be there.

    Attributes:
        columns: Columns of its rows.
        copied: What is made of its features to be copied.
    """

    columns: Collection[str]
    copied: Collection[str]

    @classmethod
    def by(cls, chosen: Filter, copied: Collection[str]) -> Self:
        """Return what an export needs.

        Args:
            chosen: Which records go out; what is said of all is known without other columns.
            copied: What its format copies. What a filter finds is made once it is found.
        """
        return cls(columns_asked(chosen), copied if chosen == Filter() else ())


def open_named(
    named: Sequence[str], known: date | None = None, needed: Needed | None = None
) -> Parts | EngineParts:
    """Open some files and datasets; one of an engine where there is an engine.

    Args:
        named: Their names; none means the shipped records, or the only dataset of the engine.
        known: The day at whose end they are to be as they were; `None` for now.
        needed: What is asked of what is opened, if that is known: less is made sooner. Else all is
            made but what exports copy of a large file; see `keep_ahead`.

    Raises:
        FormatError: If one cannot be read.
        RequestError: If nothing is kept of what was known that day.
        SettingError: If the engine's address is none.
        StoreError: If the engine does not answer, or has no such dataset.
    """
    if has_engine():
        opened = open_engine(EngineAddress(os.environ[ENGINE_VARIABLE]), named)
        return _pushed_as_known(opened, known) if known else opened
    if named:
        if known:
            return open_parts(as_known(named, known), read_records)
        return open_parts(named, read_records, partial(_open_large, needed))
    if known:
        _check_shipped(known)
    return parts_of(ReadResult(load()))


def _open_large(needed: Needed | None, path: Path) -> Opened | None:
    if needed is None:
        return open_large(path, partial(in_columns, told=None), write_dataset)
    make = partial(in_columns, asked=needed.columns, told=needed.copied)
    # An export draws no map.
    return open_large(path, make, partial(write_dataset, is_sorted=False))


def _pushed_as_known(pushed: EngineParts, day: date) -> EngineParts:
    """Return what was pushed as it was at the end of a day, of the same push."""
    if not pushed.versions:
        raise RequestError(
            f"known must be asked of what was pushed with its days, got {day}; "
            f"push {pushed.name} again"
        )
    at = at_end_of(day, [one.came for one in pushed.versions], pushed.name)
    return pushed.of_version(pushed.versions[at])


def shipped_day() -> str:
    """Return since when the shipped records are what they are, in words."""
    return describe_date(SHIPPED_SINCE.isoformat())


def _check_shipped(known: date) -> None:
    if known < SHIPPED_SINCE:
        raise RequestError(
            f"known must be a day from {SHIPPED_SINCE} on: of the records that come with Mapview "
            f"there is one version, of {shipped_day()}, got {known}"
        )
    check_not_to_come(known)


@dataclass(frozen=True)
class _Read:
    """What the files hold, as far as it may be served."""

    parts: Parts | EngineParts
    changes: tuple[str, ...] = ()
    credit: str = ""
    pushed: EngineParts | None = None


class _Opened:
    """The records of some files and datasets, read and opened when they are asked for."""

    def __init__(
        self, named: Sequence[str], known: date | None = None, pushed: EngineParts | None = None
    ) -> None:
        self._named, self._known, self._pushed = tuple(named), known, pushed
        self._states: dict[date, _Opened] = {}
        self._opening = Lock()

    def as_known(self, day: date) -> _Opened:
        """Return the same as it was at the end of a day; the last few are kept."""
        # What was pushed meanwhile is not shown yet, nor are its versions.
        pushed = self.read.pushed if has_engine() else None
        with self._opening:
            found = self._states.pop(day, None) or _Opened(self._named, day, pushed)
            self._states[day] = found
            for old in list(self._states)[:-_MOST_STATES]:
                del self._states[old]
            return found

    @cached_property
    def read(self) -> _Read:
        parts = self._opened()
        if not parts.count and parts.problems:
            raise FormatError(f"no record could be read; the first problem is {parts.problems[0]}")
        settings = current_settings()
        pushed = parts if isinstance(parts, EngineParts) else None
        may_all = not parts.is_held and settings.coarsen is None and parts.may_all_be_published
        if not settings.is_public or may_all:
            return _Read(parts, pushed=pushed)
        publication = Publication(coarsen=settings.coarsen)
        prepared = prepare(parts.everything(), publication)
        # Nothing else of this process ever sees more than this.
        return _Read(
            parts_of(ReadResult(prepared.records, parts.problems, parts.notes)),
            prepared.changes,
            credit_of_prepared(prepared.records, publication),
            pushed,
        )

    def _opened(self) -> Parts | EngineParts:
        if self._pushed and self._known:
            return _pushed_as_known(self._pushed, self._known)
        return open_named(self._named, self._known)

    @cached_property
    def store(self) -> Store:
        read = self.read
        store = read.parts.store(read.changes, read.credit, self._known)
        store.pushed = read.pushed.at if read.pushed else None
        return store


@dataclass
class _Shown:
    """What the process shows, what was set when it was opened, and who is told of another."""

    opened: _Opened | None = None
    settings: tuple[str, ...] = ()
    tell: Callable[[], None] | None = None


_shown = _Shown()
_SHOWING = Lock()
_CHANGING = Lock()


def _settings() -> tuple[str, ...]:
    names = (DATA_VARIABLE, ENGINE_VARIABLE, _CHANGED_VARIABLE)
    return tuple(os.environ.get(name, "") for name in names)


def _current() -> _Opened:
    with _SHOWING:
        if _shown.opened is None or _shown.settings != _settings():
            _shown.opened, _shown.settings = _Opened(_named()), _settings()
        return _shown.opened


def read_ahead() -> None:
    """Read the records and make what is kept of them, without opening the store.

    Raises:
        FormatError: If a record file cannot be read, or holds no valid record.
    """
    parts = _current().read.parts
    # Both are kept.
    _ = parts.table, [one.version for one in parts.catalogues]


def keep_ahead(is_over: Event) -> None:
    """Make what exports copy of a large file, which was opened without it.

    Args:
        is_over: Set when nobody needs it any more.
    """
    parts = _current().read.parts
    for one in parts.datasets if isinstance(parts, Parts) else ():
        keep_features(one.dataset, one.context, is_over)


def forget() -> None:
    """Read the records anew when they are asked for next."""
    with _SHOWING:
        _shown.opened = None


def change_files(change: Callable[[list[str]], Sequence[str]]) -> None:
    """Show other files from now on, one change after the other; none means the shipped records.

    What is shown stays until the others are open, and if they cannot be.

    Args:
        change: Is given the files and datasets that are shown, and gives those that are to be.

    Raises:
        FormatError: If one cannot be read, or they hold no valid record.
    """
    with _CHANGING:
        named = list(change(data_files()))
        opened = _Opened(named)
        _ = opened.store
        with _SHOWING:
            os.environ[DATA_VARIABLE] = json.dumps(named) if named else ""
            _show(opened)
        if _shown.tell:
            _shown.tell()


def tell_changes(tell: Callable[[], None] | None) -> None:
    """Have something done whenever `change_files` shows other files.

    Args:
        tell: Does it, in no time: whoever hands a file in waits for it.
    """
    _shown.tell = tell


def show_pushed() -> bool:
    """Show what was pushed into the engine since this was opened; return whether anything was.

    What is shown stays until the other is open, and if it cannot be.

    Raises:
        EngineError: If the engine does not answer.
        StoreError: If what was pushed cannot be opened by this version of the program.
    """
    with _CHANGING:
        pushed = _current().read.pushed
        if pushed is None or pushed.shown() in (None, pushed.pushed):
            return False
        # Others may be beside it by now, so that it must be named.
        opened = _Opened([pushed.name])
        _ = opened.store
        with _SHOWING:
            os.environ[DATA_VARIABLE] = json.dumps([pushed.name])
            _show(opened)
        return True


def _show(opened: _Opened) -> None:
    # The same name may be another dataset by now, which is told to who was split off before.
    os.environ[_CHANGED_VARIABLE] = str(int(os.environ.get(_CHANGED_VARIABLE, "0")) + 1)
    _shown.opened, _shown.settings = opened, _settings()


def current_store(known: date | None = None) -> Store:
    """Return the store of this process.

    Args:
        known: The day whose state of the data is asked; by default that of the request, or now's.

    Raises:
        FormatError: If a record file cannot be read, or holds no valid record.
        RequestError: If nothing is kept of what was known that day.
    """
    asked = _ASKED.get()
    opened, day = asked or (_current(), None)
    day = known or day
    return opened.as_known(day).store if day else opened.store


@contextmanager
def asked_as_known(day: date | None) -> Iterator[None]:
    """Let all that is asked within be answered of one state of the data.

    Args:
        day: At its end; `None` for what is shown now, whatever comes in its place meanwhile.
    """
    token = _ASKED.set((_current(), day))
    try:
        yield
    finally:
        _ASKED.reset(token)


def load_problems() -> tuple[Problem, ...]:
    """Return what was wrong with records that were left out."""
    return _current().read.parts.problems


def load_notes() -> tuple[Problem, ...]:
    """Return what was read otherwise than it stands in the files."""
    return _current().read.parts.notes

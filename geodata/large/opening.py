"""A large record file as a dataset in columns that lasts as long as somebody asks it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from geodata.errors import FormatError
from geodata.large.cutting import NotCutError
from geodata.large.making import LargeFile, Make
from geodata.records import Records
from geodata.workspace import Dataset, Opened

__all__ = ["open_large"]

_PREFIX = "mapview-large-"

Write = Callable[[Path, str, Iterator[Any], Callable[[], Records]], Dataset]


def open_large(path: Path, make: Make, write: Write) -> Opened | None:
    """Return a large record file as a dataset, in a folder of its own that goes with it.

    Args:
        path: The file.
        make: Brings some records into columns: `geodata.workspace.in_columns`.
        write: Writes them: `geodata.workspace.write_dataset`.

    Returns:
        `None` if the file is small, does not stand as our own do, has a shared toll that one side
        alone says to be shared, or there is no room on the disk: it is read whole then, and says
        what is wrong with it.
    """
    try:
        file = LargeFile(path)
        _tidy()
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = _locked(folder)
    except (NotCutError, OSError):
        return None
    try:
        with closing(file.each(make)) as blocks:
            dataset = write(folder, path.stem, _linked(file, blocks), lambda: file.context)
    except BaseException as error:
        _remove(folder, lock, os.getpid())
        if isinstance(error, NotCutError | FormatError):
            return None
        raise
    # It goes when nobody holds the dataset any more, or the program ends.
    weakref.finalize(dataset, _remove, folder, lock, os.getpid())
    found = file.told()
    return Opened(dataset, found.problems, found.notes)


def _linked(file: LargeFile, blocks: Iterator[Any]) -> Iterator[Any]:
    """Yield blocks, of which each record names whom it shares a toll with.

    Raises:
        NotCutError: If one does not, once all have come.
    """
    yield from blocks
    if file.is_one_sided:
        raise NotCutError


def _locked(folder: Path, *, is_alone: bool = False) -> int | None:
    """Return a folder opened and locked, also for processes that split off.

    While it is locked no other process takes it for one that was left behind, nor does what removes
    old temporary files (systemd-tmpfiles).

    Args:
        folder: The folder.
        is_alone: Whether nobody else may have locked it.

    Returns:
        `None` if it is not there, cannot be locked, or another has locked it; Windows has no such
        lock.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB if is_alone else fcntl.LOCK_SH)
    except OSError:
        os.close(opened)
        return None
    return opened


def _remove(folder: Path, lock: int | None, owner: int) -> None:
    """Remove a folder; what has split off from its owner just no longer needs it."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _tidy() -> None:
    """Remove what processes that were killed left behind."""
    for one in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if (lock := _locked(one, is_alone=True)) is not None:
            _remove(one, lock, os.getpid())

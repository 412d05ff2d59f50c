"""Reading files, whatever wrote them; writing them whole or not at all, told how far it is."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

from pydantic_core import from_json

from geodata.errors import FormatError

__all__ = [
    "Watch",
    "loaded_json",
    "open_atomic",
    "open_atomic_bytes",
    "parse_json",
    "read_bytes",
    "read_text",
    "watched",
    "writing",
]

# Is told how many of how many are done; whatever it raises stops the work.
Watch = Callable[[int, int], None]

# Of a whole number; Python refuses thousands.
_MOST_DIGITS = 300
_TOLD_EVERY = 100
_UNIX = 3
_T = TypeVar("_T")


@contextmanager
def writing(path: str | Path) -> Iterator[Path]:
    """Give a path to write to; what stands there at the end appears under the file's name at once.

    The path is in a new folder beside the target and has the target's ending, for libraries that
    open files themselves and go by that. On any error the folder is removed with all that is in it
    and a file already there stays as it was.

    Args:
        path: The file to write; its folder must exist.

    Raises:
        FormatError: If the file cannot be written (no such folder, no right, disk full).
    """
    # A link goes on leading to the file that it leads to.
    target = Path(os.path.realpath(path))
    try:
        mode = _mode_of(target)
        with tempfile.TemporaryDirectory(
            dir=target.parent, prefix=f".{target.name[:40]}.", ignore_cleanup_errors=True
        ) as folder:
            temporary = Path(folder) / f"whole{target.suffix[:20]}"
            yield temporary
            with temporary.open("rb") as stream:
                os.fsync(stream.fileno())
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(target)
    except OSError as error:
        raise FormatError(f"{path} must be writable, got: {error.strerror or error}") from error


def _mode_of(target: Path) -> int | None:
    """Return who may read and write a file that is there already; it stays so."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found) and not stat.S_ISDIR(found):
        raise FormatError(f"{target} must be a file, got a pipe or device")
    return stat.S_IMODE(found)


@contextmanager
def open_atomic(
    path: str | Path, *, encoding: str = "utf-8", newline: str = ""
) -> Iterator[IO[str]]:
    """Open a text file that appears under its name only once it is complete; see `writing`.

    Args:
        path: The file to write; its folder must exist.
        encoding: Text encoding.
        newline: As for `open`; the default writes line ends as given.

    Raises:
        FormatError: If the file cannot be written (no such folder, no right, disk full).
    """
    with (
        writing(path) as temporary,
        temporary.open("w", encoding=encoding, newline=newline) as stream,
    ):
        yield stream


@contextmanager
def open_atomic_bytes(path: str | Path) -> Iterator[IO[bytes]]:
    """Open a binary file that appears under its name only once it is complete; see `writing`.

    Raises:
        FormatError: If the file cannot be written (no such folder, no right, disk full).
    """
    with writing(path) as temporary, temporary.open("wb") as stream:
        yield stream


def watched(items: Iterable[_T], total: int, watch: Watch | None) -> Iterator[_T]:
    """Yield items and tell now and then, and at the end, how many of them are done.

    Args:
        items: What is worked through.
        total: How many there are.
        watch: Who is told; whatever it raises stops the work.

    Example:
        >>> told = []
        >>> list(watched("ab", 2, lambda done, total: told.append((done, total))))
        ['a', 'b']
        >>> told
        [(0, 2), (2, 2)]
    """
    for done, item in enumerate(items):
        if watch and done % _TOLD_EVERY == 0:
            watch(min(done, total), total)
        yield item
    if watch:
        watch(total, total)


def read_text(path: str | Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte-order mark.

    Raises:
        FormatError: If there is no such file, or it is not UTF-8.
    """
    # Line ends stay as they are: a CSV cell may hold a carriage return of its own.
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{path} must be UTF-8 text, got byte {error.object[error.start]:#04x} "
            f"at position {error.start}"
        ) from error


def read_bytes(path: str | Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        FormatError: If there is no such file.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise FormatError(f"{path} must be a readable file, got: {error.strerror}") from error


def parse_json(text: str, name: str) -> Any:
    """Return what a JSON text holds.

    Args:
        text: The text.
        name: What it is, for messages.

    Raises:
        FormatError: If it is no JSON, or nested too deeply for anybody to read.
    """
    try:
        try:
            return loaded_json(text)
        except ValueError as error:
            if isinstance(error, json.JSONDecodeError):
                raise
            # Python reads no whole number of thousands of digits; as another it is a fault of its
            # record, and no longer of the file.
            return json.loads(text, parse_int=_whole)
    except RecursionError as error:
        raise FormatError(f"{name} must be JSON, got one nested too deeply") from error
    except ValueError as error:
        raise FormatError(f"{name} must be JSON, got: {error}") from error


def loaded_json(text: str | bytes) -> Any:
    """Return what `json.loads` does, in two thirds of the time and with each short text once.

    Raises:
        ValueError: As `json.loads` does it.
        RecursionError: Likewise.
    """
    try:
        return from_json(text, cache_strings="all")
    except ValueError:
        # Half of a pair of surrogates, and what is nested more deeply than 200 times, are read by
        # the standard library alone; of all else it says best what is wrong.
        return json.loads(text if isinstance(text, str) else text.decode("utf-8-sig"))


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < _MOST_DIGITS else float(digits)

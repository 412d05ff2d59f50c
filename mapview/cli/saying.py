"""What the command prints: sentences of one line each, on whatever console."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from typing import TypeVar

from geodata.errors import one_line

__all__ = ["counted", "say", "speak_plainly", "warn"]

_T = TypeVar("_T")

_MOST_LETTERS = 2_000
# So many rows are read between two looks at the clock.
_COUNTED = 1_000


def speak_plainly() -> None:
    """Let consoles that lack letters show their codes, instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: object) -> None:
    """Print a sentence; nothing in it can look like another line or move the cursor."""
    print(one_line(str(text), _MOST_LETTERS))


def warn(text: object) -> None:
    """Print a sentence where errors go."""
    print(one_line(str(text), _MOST_LETTERS), file=sys.stderr)


def counted(rows: Iterator[_T], name: str) -> Iterator[_T]:
    """Yield rows, and show on a terminal how many of a file were read, from the first second on."""
    if not sys.stderr.isatty():
        yield from rows
        return
    told = time.monotonic()
    count, is_told = 0, False
    for row in rows:
        count += 1
        if count % _COUNTED == 0 and time.monotonic() - told > 1:
            told, is_told = time.monotonic(), True
            _show(name, count, "\r")
        yield row
    if is_told:
        _show(name, count, "\n")


def _show(name: str, count: int, end: str) -> None:
    print(f"{one_line(name)}: {count:,} rows read", end=end, file=sys.stderr, flush=True)

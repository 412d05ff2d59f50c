"""What the command prints: sentences of one line each, on whatever console."""

from __future__ import annotations

import io
import sys

from geodata.errors import one_line

__all__ = ["say", "speak_plainly", "warn"]

_MOST_LETTERS = 2_000


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

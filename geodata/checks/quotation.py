"""Finding sentences copied from the source documents, without keeping the documents.

The records are written in our own words. To check that, the program ships a fingerprint of every
run of ten words in the five documents (40 bits of a BLAKE2 hash each, from which no text can be
restored); `tools/build_fingerprints` makes the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from geodata.records import normalise_once

__all__ = ["FINGERPRINTS", "RUN_OF_WORDS", "fingerprints", "repeated_run"]

FINGERPRINTS = Path(__file__).parents[1] / "data" / "records" / "fingerprints.bin"
RUN_OF_WORDS = 10
_BYTES = 5
# Ten words of one letter, and what parts them. Of other scripts one letter may be several words.
_LEAST_LETTERS = 2 * RUN_OF_WORDS - 1


def fingerprints(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield each run of ten words of a text with its fingerprint."""
    return ((run.decode(), _mark(run)) for run in _runs(text))


def _runs(text: str) -> list[bytes]:
    # Its words are of ASCII.
    words = normalise_once(text).encode().split()
    last = len(words) - RUN_OF_WORDS + 1
    return [b" ".join(words[first : first + RUN_OF_WORDS]) for first in range(last)]


def _mark(run: bytes) -> bytes:
    return hashlib.blake2b(run, digest_size=_BYTES).digest()


@cache
def _known() -> frozenset[bytes]:
    packed = FINGERPRINTS.read_bytes()
    return frozenset(packed[i : i + _BYTES] for i in range(0, len(packed), _BYTES))


def repeated_run(text: str) -> str:
    """Return the first run of ten words that a text has in common with a source, or nothing.

    Example:
        >>> repeated_run("A sentence of our own about an incident that is known to nobody else.")
        ''
    """
    if len(text) < _LEAST_LETTERS and text.isascii():
        return ""
    known = _known()
    return next((run.decode() for run in _runs(text) if _mark(run) in known), "")

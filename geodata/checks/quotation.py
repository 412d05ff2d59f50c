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


def fingerprints(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield each run of ten words of a text with its fingerprint."""
    words = normalise_once(text).split()
    for start in range(len(words) - RUN_OF_WORDS + 1):
        run = " ".join(words[start : start + RUN_OF_WORDS])
        yield run, hashlib.blake2b(run.encode(), digest_size=_BYTES).digest()


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
    return next((run for run, mark in fingerprints(text) if mark in _known()), "")

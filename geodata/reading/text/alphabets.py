"""Which alphabet bytes of an old encoding are of: Latin, unless words of another stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

__all__ = ["alphabet_of"]

_LATIN = ("cp1252", "Windows-1252")
# Encodings with the letters that are most frequent in what is written in them.
_ALPHABETS = (
    ("cp1251", "Windows-1251", "оеаинтсрвлк"),
    ("koi8-r", "KOI8-R", "оеаинтсрвлк"),
    ("cp866", "CP866", "оеаинтсрвлк"),
    ("cp1256", "Windows-1256", "اليمنورتبهد"),
    ("cp1253", "Windows-1253", "αοιετσνηυρπ"),
    ("cp1255", "Windows-1255", "יוהלארתבשמנ"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_WORD = 3
# Of Latin letters few stand side by side that are not of ASCII, of others nearly all.
_IN_WORDS = 0.6
_FREQUENT = 0.35


def alphabet_of(head: bytes) -> tuple[str, str]:
    """Return the encoding of a text that is not Unicode: Python's name of it, and people's.

    Args:
        head: How the text begins.

    Example:
        >>> alphabet_of("Произошёл взрыв у здания".encode("cp1251"))[0]
        'cp1251'
        >>> alphabet_of("Anschlag in Köln, Getötete".encode("cp1252"))[0]
        'cp1252'
    """
    runs = _HIGH.findall(head)
    total = sum(map(len, runs))
    if sum(len(one) for one in runs if len(one) >= _WORD) < total * _IN_WORDS or not total:
        return _LATIN
    rated = max(_rated(runs))
    return rated[1:] if rated[0] >= _FREQUENT else _LATIN


def _rated(words: Sequence[bytes]) -> Iterator[tuple[float, str, str]]:
    for codec, label, frequent in _ALPHABETS:
        # Capitals begin words; within them they tell a wrong neighbour.
        decoded = (one.decode(codec, "replace") for one in words)
        text = "".join(one[:1].casefold() + one[1:] for one in decoded)
        yield sum(text.count(one) for one in frequent) / len(text), codec, label

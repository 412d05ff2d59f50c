"""What the program itself says of figures in other languages, by its catalogue, in English.

Whoever changes a line of it keeps most of its words, and these are known in every language.
"""

from __future__ import annotations

import re
from functools import cache

from geodata.records import EventType
from geodata.tongue.catalogue import catalogue
from geodata.wording.spoken.tables import plain

__all__ = ["said_in", "types_in"]

# A message, and how its words stand before their figures in English.
_LABELS = {
    "campaigns and counts, not added: {n}": "campaigns and counts",
    "campaigns and counts, not on the map: {n}": "campaigns and counts",
    "campaigns and counts, listed: {n}": "campaigns and counts",
    "campaigns and counts: {n}": "campaigns and counts",
    "without a figure: {n}": "without a figure",
    "Added up over events, sources give {sum}": "added up over events",
    "{counted}; the figures given add up to {toll} killed": "the figures add up to killed",
    "The highest figures of killed are given for {events}": "the highest figures of killed",
    "Most often recorded: {types}": "most often recorded",
    "Accounts differ on incidents: {n}": "accounts differ on incidents",
    "{toll} killed or injured": "killed or injured",
    "killed or injured": "killed or injured",
    "counted apart: {figures}": "counted apart",
    "incidents: {n}": "incidents",
    "events: {n}": "events",
}
# Arabic writes "and" in one word with the next.
_BEGIN = r"(?:(?<!\w)|(?<=(?<!\w)و))"
_HOLE = re.compile(r"\{\w+\}")
_MARKS = " \u00a0\u202f:;,؛،."
Patterns = tuple[tuple[re.Pattern[str], str], ...]


@cache
def said_in(code: str) -> Patterns:
    """Return what the program says before figures in a language, with the English of each.

    Args:
        code: One of the languages whose words are held against records.

    Example:
        >>> [english for pattern, english in said_in("fr") if pattern.match("Sans chiffre : 4")]
        ['without a figure']
    """
    found = {_words(message, code): english for message, english in _LABELS.items()}
    longest = sorted(found, key=lambda words: (-len(words), words))
    return tuple((_pattern(words), found[words]) for words in longest)


@cache
def types_in(code: str) -> Patterns:
    """Return the types of events in a language as lists have them, before brackets."""
    named = {plain(_text(one.value, code)): one.value for one in EventType}
    longest = sorted(named, key=lambda words: (-len(words), words))
    return tuple((_pattern(words, r"(?= \()"), named[words]) for words in longest)


def _text(message: str, code: str) -> str:
    text = catalogue(code).texts.get(message, message)
    return text if isinstance(text, str) else text[-1]


def _words(message: str, code: str) -> str:
    """Return the longest words of a message between what varies."""
    parts = [plain(one).strip(_MARKS) for one in _HOLE.split(_text(message, code))]
    return max(parts, key=len)


def _pattern(words: str, behind: str = "") -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"{_BEGIN}{spaced}(?!\w){behind}", re.IGNORECASE)

"""Text as office files take it: clean, cut to a length, split into runs of one script each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Run", "clean", "clean_lines", "is_right_to_left", "runs_of", "shorten"]

# What XML 1.0 forbids, or allows but asks not to use; no office program opens a file with it.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# They turn round what follows them, also what is not theirs.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

_LATIN, _CYRILLIC, _ARABIC, _HEBREW = range(4)
_PERSIAN: Final = frozenset("پچژگکی")
_TAJIK: Final = frozenset("ғӣқӯҳҷҒӢҚӮҲҶ")


@dataclass(frozen=True)
class Run:
    """Letters of one script.

    Attributes:
        text: The letters.
        lang: Their language as a tag, as far as the letters tell.
        is_rtl: Whether they are written from right to left.
    """

    text: str
    lang: str
    is_rtl: bool


def clean(text: str) -> str:
    r"""Return text as one line that any XML may hold.

    Example:
        >>> clean("one\n two\x00")
        'one two\ufffd'
    """
    return " ".join(_UNFIT.sub("\ufffd", _TURNING.sub("", text)).split())


def clean_lines(text: str) -> list[str]:
    r"""Return the lines of a text, each clean; empty ones are left out.

    Example:
        >>> clean_lines("one\r\n\n two ")
        ['one', 'two']
    """
    return [line for line in map(clean, text.splitlines()) if line]


def shorten(text: str, most: int) -> str:
    """Return text, clean, cut to so many letters at the end of a word where there is one.

    Example:
        >>> shorten("one two three", 9)
        'one two…'
        >>> shorten("one", 9)
        'one'
    """
    text = clean(text)
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    head, space, _ = kept.rpartition(" ")
    return (head if space and len(head) > most // 2 else kept).rstrip(" ,;:") + "…"


def is_right_to_left(text: str) -> bool:
    """Whether a text begins, as far as its letters tell, in a script written from the right.

    Example:
        >>> is_right_to_left("«داعش» (IS)"), is_right_to_left("IS «داعش»"), is_right_to_left("12")
        (True, False, False)
    """
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def runs_of(text: str) -> list[Run]:
    """Return a text split where its script changes; digits and signs go with what is before.

    Example:
        >>> [(run.text, run.lang) for run in runs_of("Kerman, کرمان")]
        [('Kerman, ', 'en-GB'), ('کرمان', 'fa-IR')]
    """
    return [
        Run(piece, _language(piece, script), script in (_ARABIC, _HEBREW))
        for piece, script in _pieces(text)
    ]


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    start, current = 0, None
    for index, letter in enumerate(text):
        script = _script(letter)
        if script is None or script == current:
            continue
        if current is not None:
            yield text[start:index], current
            start = index
        current = script
    if text:
        yield text[start:], _LATIN if current is None else current


def _script(letter: str) -> int | None:
    """Return the script of a letter, or `None` for what belongs to all."""
    direction = unicodedata.bidirectional(letter)
    if direction == "AL":
        return _ARABIC
    if direction == "R":
        return _HEBREW
    if direction != "L":
        return None
    return _CYRILLIC if "\u0400" <= letter <= "\u052f" else _LATIN


def _language(text: str, script: int) -> str:
    if script == _ARABIC:
        return "fa-IR" if _PERSIAN & set(text) else "ar-SA"
    if script == _CYRILLIC:
        return "tg-Cyrl-TJ" if _TAJIK & set(text) else "ru-RU"
    return "he-IL" if script == _HEBREW else "en-GB"

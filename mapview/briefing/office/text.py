"""Text as office files take it: clean, cut to a length, split into runs of one script each.

What is said comes from the catalogue, which is handed on here, and so does the side it begins at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geodata.tongue import (
    ENGLISH,
    comma,
    digits,
    is_from_right,
    labelled,
    language,
    number,
    parted,
    say,
    say_many,
)

__all__ = [
    "ENGLISH", "Run", "clean", "clean_lines", "comma", "digits", "is_from_right",
    "is_right_to_left", "labelled", "language", "number", "parted", "runs_of", "say", "say_many",
    "shorten", "tag_of_language",
]  # fmt: skip

# What XML 1.0 forbids, or allows but asks not to use; no office program opens a file with it.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# They turn round what follows them, also what is not theirs.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

_LATIN, _CYRILLIC, _ARABIC, _HEBREW = range(4)
_PERSIAN: Final = frozenset("پچژگکی")
_TAJIK: Final = frozenset("ғӣқӯҳҷҒӢҚӮҲҶ")
_TAGS: Final = {
    "en": "en-GB", "ru": "ru-RU", "fa": "fa-IR", "tg": "tg-Cyrl-TJ", "ar": "ar-SA", "fr": "fr-FR",
}  # fmt: skip
# Up to its last letter, and numbers behind that, and the end of a sentence in brackets.
_NAME: Final = re.compile(r".*[^\W\d_](?:[ .,/–-]?\d+)*(?:[.!?…]+\u200e?(?=[)\]”]))?", re.DOTALL)
# What the catalogue puts beside names in other letters: seen by nobody, read from the right.
_MARK: Final = "\u200f"


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

    One without letters is read as the language is that is spoken.

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
    return is_from_right()


def tag_of_language() -> str:
    """Return the language that is spoken as office files name it.

    Example:
        >>> tag_of_language()
        'en-GB'
    """
    return _TAGS[language()]


def runs_of(text: str, *, is_of_records: bool = False) -> list[Run]:
    """Return a text split where its script changes; digits and signs go with what is before.

    In a language that is read from the right, signs behind a name in other letters do not go with
    it, since programs would set them at its right.

    Args:
        text: The text.
        is_of_records: Whether somebody else wrote it in a language of their own, which only its
            letters tell.

    Example:
        >>> [(run.text, run.lang) for run in runs_of("Kerman, کرمان")]
        [('Kerman, ', 'en-GB'), ('کرمان', 'fa-IR')]
    """
    spoken = ENGLISH if is_of_records else language()
    pieces = list(_pieces(text))
    if not is_of_records and is_from_right():
        pieces = list(_parted(pieces))
    return [
        Run(piece, _language(piece, script, spoken), script in (_ARABIC, _HEBREW))
        for piece, script in pieces
    ]


def _parted(pieces: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield pieces with the signs behind each that is read from the left in what follows it."""
    before = ""
    for piece, script in pieces:
        if script in (_ARABIC, _HEBREW):
            yield before + piece, script
            before = ""
            continue
        # A year or number belongs to the name that it stands behind, a sign or bracket does not.
        name = _NAME.match(piece)
        end = name.end() if name else 0
        if end:
            if before:
                yield before, _ARABIC
                before = ""
            yield piece[:end], script
        before += piece[end:]
    if before:
        yield before, _ARABIC


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
    if direction == "AL" or (letter == _MARK and is_from_right()):
        return _ARABIC
    if direction == "R":
        return _HEBREW
    if direction != "L":
        return None
    return _CYRILLIC if "\u0400" <= letter <= "\u052f" else _LATIN


def _language(text: str, script: int, spoken: str) -> str:
    """Return the language of a piece: that which is spoken, where its letters may be of it."""
    if script == _ARABIC:
        return "fa-IR" if spoken == "fa" or _PERSIAN & set(text) else "ar-SA"
    if script == _CYRILLIC:
        return "tg-Cyrl-TJ" if spoken == "tg" or _TAJIK & set(text) else "ru-RU"
    if script == _HEBREW:
        return "he-IL"
    has_letters = any(map(str.isalpha, text))
    return _TAGS[spoken] if spoken == "fr" or not has_letters else "en-GB"

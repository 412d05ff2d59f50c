"""Comparing names whatever their case, accents, dashes or script."""

from __future__ import annotations

from functools import lru_cache

from geodata.letters import to_latin

__all__ = ["normalise", "normalise_once"]

_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


class _Plain(dict[int, str | None]):
    """What each letter of a text is written as; all but those of `_LETTERS` part words."""

    def __missing__(self, _: int) -> str:
        return " "


_MARKS = "'`\""
_PLAIN = _Plain({**{ord(one): one for one in _LETTERS}, **{ord(one): None for one in _MARKS}})
# The same for bytes of ASCII, a third of the work: most of most texts.
_PLAIN_BYTES = bytes(
    ord(one) if (one := chr(code).lower()) in _LETTERS else ord(" ") for code in range(256)
)


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """Return a text in plain lower-case letters and digits, words separated by one space.

    Other scripts are transliterated, so that a Cyrillic or Persian spelling can be found by its
    letters in Latin script too; of each letter and word all ways to type it are one.

    Example:
        >>> normalise("IS–KP"), normalise("Kundūz"), normalise("Данғара")
        ('is kp', 'kunduz', 'danghara')
    """
    return normalise_once(text)


def normalise_once(text: str) -> str:
    """Return the same as `normalise`, for long texts that are not worth remembering."""
    if text.isascii():
        words = text.encode().translate(_PLAIN_BYTES, _MARKS.encode()).split()
        return b" ".join(words).decode()
    return " ".join(to_latin(text).translate(_PLAIN).split())

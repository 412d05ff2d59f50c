"""A text that is rewritten part by part, and where each part of it stood before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

__all__ = ["Mapped"]


class Mapped:
    """A text under rewriting.

    Attributes:
        text: The text as it is now.
    """

    def __init__(self, text: str, kept: Iterable[tuple[int, int]] = ()) -> None:
        """Begin with a text; what stands in `kept`, as pairs of start and end, is never touched."""
        self.text = text
        # Of each letter: where what it came from begins and ends in the first text.
        self._from = [(at, at + 1) for at in range(len(text))]
        self._length = len(text)
        self._kept = bytearray(len(text))
        for start, end in kept:
            self._kept[start:end] = b"\1" * (end - start)

    def is_kept(self, start: int, end: int) -> bool:
        """Whether some of a part is never touched."""
        return any(self._kept[start:end])

    def sub(self, pattern: re.Pattern[str], words: str | Callable[[re.Match[str]], str]) -> None:
        """Put words in the place of each match."""
        self.put(
            (one.start(), one.end(), one.expand(words) if isinstance(words, str) else words(one))
            for one in pattern.finditer(self.text)
        )

    def put(self, parts: Iterable[tuple[int, int, str]]) -> None:
        """Put words in the place of parts, each from start to end, in order."""
        text: list[str] = []
        came: list[tuple[int, int]] = []
        kept = bytearray()
        at = 0
        for start, end, words in parts:
            if self.is_kept(start, end) or self.text[start:end] == words:
                continue
            text += [self.text[at:start], words]
            came += self._from[at:start]
            came += [self.back(start, end)] * len(words)
            kept += self._kept[at:start] + bytes(len(words))
            at = end
        self.text = "".join([*text, self.text[at:]])
        self._from = [*came, *self._from[at:]]
        self._kept = kept + self._kept[at:]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the text, as it is now, began and ended in the first one."""
        if start < end:
            return self._from[start][0], self._from[end - 1][1]
        at = self._from[start][0] if start < len(self._from) else self._length
        return at, at

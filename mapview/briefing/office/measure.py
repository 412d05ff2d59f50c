"""How much room text takes, estimated on the safe side, and how it is made to fit.

Which font a reader's machine puts in is not known here. DejaVu Sans, which comes with Matplotlib,
is wider than nearly all that office programs use, so what fits in it fits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import ImageFont

__all__ = [
    "ARIAL",
    "EMU_PER_PT",
    "UNKNOWN",
    "FontMetrics",
    "cut",
    "fit",
    "font",
    "height_pt",
    "lines_of",
    "width_pt",
]

# Office files count in English Metric Units: 914,400 an inch (ECMA-376).
EMU_PER_PT: Final = 12_700

_EM = 100


@dataclass(frozen=True)
class FontMetrics:
    """A font, as far as its room goes.

    Attributes:
        breadth: Its width over that of DejaVu Sans.
        leading: Height of a line over the size of its letters.
        is_bold: Whether it is bold.
    """

    breadth: float = 1.0
    leading: float = 1.3
    is_bold: bool = False

    @property
    def bold(self) -> FontMetrics:
        """The same font in bold."""
        return replace(self, is_bold=True)


# A line of words takes 0.9 of it in Arial, one with many capitals more; lines are 1.15 high.
ARIAL = FontMetrics(0.94, 1.17)
UNKNOWN = FontMetrics()


@cache
def font(*, is_bold: bool) -> ImageFont.FreeTypeFont:
    """Return the font that text is measured with."""
    import matplotlib as mpl
    from PIL import ImageFont

    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    path = Path(mpl.get_data_path()) / "fonts" / "ttf" / name
    return ImageFont.truetype(path, _EM, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20_000)
def _advance(letter: str, *, is_bold: bool) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return float(font(is_bold=is_bold).getlength(letter)) / _EM


def width_pt(text: str, size: float, face: FontMetrics = UNKNOWN) -> float:
    """Return the width of one line of text at a size in points.

    Example:
        >>> width_pt("", 12)
        0.0
        >>> width_pt("mm", 12) > width_pt("ii", 12)
        True
    """
    return sum(_advance(one, is_bold=face.is_bold) for one in text) * size * face.breadth


def lines_of(text: str, width: float, size: float, face: FontMetrics = UNKNOWN) -> list[str]:
    """Return the lines that a text takes in a width; a word too long for one is broken.

    Example:
        >>> lines_of("one two", 1000, 12)
        ['one two']
        >>> len(lines_of("one two", 30, 12))
        2
    """
    lines: list[str] = []
    current, used = "", 0.0
    space = width_pt(" ", size, face)
    for word in text.split():
        for piece in _broken(word, width, size, face):
            room = width_pt(piece, size, face)
            if current and used + space + room <= width:
                current, used = f"{current} {piece}", used + space + room
            else:
                lines += [current] if current else []
                current, used = piece, room
    return [*lines, current] if current else lines


def _broken(word: str, width: float, size: float, face: FontMetrics) -> Iterator[str]:
    if width_pt(word, size, face) <= width:
        yield word
        return
    start, used = 0, 0.0
    for index, letter in enumerate(word):
        room = width_pt(letter, size, face)
        if index > start and used + room > width:
            yield word[start:index]
            start, used = index, 0.0
        used += room
    yield word[start:]


def height_pt(text: str, width: float, size: float, face: FontMetrics = UNKNOWN) -> float:
    """Return the height of a text in a width; an empty one takes a line too."""
    return max(1, len(lines_of(text, width, size, face))) * size * face.leading


def cut(text: str, width: float, most: int, size: float, face: FontMetrics = UNKNOWN) -> str:
    """Return a text cut with "…" so that it takes at most so many lines.

    Example:
        >>> cut("one two three four", 40, 1, 12)
        'one…'
    """
    # No font puts more letters than this on a line; what is beyond needs no measuring.
    text = text[: int(most * width / (size * 0.15)) + 10]
    lines = lines_of(text, width, size, face)
    if len(lines) <= most:
        return text
    last = lines[most - 1]
    while last and width_pt(last + "…", size, face) > width:
        head, _, _ = last.rpartition(" ")
        last = head or last[:-1]
    return " ".join([*lines[: most - 1], last.rstrip(" ,;:") + "…"])


def fit(
    text: str, width: float, height: float, sizes: Sequence[float], face: FontMetrics = UNKNOWN
) -> tuple[str, float]:
    """Return a text and the first size at which it fits; cut at the last one if none is enough.

    Args:
        text: One paragraph.
        width: Room in points.
        height: Room in points.
        sizes: Sizes in points, the best first.
        face: Its font.
    """
    for size in sizes:
        if height_pt(text, width, size, face) <= height:
            return text, size
    least = sizes[-1]
    return cut(text, width, max(1, int(height / (least * face.leading))), least, face), least

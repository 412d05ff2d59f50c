"""The fonts of figures, how wide text is in them, and how text is wrapped, cut and cleaned.

Noto Sans and Noto Sans Arabic ship with the program, DejaVu Sans with matplotlib; no font of the
machine is ever used, so that equal text gives equal bytes everywhere. A letter that none of them
has becomes a box.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import uharfbuzz as hb  # type: ignore[import-untyped]
from matplotlib.font_manager import FontEntry, FontProperties, fontManager

from geodata.tongue import is_from_right, language

__all__ = [
    "FAMILIES",
    "FONTS_DIR",
    "HALF_CAPITAL",
    "HALF_WORD",
    "MM_PER_PT",
    "Face",
    "clean",
    "cut",
    "font_files",
    "gap_mm",
    "is_joined",
    "parts_of",
    "properties",
    "shaped_by",
    "width_mm",
    "wrap",
]

FONTS_DIR = Path(__file__).parents[2] / "fonts"
MM_PER_PT = 25.4 / 72
# Names that no font of the machine has, so that matplotlib's search finds these files.
FAMILIES = ("Mapview Sans", "Mapview Sans Arabic", "Mapview Sans Rest")

# From the baseline to the middle of what the eye sees, in sizes of the face: of capitals and
# digits, and of words with small letters.
HALF_CAPITAL = 0.36
HALF_WORD = 0.34

# No text on a sheet is longer than an author's note with its lead; more would only cost time.
_MOST_LETTERS = 6_000
_BOX = "□"
# Distance of two lines in sizes of the face: loose enough for Arabic letters under Latin ones.
_LINE = 1.28
# Text is measured once at this size, in points: outlines grow with the size alone.
_MEASURED_PT = 100
# Of a line that is cut no more than so many letters are tried.
_MOST_TRIED = 400
# Marks that change the direction of what follows them, even beyond the text they stand in.
_UNWANTED = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
_UNWANTED_FROM_RIGHT = re.compile("[\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
_JOINERS = "\u200c\u200d\u200e\u200f"
# Set apart, these would be no words any more.
_JOINED = re.compile("[\u0600-\u06ff]")
_PART = re.compile("(?s:.)[\u0300-\u036f]*")
# Thousands are parted by a space that holds in many languages, words and high marks in French.
_SPACES = re.compile(r"(?:(?<!\d)|(?![\u00a0\u202f]\d))\s+")
_HIGH = re.compile(" (?=[;:?!»](?: |$))|(?<=«) ")
_HOLDING = "\u00a0"


class Face(NamedTuple):
    """Which letters: size in points, whether bold or slanted, how far apart in sizes of them."""

    size: float
    bold: bool = False
    italic: bool = False
    spacing: float = 0.0

    @property
    def mm(self) -> float:
        """The size in millimetres."""
        return self.size * MM_PER_PT

    @property
    def line_mm(self) -> float:
        """The distance of two lines."""
        return self.size * _LINE * MM_PER_PT

    @property
    def in_bold(self) -> Face:
        """The same letters in bold."""
        return self._replace(bold=True)

    def sized(self, size: float) -> Face:
        """Return them in another size."""
        return self._replace(size=size)


@dataclass(frozen=True)
class _File:
    family: str
    path: Path
    bold: bool = False
    italic: bool = False


def _files() -> tuple[_File, ...]:
    sans, arabic, rest = FAMILIES
    dejavu = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return (
        _File(sans, FONTS_DIR / "NotoSans-Regular.ttf"),
        _File(sans, FONTS_DIR / "NotoSans-Bold.ttf", bold=True),
        _File(sans, FONTS_DIR / "NotoSans-Italic.ttf", italic=True),
        _File(arabic, FONTS_DIR / "NotoSansArabic-Regular.ttf"),
        _File(arabic, FONTS_DIR / "NotoSansArabic-Bold.ttf", bold=True),
        _File(rest, dejavu / "DejaVuSans.ttf"),
        _File(rest, dejavu / "DejaVuSans-Bold.ttf", bold=True),
    )


def font_files(face: Face) -> list[Path]:
    """Return the files that a face is set from, in the order in which they are asked."""
    found = []
    for family in FAMILIES:
        own = [one for one in _files() if one.family == family]
        fits = [one for one in own if (one.bold, one.italic) == (face.bold, face.italic)]
        upright = [one for one in own if (one.bold, one.italic) == (face.bold, False)]
        found.append((fits or upright)[0].path)
    return found


@cache
def _register() -> None:
    """Make matplotlib know the files under names of our own; its search is by name."""
    for one in _files():
        for slanted in (False, True):
            has_slanted = one.family == FAMILIES[0] and not one.bold
            if slanted != one.italic and has_slanted:
                continue
            entry = FontEntry(
                fname=str(one.path),
                name=one.family,
                style="italic" if slanted else "normal",
                variant="normal",
                weight=700 if one.bold else 400,
                stretch="normal",
                size="scalable",
            )
            fontManager.ttflist.append(entry)


@lru_cache(maxsize=64)
def properties(face: Face) -> FontProperties:
    """Return matplotlib's name for a face."""
    _register()
    return FontProperties(
        family=list(FAMILIES),
        size=face.size,
        weight=700 if face.bold else 400,
        style="italic" if face.italic else "normal",
    )


@cache
def _known_letters() -> frozenset[int]:
    # Some rare letters have no bold form.
    light, bold = (
        frozenset().union(*(has for _, has in _setters(bold=bold, italic=False)))
        for bold in (False, True)
    )
    return light & bold


def clean(text: str) -> str:
    r"""Return text as it can be set on one line: no control characters, every letter known.

    Example:
        >>> clean("one\ntwo\u202e 中")
        'one two □'
    """
    text = unicodedata.normalize("NFC", text[:_MOST_LETTERS])
    # A mark that parts names from numbers ends with the line it stands in.
    unwanted = _UNWANTED_FROM_RIGHT if is_from_right() else _UNWANTED
    plain = _SPACES.sub(" ", unwanted.sub("", text)).strip().replace("\u202f", _HOLDING)
    plain = _HIGH.sub(_HOLDING, plain) if language() == "fr" else plain
    known = _known_letters()
    letters = (letter if ord(letter) in known else _replacement(letter) for letter in plain)
    return "".join(letters).strip()


def _replacement(letter: str) -> str:
    """Return what stands for a letter that no font has: joiners and marks need no stand-in."""
    if letter in _JOINERS:
        return letter
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Me") else _BOX


@cache
def shaped_by(path: Path) -> tuple[hb.Font, frozenset[int]]:
    """Return a font as HarfBuzz sets and cuts it, and the letters that it has."""
    font = hb.Face(hb.Blob.from_file_path(str(path)))
    return hb.Font(font), frozenset(font.unicodes)


@cache
def _setters(*, bold: bool, italic: bool) -> tuple[tuple[hb.Font, frozenset[int]], ...]:
    return tuple(map(shaped_by, font_files(Face(_MEASURED_PT, bold, italic))))


# HarfBuzz is what matplotlib sets text with, too. Asked by way of matplotlib it loads the outline
# of each letter to say how wide a line is, which took a quarter of the time of a figure.
@lru_cache(maxsize=20_000)
def _width(text: str, face: Face) -> float:
    """How wide a text is in mm: letter by letter in the first font that has it, joined in runs."""
    setters = _setters(bold=face.bold, italic=face.italic)

    def setter_of(letter: str) -> int:
        code = ord(letter)
        return next((index for index, (_, has) in enumerate(setters) if code in has), 0)

    width = 0.0
    for index, letters in groupby(text, setter_of):
        font = setters[index][0]
        run = hb.Buffer()
        run.add_str("".join(letters))
        run.guess_segment_properties()
        hb.shape(font, run)
        width += sum(glyph.x_advance for glyph in run.glyph_positions) / font.face.upem
    return width * face.size * MM_PER_PT


def parts_of(text: str) -> list[str]:
    """Return the letters of a text, each with its marks."""
    return _PART.findall(text)


def is_joined(text: str) -> bool:
    """Whether letters of a text hang together, so that they are never set apart.

    Example:
        >>> is_joined("IRAN"), is_joined("ایران")
        (False, True)
    """
    return bool(_JOINED.search(text))


def gap_mm(text: str, face: Face) -> float:
    """Return how far the letters of a text stand apart, besides what they take themselves."""
    return 0.0 if not face.spacing or is_joined(text) else face.spacing * face.mm


def width_mm(text: str, face: Face) -> float:
    """Return how wide text is, measured in the fonts it is set in."""
    if not text:
        return 0.0
    measured = Face(_MEASURED_PT, face.bold, face.italic)
    gap = gap_mm(text, face)
    apart = gap * (len(parts_of(text)) - 1) if gap else 0.0
    return _width(text, measured) * face.size / _MEASURED_PT + apart


def cut(text: str, face: Face, most_mm: float) -> str:
    """Return text that is no wider than asked, with an ellipsis where it had to be cut."""
    if width_mm(text, face) <= most_mm:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_mm(text[:middle].rstrip() + "…", face) <= most_mm
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def wrap(
    text: str, face: Face, width: float, *, most: int | None = None, first_mm: float = 0
) -> list[str]:
    """Return text as lines that are no wider than asked; what is too much ends in an ellipsis.

    Args:
        text: Cleaned text.
        face: In which it is set.
        width: Room of a line in mm.
        most: At most so many lines, if given.
        first_mm: How much of the first line is taken already.
    """
    words = [word for word in text.split(" ") if word]
    lines: list[str] = []
    line = ""
    for index, word in enumerate(words):
        free = width - (0 if lines else first_mm)
        longer = f"{line} {word}" if line else word
        if width_mm(longer, face) <= free:
            line = longer
            continue
        if len(lines) + 1 == most:
            rest = " ".join(([line] if line else []) + words[index:])[:_MOST_TRIED]
            return [*lines, cut(rest, face, free)]
        if line or (not lines and first_mm):
            lines.append(line)
        line = cut(word, face, width)
    return [*lines, line] if line else lines

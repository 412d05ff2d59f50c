"""Sizes of figures, within sane limits, and the sheets by name that command, dialog and pack know.

Naming them loads nothing that draws.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geodata.errors import FormatError

__all__ = [
    "MOST_FRAMES", "MOST_MAPS", "MOST_MM", "SHEETS", "Composition", "Sheet", "Size", "sheet_named",
    "sheet_of",
]  # fmt: skip

MOST_MAPS = 16
"""More small maps on a sheet could not be read; one more may be of what has no date."""
MOST_FRAMES = 40
"""More pictures of a film would take a minute to watch."""

Composition = Literal["figure", "card", "column", "brief"]

_LEAST_MM = 60
MOST_MM = 1_200
_LEAST_DPI = 36
_MOST_DPI = 1_200
_MOST_PIXELS = 100_000_000
_SCREEN_DPI = 96
_MM_PER_INCH = 25.4
_TEXT = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)[x×*](\d{1,6}(?:\.\d{1,3})?)(mm|px)", re.ASCII)


@dataclass(frozen=True)
class Size:
    """How large a figure is.

    Attributes:
        width_mm: Width of the sheet, 60 to 1200 mm.
        height_mm: Height of the sheet, 60 to 1200 mm.
        dpi: Pixels an inch of a PNG, 36 to 1200; see `check_pixels`.

    Raises:
        FormatError: If it is outside these limits.
    """

    width_mm: float
    height_mm: float
    dpi: float = 300

    def __post_init__(self) -> None:
        for name, value in (("width", self.width_mm), ("height", self.height_mm)):
            if not _LEAST_MM <= round(value, 6) <= MOST_MM:
                raise FormatError(
                    f"{name} of a figure must be within {_LEAST_MM} and {MOST_MM} mm "
                    f"({_pixels(_LEAST_MM)} and {_pixels(MOST_MM)} px on a screen), "
                    f"got {value:.1f} mm"
                )
        if not _LEAST_DPI <= self.dpi <= _MOST_DPI:
            raise FormatError(
                f"dpi of a figure must be within {_LEAST_DPI} and {_MOST_DPI}, got {self.dpi:g}"
            )

    def check_pixels(self) -> None:
        """Refuse more pixels than a PNG may have.

        Raises:
            FormatError: If there are more than 100 million.
        """
        if self.too_many_pixels:
            raise FormatError(self.too_many_pixels)

    @property
    def too_many_pixels(self) -> str:
        """Why a PNG cannot have this size; empty if it can. Drawings of lines have no pixels."""
        width, height = self.pixels
        if width * height <= _MOST_PIXELS:
            return ""
        return (
            f"a PNG must have at most {_MOST_PIXELS:,} pixels, got {width:,} x {height:,}: "
            "take a smaller size, or SVG or PDF, which have no pixels"
        )

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of a PNG of this size.

        Example:
            >>> Size(297, 210).pixels
            (3508, 2480)
        """
        per_mm = self.dpi / _MM_PER_INCH
        return round(self.width_mm * per_mm), round(self.height_mm * per_mm)

    @classmethod
    def parse(cls, text: str) -> Size:
        """Return the size that a text such as "297x210mm" or "1600x900px" says.

        Pixels are taken as those of a screen, 96 to an inch, so that text stays as readable as
        elsewhere on it; millimetres give 300 pixels an inch.

        Raises:
            FormatError: If the text says no size, or one that is too small or too large.

        Example:
            >>> Size.parse("1600x900px").pixels
            (1600, 900)
        """
        match = _TEXT.fullmatch("".join(text.split()).lower())
        if match is None:
            raise FormatError(
                f"size of a figure must be such as 297x210mm or 1600x900px, got {text!r:.40}"
            )
        width, height = float(match[1]), float(match[2])
        if match[3] == "mm":
            return cls(width, height)
        if not (width.is_integer() and height.is_integer()):
            raise FormatError(f"pixels of a figure must be whole numbers, got {text!r:.40}")
        to_mm = _MM_PER_INCH / _SCREEN_DPI
        return cls(width * to_mm, height * to_mm, _SCREEN_DPI)


def _pixels(mm: float) -> int:
    return math.ceil(mm / _MM_PER_INCH * _SCREEN_DPI)


@dataclass(frozen=True)
class Sheet:
    """A size, and what is laid out on it.

    Attributes:
        size: Of the sheet; one of a column grows or shrinks in height with what it says.
        composition: What is laid out: a `figure` with legend and notes, a `card` for links and
            posts, one `column` of a newspaper, or a `brief` on one page.
        name: What it is called on the command line; empty for a size alone.
        label: What a list says.
    """

    size: Size
    composition: Composition = "figure"
    name: str = ""
    label: str = ""


def _named(name: str, size: str, label: str, composition: Composition = "figure") -> Sheet:
    return Sheet(Size.parse(size), composition, name, label)


SHEETS: Mapping[str, Sheet] = {
    one.name: one
    for one in (
        _named("a4", "297x210mm", "A4, landscape"),
        _named("a4-portrait", "210x297mm", "A4, portrait"),
        _named("brief", "210x297mm", "Brief on one page, A4", "brief"),
        _named("slide", "1920x1080px", "Slide, 16:9"),
        _named("card", "1200x630px", "Card for links and posts, 1200 x 630", "card"),
        _named("square", "1080x1080px", "Card, square, 1080 x 1080", "card"),
        _named("half", "170x120mm", "Half a page, 170 mm wide"),
        _named("column", "90x130mm", "One column, 90 mm wide", "column"),
        _named("a0", "1189x841mm", "Poster A0, landscape (SVG, PDF)"),
        _named("a0-portrait", "841x1189mm", "Poster A0, portrait (SVG, PDF)"),
    )
}


def sheet_named(name: str) -> Sheet:
    """Return the sheet of a name.

    Raises:
        FormatError: If there is none; it says which there are.
    """
    sheet = SHEETS.get(name.strip().lower())
    if sheet is None:
        raise FormatError(f"layout must be one of {', '.join(SHEETS)}, got {name!r:.40}")
    return sheet


def sheet_of(text: str) -> Sheet:
    """Return the sheet that a name such as "card" or a size such as "180x130mm" says.

    Raises:
        FormatError: If it is neither, or the size is too small or too large.

    Example:
        >>> sheet_of("square").size.pixels, sheet_of("297x210mm").composition
        ((1080, 1080), 'figure')
    """
    return SHEETS.get(text.strip().lower()) or Sheet(Size.parse(text))

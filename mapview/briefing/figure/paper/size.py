"""`Size` of a figure: millimetres on paper or pixels on a screen, within sane limits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geodata.errors import FormatError

__all__ = ["MOST_MM", "Size"]

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
        dpi: Pixels an inch of a PNG, 36 to 1200; 100 million pixels at most in all.

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
        width, height = self.pixels
        if width * height > _MOST_PIXELS:
            raise FormatError(
                f"a figure must have at most {_MOST_PIXELS:,} pixels, got {width:,} x {height:,}"
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

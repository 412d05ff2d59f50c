"""What a figure is drawn on: canvas, fonts, paragraphs, rectangles."""

from geodata.tongue import (
    comma,
    country,
    is_english,
    is_from_right,
    labelled,
    language,
    number,
    place,
    say,
    say_many,
    water,
)
from mapview.briefing.figure.paper.canvas import Align, Canvas, drawing
from mapview.briefing.figure.paper.columns import Columns, Paragraph, draw_columns, set_columns
from mapview.briefing.figure.paper.figures import figures_in, hold_figures, wrap_whole
from mapview.briefing.figure.paper.fonts import (
    HALF_CAPITAL,
    HALF_WORD,
    MM_PER_PT,
    Face,
    clean,
    cut,
    is_joined,
    width_mm,
    wrap,
)
from mapview.briefing.figure.paper.pen import CanvasPen, pixel_mm
from mapview.briefing.figure.paper.rect import XY, Rect

__all__ = [
    "HALF_CAPITAL", "HALF_WORD", "MM_PER_PT", "XY", "Align", "Canvas", "CanvasPen", "Columns",
    "Face", "Paragraph", "Rect", "clean", "comma", "country", "cut", "draw_columns", "drawing",
    "figures_in", "hold_figures", "is_english", "is_from_right", "is_joined", "labelled",
    "language", "number", "pixel_mm", "place", "say", "say_many", "set_columns", "water",
    "width_mm", "wrap", "wrap_whole",
]  # fmt: skip

"""What a figure is drawn on: canvas, fonts, paragraphs, rectangles."""

from mapview.briefing.figure.paper.canvas import Align, Canvas, drawing
from mapview.briefing.figure.paper.columns import Columns, Paragraph, draw_columns, set_columns
from mapview.briefing.figure.paper.fonts import (
    HALF_CAPITAL,
    HALF_WORD,
    MM_PER_PT,
    Face,
    clean,
    cut,
    width_mm,
    wrap,
)
from mapview.briefing.figure.paper.pen import CanvasPen, pixel_mm
from mapview.briefing.figure.paper.rect import XY, Rect

__all__ = [
    "HALF_CAPITAL", "HALF_WORD", "MM_PER_PT", "XY", "Align", "Canvas", "CanvasPen", "Columns",
    "Face", "Paragraph", "Rect", "clean", "cut", "draw_columns", "drawing", "pixel_mm",
    "set_columns", "width_mm", "wrap",
]  # fmt: skip

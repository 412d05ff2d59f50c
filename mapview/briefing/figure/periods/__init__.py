"""How a figure tells one period after another: small maps side by side, or pictures of a film."""

from mapview.briefing.figure.periods.drawing import draw_parts, style_of
from mapview.briefing.figure.periods.films import film_plan
from mapview.briefing.figure.periods.panels import Panels, film, side_by_side
from mapview.briefing.figure.periods.parts import Part, Periods

__all__ = [
    "Panels", "Part", "Periods", "draw_parts", "film", "film_plan", "side_by_side", "style_of",
]  # fmt: skip

"""What stands on the sheet around the map: heading, legend, notes, layouts."""

from mapview.briefing.figure.sheet.brief import brief_plan
from mapview.briefing.figure.sheet.cards import card_plan
from mapview.briefing.figure.sheet.column import column_plan
from mapview.briefing.figure.sheet.layouts import bare_plan, full_plan
from mapview.briefing.figure.sheet.maps import draw_maps
from mapview.briefing.figure.sheet.plan import Plan, draw_around

__all__ = [
    "Plan", "bare_plan", "brief_plan", "card_plan", "column_plan", "draw_around", "draw_maps",
    "full_plan",
]  # fmt: skip

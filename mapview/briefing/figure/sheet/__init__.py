"""What stands on the sheet around the map: heading, legend, notes, layouts."""

from mapview.briefing.figure.sheet.brief import brief_plan
from mapview.briefing.figure.sheet.cards import card_plan
from mapview.briefing.figure.sheet.column import column_plan
from mapview.briefing.figure.sheet.contents import Contents, contents_of
from mapview.briefing.figure.sheet.frames import Frames
from mapview.briefing.figure.sheet.heading import set_heading
from mapview.briefing.figure.sheet.layouts import bare_plan, full_plan
from mapview.briefing.figure.sheet.legend_box import brief_items, set_legend, with_pale
from mapview.briefing.figure.sheet.maps import draw_maps
from mapview.briefing.figure.sheet.plan import Plan, draw_around
from mapview.briefing.figure.sheet.told import credit_words, on_map, source_words, unseen_words
from mapview.briefing.figure.sheet.words import Words, height_of, set_words

__all__ = [
    "Contents", "Frames", "Plan", "Words", "bare_plan", "brief_items", "brief_plan", "card_plan",
    "column_plan", "contents_of", "credit_words", "draw_around", "draw_maps", "full_plan",
    "height_of", "on_map", "set_heading", "set_legend", "set_words", "source_words", "unseen_words",
    "with_pale",
]  # fmt: skip

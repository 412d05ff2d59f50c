"""What slides and documents share: clean text, its size, templates, the timeline, the legend."""

from mapview.briefing.office.colors import rgb
from mapview.briefing.office.measure import (
    ARIAL,
    EMU_PER_PT,
    UNKNOWN,
    FontMetrics,
    cut,
    fit,
    font,
    lines_of,
    width_pt,
)
from mapview.briefing.office.packages import DECK, PAPER, finish, open_template, sign
from mapview.briefing.office.picture import DrawGroup, DrawMap, MapPicture
from mapview.briefing.office.text import clean, clean_lines, is_right_to_left, runs_of, shorten
from mapview.briefing.office.words import (
    NO_SOURCE,
    NOT_PLACED,
    describe_map,
    not_listed,
    numbers_of,
    place_remark,
    reading_notes,
    references,
    site_of,
)
from mapview.briefing.office.xml import add_child, local_name, parse, serialised

__all__ = [
    "ARIAL", "DECK", "EMU_PER_PT", "NOT_PLACED", "NO_SOURCE", "PAPER", "UNKNOWN", "DrawGroup",
    "DrawMap", "FontMetrics", "MapPicture", "add_child", "clean", "clean_lines", "cut",
    "describe_map", "finish", "fit", "font", "is_right_to_left", "lines_of", "local_name",
    "not_listed", "numbers_of", "open_template", "parse", "place_remark", "reading_notes",
    "references", "rgb", "runs_of", "serialised", "shorten", "sign", "site_of", "width_pt",
]  # fmt: skip

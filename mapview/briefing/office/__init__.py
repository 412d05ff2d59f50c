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
from mapview.briefing.office.text import (
    ENGLISH,
    clean,
    clean_lines,
    comma,
    digits,
    is_from_right,
    is_right_to_left,
    labelled,
    language,
    number,
    parted,
    runs_of,
    say,
    say_many,
    shorten,
    tag_of_language,
)
from mapview.briefing.office.words import (
    describe_map,
    no_source,
    not_listed,
    not_placed,
    numbers_of,
    place_remark,
    reading_notes,
    references,
    site_of,
)
from mapview.briefing.office.xml import add_child, local_name, parse, serialised

__all__ = [
    "ARIAL", "DECK", "EMU_PER_PT", "ENGLISH", "PAPER", "UNKNOWN", "DrawGroup", "DrawMap",
    "FontMetrics", "MapPicture", "add_child", "clean", "clean_lines", "comma", "cut",
    "describe_map", "digits", "finish", "fit", "font", "is_from_right", "is_right_to_left",
    "labelled", "language", "lines_of", "local_name", "no_source", "not_listed", "not_placed",
    "number", "numbers_of", "open_template", "parse", "parted", "place_remark", "reading_notes",
    "references", "rgb", "runs_of", "say", "say_many", "serialised", "shorten", "sign", "site_of",
    "tag_of_language", "width_pt",
]  # fmt: skip

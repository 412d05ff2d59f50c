"""How values look on any map: colours, symbols, outlines, legends; data that every pen replays."""

from geodata.records import AREA_RADIUS_KM, drawn_radius_km
from geodata.tongue import labelled, place, say
from mapview.cartography.groups import group_hatches
from mapview.cartography.hatches import hatch_lines
from mapview.cartography.icons import (
    ASSUMED,
    HEIGHT,
    RING,
    STRIKE,
    WIDTH,
    area_look,
    band_of,
    drawn_mark,
    drawn_symbol,
    icon,
    icons_to_json,
    size_circles,
    symbols_to_json,
)
from mapview.cartography.legend import (
    AREAS,
    GROUND,
    INCIDENTS,
    LegendEntry,
    Present,
    legend_entries,
    legend_to_json,
    own_to_json,
)
from mapview.cartography.numbers import short_count, short_number, unplaced_words
from mapview.cartography.outlines import Vertices, outlines_to_json
from mapview.cartography.primitives import Primitive, hatches_to_json, replay
from mapview.cartography.qgis import qgis_styles
from mapview.cartography.qgis_project import QgisFiles, ground_package, qgis_project
from mapview.cartography.sizes import SIZES, SPACING, WATERS_PT
from mapview.cartography.stacks import Stack, stack_places
from mapview.cartography.standings import STANDINGS, standing_of, standings_to_json
from mapview.cartography.style import (
    DRAWN,
    HATCHES,
    KINDS,
    OTHER,
    PALETTE,
    PRECISIONS,
    STATUSES,
    TEXTS,
    drawn_as,
    in_few_words,
    kind_of,
    label_of,
    style_to_json,
)
from mapview.cartography.topology import (
    Name,
    Water,
    district_lines,
    names,
    province_lines,
    rivers,
    waters,
    world,
)

__all__ = [
    "AREAS", "AREA_RADIUS_KM", "ASSUMED", "DRAWN", "GROUND", "HATCHES", "HEIGHT", "INCIDENTS",
    "KINDS", "OTHER", "PALETTE", "PRECISIONS", "RING", "SIZES", "SPACING", "STANDINGS", "STATUSES",
    "STRIKE", "TEXTS", "WATERS_PT", "WIDTH", "LegendEntry", "Name", "Present", "Primitive",
    "QgisFiles", "Stack", "Vertices", "Water", "area_look", "band_of", "district_lines", "drawn_as",
    "drawn_mark", "drawn_radius_km", "drawn_symbol", "ground_package", "group_hatches",
    "hatch_lines", "hatches_to_json", "icon", "icons_to_json", "in_few_words", "kind_of",
    "label_of", "labelled", "legend_entries", "legend_to_json", "names", "outlines_to_json",
    "own_to_json", "place", "province_lines", "qgis_project", "qgis_styles", "replay", "rivers",
    "say", "short_count", "short_number", "size_circles", "stack_places", "standing_of",
    "standings_to_json", "style_to_json", "symbols_to_json", "unplaced_words", "waters", "world",
]  # fmt: skip

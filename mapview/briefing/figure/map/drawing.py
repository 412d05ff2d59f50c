"""One map in its frame: ground, base areas, precision, symbols, labels, scale bar, north."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shapely import Polygon

from geodata.scope import Count
from mapview.briefing.figure.map.furniture import Furniture, Message
from mapview.briefing.figure.map.ground import draw_ground
from mapview.briefing.figure.map.hatching import draw_areas, draw_marks, draw_tints
from mapview.briefing.figure.map.labelling import Labelling
from mapview.briefing.figure.map.locator import draw_locator, place_locator
from mapview.briefing.figure.map.names import (
    Countries,
    draw_names,
    place_area_names,
    place_names,
    place_unplaced,
)
from mapview.briefing.figure.map.remarks import Remark, Unsaid, draw_ties
from mapview.briefing.figure.map.symbols import draw_on_map, obstacles_of, stroke_ring
from mapview.briefing.figure.paper import Canvas
from mapview.briefing.figure.scene import (
    MOST_EXACT,
    SYMBOL_MM,
    MapData,
    Symbol,
    View,
    drawn_areas,
    rings_and_provinces,
    stack_symbols,
)

__all__ = ["MapStyle", "draw_map"]

# An inset has finer lines, and few names of the ground: the incidents' own come first.
_INSET_LINES = 0.75
_MOST_NAMES = 400
_MOST_SMALL_NAMES = 14
_FRAME_MM = 0.2
# The outline of an inset on the map that it enlarges: a line on a wider one that parts it.
_OUTLINE_MM = 0.25
_OUTLINE_HALO_MM = 0.7


@dataclass(frozen=True)
class MapStyle:
    """How large things are on a map, and what it has besides its content.

    Attributes:
        text: Factor on the size of letters; 1 on A4.
        is_inset: Whether it is an inset: fewer names, no north arrow.
        has_locator: Whether a small map of the wider region stands in a free corner.
        most: For an inset, incidents of the largest disc of the main map, to one scale with it.
        is_plain: Whether it has few names, and neither scale nor remarks.
        message: Why the map is empty; nothing is named under it.
        insets: What is to be said of the marks of insets, on the main map.
    """

    text: float = 1.0
    is_inset: bool = False
    has_locator: bool = False
    is_plain: bool = False
    most: int = 1
    message: str = ""
    insets: Unsaid = field(default_factory=Unsaid)

    @property
    def countries(self) -> Countries:
        """How countries are named."""
        return "first" if self.is_plain else "as on the screen"


def draw_map(
    canvas: Canvas, view: View, data: MapData, style: MapStyle, outlines: Sequence[Polygon] = ()
) -> Unsaid:
    """Draw a map, and return what is to be said of its marks.

    Everything that is written finds its place before anything is drawn over the ground; names then
    lie under the symbols, labels over them.

    Args:
        canvas: On which.
        view: What it shows, and where it stands.
        data: Incidents and base areas; those outside are left out.
        style: How large things are.
        outlines: Frames of insets that enlarge part of it.
    """
    text, size = style.text, SYMBOL_MM * style.text
    inside = view.holding(data.incidents)
    symbols, _ = stack_symbols(inside, size, style.most)
    draw_ground(canvas, view, _INSET_LINES if style.is_inset else 1.0)
    drawn = drawn_areas(data.areas, view)
    with canvas.group("Base areas"):
        draw_areas(canvas, drawn, view.polygon)
        draw_marks(canvas, drawn, view, text)
    exact = [place for _, _, place in inside] if len(inside) <= MOST_EXACT else []
    rings, provinces = rings_and_provinces(exact, view)
    with canvas.group("How exactly places are known"):
        draw_tints(canvas, provinces, view.polygon)
        for ring, is_open in rings:
            stroke_ring(canvas, ring, is_open=is_open)
    with canvas.group("Parts that are enlarged"):
        for outline in outlines:
            _draw_outline(canvas, outline)

    obstacles = obstacles_of(symbols, view.frame, text)
    message = Message.on(view.frame, style.message, text) if style.message else None
    if message:
        obstacles.add(message.plate)
    furniture = Furniture(view, text, style.is_inset)
    # In an inset names count more than its scale.
    is_small = style.is_inset or style.is_plain
    corner = None if is_small else furniture.reserve(obstacles)
    around = place_locator(view, obstacles, text) if style.has_locator else None
    labelling = Labelling.of(symbols, obstacles, text)
    unsaid = Unsaid.of(symbols, len(labelling.placed), labelling.called)
    # Small maps have no room for it.
    remark = None if is_small else Remark.of(unsaid.joined(style.insets), obstacles, text)
    if style.is_inset:
        corner = furniture.reserve(obstacles)
    # Said once on a sheet, and before all that only names the ground.
    counted = [] if style.is_inset else place_unplaced(data.unplaced, view, obstacles, text)
    groups = place_area_names(drawn, view, obstacles, text)
    most = _MOST_SMALL_NAMES if is_small else _MOST_NAMES
    said = labelling.said | {one.text for one in counted}
    with canvas.group("Names of places"):
        found = place_names(view, obstacles, said, text, most=most, countries=style.countries)
        draw_names(canvas, [*counted, *found])
    with canvas.group("Names of groups"):
        draw_names(canvas, groups)

    _draw_marks(canvas, symbols, labelling, view, size)
    with canvas.group("Labels"):
        labelling.draw(canvas)
    with canvas.group("Scale and frame"):
        if corner:
            furniture.draw(canvas, corner)
        if message:
            message.draw(canvas)
        if remark:
            remark.draw(canvas)
        canvas.shape(view.polygon, line="rule", width=_FRAME_MM)
    _draw_locator(canvas, around, view, text)
    return unsaid


def _draw_locator(canvas: Canvas, around: View | None, view: View, text: float) -> None:
    if around:
        with canvas.group("Where it is"):
            draw_locator(canvas, around, view, text)


def _draw_marks(
    canvas: Canvas, symbols: Sequence[Symbol], labelling: Labelling, view: View, size: float
) -> None:
    with canvas.group("Lines to labels"):
        labelling.draw_leaders(canvas)
    with canvas.group("Lines to places"):
        draw_ties(canvas, symbols)
    with canvas.group("Incidents"):
        for symbol in reversed(symbols):
            ids = tuple(dict.fromkeys(place.id for place in symbol.places))
            many = f"{Count(symbol.certain, symbol.count).words} incidents"
            with canvas.group(ids[0] if symbol.is_single else many, ids):
                draw_on_map(canvas, symbol, size, view.km_per_mm)


def _draw_outline(canvas: Canvas, outline: Polygon) -> None:
    canvas.shape(outline.exterior, line="halo", width=_OUTLINE_HALO_MM)
    canvas.shape(outline.exterior, line="ink_muted", width=_OUTLINE_MM)

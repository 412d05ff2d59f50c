"""One map in its frame: ground, base areas, precision, symbols, labels, scale bar, north."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from shapely import Polygon

from geodata.scope import Count
from mapview.briefing.figure.map.clearing import clear_named
from mapview.briefing.figure.map.furniture import Furniture, Message
from mapview.briefing.figure.map.ground import draw_ground
from mapview.briefing.figure.map.hatching import draw_areas, draw_marks, draw_tints
from mapview.briefing.figure.map.labelling import Labelling, obstacles_of
from mapview.briefing.figure.map.locator import draw_locator, place_locator
from mapview.briefing.figure.map.names import (
    Countries,
    GroundName,
    draw_names,
    place_area_names,
    place_names,
    place_unplaced,
)
from mapview.briefing.figure.map.obstacles import Obstacles
from mapview.briefing.figure.map.remarks import Remark, Unsaid, draw_ties
from mapview.briefing.figure.map.symbols import draw_on_map, stroke_ring
from mapview.briefing.figure.map.waters import place_waters
from mapview.briefing.figure.paper import Canvas, Rect
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
_INSET_MESSAGE = 0.72
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
        has_pale: Whether the mark of one incident is pale where that does not certainly fit.
        names: What the ground is named with, where that is the same on several maps.
        marks: Factor on the size of marks besides that of letters.
    """

    text: float = 1.0
    is_inset: bool = False
    has_locator: bool = False
    is_plain: bool = False
    most: int = 1
    message: str = ""
    insets: Unsaid = field(default_factory=Unsaid)
    has_pale: bool = False
    names: tuple[GroundName, ...] | None = None
    marks: float = 1.0

    @property
    def symbol_mm(self) -> float:
        """Radius of plain symbols."""
        return SYMBOL_MM * self.text * self.marks

    def steady(self, view: View, marks: Sequence[Symbol]) -> MapStyle:
        """Return the style of several maps whose names of the ground stand in one place.

        Args:
            view: What all of them show.
            marks: The marks of all of them, which no name covers.
        """
        obstacles = obstacles_of(marks, view.frame, self.text)
        Furniture(view, self.text, self.is_inset).reserve(obstacles)
        most, none = _MOST_SMALL_NAMES, frozenset[str]()
        found = place_names(view, obstacles, none, self.text, most=most, countries=self.countries)
        return replace(self, names=(*found, *place_waters(view, obstacles, self.text)))

    def moved(self, x: float, y: float) -> MapStyle:
        """Return it for a frame that stands elsewhere, by so many mm to the right and down."""
        if self.names is None:
            return self
        return replace(self, names=tuple(one.moved(x, y) for one in self.names))

    def said_instead(self, frame: Rect) -> Message | None:
        """Return why a map is empty, as it stands on it, if that is to be said."""
        grown = self.text * (_INSET_MESSAGE if self.is_inset else 1.0)
        return Message.on(frame, self.message, grown) if self.message else None

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
    text = style.text
    inside = view.holding(data.incidents)
    stacked, _ = stack_symbols(inside, style.symbol_mm, style.most)
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

    obstacles = obstacles_of(stacked, view.frame, text)
    obstacles.shaded += [*provinces, *(ring for ring, _ in rings)]
    before = len(obstacles.boxes)
    message = style.said_instead(view.frame)
    for box in ([message.plate] if message else []) + [one.box for one in style.names or ()]:
        obstacles.add(box)
    furniture = Furniture(view, text, style.is_inset)
    # In an inset names count more than its scale.
    is_small = style.is_inset or style.is_plain
    corner = None if is_small else furniture.reserve(obstacles)
    around = place_locator(view, obstacles, text) if style.has_locator else None
    symbols, obstacles = _cleared(stacked, obstacles, before, view.frame, text)
    obstacles, labelling, unsaid, remark = _told(symbols, obstacles, style)
    if style.is_inset:
        corner = furniture.reserve(obstacles)
    # Said once on a sheet, and before all that only names the ground.
    counted = [] if style.is_inset else place_unplaced(data.unplaced, view, obstacles, text)
    groups = place_area_names(drawn, view, obstacles, text)
    said = labelling.said | {one.text for one in counted}
    with canvas.group("Names of places"):
        draw_names(canvas, [*counted, *_ground_names(view, obstacles, said, style)])
    # Last of all, so that no name is left out for it.
    projection = None if is_small else Remark.of_projection(view, obstacles, text)
    with canvas.group("Names of groups"):
        draw_names(canvas, groups)

    _draw_marks(canvas, symbols, labelling, view, style)
    with canvas.group("Labels"):
        labelling.draw(canvas)
    with canvas.group("Scale and frame"):
        if corner:
            furniture.draw(canvas, corner)
        if message:
            message.draw(canvas)
        for one in (remark, projection):
            if one:
                one.draw(canvas)
        canvas.shape(view.polygon, line="rule", width=_FRAME_MM)
    _draw_locator(canvas, around, view, text)
    return unsaid


def _cleared(
    stacked: Sequence[Symbol], obstacles: Obstacles, before: int, frame: Rect, text: float
) -> tuple[list[Symbol], Obstacles]:
    """Return symbols with room for what must be named, and what is taken with them.

    Scale bar and locator stand already: a name that was promised their place would find none.
    """
    taken = obstacles.boxes[before:]
    symbols = clear_named(stacked, frame, text, taken)
    found = obstacles_of(symbols, frame, text)
    for box in taken:
        found.add(box)
    found.shaded += obstacles.shaded
    return symbols, found


def _told(
    symbols: Sequence[Symbol], obstacles: Obstacles, style: MapStyle
) -> tuple[Obstacles, Labelling, Unsaid, Remark | None]:
    """Return what is taken then, labels, and what is said of marks without one and where."""
    before = obstacles.copy()
    labelling = Labelling.of(symbols, obstacles, style.text)
    unsaid = Unsaid.of(symbols, len(labelling.placed), labelling.called)
    # Small maps have no room for it.
    if style.is_inset or style.is_plain:
        return obstacles, labelling, unsaid, None
    named = obstacles.copy()
    remark = Remark.of(unsaid.joined(style.insets), obstacles, style.text)
    if remark is None or named.is_free(remark.box):
        return obstacles, labelling, unsaid, remark
    # It must be said, so names leave it its place.
    remark = Remark.of(unsaid.joined(style.insets), before, style.text)
    labelling = Labelling.of(symbols, before, style.text)
    unsaid = Unsaid.of(symbols, len(labelling.placed), labelling.called)
    lines = tuple(unsaid.joined(style.insets).lines)
    return before, labelling, unsaid, replace(remark, lines=lines) if remark and lines else None


def _draw_locator(canvas: Canvas, around: View | None, view: View, text: float) -> None:
    if around:
        with canvas.group("Where it is"):
            draw_locator(canvas, around, view, text)


def _ground_names(
    view: View, obstacles: Obstacles, said: frozenset[str], style: MapStyle
) -> Sequence[GroundName]:
    """Return what the ground is named with, but for what labels say."""
    if style.names is not None:
        return [one for one in style.names if one.text not in said]
    most = _MOST_SMALL_NAMES if style.is_inset or style.is_plain else _MOST_NAMES
    found = place_names(view, obstacles, said, style.text, most=most, countries=style.countries)
    # What is on land comes first: a sea has more places for its name.
    return [*found, *place_waters(view, obstacles, style.text)]


def _draw_marks(
    canvas: Canvas, symbols: Sequence[Symbol], labelling: Labelling, view: View, style: MapStyle
) -> None:
    with canvas.group("Lines to labels"):
        labelling.draw_leaders(canvas)
    with canvas.group("Lines to places"):
        draw_ties(canvas, symbols)
    with canvas.group("Incidents"):
        for symbol in reversed(symbols):
            ids = tuple(dict.fromkeys(place.id for place in symbol.places))
            many = f"{Count(symbol.certain, symbol.count).words} incidents"
            name = ids[0] if symbol.is_single else many
            # The number of a disc says it itself, and must be read.
            is_pale = symbol.is_single and not symbol.certain
            with canvas.group(name, ids), canvas.faded(style.has_pale and is_pale):
                draw_on_map(canvas, symbol, style.symbol_mm, view.km_per_mm)


def _draw_outline(canvas: Canvas, outline: Polygon) -> None:
    canvas.shape(outline.exterior, line="halo", width=_OUTLINE_HALO_MM)
    canvas.shape(outline.exterior, line="ink_muted", width=_OUTLINE_MM)

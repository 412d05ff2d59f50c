from __future__ import annotations

from figure_parts import KABUL, Pen, area, incident, view_of

from mapview.briefing.figure.map.drawing import MapStyle, draw_map
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.clusters import MapData
from mapview.cartography.style import KINDS

BESIDE = (KABUL[0] + 1.5, KABUL[1])


def drawn(data: MapData, style: MapStyle | None = None, **where: float) -> Pen:
    pen = Pen()
    draw_map(pen, view_of(**where), data, style or MapStyle())
    return pen


def test_a_map_has_ground_incidents_labels_and_a_scale() -> None:
    data = MapData((incident(id="a"), incident(BESIDE, id="b", name="East")), (area(),))
    words = drawn(data).words
    assert {"East", "2020", "PAKISTAN", "G", "100 km"} <= set(words)
    assert words.count("Kabul") == 1


def test_each_ring_is_drawn_once_under_the_symbols() -> None:
    same = [incident(id=f"i{i}", form="ring", radius_km=60) for i in range(6)]
    pen = drawn(MapData(tuple(same), ()))
    assert len(pen.lines("ring")) == 2  # The ring, and that of a disc of places not known.
    fills = [one.how.get("fill") for one in pen.drawn]
    assert fills.index("ring") < fills.index("paper")


def test_very_many_places_have_no_rings() -> None:
    many = [
        incident((66 + i % 30 * 0.2, 33 + i // 30 * 0.2), id=f"i{i}", form="ring", radius_km=30)
        for i in range(450)
    ]
    fills = [one.how.get("fill") for one in drawn(MapData(tuple(many), ())).drawn]
    assert "ring" not in fills
    few = [one.how.get("fill") for one in drawn(MapData(tuple(many[:100]), ())).drawn]
    assert "ring" in few


def test_the_heaviest_symbol_lies_on_top() -> None:
    many = [incident(id=f"i{i}", kind=1) for i in range(30)]
    pen = drawn(MapData((*many, incident(BESIDE, id="one", kind=0)), ()))
    fills = [one.how.get("fill") for one in pen.drawn]
    assert fills.index(KINDS[0].color.light) < fills.index(KINDS[1].color.light)


def test_a_message_stands_alone() -> None:
    pen = drawn(MapData((), ()), MapStyle(message="No incident was found."))
    [at] = [at for words, at in pen.texts if words == "No incident was found."]
    plate = Rect.around(at, 40, 6)
    near = [words for words, one in pen.texts if plate.has(one)]
    assert near == ["No incident was found."]


def test_an_inset_is_quieter() -> None:
    whole, inset = (
        drawn(MapData((), ()), MapStyle(is_inset=one), around_km=900) for one in (False, True)
    )
    assert len(whole.words) > 20 > len(inset.words) > 3


def test_a_locator_shows_where_the_map_lies() -> None:
    data = MapData((incident(),), ())
    style = MapStyle(has_locator=True)
    assert drawn(data, style, around_km=100).lines("alert")
    assert not drawn(data, around_km=100).lines("alert")


def test_the_frame_of_an_enlargement_is_drawn_on_the_map() -> None:
    pen, view = Pen(), view_of()
    inset = view_of(around_km=50)
    draw_map(pen, view, MapData((), ()), MapStyle(), [view.outline_of(inset)])
    assert any(one.shape.equals(view.outline_of(inset).exterior) for one in pen.lines("ink_muted"))

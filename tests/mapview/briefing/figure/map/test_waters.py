"""Names of waters: within their water, after all else that is named, in each language."""

from __future__ import annotations

import pytest
import shapely
from figure_parts import FRAME, Pen, incident, view_of

from geodata.places.boundaries import countries
from geodata.tongue import LANGUAGES, speaking, water
from mapview.briefing.figure.map import drawing
from mapview.briefing.figure.map.names import GroundName
from mapview.briefing.figure.map.placement import Obstacles
from mapview.briefing.figure.map.waters import place_waters
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene import MapData, View
from mapview.cartography import SPACING, waters, world

CASPIAN = (51.0, 39.5)
RED_SEA = (38.5, 20.5)
VICTORIA = (33.0, -1.0)
PLACES = {
    "Caspian": (CASPIAN, 700),
    "Europe": ((12.0, 50.0), 2_200),
    "Asia": ((115.0, 25.0), 3_500),
    "Red Sea": (RED_SEA, 900),
    "Victoria": (VICTORIA, 300),
    "islands": ((25.5, 37.5), 250),
}


def named(view: View, *taken: Rect) -> list[GroundName]:
    obstacles = Obstacles(FRAME)
    for one in taken:
        obstacles.add(one)
    return place_waters(view, obstacles, 1.0)


def words(found: list[GroundName]) -> str:
    return " ".join(one.text for one in found)


@pytest.mark.parametrize("around", PLACES)
@pytest.mark.parametrize("code", ["en", "ru", "ar"])
def test_a_name_stands_in_its_own_water_alone(around: str, code: str) -> None:
    at, km = PLACES[around]
    view = view_of(at, around_km=km)
    with speaking(code):
        found = named(view)
        known = {water(one.text): one for one in waters()}
    land = shapely.union_all(view.shapes([one.geometry for one in countries().values()]))
    dry = land.difference(shapely.union_all(view.shapes(world().lakes)))
    assert found
    for one in found:
        box = shapely.box(*one.box)
        assert not dry.intersects(box), one.text
        own = [known[name].shape for name in known if one.text in name]
        assert shapely.union_all(view.shapes(own)).contains(box), one.text
        assert FRAME.encloses(one.box)
    assert len({one.at for one in found}) == len(found)


def test_each_water_is_named_once_where_a_map_has_two_pieces_of_it() -> None:
    view = view_of((-170.0, -60.0), (60.0, 60.0), around_km=4_500)
    assert view.is_world
    said = [one.text for one in named(view)]
    assert "Indian Ocean" in said
    assert len(said) == len(set(said))


def test_a_name_keeps_off_what_is_taken() -> None:
    view = view_of(CASPIAN, around_km=700)
    [free] = [one for one in named(view) if one.text == "Caspian Sea"]
    moved = [one for one in named(view, free.box) if one.text in ("Caspian Sea", "Caspian", "Sea")]
    assert moved
    assert not any(one.box.overlaps(free.box) for one in moved)
    assert named(view, FRAME) == []


def test_a_narrow_water_has_its_name_in_two_lines() -> None:
    found = named(view_of(RED_SEA, around_km=1_300))
    lines = [one for one in found if one.text in ("Red", "Sea")]
    assert [one.text for one in lines] == ["Red", "Sea"]
    assert lines[0].at[0] == lines[1].at[0]
    assert 1 < (lines[1].at[1] - lines[0].at[1]) / lines[0].face.mm < 1.3


def test_a_lake_too_small_for_its_name_has_none() -> None:
    assert "Victoria" in words(named(view_of(VICTORIA, around_km=300)))
    assert "Victoria" not in words(named(view_of(VICTORIA, around_km=3_000)))


@pytest.mark.parametrize("code", LANGUAGES)
def test_names_are_slanted_where_letters_can_be(code: str) -> None:
    with speaking(code):
        found = named(view_of(CASPIAN, around_km=700))
        assert water("Caspian Sea") in (words(found), *(one.text for one in found))
    is_joined = code in ("fa", "ar")
    for one in found:
        assert one.face.italic is not is_joined
        assert one.face.spacing == (0 if is_joined else SPACING["water"])
        assert (one.color, one.halo, one.dot) == ("water_label", None, None)


def test_a_water_has_no_name_where_nobody_is_sure_of_it() -> None:
    laptev = view_of((122.0, 76.0), around_km=600)
    assert "Laptev" in words(named(laptev))
    with speaking("tg"):
        assert "Laptev" not in words(named(laptev))


def test_waters_take_no_room_from_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    data = MapData((incident((51.5, 38.5), name="At sea"), incident((49.9, 40.4), id="b")), ())
    view = view_of((51.0, 39.5), around_km=500)

    def texts() -> list[tuple[str, tuple[float, float]]]:
        pen = Pen()
        drawing.draw_map(pen, view, data, drawing.MapStyle())
        return pen.texts

    with_waters = texts()
    monkeypatch.setattr(drawing, "place_waters", lambda *_: [])
    without = texts()
    assert [one for one in with_waters if one in without] == without
    more = [text for text, _ in with_waters if text not in dict(without)]
    assert " ".join(more).startswith("Caspian")


def test_maps_of_several_times_name_waters_in_one_place() -> None:
    view = view_of(CASPIAN, around_km=700)
    steady = drawing.MapStyle().steady(view, ())
    assert "Caspian Sea" in {one.text for one in steady.names or ()}

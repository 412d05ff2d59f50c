from __future__ import annotations

import pytest
import shapely
from figure_parts import FRAME, Pen, area, view_of

from geodata.places.boundaries import countries
from geodata.tongue import speaking
from mapview.briefing.figure.map.names import (
    GroundName,
    draw_names,
    lands,
    place_area_names,
    place_names,
    place_unplaced,
)
from mapview.briefing.figure.map.placement import Obstacles
from mapview.briefing.figure.paper.fonts import HALF_CAPITAL, clean, is_joined, width_mm
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.areas import drawn_areas
from mapview.briefing.figure.scene.places import AreaPlace
from mapview.cartography import SPACING, names


def obstacles(*taken: Rect) -> Obstacles:
    found = Obstacles(FRAME)
    for one in taken:
        found.add(one)
    return found


def area_names(*areas: AreaPlace, around_km: float = 300) -> list[GroundName]:
    view = view_of(around_km=around_km)
    return place_area_names(drawn_areas(areas, view), view, obstacles(), 1)


@pytest.mark.parametrize("around_km", [40, 150, 600, 2_000, 6_000])
@pytest.mark.parametrize("at", [(69.2, 34.5), (20.0, 30.0), (36.0, 33.5), (70.0, 38.8)])
def test_the_middle_of_a_name_lies_in_its_country_at_any_scale(
    at: tuple[float, float], around_km: float
) -> None:
    view = view_of(at, around_km=around_km)
    codes = {clean(one.text.upper()): one.country for one in names() if one.is_country}
    found = place_names(view, obstacles(), frozenset(), 1.0, countries="alone")
    for name in found:
        land = shapely.union_all(view.shapes([countries()[codes[name.text]].geometry]))
        middle = (name.at[0], name.at[1] - HALF_CAPITAL * name.face.mm)
        assert land.buffer(0.05).intersects(shapely.Point(middle)), name.text


def test_countries_are_in_capitals_and_towns_have_a_dot() -> None:
    found = {one.text: one for one in place_names(view_of(), obstacles(), frozenset(), 1)}
    assert "AFGHANISTAN" in found
    assert found["AFGHANISTAN"].dot is None
    assert found["Kabul"].dot is not None
    assert all(FRAME.has(one.at) for one in found.values())


def test_what_is_not_placed_stands_under_the_name_of_its_country() -> None:
    taken = obstacles()
    counted = place_unplaced({"AF": "21 not placed", "US": "4 not placed"}, view_of(), taken, 1)
    assert [one.text for one in counted] == ["AFGHANISTAN", "21 not placed"]
    name, count = counted
    assert name.dot is count.dot is None
    assert name.at[0] == count.at[0]
    assert 0 < count.at[1] - name.at[1] < 2 * name.face.mm
    others = place_names(view_of(), taken, frozenset({name.text}), 1)
    assert "AFGHANISTAN" not in {one.text for one in others}
    assert place_unplaced({"AF": "21 not placed"}, view_of(), obstacles(FRAME), 1) == []


def test_what_a_label_says_is_not_said_again() -> None:
    found = place_names(view_of(), obstacles(), frozenset({"Kabul"}), 1)
    assert "Kabul" not in {one.text for one in found}
    assert found


def test_names_find_no_place_where_everything_is_taken() -> None:
    assert place_names(view_of(), obstacles(FRAME), frozenset(), 1) == []


def test_a_locator_names_countries_alone_and_an_inset_a_few() -> None:
    view = view_of(around_km=900)
    countries = place_names(view, obstacles(), frozenset(), 1, countries="alone")
    assert countries
    assert all(one.text.isupper() and one.dot is None for one in countries)
    assert len(place_names(view, obstacles(), frozenset(), 1, most=5)) == 5


def test_a_group_is_named_whole_in_the_large_letters_of_a_card() -> None:
    wide = area(radius_km=150, label="Jaysh ul Islam")
    view = view_of()
    for text in (1.0, 2.1):
        found = place_area_names(drawn_areas((wide,), view), view, Obstacles(FRAME), text)
        assert [one.text for one in found] == ["Jaysh ul Islam"]


def test_a_group_is_named_in_its_area_once_nearby() -> None:
    wide = area(radius_km=150, label="A group")
    again = area((70.0, 34.53), id="b", radius_km=150, label="A group")
    far = area((66.2, 33.0), id="c", radius_km=120, label="A group")
    found = area_names(wide, again)
    assert [one.text for one in found] == ["A group"]
    assert FRAME.has(found[0].at)
    assert found[0].face.italic
    assert len(area_names(wide, far)) == 2


def test_an_area_that_is_certain_is_named_before_a_wider_one_that_is_not() -> None:
    wide = area(radius_km=150, label="A group", is_faded=True)
    sure = area((69.6, 34.7), id="b", radius_km=120, label="A group")
    alone = area_names(sure)
    assert [(one.text, one.at) for one in area_names(wide, sure)] == [
        (one.text, one.at) for one in alone
    ]


def test_an_area_too_small_for_its_name_has_none() -> None:
    small = area(radius_km=5, label="A group with a long name")
    assert area_names(small, around_km=600) == []


def test_names_are_drawn_where_they_were_placed() -> None:
    found = place_names(view_of(), obstacles(), frozenset(), 1)
    pen = Pen()
    draw_names(pen, found)
    assert pen.texts == [(one.text, one.at) for one in found]
    dots = [one.shape.centroid for one in pen.drawn]
    assert len(dots) == sum(one.dot is not None for one in found)


def test_letters_of_countries_are_set_apart_and_their_box_holds_them() -> None:
    view, taken = view_of(around_km=900), obstacles()
    found = place_names(view, taken, frozenset(), 1, countries="alone")
    wide = [one for one in found if one.face.spacing == SPACING["country"]]
    assert "AFGHANISTAN" in {one.text for one in wide}
    for one in wide:
        assert one.box.width == pytest.approx(width_mm(one.text, one.face))
        assert one.box.width > width_mm(one.text, one.face._replace(spacing=0)) + 1
        assert taken.hits(one.box)


def test_a_country_with_little_room_has_its_letters_close() -> None:
    wide, _ = place_unplaced({"AF": "3"}, view_of(), obstacles(), 1)
    assert wide.face.spacing == SPACING["country"]
    close = width_mm(wide.text, wide.face._replace(spacing=0)) + 2.1
    assert close < wide.box.width
    narrow = Obstacles(Rect.around(wide.box.middle, close, 30))
    name, _ = place_unplaced({"AF": "3"}, view_of(), narrow, 1)
    assert name.face.spacing == 0


@pytest.mark.parametrize("around_km", [2_500, 12_000])
@pytest.mark.parametrize("at", [(-98.0, 40.0), (68.0, 31.0)])
def test_a_name_in_wide_letters_crosses_no_border(at: tuple[float, float], around_km: int) -> None:
    view = view_of(at, around_km=around_km)
    codes = {clean(one.text.upper()): one.country for one in names() if one.is_country}
    shown = place_names(view, obstacles(), frozenset(), 1.0, countries="alone")
    wide = [one for one in shown if one.face.spacing]
    of, land = lands(view)
    assert wide
    assert "UNITED STATES" in {one.text for one in shown} or at[0] > 0
    for name in wide:
        y = name.at[1] - HALF_CAPITAL * name.face.mm
        line = shapely.LineString([(name.box.left, y), (name.box.right, y)])
        met = land.query(line, predicate="intersects")
        others = land.geometries[met[of[met] != codes[name.text]]]
        over = sum(line.intersection(one).length for one in others)
        assert over < name.box.width / 12, name.text


@pytest.mark.parametrize("code", ["fa", "ar"])
def test_letters_that_hang_together_are_larger_instead(code: str) -> None:
    plain = {one.text: one for one in place_names(view_of(), obstacles(), frozenset(), 1)}
    with speaking(code):
        found = place_names(view_of(), obstacles(), frozenset(), 1)
    countries = [one for one in found if one.color == "country_label"]
    assert countries
    assert all(is_joined(one.text) and not one.face.spacing for one in countries)
    most = max(one.face.size for one in countries)
    assert most == pytest.approx(plain["AFGHANISTAN"].face.size * SPACING["joined"])

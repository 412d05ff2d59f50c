from __future__ import annotations

import pytest
from figure_parts import FRAME, Pen, view_of

from geodata.tongue import speaking
from mapview.briefing.figure.map.furniture import Furniture, Message, bar_length
from mapview.briefing.figure.map.placement import Obstacles
from mapview.briefing.figure.paper.fonts import width_mm
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.projection import fit_view

LEANING = fit_view([(44, 23, 0), (82, 46, 0)], FRAME)
WORLD = fit_view([(-118, 34, 0), (20, 59, 0), (139, 35, 0)], FRAME)


@pytest.mark.parametrize(
    ("km_per_mm", "most", "km"), [(18, 35, 500), (1, 38, 20), (0.01, 38, 0.2), (1, 10, 10)]
)
def test_a_bar_is_the_longest_round_number(km_per_mm: float, most: float, km: float) -> None:
    assert bar_length(km_per_mm, most) == pytest.approx(km)


def drawn(furniture: Furniture) -> Pen:
    pen, corner = Pen(), furniture.reserve(Obstacles(FRAME))
    assert corner is not None
    furniture.draw(pen, corner)
    return pen


def test_a_bar_is_as_long_as_it_says() -> None:
    view = view_of()
    pen = drawn(Furniture(view, 1))
    assert pen.words == ["0", "100 km"]
    whole, half = (Rect(*one.shape.bounds) for one in pen.drawn[:2])
    assert whole.width * view.km_per_mm == pytest.approx(100)
    assert (half.left, half.width) == (whole.left, pytest.approx(whole.width / 2))


def test_numbers_read_from_the_right_stand_clear_of_the_bar() -> None:
    def above(pen: Pen) -> float:
        return float(pen.drawn[0].shape.bounds[1]) - pen.texts[-1][1][1]

    ours = above(drawn(Furniture(view_of(), 1)))
    with speaking("fa"):
        theirs = above(drawn(Furniture(view_of(), 1)))
    # As far as a Persian "m" reaches below its line, in letters of 9 points.
    assert theirs > 1.5 > ours


def test_where_north_leans_an_arrow_says_so() -> None:
    assert "N" in drawn(Furniture(LEANING, 1)).words
    assert "N" not in drawn(Furniture(LEANING, 1, is_inset=True)).words
    assert "N" not in drawn(Furniture(view_of(), 1)).words


def test_no_length_holds_for_all_of_the_world() -> None:
    assert drawn(Furniture(WORLD, 1)).words == []


def test_furniture_takes_the_first_free_corner() -> None:
    furniture, obstacles = Furniture(view_of(), 1), Obstacles(FRAME)
    lower_left = furniture.reserve(obstacles)
    lower_right = furniture.reserve(obstacles)
    assert lower_left is not None
    assert lower_right is not None
    assert lower_left.left < FRAME.left + 5
    assert lower_right.right > FRAME.right - 5
    assert lower_left.bottom == lower_right.bottom > FRAME.bottom - 5


def test_where_no_corner_is_free_a_map_takes_one_and_an_inset_none() -> None:
    obstacles = Obstacles(FRAME)
    obstacles.add(FRAME)
    assert Furniture(view_of(), 1).reserve(obstacles) is not None
    assert Furniture(view_of(), 1, is_inset=True).reserve(obstacles) is None


def test_a_message_stands_whole_on_its_plate() -> None:
    frame = Rect(0, 0, 60, 60)
    words = "None of the incidents found could be placed on the map."
    message = Message.on(frame, words, 1)
    assert " ".join(message.lines) == words
    assert frame.encloses(message.plate)
    pen = Pen()
    message.draw(pen)
    assert all(message.plate.has(at) for _, at in pen.texts)


@pytest.mark.parametrize("width", [24, 33, 60, 200])
def test_a_message_stays_within_its_map(width: float) -> None:
    frame = Rect(10, 10, 10 + width, 50)
    message = Message.on(frame, "None on this map", 0.72 * 0.72)
    assert frame.left < message.plate.left < message.plate.right < frame.right
    widest = max(width_mm(one, message.face) for one in message.lines)
    assert message.plate.width > widest

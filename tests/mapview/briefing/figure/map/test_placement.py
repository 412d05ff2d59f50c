from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapview.briefing.figure.map.obstacles import Obstacles
from mapview.briefing.figure.map.placement import Label, Shape, place_labels
from mapview.briefing.figure.paper.rect import Rect

FRAME = Rect(0.0, 0.0, 120.0, 90.0)

wanted_labels = st.lists(
    st.builds(
        Label,
        at=st.tuples(st.floats(3, 117), st.floats(3, 87)),
        r=st.floats(1, 4),
        shapes=st.lists(
            st.builds(Shape, st.floats(4, 40), st.floats(3, 11)), min_size=1, max_size=3
        ).map(tuple),
    ),
    max_size=30,
)


def around(label: Label) -> Rect:
    return Rect.around(label.at, 2 * label.r, 2 * label.r)


def obstacles_of(wanted: list[Label]) -> Obstacles:
    obstacles = Obstacles(FRAME)
    for one in wanted:
        obstacles.add(around(one))
    return obstacles


@given(wanted_labels)
def test_labels_touch_nothing(wanted: list[Label]) -> None:
    labels = place_labels(wanted, obstacles_of(wanted))
    for i, label in enumerate(labels):
        assert FRAME.encloses(label.box)
        assert not any(label.box.overlaps(other.box) for other in labels[i + 1 :])
        assert not any(label.box.overlaps(around(one)) for one in wanted)
        assert abs(label.box.width - wanted[label.index].shapes[label.shape].width) < 1e-6
        assert abs(label.box.height - wanted[label.index].shapes[label.shape].height) < 1e-6


@given(wanted_labels)
def test_leaders_pass_through_no_label(wanted: list[Label]) -> None:
    labels = place_labels(wanted, obstacles_of(wanted))
    for label in labels:
        if label.leader is None:
            continue
        (x0, y0), (x1, y1) = label.leader
        points = [(x0 + (x1 - x0) * i / 40, y0 + (y1 - y0) * i / 40) for i in range(1, 40)]
        for other in labels:
            left, top, right, bottom = other.box
            inside = [p for p in points if left < p[0] < right and top < p[1] < bottom]
            assert other is label or not inside


def test_a_lonely_label_stands_to_the_right_without_a_leader() -> None:
    one = Label((50, 50), 2, (Shape(20, 7),))
    (label,) = place_labels([one], obstacles_of([one]))
    assert label.direction == 0
    assert label.leader is None
    assert 52 < label.box[0] < 54


def test_a_crowded_label_stands_off_with_a_leader() -> None:
    one = Label((50, 50), 2, (Shape(20, 7),))
    obstacles, taken = obstacles_of([one]), Rect(44, 44, 56, 56)
    obstacles.add(taken)
    (label,) = place_labels([one], obstacles)
    assert not label.box.overlaps(taken)
    assert label.leader is not None
    (x0, y0), (x1, y1) = label.leader
    assert abs((x0 - 50) ** 2 + (y0 - 50) ** 2 - 4) < 1e-6
    assert label.box[0] <= x1 <= label.box[2]
    assert label.box[1] <= y1 <= label.box[3]


def test_what_finds_no_room_is_left_out() -> None:
    obstacles = Obstacles(FRAME)
    obstacles.add(FRAME)
    assert place_labels([Label((50, 50), 2, (Shape(20, 7),))], obstacles) == []
    assert place_labels([], Obstacles(FRAME)) == []


def test_a_label_that_stands_off_is_not_taken_for_that_of_a_neighbour() -> None:
    own, beside = Rect(44, 44, 56, 56), Rect(60, 54.2, 62, 56.2)
    free, near = Obstacles(FRAME), Obstacles(FRAME)
    for obstacles in (free, near):
        obstacles.add(own)
    free.add(beside)
    near.add_symbol(beside)
    one = Label((50, 50), 2, (Shape(20, 7),))
    assert [label.direction for label in place_labels([one], free)] == [0]
    (label,) = place_labels([one], near)
    assert label.direction != 0
    assert not label.box.grown(1.5).overlaps(beside)


def test_the_important_stand_and_as_many_of_the_others_as_find_room() -> None:
    # Not all three can stand; the first leaves room for one of the others, if it makes some.
    labels = [
        Label((3, 14), 1, (Shape(30, 12),)),
        Label((2, 16), 1, (Shape(20, 12),)),
        Label((16, 20), 1, (Shape(8, 8),)),
    ]
    placed = place_labels(labels, Obstacles(Rect(0, 0, 40, 24)))
    assert sorted(label.index for label in placed) == [0, 2]


def test_a_label_without_room_is_set_in_another_form() -> None:
    narrow = Obstacles(Rect(0, 0, 20, 60))
    wide_first = Label((10, 30), 2, (Shape(30, 4), Shape(14, 8, cost=1.5)))
    (label,) = place_labels([wide_first], narrow)
    assert label.shape == 1
    assert narrow.frame.encloses(label.box)


def test_the_corners_of_a_round_symbol_are_free() -> None:
    # A line of paper is free past the disc but not past the square around it.
    one = Label((10, 10), 1, (Shape(6, 2),))
    for is_round in (True, False):
        obstacles = Obstacles(Rect(8, 9, 30, 11))
        obstacles.add_symbol(Rect.around((10, 10), 2, 2))
        obstacles.add_symbol(Rect.around((37, 30), 40, 40), is_round=is_round)
        assert bool(place_labels([one], obstacles)) is is_round


def test_a_box_that_is_led_may_be_nearer_to_another_but_is_apart_from_it() -> None:
    own = (30.0, 30.0)
    others = [(30.0 + x, 30.0 + y) for x in (-5, 0, 5) for y in (-5, 0, 5) if x < 5 or y]
    obstacles = Obstacles(Rect(0, 0, 90, 60))
    for at in others:
        obstacles.add_symbol(Rect.around(at, 4, 4))
    assert place_labels([Label(own, 1.5, (Shape(20, 8),))], obstacles.copy()) == []
    (led,) = place_labels([Label(own, 1.5, (Shape(20, 8, is_led=True),))], obstacles)
    assert led.leader is not None
    assert all(not led.box.grown(1).overlaps(Rect.around(at, 2, 2)) for at in others)

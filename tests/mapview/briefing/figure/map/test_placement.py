from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapview.briefing.figure.map.placement import Label, Obstacles, place_labels
from mapview.briefing.figure.paper.rect import Rect

FRAME = Rect(0.0, 0.0, 120.0, 90.0)

wanted_labels = st.lists(
    st.builds(
        Label,
        at=st.tuples(st.floats(3, 117), st.floats(3, 87)),
        r=st.floats(1, 4),
        width=st.floats(4, 40),
        height=st.floats(3, 11),
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
        assert abs(label.box.width - wanted[label.index].width) < 1e-6
        assert abs(label.box.height - wanted[label.index].height) < 1e-6


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
    one = Label((50, 50), 2, 20, 7)
    (label,) = place_labels([one], obstacles_of([one]))
    assert label.direction == 0
    assert label.leader is None
    assert 52 < label.box[0] < 54


def test_a_crowded_label_stands_off_with_a_leader() -> None:
    one = Label((50, 50), 2, 20, 7)
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
    assert place_labels([Label((50, 50), 2, 20, 7)], obstacles) == []
    assert place_labels([], Obstacles(FRAME)) == []


def test_a_label_that_stands_off_is_not_taken_for_that_of_a_neighbour() -> None:
    own, beside = Rect(44, 44, 56, 56), Rect(60, 54.2, 62, 56.2)
    free, near = Obstacles(FRAME), Obstacles(FRAME)
    for obstacles in (free, near):
        obstacles.add(own)
    free.add(beside)
    near.add_symbol(beside)
    one = Label((50, 50), 2, 20, 7)
    assert [label.direction for label in place_labels([one], free)] == [0]
    (label,) = place_labels([one], near)
    assert label.direction != 0
    assert not label.box.grown(1.5).overlaps(beside)


def test_the_try_that_places_most_is_kept() -> None:
    # The first leaves no place for the other two, unless they are tried before it.
    labels = [Label((3, 14), 1, 30, 12), Label((2, 16), 1, 20, 12), Label((16, 20), 1, 8, 8)]
    placed = place_labels(labels, Obstacles(Rect(0, 0, 40, 24)))
    assert sorted(label.index for label in placed) == [1, 2]

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapview.briefing.figure.map.placement import Box, Room, Want, place_all

FRAME = (0.0, 0.0, 120.0, 90.0)

wants = st.lists(
    st.builds(
        Want,
        at=st.tuples(st.floats(3, 117), st.floats(3, 87)),
        r=st.floats(1, 4),
        width=st.floats(4, 40),
        height=st.floats(3, 11),
    ),
    max_size=30,
)


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def room_with(marks: list[Want]) -> Room:
    room = Room(FRAME)
    for mark in marks:
        (x, y), r = mark.at, mark.r
        room.add((x - r, y - r, x + r, y + r))
    return room


@given(wants)
def test_labels_touch_nothing(wanted: list[Want]) -> None:
    labels = place_all(wanted, room_with(wanted))
    marks = [(x - r, y - r, x + r, y + r) for (x, y), r in ((one.at, one.r) for one in wanted)]
    for i, label in enumerate(labels):
        assert FRAME[0] <= label.box[0]
        assert FRAME[1] <= label.box[1]
        assert label.box[2] <= FRAME[2]
        assert label.box[3] <= FRAME[3]
        assert not any(overlap(label.box, other.box) for other in labels[i + 1 :])
        assert not any(overlap(label.box, mark) for mark in marks)
        want = wanted[label.index]
        assert abs(label.box[2] - label.box[0] - want.width) < 1e-6
        assert abs(label.box[3] - label.box[1] - want.height) < 1e-6


@given(wants)
def test_leaders_pass_through_no_label(wanted: list[Want]) -> None:
    labels = place_all(wanted, room_with(wanted))
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
    want = Want((50, 50), 2, 20, 7)
    (label,) = place_all([want], room_with([want]))
    assert label.direction == 0
    assert label.leader is None
    assert 52 < label.box[0] < 54


def test_a_crowded_label_stands_off_with_a_leader() -> None:
    want = Want((50, 50), 2, 20, 7)
    room = room_with([want])
    room.add((44, 44, 56, 56))
    (label,) = place_all([want], room)
    assert not overlap(label.box, (44, 44, 56, 56))
    assert label.leader is not None
    (x0, y0), (x1, y1) = label.leader
    assert abs((x0 - 50) ** 2 + (y0 - 50) ** 2 - 4) < 1e-6
    assert label.box[0] <= x1 <= label.box[2]
    assert label.box[1] <= y1 <= label.box[3]


def test_what_finds_no_room_is_left_out() -> None:
    room = Room(FRAME)
    room.add(FRAME)
    assert place_all([Want((50, 50), 2, 20, 7)], room) == []
    assert place_all([], Room(FRAME)) == []

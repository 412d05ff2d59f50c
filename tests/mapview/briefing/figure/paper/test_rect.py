from __future__ import annotations

import pytest

from mapview.briefing.figure.paper.rect import Rect

RECT = Rect(10, 20, 50, 40)


def test_sides_and_middle() -> None:
    assert (RECT.width, RECT.height, RECT.middle) == (40, 20, (30, 30))
    assert Rect.around(RECT.middle, 40, 20) == RECT
    assert RECT.grown(2) == Rect(8, 18, 52, 42)
    assert RECT.grown(-2).grown(2) == RECT


def test_corners_are_inside() -> None:
    lower_left, lower_right, upper_left, upper_right = RECT.corners(5, 4)
    assert (lower_left, upper_right) == (Rect(10, 36, 15, 40), Rect(45, 20, 50, 24))
    assert (lower_right, upper_left) == (Rect(45, 36, 50, 40), Rect(10, 20, 15, 24))


@pytest.mark.parametrize(
    ("other", "overlaps", "encloses"),
    [
        (RECT, True, True),
        (Rect(20, 25, 30, 30), True, True),
        (Rect(0, 0, 100, 100), True, False),
        (Rect(50, 20, 60, 40), False, False),
        (Rect(10, 0, 50, 20), False, False),
        (Rect(49, 39, 60, 60), True, False),
        (Rect(0, 25, 5, 30), False, False),
    ],
)
def test_overlap_and_inside(other: Rect, overlaps: object, encloses: object) -> None:
    assert RECT.overlaps(other) is other.overlaps(RECT) is overlaps
    assert RECT.encloses(other) is encloses


@pytest.mark.parametrize(
    ("at", "inside"),
    [((10, 20), True), ((50, 40), True), ((30, 30), True), ((9.9, 30), False), ((30, 41), False)],
)
def test_points(at: tuple[float, float], inside: object) -> None:
    assert RECT.has(at) is inside

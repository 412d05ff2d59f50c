"""The box on what sources disagree on: as many rows as fit, and how many that leaves out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mapview.bounds import TollRange
from mapview.briefing.figure.draw import drawing
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.fonts import Face
from mapview.briefing.figure.sheet.range_box import draw_ranges, set_ranges
from mapview.briefing.figure.sizes import Size

SOME = [
    TollRange(f"Place {n}", f"{n} to {9 * n} killed", n, 9 * n, (n, 9 * n), ()) for n in (3, 2, 1)
]


@pytest.mark.parametrize(
    ("most", "heading"),
    [(200, "Sources disagree"), (22, "Sources disagree: 1 of 3"), (12, None), (-5, None)],
)
def test_rows_that_find_no_room_are_counted(most: float, heading: str | None) -> None:
    box = set_ranges(SOME, Face(9), 58, most)
    assert (box.heading if box else None) == heading
    assert box is None or box.height <= most


def test_a_range_of_one_source_is_not_counted_as_a_disagreement() -> None:
    one = replace(SOME[0], is_disagreement=False)
    for rows, most, heading in (
        ([*SOME, one], 22, "Sources disagree: 1 of 3"),
        ([*SOME, one], 200, "Sources disagree, or a range is given"),
        ([one, one], 200, "A range is given"),
        ([one, one], 22, "A range is given: 1 of 2"),
    ):
        box = set_ranges(rows, Face(9), 58, most)
        assert box is not None
        assert box.heading == heading


def test_what_was_not_carried_out_for_certain_is_hollow_and_says_so() -> None:
    def drawn(one: TollRange) -> tuple[str, list[str]]:
        box = set_ranges([one], Face(9), 58, 200)
        assert box is not None
        with drawing():
            canvas = Canvas(Size(80, 80), "svg")
            draw_ranges(canvas, box, (5, 5))
            text = canvas.finish("A").decode()
        paths = re.findall(r'<path d="[^"]*z\s*" style="([^"]*)"', text)
        return text, [one for one in paths if "fill: none" not in one]

    _, (_, sure) = drawn(SOME[0])
    said, (_, doubted) = drawn(replace(SOME[0], doubts=("disputed",), is_hollow=True))
    assert "3 to 27 killed; disputed" in said
    assert "fill: #ffffff" in doubted
    assert "stroke: #" in doubted
    assert "fill: #ffffff" not in sure


def test_the_scale_is_one_and_begins_at_zero() -> None:
    box = set_ranges(SOME, Face(9), 58, 200)
    assert box is not None
    with drawing():
        canvas = Canvas(Size(80, 80), "svg")
        draw_ranges(canvas, box, (5, 5))
        text = canvas.finish("A").decode()
    assert "Lowest to highest figure, from 0 to 27" in text
    assert "1 to 9 killed" in text

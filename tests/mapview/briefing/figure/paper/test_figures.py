"""What no line ends within, in the language that is spoken."""

from __future__ import annotations

import pytest

from geodata.tongue import speaking
from mapview.briefing.figure.paper import Face, figures_in, hold_figures, width_mm, wrap

FACE = Face(10)


@pytest.mark.parametrize(
    ("spoken", "text", "found"),
    [
        ("en", "(over 170 to at least 182) and", ["over 170 to at least 182"]),
        ("en", "in 22 incidents, 3 January 2024", ["22 incidents", "3 January 2024"]),
        ("ru", "погибшие: 94 – почти 100", ["94 – почти 100"]),
        ("ar", "القتلى: 182 على الأقل", ["182 على الأقل"]),
        ("fa", "تا دست‌کم ۱۸۲ و", ["دست‌کم ۱۸۲"]),
        ("en", "IS-KP and B52, no figure", []),
    ],
)
def test_figures_are_found_with_what_belongs_to_them(
    spoken: str, text: str, found: list[str]
) -> None:
    with speaking(spoken):
        assert [one[0] for one in figures_in(text)] == found


@pytest.mark.parametrize(
    ("words", "each"), [("a", 0), ("«aaa", 0), ("May 2020 (", 1), ("1 (1 ", 2), ("at least ", 0)]
)
def test_a_text_is_read_in_time_that_grows_with_its_length(words: str, each: int) -> None:
    # So many letters took minutes where they were read once for each of them.
    assert sum(1 for _ in figures_in(words * 50_000)) == each * 50_000


def test_lines_of_a_label_hold_a_figure_and_break_before_what_is_counted() -> None:
    width = width_mm("94 to nearly 100", FACE) + 1
    held = hold_figures("94 to nearly 100 killed", FACE, width)
    assert [one.replace("\u00a0", " ") for one in wrap(held, FACE, width)] == [
        "94 to nearly 100",
        "killed",
    ]
    # What is wider than a line is broken after all.
    assert hold_figures("94 to nearly 100", FACE, width / 2) == "94 to nearly 100"


def test_days_of_two_calendars_part_before_either_breaks() -> None:
    with speaking("fa"):
        width = width_mm("(۴ اردیبهشت ۱۴۰۱)", FACE) + 1
        held = hold_figures("۲۴ آوریل ۲۰۲۲ (۴ اردیبهشت ۱۴۰۱)", FACE, width)
    assert held.split(" ") == ["۲۴\u00a0آوریل\u00a0۲۰۲۲", "(۴\u00a0اردیبهشت\u00a0۱۴۰۱)"]

"""Room for text: on the safe side, nothing lost, and cut only where there is no room."""

from __future__ import annotations

import pytest

from mapview.briefing.office.measure import ARIAL, cut, fit, height_pt, lines_of, width_pt


def test_width_grows_with_size_and_weight_and_not_with_marks() -> None:
    assert width_pt("Kabul", 20) == pytest.approx(2 * width_pt("Kabul", 10))
    assert width_pt("Kabul", 10, ARIAL) < width_pt("Kabul", 10) < width_pt("Kabul", 10, ARIAL.bold)
    assert width_pt("u\u0304", 10) == width_pt("u", 10)
    assert width_pt("東", 10) == 10


@pytest.mark.parametrize("width", [1, 30, 80, 500])
def test_lines_hold_every_letter_and_fit(width: float) -> None:
    text = "Bombing at a commemoration in Kerman and averylongwordwithoutanybreak"
    lines = lines_of(text, width, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_pt(line, 12) <= width or len(line) == 1 for line in lines)


def test_an_empty_text_takes_a_line() -> None:
    assert lines_of("", 100, 10) == []
    assert height_pt("", 100, 10) == height_pt("word", 100, 10) == 13


def test_what_has_room_is_not_cut_and_what_has_none_ends_in_dots() -> None:
    text = "one two three four five six"
    assert cut(text, 1_000, 1, 12) == text
    short = cut(text, 60, 2, 12)
    assert short.endswith("…")
    assert text.startswith(short[:-1])
    assert len(lines_of(short, 60, 12)) <= 2


def test_the_largest_size_that_fits_is_taken() -> None:
    assert fit("Kabul", 200, 30, (20, 10)) == ("Kabul", 20)
    assert fit("Kabul", 200, 14, (20, 10)) == ("Kabul", 10)
    said, size = fit("word " * 99, 100, 14, (20, 10))
    assert (said[-1], size) == ("…", 10)

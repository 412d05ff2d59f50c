"""Texts that are set whole."""

from __future__ import annotations

import pytest

from mapview.briefing.figure.paper import Face, width_mm
from mapview.briefing.figure.sheet.words import set_words, shortened

FACE = Face(10)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Kerman, 3 January 2024: 94 to nearly 100 killed; claimed", "94 to nearly 100 killed"),
        ("Kerman, 3 January 2024: 94 to nearly 100 killed; claimed", "3 January 2024"),
        ("In Kabul in 2021 (over 170 to at least 182) and so", "(over 170 to at least 182)"),
        ("Balochistan, about January 2024 and on", "January 2024"),
        ("They say 144–145 injured there", "144–145 injured"),
    ],
)
def test_no_line_ends_within_a_figure(text: str, kept: str) -> None:
    for width in range(50, 90, 3):
        found = set_words(text, FACE, width)
        assert " ".join(found.lines) == text
        assert any(kept in line for line in found.lines), (width, found.lines)
        assert all(width_mm(line, FACE) <= width for line in found.lines)


def test_nothing_is_cut_not_even_a_word_without_a_break() -> None:
    word = "Wordwithoutanybreak" * 10
    found = set_words(f"So {word} 1,234,567,890,123,456,789,012 ends", FACE, 30)
    assert "".join(found.lines).replace(" ", "") == f"So{word}1,234,567,890,123,456,789,012ends"
    assert all(width_mm(line, FACE) <= 30 for line in found.lines)


def test_what_must_be_shortened_ends_after_a_whole_word() -> None:
    text = "Note " * 100
    found = shortened(text.strip(), FACE, 40, 2)
    assert found.endswith("Note…")
    assert len(set_words(found, FACE, 40).lines) == 2
    assert shortened("Note", FACE, 40, 2) == "Note"

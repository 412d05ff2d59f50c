"""Texts that are set whole."""

from __future__ import annotations

import pytest

from geodata.tongue import speaking
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


@pytest.mark.parametrize(
    ("spoken", "text", "kept"),
    [
        ("en", "All, in Afghanistan: 8 events and 6 to 11 campaigns and counts", "8 events"),
        ("en", "All, in Afghanistan: 8 events and 6 to 11 campaigns and", "6 to 11 campaigns"),
        ("ru", "Керман, 3 января 2024: погибшие: 94 – почти 100 и ещё", "94 – почти 100"),
        ("ru", "Керман и Кабул, 3 января 2024: погибшие", "3 января 2024"),
        ("ru", "Сумма приведённых чисел погибших: не менее 938", "не менее 938"),
        ("fa", "کرمان، ۳ ژانویهٔ ۲۰۲۴ (۱۳ دی ۱۴۰۲) و", "۳ ژانویهٔ ۲۰۲۴ (۱۳ دی ۱۴۰۲)"),
        ("fa", "در کرمان کشته‌شدگان: ۹۴ تا نزدیک به ۱۰۰", "۹۴ تا نزدیک به ۱۰۰"),
        ("ar", "في كابل، 26 أغسطس 2021 (أكثر من 170 إلى 182 على الأقل)", "26 أغسطس 2021"),
        ("ar", "في كابل (أكثر من 170 إلى 182 على الأقل) وغيرها", "أكثر من 170 إلى 182 على الأقل"),
        ("tg", "Дар Кобул (беш аз 170 то на кам аз 182) ва", "беш аз 170 то на кам аз 182"),
        ("fr", "À Kaboul (plus de 170 à au moins 182) et là", "plus de 170 à au moins 182"),
        ("fr", "À Kaboul et ailleurs, 1er janvier 2024, puis", "1er janvier 2024"),
    ],
)
def test_no_line_ends_within_a_figure_or_a_date_in_any_language(
    spoken: str, text: str, kept: str
) -> None:
    with speaking(spoken):
        for width in range(53, 90, 3):
            lines = set_words(text, FACE, width).lines
            assert " ".join(lines).split() == text.split()
            assert any(kept in line for line in lines), (width, lines)


def test_what_is_counted_leaves_a_figure_before_that_is_broken() -> None:
    width = width_mm("94 to nearly 100", FACE) + 1
    found = set_words("Kerman: 94 to nearly 100 killed", FACE, width)
    assert found.lines == ("Kerman:", "94 to nearly 100", "killed")


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

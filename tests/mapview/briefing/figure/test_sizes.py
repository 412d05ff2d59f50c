from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import FormatError
from mapview.briefing.figure.sizes import SHEETS, Size, sheet_named, sheet_of


@pytest.mark.parametrize(
    ("text", "pixels"),
    [
        ("297x210mm", (3508, 2480)),
        ("297 × 210 mm", (3508, 2480)),
        ("1600x900px", (1600, 900)),
        ("1920X1080PX", (1920, 1080)),
        ("90.5x120mm", (1069, 1417)),
    ],
)
def test_sizes_are_read(text: str, pixels: tuple[int, int]) -> None:
    assert Size.parse(text).pixels == pixels


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "must be such as"),
        ("big", "must be such as"),
        ("297x210", "must be such as"),
        ("297x210in", "must be such as"),
        ("-297x210mm", "must be such as"),
        ("٣٠٠x٢٠٠mm", "must be such as"),
        ("10x210mm", "width of a figure must be within 60 and 1200 mm"),
        ("297x9000mm", "height of a figure must be within 60 and 1200 mm"),
        ("100x100px", "got 26.5 mm"),
        ("1600.5x900px", "whole numbers"),
    ],
)
def test_errors_say_what_must_hold(text: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        Size.parse(text)


def test_dpi_has_limits() -> None:
    assert Size(297, 210, 96).pixels == (1123, 794)
    with pytest.raises(FormatError, match="dpi of a figure must be within 36 and 1200, got 5000"):
        Size(297, 210, 5000)
    with pytest.raises(FormatError, match="width"):
        Size(float("nan"), 210)


@given(st.integers(240, 4000), st.integers(240, 4000))
def test_pixels_come_back(width: int, height: int) -> None:
    assert Size.parse(f"{width}x{height}px").pixels == (width, height)


def test_only_a_png_has_a_limit_of_pixels() -> None:
    poster = Size.parse("1189x841mm")
    assert poster == SHEETS["a0"].size
    with pytest.raises(
        FormatError, match=r"at most 100,000,000 pixels, got 14,043 x 9,933: .* SVG"
    ):
        poster.check_pixels()
    SHEETS["a4"].size.check_pixels()


def test_sheets_have_names() -> None:
    assert sheet_of("Card ").size.pixels == (1200, 630)
    assert sheet_of("square").size.pixels == (1080, 1080)
    assert sheet_of("180x130mm") == sheet_of("180 x 130 mm")
    assert sheet_of("180x130mm").composition == "figure"
    assert {name: one.name for name, one in SHEETS.items()} == {name: name for name in SHEETS}
    with pytest.raises(FormatError, match=r"layout must be one of a4, .*card, .* got 'poster'"):
        sheet_named("poster")

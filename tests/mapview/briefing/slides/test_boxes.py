"""Text in boxes: nothing lost, and nothing higher than its box."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapview.briefing.office.measure import UNKNOWN
from mapview.briefing.slides.boxes import Box, Para, fitted, flow, paras_height


@given(st.lists(st.text("abc ", min_size=1, max_size=300), max_size=20), st.integers(1, 3))
def test_flow_loses_no_paragraph_and_fills_no_column_too_far(texts: list[str], count: int) -> None:
    columns = Box(0, 0, 400, 120).columns(count, 10)
    slides = flow([Para(text) for text in texts], columns, UNKNOWN)
    filled = [column for slide in slides for column in slide]
    said = " ".join(para.text for column in filled for para in column)
    assert "".join(said.split()) == "".join("".join(texts).split())
    assert all(len(slide) <= count for slide in slides)
    for column in filled:
        assert paras_height(column, columns[0].width, UNKNOWN) <= 120 + 1e-6


@given(st.lists(st.text("abc ", max_size=400), min_size=1, max_size=8))
def test_fitted_text_is_no_higher_than_its_box(texts: list[str]) -> None:
    box = Box(0, 0, 200, 80)
    paras = fitted([Para(text, 14, before=3) for text in texts], box, UNKNOWN)
    assert paras_height(paras, box.width, UNKNOWN) <= box.height + 1e-6


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\ntwo", "one two"),
        (" a\x00b\x0b", "a\ufffdb\ufffd"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
    ],
)
def test_a_paragraph_holds_clean_text_alone(text: str, kept: str) -> None:
    assert Para(text).text == replace(Para("x"), text=text).text == kept

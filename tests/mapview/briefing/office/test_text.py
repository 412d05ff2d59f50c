"""Text for office files: fit for XML, cut, measured, split by script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import HOSTILE

from mapview.briefing.office.measure import ARIAL, UNKNOWN, cut, fit, lines_of, width_pt
from mapview.briefing.office.text import (
    clean,
    clean_lines,
    is_right_to_left,
    runs_of,
    shorten,
)
from mapview.briefing.office.xml import parse, serialised

ANY_TEXT = st.text(st.characters(), max_size=80)


@given(ANY_TEXT)
def test_clean_text_is_one_line_that_xml_takes(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == clean(cleaned) == " ".join(cleaned.split())
    root = parse("<a/>")
    root.text = cleaned
    assert (parse(serialised(root)).text or "") == cleaned


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_keeps_its_letters(name: str) -> None:
    visible = [one for one in HOSTILE[name] if one.isalnum()]
    assert [one for one in clean(HOSTILE[name]) if one.isalnum()] == visible


def test_what_turns_the_order_round_is_left_out_but_joiners_stay() -> None:
    assert clean("\u202egnp.exe\u202c") == "gnp.exe"
    assert clean("می\u200cخواهد") == "می\u200cخواهد"
    assert clean_lines("a\x00\n\n\u2028b") == ["a\ufffd", "b"]


@given(ANY_TEXT)
def test_runs_are_the_text(text: str) -> None:
    assert "".join(run.text for run in runs_of(text)) == text


def test_runs_know_script_and_direction() -> None:
    runs = runs_of("Kulob, Кӯлоб, کولاب, Москва, קבול")
    assert [run.lang for run in runs] == ["en-GB", "tg-Cyrl-TJ", "fa-IR", "ru-RU", "he-IL"]
    assert [run.is_rtl for run in runs] == [False, False, True, False, True]
    assert is_right_to_left("۱۲ کابل Kabul")
    assert not is_right_to_left("")


@given(st.text("ab \x00\n", max_size=60), st.integers(2, 40))
def test_shortened_text_is_clean_and_has_at_most_so_many_letters(text: str, most: int) -> None:
    assert len(shorten(text, most)) <= most
    assert shorten(text, len(text)) == clean(text)


@given(st.text("abW мش 国", max_size=60), st.floats(40, 300), st.sampled_from((8.0, 12.0, 30.0)))
def test_lines_fit_their_width_and_lose_nothing(text: str, width: float, size: float) -> None:
    lines = lines_of(text, width, size)
    assert all(width_pt(line, size) <= width + 1e-6 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text("abW ", max_size=200), st.floats(60, 300), st.integers(1, 4))
def test_cut_text_takes_no_more_lines_than_allowed(text: str, width: float, most: int) -> None:
    assert len(lines_of(cut(text, width, most, 12), width, 12)) <= most


def test_fitting_shrinks_before_it_cuts() -> None:
    assert fit("short", 200, 40, (20, 10)) == ("short", 20)
    assert fit("somewhat longer words", 130, 30, (20, 10)) == ("somewhat longer words", 10)
    text, size = fit("word " * 100, 130, 30, (20, 10))
    assert size == 10
    assert text.endswith("…")


def test_what_is_measured_is_no_narrower_than_common_fonts() -> None:
    # Widths of Liberation Sans, which are those of Arial, at 100 points.
    for text, arial in (("Responsibility", 618.0), ("not stated", 442.0), ("WMmil.", 332.0)):
        assert width_pt(text, 100, ARIAL) > arial
        assert width_pt(text, 100, UNKNOWN) > width_pt(text, 100, ARIAL)

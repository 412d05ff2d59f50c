from __future__ import annotations

import base64
import io
import re

from fontTools.ttLib import TTFont

from mapview.briefing.figure.paper.fonts import Face
from mapview.briefing.figure.paper.svg_fonts import font_rules

RULE = re.compile(
    r'font-family: "([^"]+)"; font-weight: (\d+); font-style: (\w+); .*?base64,([^)]+)\)'
)


def rules(texts: dict[Face, list[str]]) -> dict[tuple[str, str, str], set[int]]:
    """Return the letters that each font of the rules holds."""
    found = {}
    for family, weight, style, content in RULE.findall(font_rules(texts)):
        with TTFont(io.BytesIO(base64.b64decode(content))) as font:
            found[family, weight, style] = set(font.getBestCmap())
    return found


def test_a_font_holds_the_letters_used_and_plain_latin() -> None:
    [(name, letters)] = rules({Face(9): ["Ҳамла"]}).items()
    assert name == ("Noto Sans", "400", "normal")
    assert set(map(ord, "ҲамлаAz09")) <= letters
    assert ord("ж") not in letters


def test_only_faces_that_are_used_are_brought_along() -> None:
    assert rules({}) == {}
    found = rules({Face(9, bold=True): ["a"], Face(8, italic=True): ["b"]})
    assert set(found) == {("Noto Sans", "700", "normal"), ("Noto Sans", "400", "italic")}


def test_arabic_letters_have_a_font_of_their_own() -> None:
    found = rules({Face(9): ["کرمان"]})
    assert set(map(ord, "کرمان")) <= found["Noto Sans Arabic", "400", "normal"]


def test_the_same_letters_give_the_same_bytes() -> None:
    assert font_rules({Face(9): ["ab", "c"]}) == font_rules({Face(9): ["c", "ba"]})

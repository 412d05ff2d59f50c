from __future__ import annotations

import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from matplotlib.textpath import TextToPath
from samples import HOSTILE

from geodata.tongue import speaking
from mapview.briefing.figure.paper.fonts import (
    FONTS_DIR,
    MM_PER_PT,
    Face,
    _known_letters,
    clean,
    cut,
    font_files,
    parts_of,
    properties,
    width_mm,
    wrap,
)

FACE = Face(9)


def test_fonts_are_those_that_were_checked() -> None:
    lines = (FONTS_DIR / "CHECKSUMS").read_text(encoding="ascii").splitlines()
    held = {name: checksum for checksum, name in (line.split("  ") for line in lines)}
    found = {path.name: path.read_bytes() for path in FONTS_DIR.glob("*.ttf")}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in found.items()} == held
    assert sum(map(len, found.values())) < 600_000
    assert "SIL OPEN FONT LICENSE" in (FONTS_DIR / "LICENCE").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "Ғалаба ӣ ӯ ҳ ҷ қ",
        "Қазақстан ә і ң ғ ү ұ қ ө һ",
        "بمب‌گذاری در کرمان",
        "پشتو ټ ډ ړ ږ ښ",
        "Ελλάδα",
        "Jalālābād Şanlıurfa Łódź",
        "“…” – — ’",
    ],
)
def test_letters_of_the_region_come_from_the_shipped_fonts(text: str) -> None:
    from fontTools.ttLib import TTFont

    for bold in (False, True):
        held: set[int] = set()
        for path in font_files(Face(9, bold))[:2]:
            with TTFont(path) as font:
                held |= set(font.getBestCmap())
        assert {letter for letter in text if ord(letter) not in held} == set()


# Latin, Cyrillic, Arabic and what stands between words: others may begin beside their place.
RANGES = ((0x20, 0x24F), (0x400, 0x481), (0x620, 0x64A), (0x660, 0x669), (0x6A0, 0x6D3))
KNOWN = [
    letter
    for first, last in RANGES
    for letter in map(chr, range(first, last + 1))
    if ord(letter) in _known_letters() and letter.isprintable()
]
faces = st.builds(Face, st.just(20), st.booleans(), st.booleans(), st.just(0.0))


@given(st.text(st.sampled_from(KNOWN), min_size=1, max_size=30), faces)
@example("Kerman, 3 January 2024: 94 to nearly 100 killed", Face(20, italic=True))
@example("Ҳамлаи террористӣ дар Данғара, AV To. fi", Face(20, bold=True))
@example("کرمان، ۳ ژانویه: ۹۴ تا ۱۰۰", Face(20))
def test_text_is_as_wide_as_it_is_set(text: str, face: Face) -> None:
    drawn = TextToPath().get_text_width_height_descent(text, properties(face), ismath=False)[0]
    # Letters may hang over at the ends of a line, by less than a tenth of their size.
    assert width_mm(text, face) == pytest.approx(drawn * MM_PER_PT, rel=0.001, abs=face.mm / 10)


def test_arabic_script_is_joined() -> None:
    apart = sum(width_mm(letter, FACE) for letter in "بیت")
    assert width_mm("بیت", FACE) < 0.9 * apart


def test_letters_that_no_font_has_become_boxes() -> None:
    assert clean("Kabul 中") == "Kabul □"
    assert clean("a\u202eb\u2067c\x00d\ud800e") == "abcd□e"
    assert clean("one\ntwo\tthree\u2028four") == "one two three four"
    assert clean("بمب‌گذاری") == "بمب‌گذاری"
    assert clean("") == ""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_one_plain_line(text: str) -> None:
    plain = clean(text)
    assert "\n" not in plain
    assert not any("\u202a" <= letter <= "\u202e" for letter in plain)
    for width in (5.0, 30.0, 200.0):
        for line in wrap(plain, FACE, width):
            assert width_mm(line, FACE) <= width + 1e-6


words = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40), max_size=12
)


@pytest.mark.parametrize("text", ["не более 12\u00a0345 человек", "au plus 12\u202f345 personnes"])
def test_no_line_ends_within_a_number(text: str) -> None:
    for width in range(2, 60):
        lines = wrap(clean(text), FACE, width)
        assert not any(line.endswith("12") or line.startswith("345") for line in lines)
    # In a text of somebody such spaces hold nothing: a long one must find its lines.
    assert clean("one\u00a0two\u202f3\u00a0x") == "one two 3 x"


def test_no_line_begins_with_a_mark_that_stands_apart() -> None:
    with speaking("fr"):
        text = clean("lieu : « ici » ; à l’échelle, vraiment ?")
    for width in range(8, 60):
        assert not any(line[0] in ";:?!»" for line in wrap(text, FACE, width))


@given(words, st.floats(8, 120), st.integers(1, 5))
def test_lines_never_overflow(parts: list[str], width: float, most: int) -> None:
    text = clean(" ".join(parts))
    lines = wrap(text, FACE, width, most=most)
    assert len(lines) <= most
    assert all(width_mm(line, FACE) <= width + 1e-6 for line in lines)
    if width_mm(text, FACE) <= width:
        assert " ".join(lines) == " ".join(text.split())


@given(st.text(max_size=60), st.floats(4, 60))
def test_cut_text_fits_and_says_so(text: str, width: float) -> None:
    plain = clean(text)
    short = cut(plain, FACE, width)
    assert width_mm(short, FACE) <= width + 1e-6
    assert short == plain or short.endswith("…")


def test_what_is_taken_of_the_first_line_is_kept_free() -> None:
    words = "several words that take more than one line"
    whole, first = wrap(words, FACE, 40), wrap(words, FACE, 40, first_mm=25)
    assert width_mm(first[0], FACE) <= 15 < width_mm(whole[0], FACE)
    assert " ".join(first) == " ".join(whole) == words


def test_letters_set_apart_are_measured_with_what_is_between_them() -> None:
    wide = Face(9, spacing=0.2)
    plain, gap = width_mm("IRAN", FACE), 0.2 * FACE.mm
    assert width_mm("IRAN", wide) == pytest.approx(plain + 3 * gap)
    assert width_mm("I", wide) == pytest.approx(width_mm("I", FACE))
    # A mark stands on its letter.
    assert parts_of("e\u0301t") == ["e\u0301", "t"]
    assert width_mm("e\u0301t", wide) == pytest.approx(width_mm("e\u0301t", FACE) + gap)


def test_letters_that_hang_together_are_never_set_apart() -> None:
    for word in ("ایران", "العراق"):
        assert width_mm(word, Face(9, spacing=0.2)) == width_mm(word, FACE)

"""The parts of a page: packed data, inline scripts, the colours of both themes."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapview import assets
from mapview.briefing.page import parts as page_parts
from mapview.briefing.page.parts import pack, policy, script_json, scripts, stylesheet
from mapview.cartography.style import PALETTE

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
FOLDER = Path(assets.__file__).parent / "page"


@given(VALUES)
def test_packed_data_open_again(value: object) -> None:
    block = pack("one", value)
    assert json.loads(gzip.decompress(base64.b64decode(block.text))) == value
    assert set(block.text) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    )


def test_half_a_surrogate_pair_stays_readable_json() -> None:
    packed = pack("one", ["\ud83d"])
    assert json.loads(gzip.decompress(base64.b64decode(packed.text))) == ["\ud83d"]


@given(VALUES)
def test_json_in_a_script_cannot_end_it(value: object) -> None:
    text = str(script_json(value))
    assert json.loads(text) == value
    assert not set("<>&'") & set(text)


def test_every_style_of_the_page_is_listed() -> None:
    of_all = {one.removeprefix("page/") for one in assets.STYLESHEETS if one.startswith("page/")}
    assert {path.name for path in FOLDER.glob("*.css")} == of_all | {*page_parts.PAGE_STYLES}


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_each_says_what_it_owns_and_is_short(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert "Owns" in lines[0]
    assert len(lines) <= 400


@pytest.mark.parametrize("path", sorted(FOLDER.parent.rglob("*.js")), ids=lambda path: path.name)
def test_no_template_is_nested_in_another(path: Path) -> None:
    """What takes the spaces out of scripts would take them out of such text too."""
    nested = [
        line
        for line in path.read_text("utf-8").splitlines()
        if line.count("`") % 2 or re.search(r"\$\{[^}`]*`[^}]*\}", line)
    ]
    assert nested == []


def test_scripts_are_text_only() -> None:
    own = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.js"))
    for unsafe in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
    ):
        assert unsafe not in own


def test_words_survive_minifying() -> None:
    _, own = scripts()
    for words in ("not on the map", "outside this part of the map.", "Previous in the table"):
        assert words in own


def test_no_inline_text_may_end_its_element() -> None:
    with pytest.raises(ValueError, match="must not end its element"):
        page_parts._inline("var a = '</SCRIPT>';")


def test_both_themes_have_every_colour() -> None:
    styles = str(stylesheet())
    for name, tone in PALETTE.items():
        variable = f"--mapview-{name.replace('_', '-')}:"
        assert f"{variable}{tone.light}" in styles
        assert f"{variable}{tone.dark}" in styles
    assert "--mapview-" not in styles.partition("@media screen")[0].partition("color-scheme")[0]


def test_policy_has_a_hash_for_each() -> None:
    text = policy(["a", "b"], ["c"])
    assert text.count("sha256-") == 3
    assert "unsafe" not in text

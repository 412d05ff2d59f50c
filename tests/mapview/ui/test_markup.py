"""Templates escape every value; labels are Markdown in which nothing has a meaning."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from samples import HOSTILE, Tags

from mapview.ui.markup import group_address, group_link, plain, render

MEANINGFUL = set("\\`*_{}[]()<>#+-.!|~:$@^=")


def read(label: str) -> str:
    """A label as Markdown shows it: a backslash before a sign of punctuation is not shown."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", label)


@given(st.text(max_size=300))
def test_label_reads_as_the_text(text: str) -> None:
    label = plain(text, most=1_000)
    assert read(label) == " ".join(text.split())
    bare = re.sub(r"\\.", "", label, flags=re.DOTALL)
    assert not MEANINGFUL & set(bare)
    assert "\n" not in label


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_label(text: str) -> None:
    assert re.search(r"(?<!\\)[\[$:<`*_]", plain(text).replace("\\\\", "")) is None


def test_label_is_cut() -> None:
    assert read(plain("a" * 300)) == "a" * 199 + "…"
    assert plain("a" * 200) == "a" * 200
    assert plain("a.b.c", most=3) == "a\\.…"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_template_is_escaped(text: str) -> None:
    group = SimpleNamespace(id=text, name=text, kind=text)
    seen = Tags(render("groups.html", groups=[group], labels={text: "other"}, kinds={text: "kind"}))
    assert set(seen.tags) == {"a", "article", "bdi", "h1", "li", "p", "span", "ul"}
    assert seen.values("href") == [group_address(text)]
    assert text.replace("\r\n", "\n") in seen.text.replace("\r\n", "\n")


def test_words_without_an_id_are_no_link() -> None:
    assert group_link("", "<b>") == "&lt;b&gt;"


def test_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("groups.html", groups=[SimpleNamespace(id="a", name="b", kind="c")])


def test_a_name_does_not_turn_what_stands_beside_it() -> None:
    person = SimpleNamespace(name="\u202e<b>")
    page = render("signed_in.html", person=person, role="reader", address="out")
    said = "<bdi>Signed in as \u202e&lt;b&gt; (reader).</bdi>"
    assert page.partition(" <a ")[0] == f'<p class="signed-in">{said}'

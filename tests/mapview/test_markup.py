"""A source is text, and a link only with an address, in the app and in pages alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from samples import HOSTILE, Tags

from mapview.lines import SourceLine
from mapview.markup import source_link, templates_in


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_source_is_a_link_only_with_an_address(text: str) -> None:
    plain = Tags(source_link(SourceLine("a", text)))
    assert (plain.tags, plain.text) == (["bdi"], text)
    linked = Tags(source_link(SourceLine("a", text, 'https://example.org/"x')))
    assert (linked.tags, linked.text) == (["a", "bdi"], text)
    assert linked.values("href") == ['https://example.org/"x']
    assert linked.values("rel") == ["noopener noreferrer"]


def test_templates_escape_and_lack_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("{{ one }}|{{ source(line) }}", "utf-8")
    template = templates_in(tmp_path).get_template("a.html")
    line = SourceLine("s", "<S>")
    assert template.render(one="<b>", line=line) == "&lt;b&gt;|<bdi>&lt;S&gt;</bdi>"
    with pytest.raises(UndefinedError):
        template.render(line=line)

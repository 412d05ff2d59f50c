"""The only place of the page where HTML is made: templates that escape everything put into them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mapview.lines import SourceLine

__all__ = ["plain", "render", "show", "show_counts", "show_styles"]

_HERE = Path(__file__).parent
# Letters to which Markdown gives a meaning, in labels that Streamlit reads as Markdown.
_MARKDOWN = str.maketrans({letter: f"\\{letter}" for letter in "\\`*_{}[]()<>#+-.!|~:$@^="})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.globals["source"] = _source
    return environment


def _source(line: SourceLine) -> Markup:
    if not line.url:
        return Markup("{}").format(line.text)
    # Markup.format escapes what is put into it.
    link = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
    return link.format(line.url, line.text)


def render(template: str, **values: object) -> str:
    """Return a template filled in; every value is escaped.

    Args:
        template: Name of a file in `templates/`.
        values: What the template uses.
    """
    return _environment().get_template(template).render(**values)


def show(template: str, **values: object) -> None:
    """Put a filled-in template on the page."""
    st.html(render(template, **values))


def show_styles() -> None:
    """Put the page's own styles on it."""
    st.html(_HERE / "page.css")


def show_counts(key: str, counts: Sequence[int | None]) -> None:
    """Put a number behind each choice of a row of buttons.

    Streamlit knows a choice by its label: with the number in it, a click that is on its way while
    the numbers change would be lost.

    Args:
        key: The widget's key.
        counts: A number for each choice, or `None` for none.
    """
    show("counts.html", key=key, counts=counts)


def plain(text: str, *, most: int = 200) -> str:
    r"""Return a text that Streamlit's Markdown shows letter by letter, cut at `most`.

    Example:
        >>> plain("*a* [b](c)")
        '\\*a\\* \\[b\\]\\(c\\)'
    """
    line = " ".join(text.split())
    short = line if len(line) <= most else f"{line[: most - 1]}…"
    return short.translate(_MARKDOWN)

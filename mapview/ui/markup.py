"""The page's own HTML: its templates filled in, and labels in which no letter has a meaning."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from mapview.markup import templates_in

__all__ = ["OF_KEY", "group_address", "plain", "render", "show", "show_styles"]

_HERE = Path(__file__).parent
OF_KEY = "of"
_TEMPLATES = templates_in(_HERE / "templates")
# Letters to which Markdown gives a meaning, in labels that Streamlit reads as Markdown.
_MARKDOWN = str.maketrans({letter: f"\\{letter}" for letter in "\\`*_{}[]()<>#+-.!|~:$@^="})


def render(template: str, **values: object) -> str:
    """Return a template filled in; every value is escaped.

    Args:
        template: Name of a file in `templates/`.
        values: What the template uses.
    """
    return _TEMPLATES.get_template(template).render(**values)


def group_address(identifier: str) -> str:
    """Return the address of a group's page, from any page of the app.

    Example:
        >>> group_address("a&b")
        './groups?of=a%26b'
    """
    return f"./groups?{OF_KEY}={quote(identifier, safe='')}"


def group_link(identifier: str, words: str) -> Markup:
    """Return words that name a group as a link to its page, if it has one."""
    if not identifier:
        return Markup("{}").format(words)
    link = Markup('<a href="{}" target="_self">{}</a>')
    return link.format(group_address(identifier), words)


_TEMPLATES.globals["group_link"] = group_link


def show(template: str, **values: object) -> None:
    """Put a filled-in template on the page."""
    st.html(render(template, **values))


def show_styles() -> None:
    """Put the page's own styles on it."""
    st.html(_HERE / "page.css")


def plain(text: str, *, most: int = 200) -> str:
    r"""Return a text that Streamlit's Markdown shows letter by letter, cut at `most`.

    Example:
        >>> plain("*a* [b](c)")
        '\\*a\\* \\[b\\]\\(c\\)'
    """
    line = " ".join(text.split())
    short = line if len(line) <= most else f"{line[: most - 1]}…"
    return short.translate(_MARKDOWN)

"""The page's own HTML: its templates filled in, and labels in which no letter has a meaning."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode

import streamlit as st
from markupsafe import Markup

from geodata.tongue import (
    ENGLISH,
    comma,
    describe_date,
    digits,
    is_english,
    is_from_right,
    language,
    number,
    parted,
    say,
    say_many,
)
from mapview.faults import told_as, told_fault
from mapview.markup import templates_in
from mapview.ui.spoken import choose, keep, speaks, with_language

__all__ = [
    "ENGLISH", "OF_KEY", "choose", "comma", "day_words", "describe_date", "digits",
    "group_address", "is_english", "keep", "language", "map_address", "number", "parted", "plain",
    "render", "say", "say_many", "show", "show_styles", "speaks", "told_as", "told_fault",
    "warn", "with_language",
]  # fmt: skip

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
    return f"./groups?{OF_KEY}={quote(identifier, safe='')}{'' if is_english() else _language()}"


def map_address(**values: str | tuple[str, ...]) -> str:
    """Return the address of the page with the map that shows something.

    Example:
        >>> map_address(id="a b", role=("actor", "target"))
        './?id=a%20b&role=actor&role=target'
    """
    query = urlencode(values, doseq=True, quote_via=quote)
    return f"./?{query}{'' if is_english() else _language()}"


def _language() -> str:
    # Such a link opens the program anew, which knows nothing of what was spoken.
    return f"&lang={language()}"


def group_link(identifier: str, words: str) -> Markup:
    """Return words that name a group as a link to its page, if it has one."""
    if not identifier:
        return Markup("{}").format(words)
    link = Markup('<a href="{}" target="_self">{}</a>')
    return link.format(group_address(identifier), words)


_TEMPLATES.globals |= {"group_link": group_link, "map_address": map_address}


def show(template: str, **values: object) -> None:
    """Put a filled-in template on the page."""
    st.html(render(template, **values))


def show_styles() -> None:
    """Put the page's own styles on it."""
    st.html(_HERE / "page.css")
    if is_from_right():
        st.html(_HERE / "from_right.css")


def day_words(day: date | str | None) -> str:
    """Return a day as it is, or in words where these are not English; empty for none.

    Args:
        day: ISO 8601, such as 2024-01-03.
    """
    return str(day or "") if is_english() or not day else describe_date(str(day))


def plain(text: str, *, most: int = 200) -> str:
    r"""Return a text that Streamlit's Markdown shows letter by letter, cut at `most`.

    Example:
        >>> plain("*a* [b](c)")
        '\\*a\\* \\[b\\]\\(c\\)'
    """
    line = " ".join(text.split())
    short = line if len(line) <= most else f"{line[: most - 1]}…"
    return short.translate(_MARKDOWN)


def warn(sentence: str, fault: str, *, is_all: bool = False) -> None:
    """Draw a warning.

    Args:
        sentence: What could not be done, in the page's language and without a full stop.
        fault: Why, as the fault has it, in English.
        is_all: Whether nothing else can be shown.
    """
    told = told_fault(fault)
    why = plain(told or "", most=1_000)
    words = say("{label}: {values}", label=sentence, values=why) if told else sentence
    (st.error if is_all else st.warning)(f"{words}.")
    if not told:
        show("english.html", text=fault[:1_000])

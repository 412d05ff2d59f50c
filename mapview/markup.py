"""Where HTML is made, for the app and for pages: templates that escape everything put into them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geodata.tongue import (
    LANGUAGES,
    comma,
    digits,
    in_brackets,
    is_english,
    is_from_right,
    labelled,
    language,
    number,
    say,
    say_many,
)
from mapview.lines import SourceLine

__all__ = ["say", "source_link", "templates_in"]


def templates_in(folder: Path) -> Environment:
    """Return the templates of a folder; in them, `source` makes a source a link and `say` says."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["source"] = source_link
    environment.globals |= {
        "say": say,
        "say_many": say_many,
        "labelled": labelled,
        "is_english": is_english,
        "language": language,
        "is_from_right": is_from_right,
        "languages": LANGUAGES,
        "number": number,
        "digits": digits,
        "comma": comma,
        "own": own,
        "stood": stood,
    }
    return environment


def own() -> Markup:
    """Return the attributes of what has the words of records, which are English, in any page."""
    return Markup() if is_english() else Markup(' lang="en" dir="auto"')


def stood(stance: str) -> str:
    """Return what a party did with a claim, to stand behind it: a verb in English alone.

    Example:
        >>> stood("said it was"), stood("")
        (' said it was', '')
    """
    if is_english():
        return f" {stance}" if stance else ""
    return in_brackets([stance.rstrip(" :")])


def source_link(line: SourceLine) -> Markup:
    """Return a source as it is cited, as a link when it has an address.

    Example:
        >>> print(source_link(SourceLine("a", "A & B")))
        <bdi>A &amp; B</bdi>
    """
    # Markup.format escapes what is put into it.
    text = Markup("<bdi{}>{}</bdi>").format("" if is_english() else Markup(' lang="en"'), line.text)
    if not line.url:
        return text
    link = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
    return link.format(line.url, text)

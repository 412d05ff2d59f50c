"""The stage: the elements in which app, embedded map and page show their records."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from geodata.tongue import handed, language, messages_of
from mapview.assets import DROP_ENTRY, FRAME_ENTRY, PAGE_ENTRY
from mapview.assets.bundle import texts_among
from mapview.layer.known import vocabulary
from mapview.markup import templates_in

__all__ = ["app_skeleton", "said_by_scripts", "stage_skeleton", "tongue_of_scripts"]

_TEMPLATES = templates_in(Path(__file__).parent / "templates")


def stage_skeleton(title: str, *, has_document: bool) -> Markup:
    """Return the stage of a page that carries its records.

    Args:
        title: Its heading.
        has_document: Whether a document with sources stands under it, to which a link leads.
    """
    template = _TEMPLATES.get_template("plain.html")
    return Markup(template.render(title=title, document=has_document))  # noqa: S704 - escaped there


def app_skeleton() -> str:
    """Return the stage of the app, with what only it can do, in the language that is spoken."""
    return _TEMPLATES.get_template("app.html").render()


def tongue_of_scripts(code: str = "") -> dict[str, Any]:
    """Return what the stage's scripts are handed of a language; nothing of English.

    Args:
        code: One of `LANGUAGES`; the language that is spoken without one.
    """
    code = code or language()
    return handed(code, said_by_scripts(code))


@cache
def said_by_scripts(code: str) -> frozenset[str]:
    """Return the messages of a language's catalogue that the stage's scripts may say.

    They say texts that stand in them, and names of values that they are handed.
    """
    known = messages_of(code)
    values = {word for words in vocabulary().values() for word in words if isinstance(word, str)}
    return texts_among(known, FRAME_ENTRY, PAGE_ENTRY, DROP_ENTRY) | (values & known)

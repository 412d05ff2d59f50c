"""The stage: the elements in which app, embedded map and page show their records."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from mapview.markup import templates_in

__all__ = ["app_skeleton", "stage_skeleton"]

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

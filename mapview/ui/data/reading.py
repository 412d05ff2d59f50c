"""How the whole file is read: its sheet, its letters, like a dataset before it, with doubts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from geodata.errors import GeodataError
from geodata.importing import Looked, Settings
from geodata.workspace import Workspace, read_recipe
from mapview.ui import markup
from mapview.ui.data import choices
from mapview.ui.markup import say, speaks

__all__ = ["show"]


def show(token: str, looked: Looked) -> None:
    """Draw the choices that are of no single card.

    Args:
        token: Of the file.
        looked: What was found in it.
    """
    sheets = looked.sheets
    settings = choices.said(token)
    known = [one.name for one in Workspace().datasets()]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(sheets) > 1:
            options = ["", *sheets]
            _select(
                token,
                "Sheet",
                {name: name or say("As guessed") for name in options},
                settings.sheet or "",
                lambda one, name: replace(one, sheet=name or None),
            )
        if looked.letters:
            said = settings.encoding
            # What they read comes first: on a narrow page the rest is cut.
            read_so = {codec: f"{words}: {label}" for codec, label, words in looked.letters}
            _select(
                token,
                "Letters",
                {"": say("As guessed"), **({said: said} if said else {}), **read_so},
                said,
                _with_letters,
            )
        if known:
            _select(
                token,
                "Read like",
                {name: name or say("Nothing: guess") for name in ["", *known]},
                "",
                lambda _, name: _recipe_of(name) if name else Settings(),
            )
    _check(
        token,
        "Leave rows with a doubt out",
        settings.rejects_doubtful,
        lambda one, is_on: replace(one, rejects_doubtful=is_on),
    )


def _with_letters(settings: Settings, codec: str) -> Settings:
    given = {name: text for name, text in settings.given.items() if name != "encoding"}
    return replace(settings, given={**given, **({"encoding": codec} if codec else {})})


@speaks
def _recipe_of(name: str) -> Settings:
    try:
        return read_recipe(Workspace().get(name).file("recipe.toml"))
    except GeodataError as error:
        markup.warn(say("How it was read is not known"), str(error))
        return Settings()


def _select(
    token: str,
    label: str,
    options: dict[str, str],
    chosen: str,
    change: Callable[[Settings, str], Settings],
) -> None:
    def take(key: str) -> None:
        value: str = st.session_state[key]
        choices.change(token, lambda one: change(one, value))

    _widget(
        st.selectbox, token, label, take, options=list(options), format_func=options.__getitem__,
        index=list(options).index(chosen) if chosen in options else 0,
    )  # fmt: skip


def _check(
    token: str, label: str, value: object, change: Callable[[Settings, bool], Settings]
) -> None:
    def take(key: str) -> None:
        is_on = bool(st.session_state[key])
        choices.change(token, lambda one: change(one, is_on))

    _widget(st.checkbox, token, label, take, value=value)


def _widget(
    draw: Callable[..., Any], token: str, label: str, take: Callable[[str], None], **more: Any
) -> None:
    key = f"data_{label}_{token}"
    draw(say(label), key=key, on_change=take, args=(key,), **more)

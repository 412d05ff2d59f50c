"""In which language a page of the app speaks, how another is chosen, and how it goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from geodata.tongue import ENGLISH, LANGUAGES, language, say, speaking

__all__ = ["LANGUAGE_KEY", "choose", "keep", "page_language", "speaks", "with_language"]

LANGUAGE_KEY = "lang"
_KEPT = "language_kept"
_OTHER = "language_other"
_P = ParamSpec("_P")
_R = TypeVar("_R")


def page_language() -> str:
    """Return the language that the address asks for; the stage says of another that it is none.

    From a page beside the map nothing may come back with the address: the stage finds what it
    showed again, and so does this.
    """
    asked = str(st.query_params.get(LANGUAGE_KEY, ""))
    asked = asked or ("" if st.query_params else st.session_state.get(_KEPT, ""))
    return asked if asked in LANGUAGES else ENGLISH


def keep(code: str = "") -> None:
    """Keep a language for a page that is opened with nothing in its address.

    Args:
        code: Which one; English if it is none of ours, and the one that is spoken without any.
    """
    code = code or language()
    st.session_state[_KEPT] = code if code in LANGUAGES else ENGLISH
    if st.session_state[_KEPT] != ENGLISH:
        st.session_state[_OTHER] = True


def speaks(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Let a function speak the page's language where Streamlit calls it by itself.

    It does so with fragments, dialogs, and what a press of a button does.
    """

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with speaking(page_language()):
            return function(*args, **kwargs)

    return run


def with_language(values: dict[str, str] | None = None) -> dict[str, str]:
    """Return values of an address with the language, where it would not be known without."""
    # Of English, too, after another: the stage was left in that one.
    is_known = language() == ENGLISH and not st.session_state.get(_OTHER)
    return {**(values or {}), **({} if is_known else {LANGUAGE_KEY: language()})}


def choose() -> None:
    """Draw the choice of a language; whatever else the address says stays."""
    spoken = language()
    # By its language, so that an address with another one is not overruled by what was chosen.
    key = f"language_{spoken}"

    def take() -> None:
        st.query_params[LANGUAGE_KEY] = st.session_state[key]

    st.selectbox(
        say("Language"),
        list(LANGUAGES),
        list(LANGUAGES).index(spoken),
        key=key,
        format_func=lambda code: LANGUAGES[code],
        on_change=take,
        label_visibility="collapsed",
        width=130,
    )

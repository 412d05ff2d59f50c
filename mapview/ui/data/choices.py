"""What somebody said of a file that is being checked, kept while its page is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import streamlit as st

from geodata.importing import ROLES, Question, RowKind, Settings

__all__ = ["ROW_WORDS", "answer", "change", "forget", "said", "take_back"]

_KEY = "data_said"
ROW_WORDS: Final = {
    RowKind.INCIDENT: "an incident",
    RowKind.VICTIM: "a victim of an incident",
    RowKind.COUNT: "a count of many incidents",
    RowKind.POSITION: "a position of a group",
}
# An answer on one of a pair settles the other.
_PAIR = {"lat": "lon", "lon": "lat"}


def said(token: str) -> Settings:
    """Return what was said of a file."""
    kept: dict[str, Settings] = st.session_state.get(_KEY, {})
    return kept.get(token, Settings())


def change(token: str, with_it: Callable[[Settings], Settings]) -> None:
    """Say something of a file; only of one at a time anything is kept."""
    st.session_state[_KEY] = {token: with_it(said(token))}


def forget() -> None:
    """Let go of what was said."""
    st.session_state.pop(_KEY, None)


def answer(token: str, question: Question, given: str) -> None:
    """Answer a question.

    Args:
        token: Of the file.
        question: Which one.
        given: One of its answers, as the command line takes it.
    """
    name, _, value = given.partition("=")
    if name == "row":
        change(token, lambda one: replace(one, row=RowKind(value)))
        return
    new = {name: value}
    others = [one.partition("=")[2] for one, _ in question.answers]
    if name in _PAIR and value in others and len(others) == len(_PAIR):
        new[_PAIR[name]] = next(one for one in others if one != value)
    change(token, lambda one: replace(one, given={**one.given, **new}))


def take_back(token: str, name: str) -> None:
    """Let a part be guessed again."""

    def without(one: Settings) -> Settings:
        if name == "row":
            return replace(one, row=None)
        gone = {name, _PAIR.get(name, name)} if name in ROLES else {name}
        return replace(one, given={key: text for key, text in one.given.items() if key not in gone})

    change(token, without)

"""Which dataset the next file is for: said in the list, or where a file is checked."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geodata.workspace import Workspace
from mapview.ui.markup import say

__all__ = ["OF_UPDATE", "is_wanted", "offer", "want"]

_NAME: Final = "data_updating"
# What is kept while a file is compared begins so.
OF_UPDATE: Final = "data_update_of_"


def want(name: str | None) -> None:
    """Let the next file that is handed in be the new one of a dataset; `None` for none."""
    for key in list(st.session_state):
        if str(key) == _NAME or str(key).startswith(OF_UPDATE):
            del st.session_state[key]
    if name:
        st.session_state[_NAME] = name


def is_wanted() -> str:
    """Return the name of the dataset that the next file is for; empty if it is for none."""
    name = str(st.session_state.get(_NAME, ""))
    return name if name and Workspace().has(name) else ""


def offer(token: str) -> None:
    """Draw the choice of a dataset that a file is the new one of."""
    names = ["", *(one.name for one in Workspace().datasets())]
    key = f"data_new_of_{token}"

    def take() -> None:
        want(st.session_state[key])

    if len(names) > 1:
        st.selectbox(
            say("New file, or corrected rows, of"),
            names,
            key=key,
            format_func=lambda one: one or say("No dataset: make one"),
            on_change=take,
        )

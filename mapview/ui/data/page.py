"""Owns the order of the page "Data": the field for a file, its check, the datasets there are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st
import streamlit.components.v1 as components
from streamlit.navigation.page import StreamlitPage

from mapview.layer.stage import tongue_of_scripts
from mapview.ui import markup
from mapview.ui.data import check, duplicates, listing, update, wanted
from mapview.ui.faults import kept_apart
from mapview.ui.markup import say
from mapview.ui.visitor import visitor
from mapview.web.handing import incoming, refusal_of_files

__all__ = ["show"]

_SEEN = "data_file_seen"
_drop = components.declare_component("mapview_drop", path=str(Path(__file__).parent / "drop"))


def show(pages: Mapping[str, StreamlitPage], checking: check.Work, updating: update.Work) -> None:
    """Draw the page.

    Args:
        pages: All pages, by name.
        checking: Reads a file, and makes a dataset of it.
        updating: Compares a file with a dataset, and puts it in its place.
    """
    sentence = refusal_of_files(visitor())
    st.html(Path(__file__).parent / "data.css")
    told = markup.told_fault(sentence)
    markup.show("data_head.html", sentence=told or sentence, is_own=told is None)
    if sentence:
        return
    token = _handed_in()
    if token:
        path = incoming().find(token)
        if path is None:
            st.info(say("That file is no longer here; hand it in again."))
        else:
            with kept_apart("The file cannot be shown"):
                if wanted.is_wanted():
                    update.show(token, path, updating, pages["map"])
                    return
                check.show(token, path, checking, pages["map"])
            return
    with kept_apart("The list of datasets cannot be shown"):
        listing.show(pages["map"])
    with kept_apart("The list of possible duplicates cannot be shown"):
        duplicates.show()


def _handed_in() -> str:
    """Return the token of the file that is to be checked; the field keeps its last one."""
    # It is drawn anew when the file is there, and then no longer says that it is read.
    value: Any = _drop(
        key="data_drop",
        default=None,
        file=st.query_params.get(markup.OF_KEY, ""),
        tongue=tongue_of_scripts(),
    )
    if isinstance(value, Mapping) and value.get("n") != st.session_state.get(_SEEN):
        st.session_state[_SEEN] = value.get("n")
        st.query_params[markup.OF_KEY] = str(value.get("file", ""))
        st.rerun()
    return st.query_params.get(markup.OF_KEY, "")

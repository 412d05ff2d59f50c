"""The page with the map: what stands where."""

from __future__ import annotations

from functools import partial
from typing import Protocol

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geodata.formats.registry import Format
from geodata.queries import Filter, Store, describe_filter
from geodata.scope import describe_scope
from mapview.data import load_problems
from mapview.exports import EXPORTS, export_name
from mapview.settings import current_settings
from mapview.ui import map_panel, markup, panel, sharing, sidebar, timeline
from mapview.ui.faults import kept_apart
from mapview.ui.state import ViewState, current, save_address, take_report
from mapview.workers import made, queue_of, write_export

__all__ = ["show"]

_MOST_PROBLEMS = 200


class Dialog(Protocol):
    """What a button above the map opens."""

    def ask(self) -> None:
        """Open it."""

    def is_due(self) -> bool:
        """Return whether it is to be drawn without a press of the button."""

    def show(self, state: ViewState, store: Store) -> None:
        """Draw it."""


def show(store: Store, about: StreamlitPage, briefing: Dialog) -> None:
    """Draw the page.

    What is filled first reaches the browser first, so the map is told before anything is counted.

    Args:
        store: The records.
        about: The page that describes them, to link to.
        briefing: The dialog that makes one.
    """
    state = current()
    notices, head, page = st.container(), st.container(key="head"), st.container(key="page")
    left, right = page.columns([7, 3], gap="small")
    with left, st.container(key="map"), kept_apart("the map"):
        map_panel.show(state, store)
    with notices, kept_apart("what is to be known first"):
        _notices(store)
    with head, kept_apart("the head of the page"):
        _head(state, store, about, briefing)
    with right, st.container(key="side"), kept_apart("what stands beside the map"):
        panel.show(state, store)
    with kept_apart("the timeline"):
        timeline.show(state.chosen, store)
    with st.sidebar, kept_apart("the filters"):
        sidebar.show(state.chosen, store)
    save_address(current())


def _notices(store: Store) -> None:
    for sentence in (take_report(), sharing.notice(store)):
        if sentence:
            st.warning(markup.plain(sentence, most=1_000))
    if store.changes:
        with st.expander("What is shown is not all that is known"):
            st.text("\n".join(store.changes))
    problems = load_problems()
    # They quote records, of which not all may be public.
    if problems and not current_settings().is_public:
        with st.expander(f"{len(problems):,} problems: some records were left out"):
            st.text("\n".join(str(problem) for problem in problems[:_MOST_PROBLEMS]))


def _head(state: ViewState, store: Store, about: StreamlitPage, briefing: Dialog) -> None:
    words, actions = st.columns([5, 4], vertical_alignment="center")
    with words:
        markup.show(
            "head.html",
            words=describe_filter(state.chosen, store.context),
            scope=describe_scope(store.totals(state.chosen)),
        )
    row = actions.container(
        key="actions", horizontal=True, horizontal_alignment="right", vertical_alignment="center"
    )
    row.page_link(about, label="About the record")
    asked = row.button(
        "Briefing",
        help="Make a page, figure, slides or document of this",
        on_click=briefing.ask,
    )
    if asked or briefing.is_due():
        briefing.show(state, store)
    # Moving the map runs no script, so the links are made when they are asked for.
    share = row.popover("Share", key=sharing.OPEN, on_change=sharing.ask)
    if share.open:
        with share:
            sharing.show(state, store)
    with row.popover("Download"):
        for kind in EXPORTS.values():
            st.download_button(
                kind.label,
                data=partial(_bytes_of, kind, state.chosen),
                file_name=export_name(state.chosen, kind),
                mime=kind.media_type.partition(";")[0],
                on_click="ignore",
                width="stretch",
            )
        st.caption(
            "The incidents and base areas that the filter shows, with all claims and sources."
        )


def _bytes_of(kind: Format, chosen: Filter) -> bytes:
    with made(queue_of("exports"), write_export, chosen, kind.ending) as file:
        return file.read()

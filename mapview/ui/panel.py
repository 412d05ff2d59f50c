"""Which panel stands beside the map, and the buttons to change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from geodata.queries import Store
from mapview.ui import markup
from mapview.ui.panels import details, table, unplaced, welcome
from mapview.ui.state import Panel, ViewState, bind, change

__all__ = ["PANELS", "show"]

_Show = Callable[[ViewState, Store], None]


def show(state: ViewState, store: Store) -> None:
    """Draw the panel that the state asks for."""
    bind("panel", state.panel)
    count = store.totals(state.chosen).off_map
    markup.show_counts("panel", [f"{count:,}" if one is Panel.UNPLACED else "" for one in Panel])
    st.segmented_control(
        "Beside the map",
        list(Panel),
        key="panel",
        format_func=lambda one: PANELS[one][0],
        label_visibility="collapsed",
        on_change=_take_panel,
    )
    PANELS[state.panel][1](state, store)


def _take_panel() -> None:
    change(panel=st.session_state["panel"] or Panel.DETAILS)


def _details(state: ViewState, store: Store) -> None:
    is_chosen = state.selected is not None or bool(state.areas)
    (details if is_chosen else welcome).show(state, store)


# What its button says, and who draws it.
PANELS: Mapping[Panel, tuple[str, _Show]] = {
    Panel.DETAILS: ("Details", _details),
    Panel.TABLE: ("Table", table.show),
    Panel.UNPLACED: ("Not on the map", unplaced.show),
}

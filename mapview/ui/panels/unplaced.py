"""The incidents that no map shows, as a table."""

from __future__ import annotations

import streamlit as st

from geodata.queries import Store
from geodata.scope import describe_off_map
from mapview.ui.panels.rows import MOST_ROWS, draw_rows
from mapview.ui.state import ViewState

__all__ = ["show"]


def show(state: ViewState, store: Store) -> None:
    """Draw the table, and say why it is here."""
    st.caption(
        "Events that no source places more closely than their country, and campaigns and counts "
        "over many events, which are listed only."
    )
    for heading, numbers in describe_off_map(store.off_map_by_country(state.chosen)):
        st.caption(f"{heading}: {numbers}.")
    rows = store.unplaced(state.chosen, limit=MOST_ROWS)
    if not rows:
        st.caption("None.")
        return
    total = store.totals(state.chosen).off_map
    draw_rows("unplaced", rows, total, state, context=store.context, find=store.incident)

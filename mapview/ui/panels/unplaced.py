"""The incidents that no map shows, as a table."""

from __future__ import annotations

import streamlit as st

from geodata.queries import Store
from mapview.ui.panels.rows import MOST_ROWS, draw_rows
from mapview.ui.state import ViewState

__all__ = ["show"]


def show(state: ViewState, store: Store) -> None:
    """Draw the table, and say why it is here."""
    st.caption("No source places these more closely than their country, so no map shows them.")
    rows = store.unplaced(state.chosen, limit=MOST_ROWS)
    if not rows:
        st.caption("None.")
        return
    total = store.totals(state.chosen).unplaced
    draw_rows("unplaced", rows, total, state, context=store.context, find=store.incident)

"""The incidents that the filter finds, as a table."""

from __future__ import annotations

import streamlit as st

from geodata.queries import Store
from geodata.records import ClaimAbout
from mapview.ui import markup
from mapview.ui.panels.loosening import nothing_found
from mapview.ui.panels.rows import MOST_ROWS, draw_rows
from mapview.ui.state import ViewState

__all__ = ["show"]


def show(state: ViewState, store: Store) -> None:
    """Draw the table."""
    rows = store.table(state.chosen, limit=MOST_ROWS)
    if not rows:
        nothing_found(state.chosen)
        return
    for about in (ClaimAbout.FATALITIES, ClaimAbout.INJURED):
        words = store.toll(state.chosen, about).words
        st.caption(markup.plain(f"{words[0].upper()}{words[1:]}.", most=1_000))
    total = store.totals(state.chosen).shown
    draw_rows("table", rows, total, state, context=store.context, find=store.incident)

"""The newest incidents to choose from, while nothing is selected."""

from __future__ import annotations

import streamlit as st

from geodata.queries import Store
from mapview.ui.choosing import incident_button
from mapview.ui.panels.loosening import nothing_found
from mapview.ui.state import ViewState

__all__ = ["show"]

_NEWEST = 12


def show(state: ViewState, store: Store) -> None:
    """Draw a button for each of the newest incidents."""
    rows = store.table(state.chosen, limit=_NEWEST)
    if not rows:
        nothing_found(state.chosen)
        return
    st.caption("Choose an incident on the map, or here. Newest first:")
    for row in rows:
        incident_button(row.id, f"{row.event_date} — {row.title}", store.incident)
    rest = store.totals(state.chosen).shown - len(rows)
    if rest > 0:
        st.caption(f"and {rest:,} more in the table.")

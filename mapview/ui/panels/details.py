"""All that is known of an incident, or of the base areas at a place."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geodata.queries import Store
from geodata.records import group_label
from mapview.detail import describe_area, describe_incident
from mapview.ui import markup
from mapview.ui.choosing import incident_button
from mapview.ui.state import ViewState, change

__all__ = ["show"]


def show(state: ViewState, store: Store) -> None:
    """Draw what is selected."""
    st.button(
        "Close", key="close", on_click=lambda: change(selected=None, areas=()), type="tertiary"
    )
    if state.selected is not None:
        _incident(state.selected, store)
    else:
        _areas(state.areas, store)


def _incident(identifier: str, store: Store) -> None:
    incident = store.incident(identifier)
    if incident is None:
        st.warning(f"There is no incident {markup.plain(identifier)} in these records.")
        return
    detail = describe_incident(incident, store.context, store.incident)
    markup.show("detail.html", detail=detail)
    if detail.related:
        st.markdown("**Related**")
        for other in detail.related:
            incident_button(other.id, f"{other.title}, {other.date}", store.incident)


def _areas(identifiers: Sequence[str], store: Store) -> None:
    """Draw the first of the base areas at a place, and buttons for the others."""
    area = store.area(identifiers[0])
    if area is None:
        st.warning(f"There is no base area {markup.plain(identifiers[0])} in these records.")
        return
    markup.show("area.html", detail=describe_area(area, store.context))
    others = [one for one in map(store.area, identifiers[1:]) if one is not None]
    if others:
        st.markdown("**Also at this place**")
    for other in others:
        first = (other.id, *(one for one in identifiers if one != other.id))
        name = group_label(other.group, store.context)
        st.button(
            markup.plain(f"{name}: {other.kind}, {next(iter(other.place_names), '')}"),
            key=f"area_{other.id}",
            type="tertiary",
            on_click=lambda first=first: change(selected=None, areas=first),
        )

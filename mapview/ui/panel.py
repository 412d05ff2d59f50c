"""What stands beside the map: an incident's details, the table, or the unplaced records."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geodata.queries.answers import IncidentRow
from geodata.queries.filters import PARTS, Filter
from geodata.queries.store import Store
from geodata.records.describe import group_label
from geodata.records.words import country_name
from mapview.detail import describe_area, describe_incident
from mapview.ui import markup
from mapview.ui.map_panel import fly_to
from mapview.ui.state import Panel, ViewState, bind, change, current, hold

__all__ = ["show"]

_MOST_ROWS = 1_000
_LABELS = {Panel.DETAILS: "Details", Panel.TABLE: "Table", Panel.UNPLACED: "Not placed"}


def show(state: ViewState, store: Store) -> None:
    """Draw the panel that the state asks for."""
    bind("panel", state.panel)
    unplaced = store.totals(state.chosen).unplaced
    markup.show_counts("panel", [unplaced if one is Panel.UNPLACED else None for one in Panel])
    st.segmented_control(
        "Beside the map",
        list(Panel),
        key="panel",
        format_func=lambda one: _LABELS[one],
        label_visibility="collapsed",
        on_change=_take_panel,
    )
    if state.panel is Panel.TABLE:
        _table("table", store.table(state.chosen, limit=_MOST_ROWS), store, state)
    elif state.panel is Panel.UNPLACED:
        st.caption("No source places these more closely than their country, so no map shows them.")
        _table("unplaced", store.unplaced(state.chosen, limit=_MOST_ROWS), store, state)
    else:
        _details(state, store)


def _take_panel() -> None:
    change(panel=st.session_state["panel"] or Panel.DETAILS)


def _details(state: ViewState, store: Store) -> None:
    if state.selected is not None:
        _incident(state.selected, store)
    elif state.areas:
        _areas(state.areas, store)
    else:
        _welcome(state, store)


def _close_button() -> None:
    st.button(
        "Close", key="close", on_click=lambda: change(selected=None, areas=()), type="tertiary"
    )


def _incident(identifier: str, store: Store) -> None:
    _close_button()
    incident = store.incident(identifier)
    if incident is None:
        st.warning(f"There is no incident {markup.plain(identifier)} in these records.")
        return
    detail = describe_incident(incident, store.context, store.incident)
    markup.show("detail.html", detail=detail)
    if detail.related:
        st.markdown("**Related**")
        for other in detail.related:
            _incident_button(other.id, f"{other.title}, {other.date}", store)


def _areas(identifiers: Sequence[str], store: Store) -> None:
    """Draw the first of the base areas at a place, and buttons for the others."""
    _close_button()
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
            markup.plain(f"{name}: {other.kind}, {other.place or other.admin1}"),
            key=f"area_{other.id}",
            type="tertiary",
            on_click=lambda first=first: change(selected=None, areas=first),
        )


def _welcome(state: ViewState, store: Store) -> None:
    rows = store.table(state.chosen, limit=12)
    if not rows:
        _nothing_found(state.chosen)
        return
    st.caption("Choose an incident on the map, or here. Newest first:")
    for row in rows:
        _incident_button(row.id, f"{row.event_date} — {row.title}", store)
    rest = store.totals(state.chosen).shown - len(rows)
    if rest > 0:
        st.caption(f"and {rest:,} more in the table.")


def _incident_button(identifier: str, label: str, store: Store) -> None:
    st.button(
        markup.plain(label),
        key=f"choose_{identifier}",
        type="tertiary",
        on_click=_choose,
        args=(identifier, store),
    )


def _choose(identifier: str, store: Store) -> None:
    incident = store.incident(identifier)
    fly_to(identifier, incident.points[0] if incident and incident.points else None)
    change(selected=identifier, areas=(), panel=Panel.DETAILS)


def _nothing_found(chosen: Filter) -> None:
    st.info("No incident matches all of the filters.")
    loosened = what_to_loosen(chosen)
    for label, names in loosened:
        st.button(
            label,
            key=f"loosen_{names[0]}",
            on_click=_loosen,
            args=names,
        )


def _loosen(*names: str) -> None:
    hold()
    change(chosen=current().chosen.without(*names))


def what_to_loosen(chosen: Filter) -> list[tuple[str, tuple[str, ...]]]:
    """Return for each part of a filter that is set what a button to drop it says."""
    together: dict[str, list[str]] = {}
    for name, part in PARTS.items():
        if part.loosen:
            together.setdefault(part.loosen, []).append(name)
    asked = chosen.asked()
    return [
        (label, tuple(names))
        for label, names in together.items()
        if not asked.keys().isdisjoint(names)
    ]


def _table(key: str, rows: Sequence[IncidentRow], store: Store, state: ViewState) -> None:
    if not rows:
        _nothing_found(state.chosen) if key == "table" else st.caption("None.")
        return
    event = st.dataframe(
        to_frame(rows, store),
        key=f"rows_{key}_{hash((state.chosen, key)) & 0xFFFFFFFF}",
        hide_index=True,
        width="stretch",
        on_select=hold,
        selection_mode="single-row",
    )
    chosen_rows = event["selection"]["rows"]
    if chosen_rows and rows[chosen_rows[0]].id != state.selected:
        _choose(rows[chosen_rows[0]].id, store)
        st.rerun()
    found = store.totals(state.chosen)
    total = found.shown if key == "table" else found.unplaced
    if total > len(rows):
        st.caption(f"The newest {len(rows):,} of {total:,}; an export has all of them.")


def to_frame(rows: Sequence[IncidentRow], store: Store) -> pd.DataFrame:
    """Return rows as the table that is shown."""
    return pd.DataFrame(
        {
            "Date": [row.event_date for row in rows],
            "Incident": [row.title for row in rows],
            "Killed": [row.fatalities for row in rows],
            "Attribution": [row.attribution for row in rows],
            "Place": [", ".join(p for p in (row.place, _country(row)) if p) for row in rows],
            "Known to": [row.geo_precision for row in rows],
            "Type": [", ".join(row.event_types) for row in rows],
            "Status": [row.status for row in rows],
            "Named": [_groups(row, store) for row in rows],
        }
    )


def _country(row: IncidentRow) -> str:
    return country_name(row.country) if row.country else ""


def _groups(row: IncidentRow, store: Store) -> str:
    return ", ".join(group_label(one, store.context) for one in row.groups)

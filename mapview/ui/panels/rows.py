"""Incidents as the rows of a table, from which one can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geodata.queries import IncidentRow
from geodata.records import PARTY_COLUMNS, ROLE_WORDS, Records, country_name, group_label
from mapview.ui.choosing import Find, choose
from mapview.ui.state import ViewState, hold

__all__ = ["FIRST_DAY", "MOST_KILLED", "MOST_ROWS", "draw_rows", "to_frame"]

MOST_ROWS = 1_000
# Words cannot be sorted as days and numbers are.
FIRST_DAY = "Not before"
MOST_KILLED = "Killed, at most"
_HELP = {
    FIRST_DAY: "The first day on which it may have happened; sorts the table by time.",
    MOST_KILLED: "The highest figure that a source gives; sorts the table by the killed.",
}


def draw_rows(
    key: str,
    rows: Sequence[IncidentRow],
    total: int,
    state: ViewState,
    *,
    context: Records,
    find: Find,
) -> None:
    """Draw a table; choosing a row shows its details.

    Args:
        key: Tells one table from the others.
        rows: The incidents, the newest first.
        total: How many there are in all.
        state: What is chosen and selected.
        context: Gives names of groups.
        find: Gives an incident by its id.
    """
    event = st.dataframe(
        to_frame(rows, context),
        key=f"rows_{key}_{hash((state.chosen, key)) & 0xFFFFFFFF}",
        hide_index=True,
        column_config={name: st.column_config.Column(help=words) for name, words in _HELP.items()},
        width="stretch",
        on_select=hold,
        selection_mode="single-row",
    )
    chosen_rows = event["selection"]["rows"]
    if chosen_rows and rows[chosen_rows[0]].id != state.selected:
        choose(rows[chosen_rows[0]].id, find)
        st.rerun()
    if total > len(rows):
        st.caption(f"The newest {len(rows):,} of {total:,}; an export has all of them.")


def to_frame(rows: Sequence[IncidentRow], context: Records) -> pd.DataFrame:
    """Return rows as the table that is shown."""
    together = [row.casualties for row in rows]
    return pd.DataFrame(
        {
            "Date": [row.event_date for row in rows],
            FIRST_DAY: [row.date_start if row.has_start else None for row in rows],
            "Incident": [row.title for row in rows],
            "Killed": [row.fatalities for row in rows],
            MOST_KILLED: pd.array([row.fatalities_high for row in rows], dtype="Int64"),
            # Where sources do not tell the killed from the injured.
            **({"Killed or injured": together} if any(together) else {}),
            "Injured": [row.injured for row in rows],
            "Attribution": [row.attribution for row in rows],
            "Place": [", ".join(p for p in (row.place, _country(row)) if p) for row in rows],
            "Known to": [row.geo_precision for row in rows],
            "Type": [", ".join(row.event_types) for row in rows],
            "Status": [row.status for row in rows],
            **{
                # Who acted and who is only accused never stand in one column.
                ROLE_WORDS[role]: [_groups(row.parties[role], context) for row in rows]
                for role in PARTY_COLUMNS
            },
        }
    )


def _country(row: IncidentRow) -> str:
    return country_name(row.country) if row.country else ""


def _groups(group_ids: Sequence[str], context: Records) -> str:
    return ", ".join(group_label(one, context) for one in group_ids)

"""Choosing an incident beside the map: buttons for it, and where the map then goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from geodata.records import Incident
from mapview.ui import markup
from mapview.ui.state import Panel, change

__all__ = ["GO", "Find", "choose", "destination", "fly_to", "incident_button"]

GO: Final = "map_go"

Find = Callable[[str], Incident | None]


def destination(incident: Incident | None) -> dict[str, Any] | None:
    """Return where the map goes for an incident; nowhere for one that is not on the map."""
    if incident is None or not incident.is_mappable:
        return None
    lon, lat = incident.points[0]
    return {"lon": lon, "lat": lat, "zoom": 7, "id": incident.id}


def fly_to(incident: Incident | None) -> None:
    """Make the map go to an incident when it is told next."""
    st.session_state[GO] = destination(incident)


def choose(identifier: str, find: Find) -> None:
    """Show an incident's details and make the map go there."""
    fly_to(find(identifier))
    change(selected=identifier, areas=(), panel=Panel.DETAILS)


def incident_button(identifier: str, label: str, find: Find) -> None:
    """Draw a button that chooses an incident."""
    st.button(
        markup.plain(label),
        key=f"choose_{identifier}",
        type="tertiary",
        on_click=choose,
        args=(identifier, find),
    )

"""The map itself: hosts the constant folium map and passes clicks on to the state."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geodata.errors import FilterError, RequestError
from geodata.queries import WORLD, Extent, Filter, Store
from geodata.queries.filters import Bounds
from mapview.layer.frame import MapState, draw_map
from mapview.layer.tiles import tiles_options
from mapview.ui.choosing import GO, fly_to
from mapview.ui.state import (
    Panel,
    ViewState,
    change,
    change_filter,
    hold,
    last_filtered,
    report,
)
from mapview.web.addresses import VIEW_KEY, MapView

__all__ = ["TILES_SWITCH", "ask_view", "current_view", "is_asked", "show", "shown_bounds"]

_KEY = "incident_map"
_SEEN = "map_message_seen"
_ASK = "map_view_asked"
_ANSWERED = "map_view_answered"
_THEN = "map_view_then"
_VIEW = "map_view_told"
_SIZE = "map_size_told"
_MOST_PX = 20_000
_MOST_VIEW = 60
TILES_SWITCH = "map_tiles"


def show(state: ViewState, store: Store) -> None:
    """Draw the map for a state."""
    if GO not in st.session_state:
        _arrive(state, store)
    tiles = tiles_options()
    switched_on = bool(tiles) and st.session_state.get(TILES_SWITCH, False)
    go, ask = st.session_state.get(GO), st.session_state.get(_ASK, 0)
    group = MapState(map_state(state, store, go, ask, last_filtered()))
    st_folium(
        draw_map(tiles=tiles if switched_on else None),
        key=f"{_KEY}_{'tiles' if switched_on else 'offline'}",
        height=600,
        width=None,
        use_container_width=True,
        returned_objects=["last_object_clicked"],
        feature_group_to_add=group,
        on_change=_take_message,
    )


def _arrive(state: ViewState, store: Store) -> None:
    """Go to the incident that an address without a view names."""
    has_view = "view" in st.query_params
    fly_to(None if has_view else store.incident(state.selected or ""))


def map_state(
    state: ViewState, store: Store, go: Mapping[str, Any] | None, ask: int = 0, fit: int = 0
) -> dict[str, Any]:
    """Return what the layer in the frame is told.

    Args:
        state: What the page shows.
        store: The records.
        go: A place to go to, once.
        ask: A number with which the frame is asked once for its view.
        fit: A number that changes when somebody changes the filter, so that the map may follow.
    """
    extent = store.extent(state.chosen) or store.extent(Filter()) or Extent(WORLD, WORLD)
    return {
        "filter": state.chosen.to_query(),
        "version": store.version,
        "selected": state.selected,
        "area": state.areas[0] if state.areas else None,
        "go": dict(go) if go else None,
        "ask": ask,
        "fit": fit,
        "home": extent._asdict(),
    }


def ask_view(then: str = "") -> None:
    """Ask the frame which part of the map it shows; to be called from a widget's callback.

    Moving the map runs no script, and Streamlit keeps the address that the page was opened with,
    so only the frame knows. Its answer runs the script once more.

    Args:
        then: Key of the session that is set to true when the answer is there.
    """
    # Not a count: a frame that outlives a session would have answered the same number before.
    st.session_state[_ASK] = time.time_ns() // 1_000_000
    st.session_state[_THEN] = then


def is_asked() -> bool:
    """Return whether the frame was asked which part it shows and has not answered yet."""
    return bool(st.session_state.get(_ASK) != st.session_state.get(_ANSWERED))


def current_view() -> MapView | None:
    """Return the part of the map that the frame told last, or else the one in the address."""
    text = st.session_state.get(_VIEW) or st.query_params.get(VIEW_KEY, "")
    try:
        return MapView.parse(text) if text else None
    except RequestError:
        # The map's frame leaves such a view aside too and shows everything.
        return None


def shown_bounds() -> Bounds | None:
    """Return west, south, east, north of what the map shows, in degrees; `None` if it is unknown.

    Before the frame has told its size, a map of the usual size stands for it.
    """
    view = current_view()
    if view is None:
        return None
    size = st.session_state.get(_SIZE)
    return view.bounds(width_px=size[0], height_px=size[1]) if size else view.bounds()


def _take_message() -> None:
    """Take what the frame says once: an incident that was chosen, or bounds to limit to.

    The component keeps its last value, so each message carries a number.
    """
    hold()
    for key in (f"{_KEY}_offline", f"{_KEY}_tiles"):
        value = st.session_state.get(key) or {}
        message = value.get("last_object_clicked") if isinstance(value, Mapping) else None
        if not isinstance(message, Mapping) or message.get("n") is None:
            continue
        if message["n"] == st.session_state.get(_SEEN):
            continue
        st.session_state[_SEEN] = message["n"]
        take_message(message)


def take_message(message: Mapping[str, Any]) -> None:
    """Act on a message of the frame; one that makes no sense is refused with a sentence."""
    if "bounds" in message:
        try:
            bounds = Filter.from_query(f"bounds={message['bounds']}").bounds
        except FilterError as error:
            report(f"The view could not be used as a limit: {error}.")
        else:
            change_filter(bounds=bounds)
        return
    if "view" in message:
        st.session_state[_VIEW] = str(message["view"])[:_MOST_VIEW]
        st.session_state[_SIZE] = _size(message.get("size"))
        st.session_state[_ANSWERED] = message.get("ask")
        then = "" if is_asked() else st.session_state.pop(_THEN, "")
        if then:
            st.session_state[then] = True
        return
    st.session_state[GO] = None
    areas = message.get("areas")
    if isinstance(areas, list):
        change(selected=None, areas=tuple(str(one) for one in areas), panel=Panel.DETAILS)
        return
    identifier = message.get("id")
    change(selected=str(identifier) if identifier else None, areas=(), panel=Panel.DETAILS)


def _size(told: object) -> tuple[int, int] | None:
    """Return width and height in pixels, or `None` if no map can have what was told."""
    if not isinstance(told, list) or len(told) != 2:  # noqa: PLR2004 - width and height
        return None
    if not all(isinstance(px, int) and 0 < px <= _MOST_PX for px in told):
        return None
    return told[0], told[1]

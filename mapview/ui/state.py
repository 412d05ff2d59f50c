"""What the page shows, kept in one value that goes to the page's address and back.

Widgets are drawn from this value and change it through callbacks; none is a source of truth.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import streamlit as st

from geodata.errors import FilterError, RequestError
from geodata.queries import FILTER_KEYS, Filter

__all__ = [
    "Panel",
    "ViewState",
    "bind",
    "change",
    "change_filter",
    "current",
    "hold",
    "last_filtered",
    "leave_page",
    "rebind",
    "report",
    "save_address",
    "take_report",
]

_STATE = "view_state"
_ADDRESS = "view_address"
_PROBLEM = "view_problem"
_AWAY = "view_away"
_FILTERED = "view_filtered"
_OWN_KEYS = (*FILTER_KEYS, "id", "area", "panel")
_MOST_AREAS = 12
_MAP_VIEW = "view"


class Panel(StrEnum):
    """What stands beside the map."""

    DETAILS = "details"
    TABLE = "table"
    UNPLACED = "unplaced"


@dataclass(frozen=True)
class ViewState:
    """What is chosen, what is selected, and what stands beside the map.

    The view of the map itself (place and zoom) is kept in the address by the map's frame.

    Attributes:
        chosen: The filter.
        selected: Id of the incident that is selected.
        areas: Ids of the base areas at the place that was clicked; the first one is shown.
        panel: What stands beside the map.
    """

    chosen: Filter = field(default_factory=Filter)
    selected: str | None = None
    areas: tuple[str, ...] = ()
    panel: Panel = Panel.DETAILS

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]]) -> ViewState:
        """Return the state that an address describes.

        Raises:
            RequestError: If a value cannot be understood.
        """
        pairs = [(key, one) for key in FILTER_KEYS for one in params.get(key, ())]
        panel = next(reversed(params.get("panel", ())), Panel.DETAILS)
        if panel not in list(Panel):
            raise RequestError(f"panel must be one of {', '.join(Panel)}, got {panel!r:.40}")
        selected = next(reversed(params.get("id", ())), None)
        areas = () if selected else tuple(dict.fromkeys(params.get("area", ())))[:_MOST_AREAS]
        return cls(Filter.from_pairs(pairs), selected, areas, Panel(panel))

    def to_params(self) -> dict[str, list[str]]:
        """Return the state as keys and values of an address; defaults are left out."""
        params: dict[str, list[str]] = {}
        for key, value in self.chosen.to_pairs():
            params.setdefault(key, []).append(value)
        if self.selected:
            params["id"] = [self.selected]
        elif self.areas:
            params["area"] = list(self.areas[:_MOST_AREAS])
        if self.panel is not Panel.DETAILS:
            params["panel"] = [str(self.panel)]
        return params


def current() -> ViewState:
    """Return the state of this session; an address that changed from outside is taken over."""
    params = _own_params()
    if st.session_state.pop(_AWAY, False) and not params and _STATE in st.session_state:
        # Back from another page, whose address knows nothing of ours.
        st.session_state[_ADDRESS] = params
    if _STATE not in st.session_state or params != st.session_state[_ADDRESS]:
        st.session_state[_ADDRESS] = params
        try:
            st.session_state[_STATE] = ViewState.from_params(params)
        except RequestError as error:
            st.session_state[_STATE] = ViewState()
            report(f"The address could not be understood, so everything is shown: {error}.")
    state: ViewState = st.session_state[_STATE]
    return state


def _own_params() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in _OWN_KEYS if key in st.query_params}


def bind(key: str, value: Any) -> None:
    """Make a widget show a value; what somebody is typing into it stays if nothing changed."""
    if not _shows(key, value):
        st.session_state[key] = value


def _shows(key: str, value: Any) -> bool:
    return key in st.session_state and bool(st.session_state[key] == value)


def rebind(key: str, value: Any, labels: tuple[str, ...]) -> None:
    """Make a list to choose from show a value although its labels may change, as counts do.

    Streamlit knows a choice by its label, and would drop one whose label is now another. Setting
    it at every run would undo what somebody chooses meanwhile. A choice that was made while the
    labels changed is set once more, since the browser has dropped it.

    Args:
        key: The widget's key.
        value: What is chosen.
        labels: The labels of all choices as they are drawn now.
    """
    known, was_set = st.session_state.get(f"{key}_drawn", ((), False))
    must_set = labels != known or not _shows(key, value)
    if must_set or was_set:
        st.session_state[key] = value
    st.session_state[f"{key}_drawn"] = labels, must_set and bool(known)


def leave_page() -> None:
    """Note that another page is shown, so that coming back keeps the state."""
    st.session_state[_AWAY] = True


def hold() -> None:
    """Keep the state, whatever the address says; to be called from a widget's callback.

    What follows quickly on a change comes with the address from before it. Only a run that no
    widget caused can mean that somebody went to another address.
    """
    st.session_state[_ADDRESS] = _own_params()


def change(**changes: Any) -> None:
    """Change the state; to be called from a widget's callback."""
    hold()
    before = current()
    st.session_state[_STATE] = replace(before, **changes)
    if st.session_state[_STATE].chosen != before.chosen:
        # Not a count: the map's frame may outlive a session that had counted as far.
        st.session_state[_FILTERED] = time.time_ns() // 1_000_000


def last_filtered() -> int:
    """Return a number that changes whenever somebody changes the filter on the page.

    Going back to another address is no such change, since it brings its own view of the map.
    """
    return int(st.session_state.get(_FILTERED, 0))


def change_filter(**changes: Any) -> None:
    """Change the filter; one that cannot be meant is refused with a sentence on the page."""
    hold()
    try:
        change(chosen=replace(current().chosen, **changes))
    except FilterError as error:
        report(f"This was not changed: {error}.")


def report(sentence: str) -> None:
    """Show a sentence on the next page that is drawn."""
    st.session_state[_PROBLEM] = sentence


def take_report() -> str:
    """Return the sentence to show, once."""
    return str(st.session_state.pop(_PROBLEM, ""))


def save_address(state: ViewState) -> None:
    """Bring the page's address in line with the state, if it is not."""
    params = state.to_params()
    if params == _own_params():
        return
    st.session_state[_ADDRESS] = params
    view = st.query_params.get_all(_MAP_VIEW)
    st.query_params.from_dict({**params, **({_MAP_VIEW: view} if view else {})})

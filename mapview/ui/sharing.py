"""Links that can be handed on: to this view, and to the map inside another page."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from geodata.queries import Store, describe_filter
from mapview.ui.map_panel import ask_view, current_view, is_asked
from mapview.ui.state import ViewState, hold
from mapview.web.addresses import VERSION_KEY, VIEW_KEY, Address, changed_since, snippet

__all__ = ["OPEN", "ask", "notice", "show"]

OPEN = "share"


def ask() -> None:
    """Ask the map what it shows, when the links are opened but not when they are closed."""
    hold()
    if st.session_state[OPEN]:
        ask_view()


def show(state: ViewState, store: Store) -> None:
    """Draw the links to the present view."""
    if is_asked():
        # A link made now would lead to where the map was before.
        st.caption("Asking the map which part it shows …")
        return
    title = describe_filter(state.chosen, store.context)
    st.caption("A link to this view. If the data have changed when it is opened, it says so.")
    st.code(permalink(state, store), language=None, wrap_lines=True)
    st.caption(
        "The map inside another page: paste this into its HTML. The page must be allowed to frame "
        "it; the setting MAPVIEW_FRAME_ANCESTORS says which are."
    )
    st.code(snippet(embed_address(state, store), title), language="html", wrap_lines=True)


def permalink(state: ViewState, store: Store) -> str:
    """Return the address of the present view with the fingerprint of the data."""
    pairs = [(key, value) for key, values in state.to_params().items() for value in values]
    view = current_view()
    if view:
        pairs.append((VIEW_KEY, str(view)))
    pairs.append((VERSION_KEY, store.version))
    return f"{_base()}?{urlencode(pairs, safe=',')}"


def embed_address(state: ViewState, store: Store) -> str:
    """Return the address of the embedded map."""
    address = Address(state.chosen, current_view(), store.version)
    return f"{_base()}embed?{address.to_query()}"


def notice(store: Store) -> str:
    """Return a sentence when the address was made from other data than these."""
    version = Address.from_pairs([(VERSION_KEY, st.query_params.get(VERSION_KEY, ""))]).version
    return changed_since(version, store.version)


def _base() -> str:
    url = st.context.url or "http://localhost:8501/"
    return url.partition("?")[0].rstrip("/") + "/"

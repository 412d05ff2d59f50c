"""The page: what stands where. Streamlit runs this file at every change of a widget."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from geodata.errors import GeodataError
from geodata.filters import Filter
from geodata.store import Store
from geodata.words import describe_filter
from mapview import assets
from mapview.data import current_store, load_problems
from mapview.exports import EXPORTS, Export, export_name
from mapview.ui import map_panel, markup, panel, sidebar, timeline
from mapview.ui.state import ViewState, current, save_address, take_report

# A named icon or an emoji would be fetched from another host.
ICON = Path(assets.__file__).parent / "icon.svg"


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title="Mapview", page_icon=str(ICON), layout="wide")
    markup.show_styles()
    try:
        store = current_store()
    except GeodataError as error:
        st.error(f"The records could not be opened: {markup.plain(str(error), most=1_000)}")
        return
    state = current()
    sidebar.show(state.chosen, store)
    _notices()
    _head(state, store)
    with st.container(key="page"):
        left, right = st.columns([7, 3], gap="small")
        with left, st.container(key="map"):
            map_panel.show(state, store)
        with right, st.container(key="side"):
            panel.show(state, store)
    timeline.show(state.chosen, store)
    save_address(current())


def _notices() -> None:
    sentence = take_report()
    if sentence:
        st.warning(markup.plain(sentence, most=1_000))
    problems = load_problems()
    if problems:
        with st.expander(f"{len(problems):,} problems: some records were left out"):
            st.text("\n".join(str(problem) for problem in problems[:200]))


def _text_of(kind: Export, store: Store, chosen: Filter) -> str:
    return "".join(kind.pieces(store, chosen))


def _head(state: ViewState, store: Store) -> None:
    words, export = st.columns([7, 1], vertical_alignment="center")
    with words:
        markup.show(
            "head.html",
            words=describe_filter(state.chosen, store.records),
            totals=store.totals(state.chosen),
        )
    with export, st.popover("Download", width="stretch"):
        for kind in EXPORTS.values():
            st.download_button(
                kind.label,
                data=partial(_text_of, kind, store, state.chosen),
                file_name=export_name(state.chosen, kind),
                mime=kind.media_type.partition(";")[0],
                on_click="ignore",
                width="stretch",
            )
        st.caption(
            "The incidents and base areas that the filter shows, with all claims and sources."
        )


page()

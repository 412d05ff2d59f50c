"""The pages and how one gets from one to the other. Streamlit runs this file at every change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from geodata.errors import GeodataError
from geodata.queries import Filter, Store
from mapview import assets
from mapview.data import current_store
from mapview.ui import about, briefing_panel, data, group_page, map_page, markup
from mapview.ui.faults import kept_apart
from mapview.ui.markup import say, warn
from mapview.ui.visitor import visitor
from mapview.web.access import SIGN_OUT

# A named icon or an emoji would be fetched from another host.
_KNOWN = "known"
ICON = Path(assets.__file__).parent / "icon.svg"


@markup.speaks
def main() -> None:
    """Draw the page that the address asks for."""
    st.set_page_config(page_title="Mapview", page_icon=str(ICON), layout="wide")
    markup.show_styles()
    markup.keep()
    known = _known()
    try:
        day = Filter.from_pairs([(_KNOWN, known)] if known else []).known
        store = current_store(day)
    except GeodataError as error:
        warn(say("The records could not be opened"), str(error), is_all=True)
        if known:
            st.link_button(say("The data as they are known now"), "./", type="tertiary")
        return
    pages = {
        "map": st.Page(
            lambda: map_page.show(store, pages, briefing_panel), title=say("Map"), default=True
        ),
        "about": st.Page(
            lambda: _beside(about.show, store, pages),
            title=say("About the record"),
            url_path="about",
        ),
        "groups": st.Page(
            lambda: _beside(group_page.show, store, pages), title=say("Groups"), url_path="groups"
        ),
        "data": st.Page(
            lambda: _beside(lambda _: data.show(pages), store, pages),
            title=say("Data"),
            url_path="data",
        ),
    }
    page = st.navigation(list(pages.values()), position="hidden")
    if page is not pages["map"]:  # which says itself what it shows
        st.set_page_config(page_title=f"{page.title} – Mapview")
    page.run()


def _known() -> str:
    """Return the day whose state of the data the address asks for; empty for that of now."""
    return st.query_params.get(_KNOWN, "")


def _beside(show: Callable[[Store], None], store: Store, pages: Mapping[str, object]) -> None:
    """Draw a page beside the map, with ways to the others."""
    with st.container(key="beside", horizontal=True):
        for name, label in (
            ("map", say("Back to the map")),
            ("data", say("Data")),
            ("about", say("About the record")),
            ("groups", say("All groups")),
        ):
            asked = markup.with_language({_KNOWN: _known()} if _known() else None)
            st.page_link(pages[name], label=label, query_params=asked or None)  # type: ignore[arg-type]
        markup.choose()
    person = visitor()
    if person:
        role, address = say(str(person.role)), SIGN_OUT.removeprefix("/")
        markup.show("signed_in.html", person=person, role=role, address=address)
    with kept_apart("This page cannot be shown"):
        show(store)


main()

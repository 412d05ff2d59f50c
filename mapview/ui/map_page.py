"""The page with the stage: map, filters, timeline, table and records, all in the map's frame.

Streamlit hosts it and opens what the stage asks for: the dialog that makes briefings, other pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import parse_qs

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit_folium import st_folium

from geodata.errors import GeodataError
from geodata.queries import WORLD, Extent, Filter, Store
from mapview.briefing.content import CHANGED
from mapview.data import load_problems
from mapview.exports import EXPORTS
from mapview.layer.frame import draw_map
from mapview.layer.tiles import tiles_options
from mapview.settings import current_settings
from mapview.ui import markup
from mapview.ui.data import notices_of_datasets
from mapview.ui.faults import kept_apart
from mapview.ui.markup import ENGLISH, keep, language, say, with_language
from mapview.ui.told import Told, last_told, take_message
from mapview.ui.visitor import visitor
from mapview.web.handing import refusal_of_files

__all__ = ["show"]

_KEY = "stage"
_MOST_PROBLEMS = 200


class Dialog(Protocol):
    """What a button of the stage opens."""

    def is_due(self) -> bool:
        """Return whether it is to be drawn without a press of the button."""

    def show(self, told: Told, store: Store) -> None:
        """Draw it."""


def show(store: Store, pages: Mapping[str, StreamlitPage], briefing: Dialog) -> None:
    """Draw the page.

    Args:
        store: The records.
        pages: The others, by the names that the stage calls them.
        briefing: The dialog that makes one.
    """
    value: object = None
    spoken = language()
    # Other data have a frame of their own, and so has another language.
    key = "_".join([_KEY, *([str(store.known)] if store.known else [])])
    key += "" if spoken == ENGLISH else f"_{spoken}"
    with st.container(key="map"), kept_apart("The map cannot be shown"):
        value = st_folium(
            draw_map(_config(store)),
            key=key,
            height=600,
            width=None,
            use_container_width=True,
            returned_objects=["last_object_clicked"],
        )
    try:
        wish = take_message(value)
    except GeodataError as error:
        markup.warn(say("This could not be opened"), str(error))
        return
    if wish == "known":
        # Streamlit writes into the address what it knew of it, which is told to it so.
        asked = parse_qs(last_told().text)
        keep(asked.get("lang", [ENGLISH])[-1])
        st.query_params.from_dict(asked)
        st.rerun()
    if wish in pages:
        group, known = last_told().group, store.known
        of = {markup.OF_KEY: group} if group else {}
        # The page tells of the same data.
        of |= {"known": known.isoformat()} if known else {}
        st.switch_page(pages[wish], query_params=with_language(of) or None)
    if wish == "briefing" or briefing.is_due():
        with kept_apart("The dialog cannot be shown"):
            briefing.show(last_told(), store)


def _config(store: Store) -> dict[str, Any]:
    """Return what the stage needs beside the records; the same while these are."""
    extent = store.extent(Filter()) or Extent(WORLD, WORLD)
    return {
        "home": extent._asdict(),
        "formats": [{"ending": one.ending, "label": one.label} for one in EXPORTS.values()],
        "tiles": tiles_options(),
        "changed": say(CHANGED),
        "known": store.known.isoformat() if store.known else "",
        "takesFiles": not refusal_of_files(visitor()),
        "notices": _notices(store),
    }


def _notices(store: Store) -> list[dict[str, Any]]:
    """Return what is to be known first, each with its lines."""
    notices: list[dict[str, Any]] = []
    if at := store.of_day.get("as_pushed_at"):
        day = markup.describe_date(at[:10])
        words = say("The data of this day are known as far as they were pushed on {date}", date=day)
        notices.append({"words": words, "lines": [say("The next push may tell it otherwise.")]})
    if store.changes:
        words = say("What is shown is not all that is known")
        notices.append({"words": words, "lines": list(store.changes)})
    if not current_settings().is_public:
        notices += notices_of_datasets()
    problems = load_problems()
    # They quote records, of which not all may be public.
    if problems and not current_settings().is_public:
        words = say("Some records were left out; problems: {n}", n=len(problems))
        lines = [str(problem) for problem in problems[:_MOST_PROBLEMS]]
        notices.append({"words": words, "lines": lines})
    return notices

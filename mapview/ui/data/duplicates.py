"""Records of what is on the map that may be of one event: pairs to judge, and the user's word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from geodata.errors import GeodataError
from geodata.records import describe_date
from geodata.workspace import (
    Links,
    Pair,
    Workspace,
    dataset_at,
    find_pairs,
    read_links,
    records_of,
)
from mapview.data import change_files, data_files
from mapview.ui import markup
from mapview.ui.markup import language, say, say_many, speaks

__all__ = ["show"]

_FOUND: Final = "data_pairs_in_"
_MOST_SHOWN = 20
_MOST_FOUND = 500


def show() -> None:
    """Draw the pairs, once they were asked for."""
    shown = [one for one in map(dataset_at, data_files()) if one]
    links = read_links()
    if not shown:
        return
    markup.show("data_heading.html", words=say("Possible duplicates"))
    pairs: list[Pair] | None = st.session_state.get(_FOUND + language())
    if pairs is None:
        st.caption(
            say(
                "The same event may stand in two datasets, or twice in one. Nothing is merged "
                "unless you say so; linked records are one event with all their sources, counted "
                "once."
            )
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(say("Look for duplicates"), key="data_find_pairs"):
            with st.spinner(say("Comparing places, dates, types and tolls …")):
                records = records_of(shown)
                known = links.same | links.different
                pairs = find_pairs(records.incidents, apart=known, most=_MOST_FOUND)
            st.session_state[_FOUND + language()] = pairs
        if links.same:
            st.button(
                say("Part all {n} that are linked", n=len(links.same)),
                key="data_part_all",
                on_click=_say,
                args=(lambda said: Links(frozenset(), said.different),),
            )
    if pairs is None:
        return
    pairs = [one for one in pairs if one.key not in links.same | links.different]
    words = say_many("{n} pair may be of one event.", "{n} pairs may be of one event.", len(pairs))
    if len(pairs) > _MOST_SHOWN:
        words += " " + say("The likeliest {n} are shown.", n=_MOST_SHOWN)
    st.markdown(words)
    for number, pair in enumerate(pairs[:_MOST_SHOWN]):
        _show_pair(pair, number)


def _show_pair(pair: Pair, number: int) -> None:
    first, second = pair.key
    with st.container(border=True, key=f"data_pair_{number}"):
        markup.show(
            "data_pair.html",
            score=round(pair.score * 100),
            reasons=pair.reasons,
            records=[
                (one.id, one.title, describe_date(one.event_date), one.place, one.summary[:300])
                for one in (pair.first, pair.second)
            ],
        )
        with st.container(horizontal=True):
            st.button(
                say("One event: link them"),
                key=f"data_link_{number}",
                on_click=_say,
                args=(lambda said: said.link(first, second),),
            )
            st.button(
                say("Two events"),
                key=f"data_part_{number}",
                on_click=_say,
                args=(lambda said: said.part(first, second),),
            )


@speaks
def _say(change: Callable[[Links], Links]) -> None:
    try:
        workspace = Workspace()
        change(read_links(workspace)).save(workspace)
        # What is shown is read anew, with them as one.
        change_files(lambda files: files)
    except GeodataError as error:
        markup.warn(say("This could not be kept"), str(error))

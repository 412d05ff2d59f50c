"""One file that was handed in: what it holds, what becomes of its rows, and its import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geodata.errors import GeodataError
from geodata.importing import Looked, Settings
from geodata.records import cite
from geodata.workspace import Workspace
from mapview.ui import markup
from mapview.ui.data import cards, choices, correcting, found, reading, wanted
from mapview.ui.data.watching import watch
from mapview.ui.markup import say, speaks, with_language
from mapview.ui.presence import Job, Presence, Progress, warn_of

__all__ = ["Work", "show"]

_JOB = "data_job"


@dataclass(frozen=True)
class Work:
    """What reads a file for this page, and makes a dataset of it.

    Attributes:
        look: Gives what a file holds: token, path, how it is to be read.
        make: Makes the dataset: path, how it is read, its name, words on its source.
        drop: Lets go of a file.
    """

    look: Callable[[str, Path, Settings], Looked]
    make: Callable[[Path, Settings, str, dict[str, str], Progress], bytes]
    drop: Callable[[str], None]


def show(token: str, path: Path, work: Work, map_page: StreamlitPage) -> None:
    """Draw the check of a file, or how far its import is.

    Args:
        token: Of the file.
        path: Where it is.
        work: What is done with it.
        map_page: Where one gets to when it is on the map.
    """
    job: Job | None = st.session_state.get(_JOB)
    if job and job.is_running:
        watch(job, say("Importing"), "data_cancel")
        return
    if job and job.result:
        _let_go(token, work)
        st.switch_page(map_page)
    if job:
        warn_of(job)
        del st.session_state[_JOB]
    try:
        looked = work.look(token, path, choices.said(token))
    except GeodataError as error:
        _refuse(token, path, error, work)
        return
    found.show(path.name, looked)
    correcting.show(token, looked)
    _show_import(token, path, work, looked)
    wanted.offer(token)
    reading.show(token, looked)
    cards.show(token, looked)
    found.show_rows(looked)


def _refuse(token: str, path: Path, error: GeodataError, work: Work) -> None:
    """Say why a file cannot be read, or not as somebody said."""
    name = markup.plain(path.name)
    markup.warn(say("{name} could not be read", name=name), str(error), is_all=True)
    if choices.said(token) != Settings():
        st.button(say("Guess everything again"), on_click=choices.forget)
    st.button(say("Take another file"), on_click=_let_go, args=(token, work))


@speaks
def _let_go(token: str, work: Work) -> None:
    work.drop(token)
    choices.forget()
    st.session_state.pop(_JOB, None)
    st.query_params.from_dict(with_language())


def _show_import(token: str, path: Path, work: Work, looked: Looked) -> None:
    """Draw what is said of the dataset, and the buttons that import or let go."""
    source = looked.source
    name = st.text_input(
        say("Name of the dataset"),
        value=Workspace().free_name(path.stem),
        max_chars=60,
        key=f"data_name_{token}",
        help=say("Letters, digits, - and _. The ids of its records begin with it."),
    )
    about = {}
    with st.expander(say("Before it is stored: source, version, licence, persons")):
        named = source.title if source else ""
        title = st.text_input(say("Title of the source"), named, max_chars=300)
        version = st.text_input(say("Its version"), max_chars=60, placeholder=say("such as 26.1"))
        licence = st.text_input(say("Licence"), source.licence if source else "", max_chars=300)
        if version.strip():
            title = f"{title.strip() or path.name}, version {version.strip()}"
        about = {
            key: text.strip() for key, text in (("title", title), ("licence", licence)) if text
        }
        if source:
            shown = source.but(**about)
            st.caption(markup.plain(say("Cited as: {source}", source=cite(shown)), most=600))
            _show_licence(token, may_publish=source.may_publish)
        if persons := looked.plan.columns("victim"):
            words = say(
                "{columns}: names of persons, kept apart, in no record and no output.",
                columns=", ".join(persons),
            )
            st.caption(markup.plain(words, most=600))
    with st.container(horizontal=True):
        is_wanted = st.button(
            say("Put it on the map"),
            type="primary",
            key="data_import",
            disabled=not looked.account.accepted,
        )
        st.button(say("Cancel"), key="data_let_go", on_click=_let_go, args=(token, work))
    if not looked.account.accepted:
        st.warning(
            say(
                "No row can be a record as it is read now: say below which column plays which part."
            )
        )
    if is_wanted:
        make = partial(work.make, path, choices.said(token), name.strip(), about)
        _start(name.strip(), make)


def _show_licence(token: str, *, may_publish: bool) -> None:
    settings = choices.said(token)
    if may_publish and not settings.holds_licence:
        return
    key = f"data_licensed_{token}"

    def take() -> None:
        is_held = bool(st.session_state[key])
        choices.change(token, lambda one: replace(one, holds_licence=is_held))

    st.checkbox(
        say("These data may be published: I hold a licence, or they are not from there"),
        value=settings.holds_licence,
        key=key,
        on_change=take,
        help=say(
            "Their terms, or what they look like, forbid it to others: without this, rows stay "
            "out of exports, embedded maps and briefings."
        ),
    )


def _start(name: str, make: Callable[[Progress], bytes]) -> None:
    try:
        Workspace().check_free(name)
    except GeodataError as error:
        markup.warn(say("This name cannot be used"), str(error))
        return
    st.session_state[_JOB] = Job(make, Presence())
    st.rerun()

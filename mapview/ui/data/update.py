"""A new file for a dataset: what it would change is shown first, and done with one press."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from mapview.ui import markup
from mapview.ui.data.wanted import OF_UPDATE, is_wanted, want
from mapview.ui.data.watching import watch
from mapview.ui.markup import say, speaks, with_language
from mapview.ui.presence import Job, Presence, Progress, warn_of

__all__ = ["Work", "show"]

_Make = Callable[[Path, str, Progress], bytes]

_JOB: Final = f"{OF_UPDATE}job"
_FOUND: Final = f"{OF_UPDATE}found"
_KINDS: Final = {
    "new": "New", "changed": "Changed", "gone": "No longer there", "same": "The same",
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What compares a file with a dataset, and what puts it in its place.

    Attributes:
        compare: Gives what it would change as JSON: path, name of the dataset.
        apply: Changes it, and gives the name: the same.
        drop: Lets go of a file.
    """

    compare: _Make
    apply: _Make
    drop: Callable[[str], None]


def show(token: str, path: Path, work: Work, map_page: StreamlitPage) -> None:
    """Draw what a file changes in the dataset, or how far that is worked out.

    Args:
        token: Of the file.
        path: Where it is.
        work: What is done with it.
        map_page: Where one gets to when it is done.
    """
    name = is_wanted()
    job: Job | None = st.session_state.get(_JOB)
    if job and job.is_running:
        watch(job, say("Comparing"), "data_update_cancel")
        return
    if job and job.result is not None:
        del st.session_state[_JOB]
        if job.result == name.encode():
            _let_go(token, work)
            st.switch_page(map_page)
        st.session_state[_FOUND] = (token, json.loads(job.result))
    elif job:
        del st.session_state[_JOB]
        warn_of(job)
        st.button(say("Take another file"), on_click=_let_go, args=(token, work))
        return
    kept: tuple[str, Any] | None = st.session_state.get(_FOUND)
    if kept is None or kept[0] != token:
        _start(partial(work.compare, path, name))
    elif _show_found(token, path, name, kept[1], work):
        _start(partial(work.apply, path, name))


def _start(make: Callable[[Progress], bytes]) -> None:
    st.session_state[_JOB] = Job(make, Presence())
    st.rerun()


def _show_found(token: str, path: Path, name: str, found: dict[str, Any], work: Work) -> bool:
    """Draw what a file would change; return whether that is wanted."""
    counts = found["counts"]
    is_other = bool(counts["new"] or counts["changed"] or counts["gone"])
    markup.show(
        "data_update.html",
        name=name,
        file=path.name,
        kinds=[(say(words), counts[kind]) for kind, words in _KINDS.items()],
        is_other=is_other,
        **{one: found[one] for one in ("new", "changed", "gone", "rows", "accepted", "left_out")},
    )
    with st.container(horizontal=True):
        is_applied = st.button(
            say("Apply it"),
            type="primary",
            key="data_apply",
            disabled=not is_other or not found["accepted"],
        )
        st.button(say("Leave it as it is"), key="data_leave", on_click=_let_go, args=(token, work))
        st.button(
            say("Make a dataset of it instead"), key="data_instead", on_click=want, args=(None,)
        )
    return is_applied


@speaks
def _let_go(token: str, work: Work) -> None:
    work.drop(token)
    want(None)
    st.query_params.from_dict(with_language())

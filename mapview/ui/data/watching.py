"""Work on a file that goes on beside the page: how far it is."""

from __future__ import annotations

import streamlit as st

from mapview.ui.markup import say, speaks
from mapview.ui.presence import Job, told_progress

__all__ = ["watch"]

_EVERY_S = 0.5


@st.fragment(run_every=_EVERY_S)
@speaks
def watch(job: Job, doing: str, key: str) -> None:
    """Draw how far work is, and the whole page once more when it has ended.

    Args:
        job: The work.
        doing: What it does, as a word of the page's language.
        key: Of the button that stops it.
    """
    if not job.is_running:
        st.rerun()
    st.markdown(say("{label}: {values}", label=doing, values=told_progress(job)))
    st.button(say("Cancel"), key=key, on_click=job.cancel)

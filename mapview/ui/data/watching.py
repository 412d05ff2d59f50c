"""Work on a file that goes on beside the page: how far it is."""

from __future__ import annotations

import streamlit as st

from mapview.briefing.job import Job
from mapview.ui import markup

__all__ = ["watch"]

_EVERY_S = 0.5


@st.fragment(run_every=_EVERY_S)
def watch(job: Job, doing: str, key: str) -> None:
    """Draw how far work is, and the whole page once more when it has ended.

    Args:
        job: The work.
        doing: What it does, as a word.
        key: Of the button that stops it.
    """
    if not job.is_running:
        st.rerun()
    st.markdown(f"{doing}: {markup.plain(job.words)}")
    st.button("Cancel", key=key, on_click=job.cancel)

"""Long work for a visitor: whether somebody waits for it still, how far it is, why it failed."""

from __future__ import annotations

import time

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mapview.briefing.job import Job, Progress
from mapview.ui.markup import is_english, plain, say, warn

__all__ = ["Job", "Presence", "Progress", "told_progress", "warn_of"]

# A connection that breaks off for a moment comes back with the same session.
_GRACE_S = 30.0


class Presence:
    """Tells, from any thread, whether the session that it was made in is still there."""

    def __init__(self) -> None:
        context = get_script_run_ctx()
        self._session = context.session_id if context else ""
        self._server = runtime.get_instance() if context and runtime.exists() else None
        self._seen = time.monotonic()

    def __call__(self) -> bool:
        """Return whether it is, or was a moment ago."""
        if self._server is None or self._server.is_active_session(self._session):
            self._seen = time.monotonic()
        return time.monotonic() - self._seen < _GRACE_S


def warn_of(job: Job) -> None:
    """Draw why work gave nothing."""
    if job.fault and not is_english():
        warn(say("This could not be made"), job.fault)
    else:
        st.warning(plain(say(job.error), most=1_000))


def told_progress(job: Job) -> str:
    """Return how far work is, in the page's language; what it does just now is known in English."""
    if is_english():
        return plain(job.words)
    return say("Working: {percent} %", percent=int(job.share * 100))

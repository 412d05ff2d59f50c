"""Whether the visitor for whom something is done is still there."""

from __future__ import annotations

import time

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

__all__ = ["Presence"]

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

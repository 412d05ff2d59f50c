"""Who looks at a page of the app, on a server where people sign in."""

from __future__ import annotations

import streamlit as st

from mapview.web.access import Person, current_access, person_of

__all__ = ["visitor"]


def visitor() -> Person | None:
    """Return who looks at this page; `None` where nobody signs in.

    The cookie is that of the socket, which was let in by it: Streamlit's own `st.user` wants the
    page's origin, which nothing behind the guard is told.
    """
    access = current_access()
    return person_of(access, st.context.cookies) if access else None

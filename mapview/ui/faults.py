"""A fault in one part of the page: that part says so in a sentence, and the others stay."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geodata.errors import GeodataError
from mapview.ui import markup

__all__ = ["kept_apart"]

_LOG = logging.getLogger(__name__)


@contextmanager
def kept_apart(part: str) -> Iterator[None]:
    """Let what is drawn here fail alone.

    What Streamlit raises to stop or begin a run is no fault and goes on.

    Args:
        part: What it is, in the sentence: "the timeline".
    """
    try:
        yield
    except GeodataError as error:
        st.warning(f"{_start(part)} cannot be shown: {markup.plain(str(error), most=1_000)}.")
    except Exception:  # noqa: BLE001 - a kind of fault that nobody thought of is what it is for
        _LOG.exception("%s could not be drawn", part)
        st.warning(
            f"{_start(part)} cannot be shown because of a fault of the program; its log says why."
        )


def _start(part: str) -> str:
    return part[0].upper() + part[1:]

"""A fault in one part of the page: that part says so in a sentence, and the others stay."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geodata.errors import GeodataError
from mapview.ui import markup
from mapview.ui.markup import say

__all__ = ["kept_apart"]

_LOG = logging.getLogger(__name__)


@contextmanager
def kept_apart(sentence: str) -> Iterator[None]:
    """Let what is drawn here fail alone.

    What Streamlit raises to stop or begin a run is no fault and goes on.

    Args:
        sentence: That it cannot be shown, as a message without a full stop.
    """
    try:
        yield
    except GeodataError as error:
        markup.warn(say(sentence), str(error))
    except Exception:  # noqa: BLE001 - a kind of fault that nobody thought of is what it is for
        _LOG.exception("%s", sentence)
        words = say("{sentence} because of a fault of the program; its log says why.",
                    sentence=say(sentence))  # fmt: skip
        st.warning(words)

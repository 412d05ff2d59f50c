"""What helps when nothing is found: a button for each part of the filter, to drop it."""

from __future__ import annotations

import streamlit as st

from geodata.queries import PARTS, Filter
from mapview.ui.state import change, current, hold

__all__ = ["nothing_found", "what_to_loosen"]


def nothing_found(chosen: Filter) -> None:
    """Say that nothing was found, and offer to drop parts of the filter."""
    st.info("No incident matches all of the filters.")
    for label, names in what_to_loosen(chosen):
        st.button(label, key=f"loosen_{names[0]}", on_click=_loosen, args=names)


def _loosen(*names: str) -> None:
    hold()
    change(chosen=current().chosen.without(*names))


def what_to_loosen(chosen: Filter) -> list[tuple[str, tuple[str, ...]]]:
    """Return for each part of a filter that is set what a button to drop it says."""
    together: dict[str, list[str]] = {}
    for name, part in PARTS.items():
        if part.loosen:
            together.setdefault(part.loosen, []).append(name)
    asked = chosen.asked()
    return [
        (label, tuple(names))
        for label, names in together.items()
        if not asked.keys().isdisjoint(names)
    ]

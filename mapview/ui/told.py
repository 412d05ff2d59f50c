"""What the stage in the map's frame told last: what is shown, and what somebody wants to open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from geodata.queries import Bounds, Filter
from mapview.web.addresses import Address, MapView

__all__ = ["WISHES", "Told", "last_told", "take_message"]

# "known" is no page: the address asks for the data of another day, and is looked at again.
WISHES: Final = ("briefing", "data", "about", "groups", "known")
_TOLD = "stage_told"
_SEEN = "stage_message_seen"
_MOST_PX = 20_000


@dataclass(frozen=True)
class Told:
    """What the stage shows.

    Attributes:
        chosen: The filter.
        view: The part of the map; `None` where it is not known.
        size: Width and height of the map in pixels; `None` where they are not known.
        group: The group whose page somebody wants to open, or the file that was handed in.
        text: All of it, as its address has it.
    """

    chosen: Filter = field(default_factory=Filter)
    view: MapView | None = None
    size: tuple[int, int] | None = None
    group: str = ""
    text: str = ""

    @property
    def bounds(self) -> Bounds | None:
        """West, south, east, north of what the map shows, in degrees."""
        if self.view is None:
            return None
        if self.size is None:
            return self.view.bounds()
        return self.view.bounds(width_px=self.size[0], height_px=self.size[1])


def last_told() -> Told:
    """Return what this session's stage told last."""
    told: Told = st.session_state.get(_TOLD, Told())
    return told


def take_message(value: object) -> str:
    """Take a message of the frame, once, and return what is to be opened; nothing for an old one.

    The component keeps its last value, so each message carries a number.

    Args:
        value: The component's value.

    Raises:
        GeodataError: If the message tells a state that makes no sense.
    """
    message = value.get("last_object_clicked") if isinstance(value, Mapping) else None
    if not isinstance(message, Mapping) or message.get("n") is None:
        return ""
    if message["n"] == st.session_state.get(_SEEN):
        return ""
    st.session_state[_SEEN] = message["n"]
    st.session_state[_TOLD] = _told(message)
    wish = message.get("wish")
    return str(wish) if wish in WISHES else ""


def _told(message: Mapping[str, Any]) -> Told:
    text = str(message.get("state", ""))
    address = Address.from_query(text)
    group = str(message.get("group", ""))
    return Told(address.chosen, address.view, _size(message.get("size")), group, text)


def _size(told: object) -> tuple[int, int] | None:
    """Return width and height in pixels, or `None` if no map can have what was told."""
    if not isinstance(told, list) or len(told) != 2:  # noqa: PLR2004 - width and height
        return None
    if not all(isinstance(px, int) and 0 < px <= _MOST_PX for px in told):
        return None
    return told[0], told[1]

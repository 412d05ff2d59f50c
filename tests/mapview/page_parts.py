"""Reads what a drawn page of the app says, and what it hands to the stage in the map's frame."""

from __future__ import annotations

import json
import re
from itertools import count
from typing import Any

from streamlit.testing.v1 import AppTest

__all__ = ["config_of", "html_of", "map_of", "message"]

_NUMBERS = count(1)


def html_of(page: AppTest) -> str:
    """All HTML that templates put on the page, without the styles."""
    bodies = [one.proto.body for one in page.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def map_of(page: AppTest) -> dict[str, Any]:
    """The arguments of the map's component."""
    (component,) = page.get("component_instance")
    arguments: dict[str, Any] = json.loads(component.proto.json_args)
    return arguments


def config_of(script: str) -> dict[str, Any]:
    """The configuration that the stage is mounted with by a script."""
    match = re.search(r"Mapview\.mountInFrame\(\s*\w+, (\{.*\})\);$", script, re.MULTILINE)
    assert match is not None
    config: dict[str, Any] = json.loads(match[1])
    return config


def message(state: str = "", wish: str = "", **others: object) -> dict[str, Any]:
    """A value of the map's component: what the stage tells when a button of its bar is pressed."""
    told = {"wish": wish, "state": state, "size": [960, 600], "n": next(_NUMBERS), **others}
    return {"last_object_clicked": told}

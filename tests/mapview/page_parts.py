"""Reads what a drawn page says: its words, counts, address and the state told to the map."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from samples import Tags
from streamlit.testing.v1 import AppTest

from geodata import Filter, Store, load
from geodata.scope import describe_scope
from mapview.ui.state import Panel

Open = Callable[..., AppTest]


def html_of(page: AppTest) -> str:
    """All HTML that templates put on the page, without the styles."""
    bodies = [one.proto.body for one in page.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def words_of(page: AppTest) -> str:
    """The filter as a sentence."""
    match = re.search(r'data-testid="filter-words">(.*?)</p>', html_of(page), re.DOTALL)
    assert match is not None
    return Tags(match[1]).text


def count_of(page: AppTest) -> str:
    """How many incidents are shown, kinds apart, and how many of them on the map."""
    match = re.search(r'class="mv-count"[^>]*>(.*?)</p>', html_of(page), re.DOTALL)
    assert match is not None
    return Tags(match[1]).text


def expected_count(query: str) -> str:
    """What the page must say for a filter on the shipped records."""
    return describe_scope(Store.of(load()).totals(Filter.from_query(query)))


def address_of(page: AppTest) -> dict[str, list[str]]:
    """The page's address, every value as a list."""
    return {
        key: [values] if isinstance(values, str) else list(values)
        for key, values in page.query_params.items()
    }


def map_of(page: AppTest) -> dict[str, Any]:
    """The arguments of the map's component."""
    (component,) = page.get("component_instance")
    arguments: dict[str, Any] = json.loads(component.proto.json_args)
    return arguments


def told_to_map(page: AppTest) -> dict[str, Any]:
    """The state that the layer in the frame is told."""
    match = re.search(r"setState\((.*)\);$", map_of(page)["feature_group"], re.MULTILINE)
    assert match is not None
    state: dict[str, Any] = json.loads(match[1])
    return state


def labels_of(page: AppTest, start: str) -> list[str]:
    """The labels of the buttons whose key begins with `start`."""
    return [one.label for one in page.button if (one.key or "").startswith(start)]


def choices_of(page: AppTest, kind: str, key: str) -> list[str]:
    """The choices of a widget as they are read, with the numbers that styles put behind them."""
    (widget,) = (one for one in page.get(kind) if one.key == key)
    rule = rf'\.st-key-{key} button:nth-child\((\d+)\) p::after {{ content: "(.*?)"; }}'
    numbers: dict[int, str] = {}
    for one in page.get("html"):
        numbers |= {int(place): text for place, text in re.findall(rule, one.proto.body)}
    return [f"{label}{numbers.get(place, '')}" for place, label in enumerate(widget.options, 1)]


def press(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def switch(page: AppTest, panel: str) -> AppTest:
    (control,) = (one for one in page.get("segmented_control") if one.key == "panel")
    return control.set_value(Panel(panel)).run()

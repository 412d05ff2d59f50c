"""The browser's scripts are handed the cartography as it is, and own none of it."""

from __future__ import annotations

import json

from mapview.cartography import style
from mapview.layer.handover import MODULE_PATH, to_json, to_module


def test_the_module_is_in_line_with_the_cartography() -> None:
    assert MODULE_PATH.read_text("utf-8") == to_module(), "run `make data`"


def test_only_plain_values_are_handed_over() -> None:
    assert json.loads(json.dumps(to_json())) == to_json()
    assert style.to_json().items() <= to_json().items()

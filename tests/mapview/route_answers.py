"""Reads the answers of the routes."""

from __future__ import annotations

import re
from typing import Any

TRACE = re.compile(r"Traceback|File \"|\.py\b|Error:")


def sentence(answer: Any, status: int) -> str:
    """The sentence of an error answer, which must be JSON and must not show our insides."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    assert list(answer.json()) == ["error"]
    text = str(answer.json()["error"])
    assert not TRACE.search(text)
    assert len(text) < 1_000
    return text

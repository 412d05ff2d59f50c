"""The cases that Python and JavaScript must both pass, by the names of their files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"


def corpus(name: str) -> Any:
    """Return what `tests/corpus/NAME.json` holds."""
    return json.loads((CORPUS / f"{name}.json").read_text("utf-8"))

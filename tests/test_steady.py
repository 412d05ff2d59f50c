"""Tests of Hypothesis's examples: the same, whatever else is loaded."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from steady import CONSTANTS


def drawn() -> list[Any]:
    """What a test would draw now."""
    examples: list[Any] = []

    @settings(max_examples=300)
    @given(st.text(max_size=12), st.integers(), st.floats(allow_nan=False))
    def collect(text: str, whole: int, number: float) -> None:
        examples.append((text, whole, number))

    collect()
    return examples


def load_more_of_ours(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Load a module full of constants, as another test file's imports would."""
    path = folder / f"{name}.py"
    texts = [f"{name} {n}" for n in range(300)]
    path.write_text(f"A, B = {texts}, {list(range(10**6, 10**6 + 300))}\n")
    found = importlib.util.spec_from_file_location(name, path)
    assert found is not None
    monkeypatch.setitem(sys.modules, name, importlib.util.module_from_spec(found))


def test_more_modules_change_no_example(tmp_path, monkeypatch):
    before = drawn()
    load_more_of_ours(tmp_path, monkeypatch, "more")
    assert drawn() == before
    values = {value for example in before for value in example}
    assert values & set(CONSTANTS.strings)
    assert not [value for value in values if str(value).startswith("more ")]

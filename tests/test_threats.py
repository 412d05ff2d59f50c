"""Each threat of THREATS.md names tests, and they exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_COLUMNS = 5


def rows(text: str) -> list[list[str]]:
    """The cells of each threat."""
    table = text.partition("## Threats")[2]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def faults(text: str) -> list[str]:
    """What is wrong with a list of threats."""
    wrong = []
    for threat, *others in rows(text):
        if len(others) != _COLUMNS - 1 or not all(others):
            wrong.append(f"{threat}: a cell is missing")
            continue
        named = _NAMED.findall(others[-1])
        if not named:
            wrong.append(f"{threat}: no test holds it")
        wrong += [
            f"{threat}: no test {path}::{name}" for path, name in named if not is_test(path, name)
        ]
    return wrong


def is_test(path: str, name: str) -> bool:
    file = ROOT / path
    if not file.is_file() or not name.startswith("test_"):
        return False
    tree = ast.parse(file.read_text("utf-8"))
    return any(isinstance(one, ast.FunctionDef) and one.name == name for one in tree.body)


def test_every_threat_names_tests_that_exist() -> None:
    text = (ROOT / "THREATS.md").read_text("utf-8")
    assert len(rows(text)) >= 15
    assert faults(text) == []


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("–", "no test holds it"),
        ("`tests/test_threats.py::test_that_is_none`", "no test tests/test_threats.py"),
        ("`tests/test_nothing.py::test_x`", "no test tests/test_nothing.py"),
        ("`tests/test_threats.py::rows`", "no test tests/test_threats.py::rows"),
        ("", "a cell is missing"),
    ],
)
def test_a_threat_that_nothing_holds_is_found(cell: str, wrong: str) -> None:
    head = "## Threats\n| a | b | c | d | e |\n|---|---|---|---|---|\n"
    text = f"{head}| A | who | we | left | {cell} |\n"
    [found] = faults(text)
    assert wrong in found

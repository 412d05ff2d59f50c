"""Docstrings of dataclasses and named tuples list their attributes, not arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("geodata", "mapview")


def classes_of_data(path: Path) -> Iterator[ast.ClassDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            said = [ast.unparse(one) for one in (*node.decorator_list, *node.bases)]
            if any("dataclass" in one or "NamedTuple" in one for one in said):
                yield node


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_class_of_data_holds_are_attributes(package):
    found = [
        (path.relative_to(ROOT), one.name, ast.get_docstring(one) or "")
        for path in sorted((ROOT / package).rglob("*.py"))
        for one in classes_of_data(path)
    ]
    assert any("Attributes:\n" in text for _, _, text in found)
    wrong = [f"{path}: {name}" for path, name, text in found if "Args:\n" in text]
    assert not wrong, f"docstrings must say Attributes, not Args, got {wrong}"

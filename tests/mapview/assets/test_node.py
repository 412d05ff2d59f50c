"""Runs the tests of what is pure in the scripts, under the Node that Playwright brings along."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

HERE = Path(__file__).parent


@pytest.mark.parametrize("file", sorted(HERE.rglob("*.test.js")), ids=lambda file: file.name)
def test_node(file: Path) -> None:
    node = compute_driver_executable()[0]
    answer = subprocess.run(
        [node, "--test", str(file)], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr

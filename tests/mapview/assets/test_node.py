"""Runs the tests of what is pure in the scripts, under Node."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("file", sorted(HERE.rglob("*.test.js")), ids=lambda file: file.name)
def test_under_node(file: Path) -> None:
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "Node must be installed beside Python (make test), got none"
    ran = subprocess.run([node, file], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr

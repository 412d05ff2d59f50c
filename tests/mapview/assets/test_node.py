"""Runs the tests of what is pure in the scripts, under Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.tongue import LANGUAGES, handed, messages_of

HERE = Path(__file__).parent


@pytest.mark.parametrize("file", sorted(HERE.rglob("*.test.js")), ids=lambda file: file.name)
def test_under_node(file: Path, tmp_path: Path) -> None:
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "Node must be installed beside Python (make test), got none"
    # What scripts are handed of each language, with all messages: the cases are of the server, too.
    tongues = tmp_path / "tongues.json"
    tongues.write_text(
        json.dumps({code: handed(code, messages_of(code)) for code in LANGUAGES}), "utf-8"
    )
    ran = subprocess.run(
        [node, file],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MAPVIEW_TONGUES": str(tongues)},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr

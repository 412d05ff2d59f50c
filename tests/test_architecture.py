"""ARCHITECTURE.md says the truth: its files exist, and by its lists a toy of each can be added."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from toys import TOYS, Toy

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
OURS = re.compile(r"`((?:geodata|mapview|tests|tools)/[\w/.<>]*)`")


def listed(toy: Toy) -> list[str]:
    """The files that the numbered list under a toy's heading names, in order."""
    _, _, section = TEXT.partition(f"### … {toy.heading}\n")
    assert section, f"ARCHITECTURE.md must say how to add {toy.heading}"
    return re.findall(r"^\d+\. `([^`]+)`", section.partition("\n### ")[0], re.MULTILINE)


def copy_packages(folder: Path) -> None:
    """Make a copy that can be changed; what is not changed shares its bytes with the original.

    What was compiled comes along: Python compiles anew only what has another time or size.
    """
    for name in ("geodata", "mapview", "tests", "tools"):
        ignored = shutil.ignore_patterns("node_modules")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored, copy_function=os.link)
    shutil.copy(ROOT / "pyproject.toml", folder)


def put(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)  # The original shares its bytes.
    path.write_text(text, "utf-8")


def add(toy: Toy, folder: Path, *, but: str = "") -> None:
    for name, text in toy.new.items():
        put(folder / name, text)
    for name, (before, text) in toy.edits.items():
        if name == but:
            continue
        old = (folder / name).read_text("utf-8")
        assert old.count(before) == 1, f"{name} must hold {before!r} once"
        new = old.replace(before, text + before)
        put(folder / name, with_import(new, toy) if name in IMPORTS else new)


# What a change of these files needs imported; a linter would say so.
IMPORTS = {
    "geodata/formats/registry.py": "from geodata.formats.toy import read_toy, to_toy\n",
    "mapview/assets/page/stage.js": 'import { Toy } from "./toy.js";\n',
}


def with_import(text: str, toy: Toy) -> str:
    line = next(line for name, line in IMPORTS.items() if name in toy.edits)
    return re.sub(r"^(?=from geodata|import )", line, text, count=1, flags=re.MULTILINE)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(params=TOYS, ids=lambda toy: toy.heading)
def toy(request: pytest.FixtureRequest) -> Toy:
    return request.param


def test_the_list_names_just_what_a_toy_touches(toy):
    touched = {*toy.edits, *toy.new}
    named = [one.replace("<name>", "toy") for one in listed(toy)]
    assert touched <= set(named)
    # What a toy leaves out is said to be needed only sometimes.
    assert set(named) - touched <= {"geodata/queries/columns.py"}


def test_a_toy_works(toy, tmp_path):
    copy_packages(tmp_path)
    add(toy, tmp_path)
    answer = run(tmp_path, "-c", toy.check)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("toy", "left_out"),
    [pytest.param(one, name, id=f"{one.heading}, {name}") for one in TOYS for name in one.missed],
)
def test_a_test_names_what_was_left_out(toy, left_out, tmp_path):
    copy_packages(tmp_path)
    add(toy, tmp_path, but=left_out)
    nodes, said = toy.missed[left_out]
    answer = run(tmp_path, "-m", "pytest", "-q", "-x", nodes)
    assert answer.returncode == 1, answer.stdout
    assert said in answer.stdout


def test_everything_that_is_named_exists():
    named = {one for one in OURS.findall(TEXT) if "<" not in one}
    assert len(named) > 20
    assert [one for one in sorted(named) if not (ROOT / one).exists()] == []


def test_every_room_is_described():
    table = TEXT.partition("## Rooms")[2].partition("\n## ")[0]
    rooms = {
        path.parent.relative_to(ROOT).as_posix()
        for package in ("geodata", "mapview")
        for path in (ROOT / package).glob("*/__init__.py")
    }
    assert [room for room in sorted(rooms) if f"`{room}/`" not in table] == []

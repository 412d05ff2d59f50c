"""What the README promises works as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from mapview.cli.__main__ import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


OWN = """id,event_date,type,latitude,longitude,country,title
1,2022-05-14,airstrike,34.53,69.17,AF,Attack in Kabul
2,2022-06-20,bombing,34.35,62.20,AF,Attack in Herat
"""


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_python_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    for block in blocks(README, "python"):
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own file
    printed = capsys.readouterr().out
    assert "nearly 100" in printed
    assert "Kerman" in printed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "least", "line"),
    [
        (command, least, line)
        for command, least in (("export", 500), ("brief", 10_000))
        for block in blocks(README, "console")
        for line in block.splitlines()
        if f" {command} " in line
    ],
)
def test_examples_write_files(
    command: str, least: int, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _, *arguments = shlex.split(line, comments=True)
    assert arguments[0] == command
    if "--data" in arguments:
        # Its lines before have made the dataset of a user's own file.
        monkeypatch.setenv("MAPVIEW_WORKSPACE", str(tmp_path / "workspace"))
        (tmp_path / "own.csv").write_text(OWN, "utf-8")
        dataset = arguments[arguments.index("--data") + 1]
        assert main(["import", "own.csv", "--into", dataset]) == 0
    assert main(arguments) == 0
    assert (tmp_path / arguments[1]).stat().st_size > least


def test_make_targets_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"make ([a-z-]+)\b(?=`|\n```)", README + CONTRIBUTING))
    assert {"run", "check", "test", "test-lowest", "lint", "data"} <= named
    assert named <= targets


def test_folders_in_the_map_of_the_code_exist() -> None:
    table = README.partition("## A map of the code")[2].partition("## ")[0]
    for cell in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE):
        folder = ""
        for name in re.findall(r"`([^`]+)`", cell):
            path = name if "/" in name.rstrip("/") else folder + name
            folder = name.rpartition("/")[0] + "/" if "/" in name else folder
            assert (ROOT / path).exists(), path


def test_every_command_is_documented() -> None:
    for command in ("serve", "validate", "export", "brief", "toll", "geocode"):
        assert f"mapview {command}" in README


def test_pictures_in_the_readme_exist() -> None:
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file(), path

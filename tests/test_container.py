"""What the container file copies is there, and what it says holds; it is built by hand (docs)."""

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "Containerfile").read_text("utf-8")
KEPT = [one[1:] for one in (ROOT / ".containerignore").read_text("utf-8").split() if one[0] == "!"]
LAST = TEXT.rpartition("\nFROM ")[2]


def test_what_is_copied_is_there_and_nothing_else_comes_in():
    lines = re.findall(r"^COPY (?!--from)(.*)", TEXT, re.MULTILINE)
    copied = [one for line in lines for one in shlex.split(line)[:-1]]
    assert sorted(copied) == sorted(KEPT)
    assert [one for one in copied if not (ROOT / one).exists()] == []


def test_it_runs_as_nobody_and_writes_in_one_place():
    assert re.findall(r"^USER (\d+)", LAST, re.MULTILINE) == ["10001"]
    assert re.findall(r"^VOLUME (\S+)", LAST, re.MULTILINE) == ["/data"]
    assert "MAPVIEW_WORKSPACE=/data" in LAST
    # Neither pip nor a compiler is there to be misused.
    assert "python3-venv" not in LAST


def pins(name):
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("package", ["authlib", "httpx", "psycopg", "psycopg-binary", "streamlit"])
def test_what_a_server_may_need_is_pinned(package):
    pinned = (ROOT / "requirements" / "server.txt").read_text("utf-8")
    assert re.search(rf"^{package}(\[\w+\])?==[\w.]+ .*\\$", pinned, re.MULTILINE)


def test_versions_are_those_of_every_other_installation():
    ours, theirs = (pins("server.txt"), pins("run.txt"))
    assert {name: ours.get(name) for name in theirs} == theirs

"""What is tried of the container is what the page on running a server says."""

from pathlib import Path

import pytest
import try_container
from try_container import SAFE, checked, main

DOCS = (Path(__file__).parents[2] / "docs/running.md").read_text("utf-8")
GOOD = {"incidents": 2, "user": 10001, "written": []}


def test_it_is_run_as_the_page_says():
    shown = " ".join(DOCS.replace("\\\n", " ").split())
    assert f"podman run {SAFE} --volume mapview:/data" in shown
    assert "podman build --format docker" in shown


def test_what_is_as_it_must_be_passes():
    checked(GOOD, 2)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"incidents": 0}, "must have 2 incidents, got 0"),
        ({"user": 0}, "of a user of its own .* got user 0"),
        ({"written": ["/etc/a"]}, r"write nowhere but .* who wrote \['/etc/a'\]"),
    ],
)
def test_what_is_not_is_refused(told, message):
    with pytest.raises(RuntimeError, match=message):
        checked(GOOD | told, 2)


@pytest.fixture
def asked(monkeypatch):
    """What is asked of a program that does everything, but serves one incident too few."""
    commands = []

    def say(command):
        commands.append(command)
        if "validate" in command:
            return "no problems in 2 incidents\n"
        return '{"incidents": 1, "user": 10001, "written": []}' if "exec" in command else "0"

    monkeypatch.setattr(try_container, "_said", say)
    monkeypatch.setattr(
        try_container.subprocess, "run", lambda command, **_: Done(commands, command)
    )
    return commands


class Done:
    returncode = 0

    def __init__(self, commands, command):
        commands.append(command)


def test_whatever_happens_nothing_stays(asked, monkeypatch):
    monkeypatch.setattr("sys.argv", ["try_container.py", "--program", "one --with this"])
    with pytest.raises(RuntimeError, match="must have 2 incidents, got 1"):
        main()
    assert {tuple(command[:3]) for command in asked} == {("one", "--with", "this")}
    ended = [" ".join(command[3:-1]) for command in asked[-3:]]
    assert ended == ["rm --force", "volume rm --force", "rmi --force"]

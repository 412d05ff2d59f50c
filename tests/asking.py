"""A watch that writes down whom a process of Python asks: every connection and look-up."""

from __future__ import annotations

import json
from ipaddress import ip_address
from pathlib import Path

__all__ = ["elsewhere", "watching"]

# Runs in the server before anything else; audit events come from below all libraries of Python.
_WATCH = """
import json, os, sys

def note(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
                 "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}:
        place = arguments[1] if event.startswith(("socket.con", "socket.send")) else arguments[0]
        name = place[0] if isinstance(place, tuple) else place
        with open(os.environ["ASKED"], "a") as file:
            file.write(json.dumps([event, str(name)]) + chr(10))

sys.addaudithook(note)
"""
_OWN_NAMES = {"localhost", "None"}


def watching(folder: Path) -> tuple[dict[str, str], Path]:
    """Return the variables that put a process under watch, and the file of what it asks."""
    (folder / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
    asked = folder / "asked.jsonl"
    path = f"{folder}:{Path(__file__).parents[1]}"
    return {"PYTHONPATH": path, "ASKED": str(asked)}, asked


def elsewhere(asked: Path) -> list[list[str]]:
    """What was asked outside this machine."""
    lines = asked.read_text("utf-8").splitlines()
    return [one for one in map(json.loads, lines) if not _is_here(one[1])]


def _is_here(name: str) -> bool:
    if name in _OWN_NAMES or name.startswith("/"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified

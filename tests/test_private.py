"""The server asks nobody: every connection and look-up of its process is written down and read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from asking import elsewhere, watching
from samples import WORLD
from served import Server, Session, errors_in
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from mapview.exports import EXPORTS


@dataclass
class Watched:
    server: Server
    asked: Path


@pytest.fixture(params=["localhost", "0.0.0.0", "::"])  # noqa: S104 - all that may be asked for
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watched]:
    environment, asked = watching(tmp_path)
    with Server(
        log=tmp_path / "log.txt", options=("--address", request.param), environment=environment
    ) as one:
        yield Watched(one, asked)


def ask(url: str, **headers: str) -> int:
    try:
        with urlopen(Request(url, headers=headers)) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def test_nobody_is_asked_from_start_to_end(watched: Watched) -> None:
    url = watched.server.url
    assert watched.asked.exists(), "the watch must have seen the server look up its own address"
    session = Session(url)
    for query in ("", "panel=table", "id=kerman-2024-01-03", "country=TJ&type=party"):
        assert errors_in(session.draw(query)) == []
    session.close()
    paths = ["", "about", "embed", f"api/view?z=4&b={WORLD}", "_stcore/health", "_stcore/metrics"]
    for path in (*paths, *(f"api/incidents.{ending}?f=country%3DTJ" for ending in EXPORTS)):
        assert ask(url + path) == 200
        assert ask(url + path, Origin="http://evil.example") == 403
        assert ask(url + path, Host="evil.example") == 421
        assert ask(url + path, Origin="http://evil.example", Host="evil.example") == 421
    stream = url.replace("http", "ws", 1) + "_stcore/stream"
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "http://203.0.113.7:8501"},
        {"Origin": "null"},
    ):
        with pytest.raises(InvalidStatus) as refused, connect(stream, additional_headers=headers):
            pass
        assert refused.value.response.status_code == 403
    assert elsewhere(watched.asked) == []


ASK = """
import socket

socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("203.0.113.7", 1))
try:
    socket.create_connection(("outside.invalid", 80), 1)
except OSError:
    pass
"""


def test_watch_sees_what_is_asked(tmp_path: Path) -> None:
    """The test above could not fail if the watch saw nothing."""
    watch, asked = watching(tmp_path)
    command = [sys.executable, "-W", "ignore", "-c", ASK]
    subprocess.run(command, env={**os.environ, **watch}, check=True)
    assert {"203.0.113.7", "outside.invalid"} <= {name for _, name in elsewhere(asked)}

"""From whom a server takes files: from its user, and from nobody where others can reach it."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from mapview.settings import ENGINE_VARIABLE, SETTINGS
from mapview.web.handing import own_use as module
from mapview.web.handing import refusal_of_files, serves_at


@pytest.fixture(autouse=True)
def unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_listening", module._Listening())


def listen(*addresses: str) -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in addresses]
        for one, address in zip(sockets, addresses, strict=True):
            one.bind((address, 0))
        serves_at(sockets)


def test_nothing_is_taken_before_it_is_known_who_may_ask() -> None:
    assert "--address" in refusal_of_files()
    listen()
    assert "--address" in refusal_of_files()


def test_this_machine_alone_is_let_in() -> None:
    listen("127.0.0.1", "127.0.0.2")
    assert refusal_of_files() == ""


EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is to be refused


@pytest.mark.parametrize("addresses", [(EVERYWHERE,), ("127.0.0.1", EVERYWHERE)])
def test_a_server_of_other_machines_takes_nothing(addresses: tuple[str, ...]) -> None:
    listen(*addresses)
    assert refusal_of_files() == (
        "a server must serve this machine alone to take files, got one that other machines may "
        "reach (--address)"
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("is_public", "on", "publishes"),
        ("hosts", "maps.example.org", "--host"),
        ("base_path", "/map", "--base-path"),
        ("behind_proxy", "on", "--behind-proxy"),
    ],
)
def test_a_server_that_others_reach_takes_nothing(
    name: str, value: str, words: str, own_use: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal_of_files() == ""
    monkeypatch.setenv(SETTINGS[name].variable, value)
    assert words in refusal_of_files()


def test_a_server_of_an_engine_takes_nothing(
    own_use: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENGINE_VARIABLE, "postgresql://db/maps")
    assert "--engine" in refusal_of_files()

"""Where the server listens, what is said when it cannot, and how long it waits."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geodata.errors import SettingError
from mapview.web import listening
from mapview.web.listening import bind, url_of


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def ports_of(sockets: list[socket.socket]) -> set[int]:
    return {one.getsockname()[1] for one in sockets}


def test_localhost_is_this_machine_alone(opened: ExitStack) -> None:
    sockets = [opened.enter_context(one) for one in bind("localhost", 0)]
    assert {one.getsockname()[0] for one in sockets} <= {"127.0.0.1", "::1"}
    assert "127.0.0.1" in {one.getsockname()[0] for one in sockets}


def test_everywhere_over_version_6_is_everywhere_over_version_4(opened: ExitStack) -> None:
    sockets = [opened.enter_context(one) for one in bind("::", 0)]
    [port] = ports_of(sockets)
    socket.create_connection(("127.0.0.1", port), 5).close()
    socket.create_connection(("::1", port), 5).close()


def test_answers_wait_for_no_word_that_their_first_half_has_come(opened: ExitStack) -> None:
    # asyncio looks at this before it sends at once.
    sockets = [opened.enter_context(one) for one in bind("localhost", 0)]
    assert {one.proto for one in sockets} == {socket.IPPROTO_TCP}
    seen: list[int] = []

    class Seen(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            own = transport.get_extra_info("socket")
            seen.append(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        async with await loop.create_server(Seen, sock=sockets[0]):
            address = sockets[0].getsockname()[:2]
            _, writer = await asyncio.open_connection(*address)
            while not seen:
                await asyncio.sleep(0.01)
            writer.close()

    asyncio.run(serve())
    assert seen[0]


def test_port_in_use_is_said(opened: ExitStack) -> None:
    [port] = ports_of([opened.enter_context(one) for one in bind("127.0.0.1", 0)])
    with pytest.raises(SettingError, match=f"--port must be free, got {port}, where another"):
        bind("127.0.0.1", port)
    # What was bound before the fault is given back: the last form of the address fails.
    with pytest.raises(SettingError, match="--port must be free"):
        bind("localhost", port)


@pytest.mark.parametrize("address", ["nope.invalid", "192.0.2.1", "a b", "x" * 300, "[::1]", "é"])
def test_address_that_is_none_is_said(address: str) -> None:
    with pytest.raises(SettingError, match=r"--address must be .*of this machine"):
        bind(address, 0)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("localhost", "http://localhost:8501/map/"),
        ("192.168.1.5", "http://192.168.1.5:8501/map/"),
        ("::1", "http://[::1]:8501/map/"),
        ("::", "http://localhost:8501/map/"),
        ("0.0.0.0", "http://localhost:8501/map/"),  # noqa: S104
    ],
)
def test_address_to_open_can_be_opened(address: str, wanted: str) -> None:
    assert url_of(address, 8501, "/map") == wanted


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that waits half a second for a request."""
    monkeypatch.setattr(listening, "_REQUEST_S", 0.5)

    async def slow(request: object) -> PlainTextResponse:
        import asyncio

        await asyncio.sleep(1)
        return PlainTextResponse("done")

    app = Starlette(routes=[Route("/slow", slow)])
    servers: list[uvicorn.Server] = []
    monkeypatch.setattr(uvicorn.Server, "capture_signals", lambda self: ExitStack(), raising=True)
    run = uvicorn.Server.run

    def note(self: uvicorn.Server, sockets: list[socket.socket]) -> None:
        servers.append(self)
        run(self, sockets)

    monkeypatch.setattr(uvicorn.Server, "run", note)
    sockets = bind("127.0.0.1", 0)
    thread = threading.Thread(target=listening.listen, args=(app, sockets))
    thread.start()
    yield ports_of(sockets).pop()
    servers[0].should_exit = True
    thread.join(10)


def test_connection_whose_request_does_not_come_is_closed(impatient: int) -> None:
    for sent in (b"", b"GET /slow HTTP/1.1\r\nHost: local"):
        with closing(socket.create_connection(("127.0.0.1", impatient), 5)) as one:
            one.sendall(sent)
            begun = time.monotonic()
            assert one.recv(100) == b""
            assert 0.3 < time.monotonic() - begun < 4


def test_answer_may_take_longer(impatient: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", impatient), 5)) as one:
        one.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert one.recv(100).startswith(b"HTTP/1.1 200")

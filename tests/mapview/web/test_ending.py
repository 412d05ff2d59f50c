"""The server ends within seconds when it is told to, whoever still reads."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from served import Server, Session


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_slow_reader_does_not_hold_it(
    sign: signal.Signals, many_file: Path, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    server = Server(log=tmp_path / "log.txt", data=many_file, environment={"TMPDIR": str(scratch)})
    try:
        server.wait()
        session = Session(server.url)
        session.draw()
        children = psutil.Process(server.process.pid).children(recursive=True)
        with closing(socket.socket()) as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            reader.connect(("127.0.0.1", server.port))
            reader.sendall(b"GET /api/incidents.geojson HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert reader.recv(100).startswith(b"HTTP/1.1 200")
            begun = time.monotonic()
            os.kill(server.process.pid, sign)
            server.process.wait(20)
        assert time.monotonic() - begun < 15
        for one in children:
            one.wait(10)
        assert list(scratch.iterdir()) == []
    finally:
        if server.process.poll() is None:
            server.stop()


def test_jobs_of_readers_who_have_gone_end(many_file: Path, tmp_path: Path) -> None:
    server = Server(log=tmp_path / "log.txt", data=many_file)
    try:
        server.wait()
        with closing(socket.create_connection(("127.0.0.1", server.port))) as reader:
            reader.sendall(b"GET /api/incidents.xlsx HTTP/1.1\r\nHost: localhost\r\n\r\n")
            [helper] = psutil.Process(server.process.pid).children()
            end = time.monotonic() + 30
            while not (working := helper.children()):
                assert time.monotonic() < end
                time.sleep(0.05)
        working[0].wait(20)
    finally:
        server.stop()

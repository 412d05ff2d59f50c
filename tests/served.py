"""The real app in a process of its own, and sessions with it that need no browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Self
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

START_S = 60


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Server:
    """`mapview serve` as a process of its own; `with` one, it answers within and ends after."""

    def __init__(
        self,
        *,
        log: Path,
        data: Path | None = None,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        port: int = 0,
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}/"
        self.log = log
        command = [sys.executable, "-m", "mapview.cli", "serve", "--port", str(self.port), *options]
        if data:
            command += ["--data", str(data)]
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                command,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
                cwd=log.parent,
                env={**os.environ, **(environment or {})},
            )

    def __enter__(self) -> Self:
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait(self, path: str = "api/areas") -> None:
        """Wait until it answers at a path that needs nobody to sign in."""
        end = time.monotonic() + START_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}{path}") as answer:
                    if answer.status == 200:
                        return
            except (URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not start: {self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


class Session:
    """One visitor of the app, as a browser's page is one, but without a page."""

    def __init__(self, url: str) -> None:
        address = f"{url.replace('http', 'ws', 1)}_stcore/stream"
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(address, subprotocols=["streamlit"], additional_headers={"Origin": origin})
        )

    def draw(self, query: str = "", seconds: float = 60) -> list[Delta]:
        """Run the page's script for an address, and return what it drew."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        self._socket.send(asked.SerializeToString())
        drawn = []
        end = time.monotonic() + seconds
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(timeout=end - time.monotonic()))
            kind = message.WhichOneof("type")
            if kind == "delta":
                drawn.append(message.delta)
            elif kind == "script_finished":
                return drawn

    def close(self) -> None:
        self._open.close()


FAULT = "because of a fault of the program"


def errors_in(drawn: Sequence[Delta]) -> list[str]:
    """The messages of the error boxes in what was drawn, and of the parts that failed alone."""
    elements = [one.new_element for one in drawn if one.WhichOneof("type") == "new_element"]
    boxes = [one.exception.message for one in elements if one.WhichOneof("type") == "exception"]
    alerts = [one.alert.body for one in elements if one.WhichOneof("type") == "alert"]
    return boxes + [one for one in alerts if FAULT in one]


def maps_in(drawn: Sequence[Delta]) -> int:
    """How many maps with the stage were drawn."""
    elements = [one.new_element for one in drawn if one.WhichOneof("type") == "new_element"]
    return sum(one.WhichOneof("type") == "component_instance" for one in elements)

"""A server with the real app, and a visit to it that notes everything that goes wrong."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, Frame, Page, Request, WebSocket

START_S = 60
PAINT_MS = 30_000
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Server:
    """`mapview serve` as a process of its own."""

    def __init__(self, *, log: Path, data: Path | None = None, options: Sequence[str] = ()) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}/"
        self.log = log
        command = [sys.executable, "-m", "mapview.cli", "serve", "--port", str(self.port), *options]
        if data:
            command += ["--data", str(data)]
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                command, stdout=stream, stderr=stream, start_new_session=True, cwd=log.parent
            )

    def wait(self) -> None:
        end = time.monotonic() + START_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}api/areas") as answer:
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


class Visit:
    """A page of the app, with what went wrong on it.

    Requests are noted and not taken over: a browser keeps no files for pages whose requests are,
    and reads and compiles the app's scripts anew for each. `chromium.ARGUMENTS` bar other hosts.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.faults: list[str] = []
        self.elsewhere: list[str] = []
        context.on("request", self._note)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("console", self._console)
        self.page.on("dialog", self._dialog)
        self.page.on("websocket", self._note)

    def close(self) -> None:
        self.context.remove_listener("request", self._note)
        for page in self.context.pages:
            page.close()

    def _note(self, asked: Request | WebSocket) -> None:
        parts = urlsplit(asked.url)
        if parts.hostname not in ("localhost", "127.0.0.1") and parts.scheme not in (
            "data",
            "blob",
        ):
            self.elsewhere.append(asked.url)

    def _console(self, message: object) -> None:
        kind, text = message.type, message.text  # type: ignore[attr-defined]
        if kind == "error" or "Content Security Policy" in text:
            self.faults.append(f"console: {text}")

    def _dialog(self, dialog: object) -> None:
        self.faults.append("a dialog opened")
        dialog.dismiss()  # type: ignore[attr-defined]

    def open(self, query: str = "") -> Visit:
        self.page.goto(self.url + query)
        self.wait_painted()
        # Widgets that are drawn while one types would lose what was typed.
        self.page.wait_for_selector(IDLE, timeout=PAINT_MS)
        return self

    def frame(self) -> Frame:
        """Return the map's frame, once it is there."""
        end = time.monotonic() + PAINT_MS / 1000
        while time.monotonic() < end:
            for frame in self.page.frames:
                if "streamlit_folium" in frame.url and frame.evaluate("!!window.mapviewMap"):
                    return frame
            self.page.wait_for_timeout(50)
        raise AssertionError("the map's frame did not appear")

    def wait_painted(self, query: str | None = None) -> Frame:
        """Wait until the map has painted, and with a certain filter if one is given."""
        frame = self.frame()
        frame.wait_for_function(
            "q => document.documentElement.dataset.mapviewPainted !== undefined"
            " && (q === null || document.documentElement.dataset.mapviewFilter === q)",
            arg=query,
            timeout=PAINT_MS,
        )
        return frame

    def painted(self) -> list[dict[str, object]]:
        marks: list[dict[str, object]] = self.frame().evaluate("window.mapviewMap.painted()")
        return marks

    def painted_ids(self) -> set[str]:
        return {one for mark in self.painted() for one in mark["ids"]}  # type: ignore[attr-defined]

    def click_mark(self, identifier: str) -> None:
        """Click on the symbol of an incident that stands alone."""
        mark = next(m for m in self.painted() if identifier in m["ids"])  # type: ignore[operator]
        position = {"x": float(mark["x"]), "y": float(mark["y"])}  # type: ignore[arg-type]
        self.frame().locator("#map_div").click(position=position)  # type: ignore[arg-type]

    def count(self) -> str:
        return self.page.locator(".mv-count").inner_text()

    def words(self) -> str:
        return self.page.locator("[data-testid=filter-words]").inner_text()

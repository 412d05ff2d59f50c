"""Debian's Firefox, driven by the WebDriver BiDi that it speaks itself.

Playwright's releases ask Firefox for commands that the one with extended support does not have yet,
and its own driver is in no package. The few commands that tests need are sent as they are.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

__all__ = ["HOW_TO_GET_FIREFOX", "Firefox", "Tab", "find_firefox"]

HOW_TO_GET_FIREFOX = (
    "No Firefox was found. Install one: as root on Debian `apt-get install firefox-esr`, "
    "or name its file in the variable FIREFOX."
)
_START_S = 60
_WAIT_S = 60
# No test may depend on the network: what is not on this machine is asked of a proxy that is none.
_PREFERENCES = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "localhost, 127.0.0.1",
    # As Chromium's, scroll bars take no room in pictures.
    "ui.useOverlayScrollbars": 1,
    "network.captive-portal-service.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
}


def find_firefox() -> str | None:
    """Return the path of a Firefox on this machine, or `None`."""
    named = os.environ.get("FIREFOX")
    if named:
        return named if Path(named).is_file() else None
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """A browser with a profile of its own, and what went wrong in its pages."""

    def __init__(self, path: str, profile: Path) -> None:
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items())
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        self.log = profile / "log.txt"
        command = [path, "--headless", "--no-remote", "--profile", str(profile)]
        with self.log.open("wb") as stream:
            self.process = subprocess.Popen(
                [*command, "--remote-debugging-port", "0"], stdout=stream, stderr=stream
            )
        self.faults: list[str] = []
        self._sent = 0
        self._open = ExitStack()
        self._open.callback(self.process.wait, 20)
        self._open.callback(self.process.terminate)
        try:
            self._begin()
        except BaseException:
            self._open.close()
            raise

    def _begin(self) -> None:
        socket = connect(f"{self._address()}/session", max_size=None, open_timeout=_START_S)
        self._socket = self._open.enter_context(socket)
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])

    def _address(self) -> str:
        end = time.monotonic() + _START_S
        while time.monotonic() < end and self.process.poll() is None:
            found = re.search(r"BiDi listening on (ws://\S+)", self.log.read_text("utf-8"))
            if found:
                return found[1]
            time.sleep(0.1)
        raise AssertionError(f"Firefox did not start: {self.log.read_text('utf-8')[-2000:]}")

    def stop(self) -> None:
        self._open.close()

    def send(self, method: str, **values: Any) -> dict[str, Any]:
        """Send a command and return what it answers; what the pages log meanwhile is kept."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": values}))
        while True:
            told = json.loads(self._socket.recv(timeout=_WAIT_S))
            if told["type"] == "event":
                entry = told["params"]
                if entry.get("level") == "error":
                    self.faults.append(f"{entry.get('text')} {entry['source'].get('context')}")
            elif told["id"] == self._sent:
                assert told["type"] == "success", (method, told)
                result: dict[str, Any] = told["result"]
                return result

    def open(self, url: str) -> Tab:
        """Open a page in a new tab."""
        context = self.send("browsingContext.create", type="tab")["context"]
        viewport = {"width": 1440, "height": 900}
        self.send("browsingContext.setViewport", context=context, viewport=viewport)
        self.send("browsingContext.navigate", context=context, url=url, wait="complete")
        return Tab(self, context)


class Tab:
    """A page, or a frame in one."""

    def __init__(self, browser: Firefox, context: str) -> None:
        self.browser = browser
        self.context = context

    def close(self) -> None:
        self.browser.send("browsingContext.close", context=self.context)

    def frame(self, part: str) -> Tab:
        """Return the frame whose address holds a part, once it is there."""
        end = time.monotonic() + _WAIT_S
        while time.monotonic() < end:
            (tree,) = self.browser.send("browsingContext.getTree", root=self.context)["contexts"]
            for child in tree["children"]:
                if part in child["url"]:
                    return Tab(self.browser, child["context"])
            time.sleep(0.1)
        raise AssertionError(f"a frame of {part} must appear, got none")

    def evaluate(self, script: str) -> Any:
        """Return what an expression comes to."""
        told = self._ask(f"(async () => JSON.stringify((await ({script})) ?? null))()")
        return json.loads(told["value"])

    def wait(self, script: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + _WAIT_S
        while not self.evaluate(script):
            assert time.monotonic() < end, f"{script} must become true"
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Press the middle of an element, as a mouse does."""
        quoted = json.dumps(selector)
        self.evaluate(f"document.querySelector({quoted}).scrollIntoView({{block: 'center'}})")
        element = {"sharedId": self._ask(f"document.querySelector({quoted})")["sharedId"]}
        origin = {"type": "element", "element": element}
        steps: list[dict[str, Any]] = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": steps}
        self.browser.send("input.performActions", context=self.context, actions=[mouse])

    def _ask(self, expression: str) -> dict[str, Any]:
        told = self.browser.send(
            "script.evaluate",
            expression=expression,
            target={"context": self.context},
            awaitPromise=True,
        )
        assert told["type"] == "success", (expression, told)
        result: dict[str, Any] = told["result"]
        return result

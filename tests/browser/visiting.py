"""A visit to the app that notes everything that goes wrong, and finds its way on the stage."""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Frame, Locator, Page, Request, WebSocket

PAINT_MS = 60_000
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
STAGE = "iframe[title*='streamlit_folium']"
# Put another address above the frame with the stage, and load the frame anew.
ANEW = """async ([stage, address]) => {
  if (document.fullscreenElement) await document.exitFullscreen();
  const frame = document.querySelector(stage);
  const url = frame.contentWindow.location.href;
  const go = (to) => new Promise((resolve) => {
    frame.addEventListener("load", resolve, {once: true});
    frame.contentWindow.location.replace(to);
  });
  await go("about:blank");
  window.mapviewLeft = null;  // what the stage that was here showed at last
  window.history.pushState(null, "", address);
  await go(url);
}"""


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
        self.others = [*context.pages]
        context.on("request", self._note)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("console", self._console)
        self.page.on("dialog", self._dialog)
        self.page.on("websocket", self._note)

    def close(self) -> None:
        """Close the page, and what was opened since."""
        self.context.remove_listener("request", self._note)
        for page in self.context.pages:
            if page not in self.others:
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
            self.faults.append(f"console: {text} {message.location}")

    def _dialog(self, dialog: object) -> None:
        self.faults.append("a dialog opened")
        dialog.dismiss()  # type: ignore[attr-defined]

    def open(self, query: str = "") -> Visit:
        self.page.goto(self.url + query)
        self.wait_painted()
        # Widgets that are drawn while one types would lose what was typed.
        self.page.wait_for_selector(IDLE, timeout=PAINT_MS)
        return self

    def open_anew(self, query: str = "") -> Visit:
        """Open the stage at an address in the page that is there: of that, too, nothing is left.

        The program around it stays, which takes as long to open as the stage.
        """
        # Outside of the page, so that nothing is pointed at.
        self.page.mouse.move(-1, -1)
        self.page.evaluate(ANEW, [STAGE, f"/{query}"])
        self.wait_painted()
        self.page.wait_for_selector(IDLE, timeout=PAINT_MS)
        return self

    def frame(self) -> Frame:
        """Return the frame with the stage, once the stage is there."""
        end = time.monotonic() + PAINT_MS / 1000
        while time.monotonic() < end:
            for frame in self.page.frames:
                if "streamlit_folium" in frame.url and frame.evaluate("!!window.mapviewPage"):
                    return frame
            self.page.wait_for_timeout(50)
        raise AssertionError("the stage did not appear")

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
        self.map().click(position=position)  # type: ignore[arg-type]

    def at(self, selector: str) -> Locator:
        """A part of the stage."""
        return self.frame().locator(selector)

    def button(self, name: str) -> Locator:
        """A button of the stage, by all of its name."""
        return self.frame().get_by_role("button", name=name, exact=True)

    def map(self) -> Locator:
        return self.at(".leaflet-container")

    def sheet(self) -> Locator:
        """What is said of the record that is chosen."""
        return self.at("#side")

    def open_filters(self) -> None:
        if self.at("#drawer").is_hidden():
            self.at("#drawer-button").click()

    def tick(self, facet: str, value: str) -> None:
        """Tick a box in the drawer of filters, or take its tick away, as somebody does."""
        self.open_filters()
        part = self.at(f"#{facet}")
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        label = part.locator(f'label:has(input[value="{value}"])')
        if label.is_hidden():
            part.get_by_role("button", name=re.compile(r"^\d+ more$")).click()
        label.click()

    def search(self, words: str) -> None:
        self.open_filters()
        self.at("#words").fill(words)

    def count(self) -> str:
        return self.at("#count").inner_text()

    def words(self) -> list[str]:
        """What the filters ask for, part by part."""
        return self.at("#chips li").locator("span").all_inner_texts()

"""The browser that measures: found on this machine, without a network, one page at a time."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page, Playwright, sync_playwright

__all__ = ["open_browser", "open_page", "open_stage"]

_WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chromium-headless-shell",
)
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    # Others draw by WebGL, which has no graphics card here.
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    # No name but this machine's is ever looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
)
_WINDOW = {"width": 1440, "height": 900}
_IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_LONGEST_S = 90


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open a headless Chromium until the block ends."""
    with sync_playwright() as driver:
        path = find_browser(driver)
        browser = driver.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def find_browser(driver: Playwright) -> str:
    """Return the path of a Chromium, or end with a sentence."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    own = driver.chromium.executable_path
    if found or Path(own).is_file():
        return found or own
    raise SystemExit(
        "A Chromium must be installed to measure in, got none. Install the package `chromium`, "
        "or run `python -m playwright install chromium`."
    )


@contextmanager
def open_page(browser: Browser) -> Iterator[Page]:
    """Open an empty page with empty caches, and close it when the block ends."""
    context = browser.new_context(viewport={**_WINDOW}, locale="en-GB")
    try:
        context.add_init_script(_WATCH)
        yield context.new_page()
    finally:
        context.close()


def open_stage(page: Page, url: str) -> Frame:
    """Go to an app and return the frame of its stage, once an incident is painted and all rests."""
    page.goto(url, timeout=_LONGEST_S * 1_000)
    end = time.monotonic() + _LONGEST_S
    while time.monotonic() < end:
        for frame in page.frames:
            if "streamlit_folium" in frame.url and frame.evaluate("window.benchmark?.paint"):
                page.wait_for_selector(_IDLE, timeout=_LONGEST_S * 1_000)
                page.wait_for_timeout(1_000)
                return frame
        page.wait_for_timeout(50)
    raise SystemExit(f"an incident must be painted within {_LONGEST_S} s, got none")

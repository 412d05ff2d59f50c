"""Finding a Chromium for the browser tests and the benchmarks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

__all__ = ["ARGUMENTS", "HOW_TO_GET_ONE", "SHELL", "find_chromium"]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # One process draws all pages of one test after another: it has the scripts compiled already.
    "--renderer-process-limit=1",
    # No test may depend on the network: there is no other host than this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
HOW_TO_GET_ONE = (
    "No Chromium was found. Install one: as root on Debian or Ubuntu `apt-get install chromium`, "
    "elsewhere `.venv/bin/python -m playwright install chromium`, "
    "or name its file in the variable CHROMIUM."
)
# The same engine without the windows that nobody sees: opening the app takes it a third less work.
SHELL = "chromium-headless-shell"
_NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine, or `None`."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None

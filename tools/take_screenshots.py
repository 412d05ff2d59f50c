"""Take the pictures that the documents show, from the real app on the shipped records.

    python tools/take_screenshots.py

Needs a Chromium, as the browser tests do.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import ARGUMENTS, HOW_TO_GET_ONE, find_chromium
from browser.visiting import Visit
from served import Server

PICTURES = {
    "screenshot.png": ("?id=kerman-2024-01-03&from=2015&view=64.5,34.2,5", (1440, 900), "light"),
}


def main() -> int:
    """Write every picture into docs/."""
    path = find_chromium()
    if path is None:
        print(HOW_TO_GET_ONE, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(log=Path(folder) / "log.txt")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            server.wait()
            for name, (query, (width, height), scheme) in PICTURES.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                visit = Visit(context, server.url).open(query)
                visit.page.wait_for_timeout(2_500)
                (ROOT / "docs").mkdir(exist_ok=True)
                visit.page.screenshot(path=ROOT / "docs" / name)
                context.close()
                print(name)
        finally:
            browser.close()
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

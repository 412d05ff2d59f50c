"""Get a Chromium for the browser tests, if this machine has none.

First Debian's package, when we are root and there is apt; then Playwright's own build. If neither
works, say how to get one and fail: browser tests are never left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from chromium import HOW_TO_GET_ONE, find_chromium

_MINUTES = 10


def main() -> int:
    """Return 0 when there is a Chromium at the end, else 1."""
    if find_chromium():
        return 0
    for command in _ways():
        print("installing a Chromium:", " ".join(command), flush=True)
        try:
            subprocess.run(command, check=False, timeout=_MINUTES * 60)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"that did not work: {error}", file=sys.stderr)
        if find_chromium():
            return 0
    print(HOW_TO_GET_ONE, file=sys.stderr)
    return 1


def _ways() -> list[list[str]]:
    ways = []
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        ways.append(["apt-get", "update", "-qq"])
        ways.append(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    ways.append([sys.executable, "-m", "playwright", "install", "chromium"])
    return ways


if __name__ == "__main__":
    sys.exit(main())

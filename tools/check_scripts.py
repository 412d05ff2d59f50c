"""Check that the map's scripts can be joined, and that each is part of a page.

What a script imports, and whether it is there, is what tsc checks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mapview import assets
from mapview.assets.bundle import bundle, in_order

ENTRIES = (
    assets.FRAME_ENTRY,
    assets.PAGE_ENTRY,
    assets.DROP_ENTRY,
    assets.VIEWER_ENTRY,
    assets.NOTEBOOK_ENTRY,
)
FOLDER = Path(assets.__file__).parent


def left_out() -> list[str]:
    """Return the scripts that no entry imports, and those that are listed but not there."""
    used = {name for entry in ENTRIES for name in in_order(entry)}
    return sorted(used ^ {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.js")})


def main() -> int:
    """Join the scripts of each page and say which are left out."""
    for entry in ENTRIES:
        bundle(entry)
    for name in left_out():
        print(f"{name} must be imported by a script of a page, got none that does")
    return bool(left_out())


if __name__ == "__main__":
    sys.exit(main())

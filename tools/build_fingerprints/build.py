"""Make the fingerprints with which validation finds copied sentences.

Run by a maintainer who has the source documents as text files:

    python tools/build_fingerprints/build.py DOCUMENT.txt [DOCUMENT.txt ...]

The output has no text in it: 5 bytes of a hash for each run of ten words, sorted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from geodata.checks.quotation import FINGERPRINTS, fingerprints


def main(paths: list[str]) -> None:
    """Write the fingerprints of all documents together."""
    marks = {mark for path in paths for _, mark in fingerprints(Path(path).read_text("utf-8"))}
    FINGERPRINTS.write_bytes(b"".join(sorted(marks)))
    print(f"{len(marks):,} fingerprints from {len(paths)} documents in {FINGERPRINTS.name}")


if __name__ == "__main__":
    main(sys.argv[1:])

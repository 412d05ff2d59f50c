"""Zip archives whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["stabilised", "stable_zip"]

# The first moment that a zip archive can hold.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_NESTED = (".xlsx", ".docx", ".pptx", ".zip")
# Their bytes are compressed already.
_STORED = (*_NESTED, ".png", ".gz")


def stable_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of files, in the order given, without clock or machine in it.

    Args:
        members: Name in the archive to content.

    Example:
        >>> stable_zip({"a.txt": b"a"}) == stable_zip({"a.txt": b"a"})
        True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = 3  # As on Unix, wherever it is made.
            entry.external_attr = _READABLE
            stored = name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def stabilised(archive: bytes) -> bytes:
    """Return a zip archive that a library wrote, with its dates and those of archives in it fixed.

    Members keep their order, which office programs rely on.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    return stable_zip(
        {
            name: stabilised(content) if name.endswith(_NESTED) else content
            for name, content in members.items()
        }
    )

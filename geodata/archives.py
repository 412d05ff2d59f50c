"""Zip archives whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

__all__ = ["repack_zip", "stabilised", "stable_zip", "write_stable_zip"]

# The first moment that a zip archive can hold.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_NESTED = (".xlsx", ".docx", ".pptx", ".zip")
_PIECE = 1 << 20
# Their bytes are compressed already.
_STORED = (*_NESTED, ".png", ".gz", ".kmz", ".qgz")


def stable_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of files, in the order given, without clock or machine in it.

    Args:
        members: Name in the archive to content.

    Example:
        >>> stable_zip({"a.txt": b"a"}) == stable_zip({"a.txt": b"a"})
        True
    """
    buffer = io.BytesIO()
    write_stable_zip(buffer, ((name, io.BytesIO(one)) for name, one in members.items()))
    return buffer.getvalue()


def write_stable_zip(target: IO[bytes], members: Iterable[tuple[str, IO[bytes]]]) -> None:
    """Write the same piece by piece.

    Args:
        target: The file to write.
        members: Name in the archive, and content from its beginning to its end, of each.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members:
            size = content.seek(0, io.SEEK_END)
            content.seek(0)
            _add(archive, name, content, size)


def _add(archive: zipfile.ZipFile, name: str, content: IO[bytes], size: int) -> None:
    with archive.open(_entry(name, size), "w") as stream:
        shutil.copyfileobj(content, stream, _PIECE)


def _entry(name: str, size: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    # From two gigabytes on an entry is written in another way.
    entry.file_size = size
    entry.create_system = 3  # As on Unix, wherever it is made.
    entry.external_attr = _READABLE
    stored = name.endswith(_STORED)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return entry


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


def repack_zip(source: str | Path, path: str | Path) -> None:
    """Write a zip file anew as `stabilised` does, piece by piece, for files of any size.

    Args:
        source: The zip file; archives within it stay as they are.
        path: The file to write.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            with old.open(name) as content:
                _add(new, name, content, old.getinfo(name).file_size)

"""Writing files so that a failure leaves nothing half-written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from geodata.errors import FormatError

__all__ = ["open_atomic", "read_text"]


@contextmanager
def open_atomic(
    path: str | Path, *, encoding: str = "utf-8", newline: str = ""
) -> Iterator[IO[str]]:
    """Open a text file that appears under its name only once it is complete.

    The text goes to a temporary file beside the target, which is synced and then renamed. On any
    error the temporary file is removed and a file already there stays as it was.

    Args:
        path: The file to write; its folder must exist.
        encoding: Text encoding.
        newline: As for `open`; the default writes line ends as given.

    Raises:
        FormatError: If the file cannot be written (no such folder, no right, disk full).
    """
    target = Path(path)
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    except OSError as error:
        raise FormatError(f"{target} must be writable, got: {error.strerror}") from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding=encoding, newline=newline) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files private to the user; an export is an ordinary file.
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        raise FormatError(f"{target} must be writable, got: {error.strerror}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def read_text(path: str | Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte-order mark.

    Raises:
        FormatError: If there is no such file, or it is not UTF-8.
    """
    try:
        # Line ends stay as they are: a CSV cell may hold a carriage return of its own.
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            return stream.read()
    except OSError as error:
        raise FormatError(f"{path} must be a readable file, got: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{path} must be UTF-8 text, got byte {error.object[error.start]:#04x} "
            f"at position {error.start}"
        ) from error

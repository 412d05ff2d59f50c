"""Files that a user hands to a running server: kept beside the datasets until they are imported."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from geodata.errors import FormatError

__all__ = ["Incoming"]

_PREFIX = ".handed-in-"
_TOKEN = re.compile(r"[0-9a-f]{32}")
# No letter that a file system takes for anything but a letter.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\<>:"|?*]')
_MOST_BYTES_OF_NAME = 120
_MOST_KEPT = 8
_LEFT_BEHIND_S = 24 * 3_600


class Incoming:
    """The files that were handed in; all of them go with `close`.

    Args:
        workspace: Where datasets are kept, so that there is room for one beside the other.
    """

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._folder: Path | None = None

    def make(self, name: str) -> tuple[str, Path]:
        """Return the token of a new file and where to write it; the oldest go for it.

        Args:
            name: As the user calls it.

        Raises:
            FormatError: If nothing can be written there.
        """
        try:
            folder = self._begin()
            kept = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime)
            for old in kept[: max(0, len(kept) - _MOST_KEPT + 1)]:
                self.drop(old.name)
            token = secrets.token_hex(16)
            (folder / token).mkdir()
        except OSError as error:
            raise FormatError(
                f"{self._workspace} must be writable, got: {error.strerror or error}"
            ) from error
        return token, folder / token / _plain(name)

    def _begin(self) -> Path:
        if self._folder is None or not self._folder.is_dir():
            self._workspace.mkdir(parents=True, exist_ok=True)
            _tidy(self._workspace)
            self._folder = Path(tempfile.mkdtemp(dir=self._workspace, prefix=_PREFIX))
        return self._folder

    def find(self, token: str) -> Path | None:
        """Return the file of a token, if it is still there."""
        if self._folder is None or not _TOKEN.fullmatch(token):
            return None
        folder = self._folder / token
        return next(folder.iterdir(), None) if folder.is_dir() else None

    def drop(self, token: str) -> None:
        """Let go of a file."""
        if self._folder is not None and _TOKEN.fullmatch(token):
            shutil.rmtree(self._folder / token, ignore_errors=True)

    def close(self) -> None:
        """Let go of all."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _plain(name: str) -> str:
    """Return a name that leads nowhere else."""
    last = re.split(r"[/\\]", name)[-1]
    plain = _NOT_IN_NAMES.sub("_", last).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    ending = dot + ending[:20] if dot else ""
    stem = stem if dot else plain
    short = stem.encode("utf-8", "replace")[:_MOST_BYTES_OF_NAME].decode("utf-8", "ignore")
    return f"{short}{ending}" or "file"


def _tidy(workspace: Path) -> None:
    """Remove what a server that was killed left behind."""
    for one in workspace.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - one.stat().st_mtime > _LEFT_BEHIND_S:
                shutil.rmtree(one, ignore_errors=True)

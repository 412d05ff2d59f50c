"""Where the bytes of a table lie: in a file, packed or not, or in a member of an archive."""

from __future__ import annotations

import gzip
import io
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from geodata.errors import told
from geodata.reading.limits import Limits
from geodata.reading.sheet import Refused

__all__ = ["Source", "refusing", "unzipping"]

_HEAD = 1 << 16
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Source:
    """Bytes that can be read again and again.

    Attributes:
        path: The file.
        limits: How much it may hold.
        member: Its member, if the file is an archive.
        beside: Names of the other members.
        encoding: How its text is encoded, if somebody said so.
    """

    path: Path
    limits: Limits = field(default_factory=Limits)
    member: str = ""
    beside: tuple[str, ...] = ()
    encoding: str = ""

    @property
    def name(self) -> str:
        """What it is called in messages."""
        name = f"{self.member} in {self.path.name}" if self.member else self.path.name
        return told(name)[1:-1]

    @property
    def is_packed(self) -> bool:
        """Whether it is one packed file (gzip)."""
        return not self.member and self._raw_head(2) == _GZIP

    def open(self) -> BinaryIO:
        """Return the bytes as a stream, unpacked."""
        with refusing(self):
            if self.member:
                with unzipping(self), zipfile.ZipFile(self.path) as archive:
                    # It can be read on when the archive is closed.
                    return cast("BinaryIO", archive.open(self.member))
            if self.is_packed:
                return cast("BinaryIO", _Bounded(gzip.open(self.path), self))
            return self.path.open("rb")

    def head(self, size: int = _HEAD) -> bytes:
        """Return how it begins."""
        with refusing(self), self.open() as stream:
            return stream.read(size)

    def _raw_head(self, size: int) -> bytes:
        with self.path.open("rb") as stream:
            return stream.read(size)

    @contextmanager
    def on_disk(self, ending: str, *, others: tuple[str, ...] = ()) -> Iterator[Path]:
        """Give a path to it under a plain name, for libraries that open files themselves.

        Args:
            ending: What the name must end in, such as `.gpkg`.
            others: Endings of files beside it that belong to it.
        """
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder) / f"data{ending}"
            with refusing(self):
                self.place(path)
                for other in others:
                    if (found := self._neighbour(other)) is not None:
                        found.place(path.with_suffix(other))
            yield path

    def place(self, path: Path) -> None:
        """Put it at a path: a link to the file, or what is unpacked."""
        if not self.member and not self.is_packed:
            try:
                path.symlink_to(self.path.resolve())
            except OSError:  # Where links are not allowed.
                shutil.copyfile(self.path, path)
            return
        with self.open() as stream, path.open("wb") as out:
            shutil.copyfileobj(stream, out)

    def _neighbour(self, ending: str) -> Source | None:
        """Return the file of the same name with another ending, in whatever case."""
        names = self.beside if self.member else [one.name for one in self.path.parent.iterdir()]
        own = self.member or self.path.name
        wanted = f"{own.removesuffix(PurePosixPath(own).suffix)}{ending}".casefold()
        found = next((name for name in names if name.casefold() == wanted), None)
        if found is None:
            return None
        if self.member:
            return Source(self.path, self.limits, found)
        return Source(self.path.parent / found, self.limits)

    def has(self, ending: str) -> bool:
        """Return whether a file of the same name with another ending lies beside it."""
        return self._neighbour(ending) is not None

    def neighbour_head(self, ending: str, size: int = _HEAD) -> bytes:
        """Return how the file of the same name with another ending begins; empty if none."""
        found = self._neighbour(ending)
        return found.head(size) if found else b""


class _Bounded(io.RawIOBase):
    """A stream that ends in a refusal where it unpacks to too much."""

    def __init__(self, stream: gzip.GzipFile, source: Source) -> None:
        super().__init__()
        self._stream, self._source, self._count = stream, source, 0
        packed = source.path.stat().st_size
        limits = source.limits
        self._most = min(limits.unpacked, max(packed * limits.ratio, limits.ratio_from))

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._count += len(piece)
        if self._count > self._most:
            raise Refused(f"{self._source.name} unpacks to more than {self._most:,} bytes")
        return piece

    def close(self) -> None:
        self._stream.close()
        super().close()


@contextmanager
def unzipping(source: Source) -> Iterator[None]:
    """Turn what goes wrong with the directory of an archive, in whatever way, into a refusal."""
    try:
        with refusing(source):
            yield
    except (ValueError, IndexError, RuntimeError, OverflowError, struct.error) as error:
        raise Refused(f"{source.name} is a damaged archive: {error}") from error


@contextmanager
def refusing(source: Source) -> Iterator[None]:
    """Turn what goes wrong with bytes, whatever the format, into a refusal."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise Refused(f"{source.name} is a damaged archive: {error}") from error
    except NotImplementedError as error:
        raise Refused(f"{source.name} is packed in a way that is not read: {error}") from error
    except OSError as error:
        raise Refused(f"{source.name} cannot be read: {error.strerror or error}") from error

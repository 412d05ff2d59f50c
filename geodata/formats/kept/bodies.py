"""Groups of rows of a GeoParquet, kept as they lie in its file, for exports of all to copy.

What a file says of itself stands at its end and is another each time; the rows before it are not.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from zlib import crc32

import pyarrow as pa
import pyarrow.parquet as pq

from geodata.errors import FormatError
from geodata.files import open_atomic_bytes

__all__ = ["KeptBody", "end_anew"]

_KEY, _SUM = "made of", "sum"
_PIECE = 1 << 22
# A Parquet file begins with these letters and ends with them, behind the length of its end.
_MAGIC = b"PAR1"
_BEHIND = 4 + len(_MAGIC)


@dataclass(frozen=True)
class KeptBody:
    """Where rows are kept as they lie in a GeoParquet.

    Attributes:
        path: The file, which may not be there yet.
        key: What rows rest on; they are used only where it is the same.
        has_room: Whether the disk may take another file.
    """

    path: Path
    key: bytes
    has_room: Callable[[], bool]

    def copy_to(self, target: Path, watch: Callable[[float], None]) -> bool:
        """Write the rows with all that a file of them needs, if they are there; return whether.

        Args:
            target: The file.
            watch: Is told which part is done, and may stop it.
        """
        try:
            said = pq.read_metadata(self.path).metadata or {}
            if said.get(_KEY.encode()) != self.key:
                return False
            length = _length(self.path)
            with self.path.open("rb") as source, target.open("wb") as stream:
                found = _copied(source, stream, length, watch)
                shutil.copyfileobj(source, stream)
        except (pa.ArrowInvalid, OSError):
            # Where it is the target that fails, what is tried next says so.
            return False
        if said.get(_SUM.encode()) == str(found).encode():
            return True
        with suppress(OSError):
            self.path.unlink()
        return False

    def keep(self, source: Path) -> None:
        """Keep the rows of a file that has nothing but them.

        What cannot be kept is not, since it can be made again.

        Args:
            source: The file.
        """
        if not self.has_room():
            return
        with suppress(FormatError), source.open("rb") as stream, open_atomic_bytes(self.path) as to:
            found = _copied(stream, to, _length(source), lambda _: None)
            said = {_KEY: self.key.decode(), _SUM: str(found)}
            to.write(_ending(source, said))


def _copied(
    source: IO[bytes], target: IO[bytes], length: int, watch: Callable[[float], None]
) -> int:
    """Copy so many bytes and return their check sum."""
    found, left = 0, length
    while left:
        watch(1 - left / length)
        piece = source.read(min(left, _PIECE))
        if not piece:
            raise OSError("the file has become shorter")
        found = crc32(piece, found)
        target.write(piece)
        left -= len(piece)
    return found


def end_anew(path: Path, said: Mapping[str, str]) -> None:
    """Give a Parquet file another end, which says other things of it.

    Args:
        path: The file.
        said: What it says of itself beside its rows.
    """
    end = _ending(path, said)
    with path.open("r+b") as stream:
        stream.seek(_length(path))
        stream.truncate()
        stream.write(end)


def _ending(path: Path, said: Mapping[str, str]) -> bytes:
    rows, empty, end = pq.read_metadata(path), BytesIO(), BytesIO()
    with pq.ParquetWriter(empty, rows.schema.to_arrow_schema(), store_schema=False) as writer:
        writer.add_key_value_metadata(said)
    empty.seek(0)
    whole = pq.read_metadata(empty)
    whole.append_row_groups(rows)
    whole.write_metadata_file(end)
    return end.getvalue()[len(_MAGIC) :]


def _length(path: Path) -> int:
    """Return how many bytes of a Parquet file come before its end."""
    with path.open("rb") as stream:
        begins = stream.seek(-_BEHIND, os.SEEK_END)
        return begins - int.from_bytes(stream.read(4), "little")

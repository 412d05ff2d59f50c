"""A FeatureCollection cut between its features, without reading them.

Our own files have a feature a line, or a feature in lines that are all indented; so have those of
GDAL. No text within JSON has a line end in it, so that what parts two features there stands nowhere
else at the beginning of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.files import loaded_json

__all__ = ["LARGE_BYTES", "Cut", "NotCutError", "cut_file", "features_of"]

# From here on files are cut: some 20,000 records, which take 0.5 GB and some seconds read whole.
LARGE_BYTES = 1 << 25
# So much is read at once, and made by one process: a process that opens 100,000 records holds
# some 50 MB more with twice as much.
_PIECE_BYTES = 1 << 21
# What stands before the features, the groups and sources, is held whole.
_MOST_HEAD = 1 << 26
# Within a line, so that of lines and lines of nothing each is looked at once.
_BEGIN = re.compile(rb'^[ \t]*"features"\s*:\s*\[\s*', re.MULTILINE)
# So long is that at most; what was searched before is not searched again but for so much.
_MOST_BEGIN = 1 << 12
# Else what is cut off in the middle is read twice. Members behind the features may end so, too.
_END = re.compile(rb"\]\s*\}\s*\Z")
_END_BYTES = 256
_BETWEEN = b"},\n{"
_CRS84 = re.compile(r"CRS:?:?84$")


class NotCutError(Exception):
    """A file that does not stand as it must to be cut; it is read whole."""


@dataclass(frozen=True)
class Cut:
    """A file that is cut.

    Attributes:
        path: The file.
        head: The members of the collection that stand before its features.
        begin: Where the features begin, in bytes.
    """

    path: Path
    head: Mapping[str, Any]
    begin: int

    def pieces(self) -> Iterator[tuple[int, bytes]]:
        """Yield the number of the first feature, and some features as they stand.

        Raises:
            NotCutError: If the file has no place to cut it, or members behind its features.
        """
        count = 0
        with self.path.open("rb") as stream:
            stream.seek(self.begin)
            rest = b""
            while more := stream.read(_PIECE_BYTES):
                piece, parted, rest_of = (rest + more).rpartition(_BETWEEN)
                if not parted and len(rest_of) > 2 * _PIECE_BYTES:
                    raise NotCutError
                if parted:
                    yield count, piece + b"}"
                    count += piece.count(_BETWEEN) + 1
                    rest = b"{" + rest_of
                else:
                    rest = rest_of
        yield count, _without_end(rest)


def cut_file(path: Path) -> Cut:
    """Return a large file as one that is cut.

    Args:
        path: The file.

    Raises:
        NotCutError: If it is none, or what stands before its features cannot be read so.
    """
    try:
        size = path.stat().st_size
        if path.suffix.casefold() != ".geojson" or size < LARGE_BYTES:
            raise NotCutError
        with path.open("rb") as stream:
            stream.seek(max(size - _END_BYTES, 0))
            if _END.search(stream.read()) is None:
                raise NotCutError
            stream.seek(0)
            text, seen = b"", 0
            while (found := _BEGIN.search(text, seen)) is None:
                seen = max(len(text) - _MOST_BEGIN, 0)
                more = stream.read(_PIECE_BYTES)
                if not more or len(text) > _MOST_HEAD:
                    raise NotCutError
                text += more
    except OSError as error:
        raise NotCutError from error
    head = _read(text[: found.end()] + b"]}")
    is_ours = isinstance(head, dict) and head.get("type") == "FeatureCollection"
    if not is_ours or head.get("features") != [] or not _is_wgs84(head.get("crs")):
        raise NotCutError
    return Cut(path, head, found.end())


def features_of(piece: bytes) -> list[Any]:
    """Return the features of a piece.

    Raises:
        NotCutError: If it is no list of features as they stand, or they are more or fewer than they
            were counted, so that those that follow would have other numbers.
    """
    found: list[Any] = _read(b"[" + piece + b"]")
    if len(found) != piece.count(_BETWEEN) + 1:
        raise NotCutError
    return found


def _read(text: bytes) -> Any:
    try:
        return loaded_json(text)
    except (ValueError, RecursionError) as error:
        raise NotCutError from error


def _is_wgs84(system: Any) -> bool:
    properties = system.get("properties") if isinstance(system, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return system is None or (isinstance(name, str) and _CRS84.search(name) is not None)


def _without_end(text: bytes) -> bytes:
    """Return the last features without the end of the collection."""
    features, bracket, behind = text.rpartition(b"]")
    if not bracket or behind.strip() != b"}":
        raise NotCutError
    return features

"""Text and elements as XML 1.0, for the formats that are XML inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO
from xml.sax.saxutils import escape, quoteattr

__all__ = ["XmlWriter", "xml_text"]

_PIECE = 1 << 20
_UNHELD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""Return a text that comes back from an XML file as it is.

    Control characters become the replacement character, and all line ends line feeds, as any XML
    reader makes of them. Escaping is left to what writes the file.

    Example:
        >>> xml_text("a\x00b\r\nc")
        'a�b\nc'
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNHELD.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


class XmlWriter:
    """Writes elements one after the other, so that no tree has to be held.

    What stands in a row is written at once, since a file takes as long for a letter as for a line.

    Args:
        stream: A text file.
        depth: How many elements are around what is written; none of a document.
    """

    def __init__(self, stream: IO[str], depth: int = 0) -> None:
        self._stream = stream
        self._write = stream.write
        self._depth = depth
        if not depth:
            self._write('<?xml version="1.0" encoding="utf-8"?>\n')

    def element(self, name: str, /, **attributes: str) -> _Element:
        """Write an element around those that are written within the `with`."""
        return _Element(self, name, attributes)

    def leaf(self, name: str, text: str, /, **attributes: str) -> None:
        """Write an element that holds a text."""
        start = f"{' ' * self._depth}<{name}{_written(attributes)}"
        held = escape(xml_text(text))
        self._write(f"{start}>{held}</{name}>\n" if held else f"{start}/>\n")

    @contextmanager
    def waiting(self) -> Iterator[XmlWriter]:
        """Give a writer of what an element will hold that is written here; it waits on the disk."""
        with TemporaryFile("w+", encoding="utf-8", newline="", prefix="mapview-") as stream:
            yield XmlWriter(stream, self._depth + 1)

    def append(self, part: XmlWriter) -> None:
        """Write what waited."""
        part._stream.seek(0)
        while piece := part._stream.read(_PIECE):
            self._write(piece)

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        self._write(f"{' ' * self._depth}<{name}{_written(attributes)}>\n")
        self._depth += 1

    def _close(self, name: str) -> None:
        self._depth -= 1
        self._write(f"{' ' * self._depth}</{name}>\n")


class _Element:
    """An element while it is open; one that fails is left as it is."""

    __slots__ = ("_attributes", "_name", "_out")

    def __init__(self, out: XmlWriter, name: str, attributes: Mapping[str, str]) -> None:
        self._out, self._name, self._attributes = out, name, attributes

    def __enter__(self) -> None:
        self._out._open(self._name, self._attributes)  # noqa: SLF001 - a part of it

    def __exit__(
        self, kind: type[BaseException] | None, _: object, __: TracebackType | None
    ) -> None:
        if kind is None:
            self._out._close(self._name)  # noqa: SLF001 - a part of it


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())

"""Text and elements as XML 1.0, for the formats that are XML inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import TextIOBase
from tempfile import TemporaryFile
from typing import IO, cast
from xml.sax.saxutils import XMLGenerator

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
    return _UNHELD.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


class XmlWriter:
    """Writes elements one after the other, so that no tree has to be held.

    Args:
        stream: A text file.
        depth: How many elements are around what is written; none of a document.
    """

    def __init__(self, stream: IO[str], depth: int = 0) -> None:
        self._stream = stream
        self._xml = XMLGenerator(
            cast("TextIOBase", stream), encoding="utf-8", short_empty_elements=True
        )
        self._depth = depth
        if not depth:
            self._xml.startDocument()

    @contextmanager
    def element(self, name: str, /, **attributes: str) -> Iterator[None]:
        """Write an element around those that are written within the `with`."""
        self._start(name, attributes)
        self._xml.ignorableWhitespace("\n")
        self._depth += 1
        yield
        self._depth -= 1
        self._xml.ignorableWhitespace(" " * self._depth)
        self._end(name)

    def leaf(self, name: str, text: str, /, **attributes: str) -> None:
        """Write an element that holds a text."""
        self._start(name, attributes)
        self._xml.characters(xml_text(text))
        self._end(name)

    @contextmanager
    def waiting(self) -> Iterator[XmlWriter]:
        """Give a writer of what an element will hold that is written here; it waits on the disk."""
        with TemporaryFile("w+", encoding="utf-8", newline="", prefix="mapview-") as stream:
            yield XmlWriter(stream, self._depth + 1)

    def append(self, part: XmlWriter) -> None:
        """Write what waited."""
        part._stream.seek(0)
        while piece := part._stream.read(_PIECE):
            self._xml.ignorableWhitespace(piece)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._xml.ignorableWhitespace(" " * self._depth)
        # XMLGenerator asks no more of attributes than this.
        self._xml.startElement(name, dict(attributes))  # type: ignore[arg-type]

    def _end(self, name: str) -> None:
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

"""Which letters the bytes of a text stand for; bytes that stand for none are kept as U+FFFD."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from geodata.reading.sheet import Refused
from geodata.reading.source import Source, refusing
from geodata.reading.text.alphabets import Letters, letters_of

__all__ = ["DAMAGED", "Encoding", "clean_stream", "find_encoding", "text_of"]

DAMAGED = "\ufffd"
_PIECE = 1 << 19
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_BESIDE = 4_000
_MANY, _FEW = 0.3, 0.05
_LEAST = 4


@dataclass(frozen=True)
class Encoding:
    """How a text is encoded.

    Attributes:
        codec: Python's name of it.
        label: Its name for people.
        mark: How many bytes a byte-order mark takes at the start.
        is_clean: Whether each byte stands for a letter.
        letters: What others read, where the bytes do not prove which it is.
    """

    codec: str
    label: str
    mark: int = 0
    is_clean: bool = True
    letters: Letters | None = None


def find_encoding(source: Source, wanted: str = "") -> Encoding:
    """Return how a text is encoded: by its mark, as UTF-8 if it mostly is, or by its alphabet.

    Args:
        source: The text; it is looked at from end to end.
        wanted: The encoding that somebody said it is, if the source does not have it.

    Raises:
        Refused: If there is no such encoding.
    """
    head = source.head()
    for mark, codec, label in _MARKS:
        if head.startswith(mark):
            return Encoding(codec, label, len(mark), is_clean=codec == "utf-8" and _is_utf8(source))
    if wanted := wanted or source.encoding:
        try:
            codec = codecs.lookup(wanted).name
        except LookupError as error:
            raise Refused(
                f"there is no encoding {wanted!r}, so {source.name} is not read"
            ) from error
        letters = None if _is_utf8(source) else letters_of(_beyond_ascii(source))
        return Encoding(codec, wanted, is_clean=False, letters=letters)
    if wide := _wide(head):
        return wide
    if _is_utf8(source):
        return Encoding("utf-8", "UTF-8")
    if _is_mostly_utf8(source):
        return Encoding("utf-8", "UTF-8, damaged", is_clean=False)
    letters = letters_of(_beyond_ascii(source))
    return Encoding(letters.codec, letters.label, is_clean=False, letters=letters)


def _beyond_ascii(source: Source) -> bytes:
    """Return the lines that are not ASCII, of so many as tell what letters there are."""
    found, length = [], 0
    for piece in _pieces(source):
        for line in _lines(piece):
            found.append(line)
            length += len(line)
        if length >= _PIECE:
            break
    return b"\n".join(found)[:_PIECE]


def _lines(piece: bytes) -> Iterator[bytes]:
    """Yield lines with a byte beyond ASCII, of long ones what is near it; each byte is met once."""
    end = 0
    while found := _HIGH.search(piece, end):
        at = found.start()
        begin = max(end, at - _BESIDE, piece.rfind(b"\n", end, at) + 1)
        end = piece.find(b"\n", at, at + _BESIDE)
        end = end if end > 0 else min(at + _BESIDE, len(piece))
        yield piece[begin:end]


def _wide(head: bytes) -> Encoding | None:
    """Return UTF-16 without a mark, known by the empty half of each Latin letter."""
    even, odd = head[0::2], head[1::2]
    if len(odd) < _LEAST:
        return None
    empty = even.count(0) / len(even), odd.count(0) / len(odd)
    if empty[1] > _MANY and empty[0] < _FEW:
        return Encoding("utf-16-le", "UTF-16", is_clean=False)
    if empty[0] > _MANY and empty[1] < _FEW:
        return Encoding("utf-16-be", "UTF-16", is_clean=False)
    return None


def _pieces(source: Source) -> Iterator[bytes]:
    with refusing(source), source.open() as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _is_utf8(source: Source) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in _pieces(source):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(source: Source) -> bool:
    """Return whether more letters beyond ASCII are whole than are not."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    wrong = beyond = 0
    for piece in _pieces(source):
        text = decoder.decode(piece)
        if not text.isascii():
            wrong += text.count(DAMAGED)
            beyond += len(text) - len(text.encode("ascii", "ignore"))
    return beyond - wrong > wrong


def text_of(source: Source, encoding: Encoding) -> Iterator[str]:
    """Yield a text piece by piece; what is no letter, NUL among it, is U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding.codec)("replace")
    with refusing(source), source.open() as stream:
        stream.read(encoding.mark)
        while piece := stream.read(_PIECE):
            if text := decoder.decode(piece):
                yield text.replace("\0", DAMAGED)
    if text := decoder.decode(b"", final=True):
        yield text


def clean_stream(source: Source, encoding: Encoding) -> BinaryIO:
    """Return a text as a stream of bytes in UTF-8 without a mark, for parsers that stop at less."""
    if encoding.is_clean:
        stream = source.open()
        stream.read(encoding.mark)
        return stream
    return cast("BinaryIO", _Recoded(text_of(source, encoding)))


class _Recoded(io.RawIOBase):
    """Pieces of text as a stream of UTF-8."""

    def __init__(self, pieces: Iterator[str]) -> None:
        super().__init__()
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._rest) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._rest += piece.encode("utf-8", "replace")
        size = len(self._rest) if size < 0 else size
        answer, self._rest = self._rest[:size], self._rest[size:]
        return answer

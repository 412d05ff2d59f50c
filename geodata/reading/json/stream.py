"""JSON of any length, value by value, and what is broken or nests too deeply left out.

Python's own parser reads one value after another from a window on the text: it is fast, takes the
NaN that Python writes, and refuses to nest deeply. Parsers that build the path of each value need
gigabytes for some thousand brackets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from geodata.reading.limits import Limits

__all__ = ["Broken", "Cursor", "Event", "events", "lines"]

_BLANK = re.compile(r"[ \t\n\r\x1e\ufeff]*")
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+"|["\[\]{}]', re.DOTALL)
_WINDOW = 1 << 18
# The longest token that an end of the window can cut: a number or an escape.
_TOKEN = 400
_TOLD = 500
_OBJECTS = 3


@dataclass(frozen=True)
class Broken:
    """A value that cannot be read.

    Attributes:
        rule: What it breaks.
        text: How it begins.
        is_last: Whether nothing behind it can be read.
    """

    rule: str
    text: str
    is_last: bool = False


@dataclass(frozen=True)
class Event:
    """A value and where it stands.

    Attributes:
        path: Names of the members that lead there.
        value: What was read, or what is broken.
        is_element: Whether it is one of an array.
    """

    path: tuple[str, ...]
    value: Any
    is_element: bool = False


class Cursor:
    """A place in JSON text."""

    def __init__(self, pieces: Iterator[str], limits: Limits) -> None:
        self._pieces, self._limits = pieces, limits
        self._text, self._at = "", 0
        # Whether it was said already that nothing more can be read.
        self.is_cut = False
        self._decode = json.JSONDecoder(strict=False).raw_decode

    def _more(self) -> bool:
        """Widen the window to about twice what is left of it; return whether it grew."""
        left = self._text[self._at :]
        if len(left) > self._limits.record:
            return False
        pieces, length = [left], 0
        while length < max(_WINDOW, len(left)) and (piece := next(self._pieces, None)) is not None:
            pieces.append(piece)
            length += len(piece)
        self._text, self._at = "".join(pieces), 0
        return length > 0

    def peek(self) -> str:
        """Return the next letter that is not blank, or nothing at the end."""
        while True:
            self._at = _BLANK.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, letter: str) -> bool:
        """Pass over a letter if it is the next."""
        if self.peek() != letter:
            return False
        self._at += 1
        return True

    def value(self) -> Any:
        """Return the next value, or what is broken about it; the place is behind it then."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except RecursionError:
                return self._skip("nested_too_deeply")
            except json.JSONDecodeError as error:
                cut = "nterminated" in error.msg or error.pos > len(self._text) - _TOKEN
                if not (cut and self._more()):
                    return self._skip("broken_json")
            except ValueError:  # A number of thousands of digits.
                return self._skip("broken_json")
            else:
                # A number that ends with the window may go on.
                if end < len(self._text) or not isinstance(value, int | float) or not self._more():
                    self._at = end
                    return value

    def _skip(self, rule: str) -> Broken:
        """Pass over a broken value by its brackets."""
        text = self._text[self._at : self._at + _TOLD]
        place, depth = self._at, 0
        while True:
            for found in _TOKENS.finditer(self._text, place):
                sign = found.group()
                if sign == '"':
                    break
                depth += (sign in "[{") - (sign in "]}")
                place = found.end()
                if depth <= 0:
                    self._at = place
                    return Broken(rule, text, is_last=depth < 0)
            before = self._at
            if not self._more():
                self._text, self._at, self.is_cut = "", 0, True
                return Broken(rule, text, is_last=True)
            place -= before

    def end(self) -> str:
        """Go to the end; return how what is left begins."""
        self.peek()
        text = self._text[self._at : self._at + _TOLD]
        self._text, self._at, self._pieces = "", 0, iter(())
        return text


def events(cursor: Cursor) -> Iterator[Event]:
    """Yield what stands in JSON text: elements of arrays, and other values of objects.

    Arrays in objects in objects are found; values at the top, one after another, are elements of
    an array without a name.
    """
    count = 0
    while first := cursor.peek():
        if first == "[":
            yield from _elements(cursor, ())
        elif first == "{" and not count:
            yield from _members(cursor, ())
        else:
            yield Event((), cursor.value(), is_element=True)
        count += 1


def lines(pieces: Iterator[str], limits: Limits) -> Iterator[Event]:
    """Yield the values of a text that has one in each line; a broken one costs its line."""
    rest = ""
    for piece in chain(pieces, ("\n",)):
        *whole, rest = (rest + piece).split("\n")
        for line in whole:
            if text := line.strip("\x1e\ufeff \t\r"):
                yield Event((), Cursor(iter([text]), limits).value(), is_element=True)
        if len(rest) > limits.record:
            yield Event((), Broken("record_too_long", rest[:_TOLD], is_last=True), is_element=True)
            return


def _elements(cursor: Cursor, path: tuple[str, ...]) -> Iterator[Event]:
    cursor.take("[")
    while not cursor.take("]"):
        value = cursor.value()
        yield Event(path, value, is_element=True)
        if isinstance(value, Broken) and value.is_last:
            return
        if not cursor.take(",") and cursor.peek() != "]":
            yield from _stop(cursor, path)
            return


def _members(cursor: Cursor, path: tuple[str, ...]) -> Iterator[Event]:
    cursor.take("{")
    while not cursor.take("}"):
        key = cursor.value()
        if not isinstance(key, str) or not cursor.take(":"):
            yield from _stop(cursor, path)
            return
        inner = (*path, key)
        first = cursor.peek()
        if first == "[":
            yield from _elements(cursor, inner)
        elif first == "{" and len(inner) < _OBJECTS:
            yield from _members(cursor, inner)
        else:
            yield Event(inner, cursor.value())
        if not cursor.take(",") and cursor.peek() != "}":
            yield from _stop(cursor, path)
            return


def _stop(cursor: Cursor, path: tuple[str, ...]) -> Iterator[Event]:
    """Say that nothing more can be read, and go to the end."""
    text = cursor.end()
    if text or not cursor.is_cut:
        yield Event(path, Broken("broken_json", text, is_last=True))
    cursor.is_cut = True

"""Placemarks of XML that is not well-formed: each is read by itself, a row or a bad row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import Any

from lxml import etree

from geodata.reading.sheet import BadRow
from geodata.reading.source import Source
from geodata.reading.text.encoding import find_encoding, text_of

__all__ = ["Piece", "pieces_of"]

_TOLD = 500
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TOKEN = re.compile(
    r"<(?P<end>/)?(?:\w+:)?(?P<kind>Folder|Document|Placemark)\b(?P<rest>[^<>]*)>"
    r"|<(?:\w+:)?name>(?P<name>[^<]*)<"
)
_AND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)(?:(\w+);)?")
_PREFIX = re.compile(r"[<\s/](\w+):\w")
_KML = "http://www.opengis.net/kml/2.2"


@dataclass(frozen=True)
class Piece:
    """A placemark.

    Attributes:
        line: Where it begins.
        element: What it holds.
        folders: The names of those that it is in.
    """

    line: int
    element: Any
    folders: tuple[str, ...]


def pieces_of(source: Source) -> Iterator[Piece | BadRow]:
    """Yield the placemarks of a file; one that is not well-formed itself is a bad row."""
    text = "".join(text_of(source, find_encoding(source)))
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    folders: list[list[str]] = []
    number = line = at = 0
    begin = -1
    for token in _TOKEN.finditer(text):
        is_mark = token["kind"] == "Placemark"
        if begin >= 0 and not is_mark:
            continue
        if is_mark:
            if begin >= 0:
                # One that does not end, before the next begins.
                stop = token.end() if token["end"] else token.start()
                number, line, at = number + 1, line + text.count("\n", at, begin), begin
                yield _piece(number, line + 1, text[begin:stop], folders, source.limits.record)
            begin = -1 if token["end"] or token["rest"].endswith("/") else token.start()
        elif token["name"] is not None:
            if folders and not folders[-1][1]:
                folders[-1][1] = " ".join(token["name"].split())
        elif not token["end"]:
            folders.append([token["kind"], ""])
        elif folders:
            folders.pop()
    if begin >= 0:
        line += text.count("\n", at, begin)
        yield BadRow(number + 1, line + 1, "malformed_xml", text[begin:][:_TOLD])


def _piece(
    number: int, line: int, text: str, folders: list[list[str]], most: int
) -> Piece | BadRow:
    for one in (text, _AND.sub(_letters, text)) if len(text) <= most else ():
        prefixes = {found for found in _PREFIX.findall(one) if found != "xml"}
        spaces = "".join(f' xmlns:{prefix}="urn:{prefix}"' for prefix in sorted(prefixes))
        # Nothing is declared here, so no entity but those of XML means anything.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(f'<kml xmlns="{_KML}"{spaces}>{one}</kml>'.encode(), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        names = tuple(name for kind, name in folders if kind == "Folder")
        return Piece(line, root[0], names)
    return BadRow(number, line, "malformed_xml", text[:_TOLD])


def _letters(found: re.Match[str]) -> str:
    """Return what a mark that begins no entity of XML stands for: a letter of HTML, or itself."""
    letter = html5.get(f"{found[1]};", "") if found[1] else ""
    if letter and letter not in "<>&":
        return letter
    return f"&amp;{found[0][1:]}"

"""XML read element by element: nothing of it is fetched, no entity of its own is put in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from geodata.reading.sheet import Refused
from geodata.reading.source import Source
from geodata.reading.text import clean_stream, find_encoding

__all__ = ["Malformed", "elements", "local", "root_of", "text_of"]


class Malformed(Refused):
    """XML is not well-formed."""


def local(tag: Any) -> str:
    """Return a tag without its namespace; nothing for comments.

    Example:
        >>> local("{http://www.opengis.net/kml/2.2}Placemark")
        'Placemark'
    """
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Any) -> str:
    """Return all text within an element, without blanks around it."""
    return "".join(element.itertext()).strip()


def elements(source: Source, events: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield events with elements as they are parsed.

    Args:
        source: The XML.
        events: Which, as lxml names them.

    Raises:
        Malformed: If it is no well-formed XML.
        Refused: If it nests too deeply or declares entities of its own.
    """
    try:
        with _stream(source) as stream:
            parsed = etree.iterparse(
                stream,
                events=events,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                dtd_validation=False,
                huge_tree=False,
                remove_pis=True,
                remove_comments=True,
            )
            is_looked_at = False
            for event, element in parsed:
                if not is_looked_at:
                    _refuse_entities(element, source)
                    is_looked_at = True
                yield event, element
    except etree.XMLSyntaxError as error:
        told = str(error.msg or "").split(", line")[0]
        line = f", line {error.lineno}, column {error.offset}" if error.lineno else ""
        raise Malformed(f"{source.name} is XML that cannot be read{line}: {told}") from error


def _stream(source: Source) -> Any:
    """Return the bytes as they are if they say how they are encoded, or else in UTF-8."""
    head = source.head(200).lower()
    encoding = find_encoding(source)
    is_told = b"encoding=" in head and b"utf-8" not in head
    return (
        source.open()
        if is_told or encoding.codec.startswith("utf-16")
        else (clean_stream(source, encoding))
    )


def _refuse_entities(element: Any, source: Source) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise Refused(
            f"{source.name} is XML that declares entities of its own, which no data needs"
        )


def root_of(source: Source) -> str:
    """Return the name of the first element."""
    for _, element in elements(source, ("start",)):
        return local(element.tag)
    return ""

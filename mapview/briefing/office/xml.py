"""XML of office files: read without fetching anything, extended, written."""

from __future__ import annotations

from typing import Any

from lxml import etree

__all__ = ["BadXmlError", "add_child", "local_name", "parse", "serialised"]

BadXmlError: type[Exception] = etree.XMLSyntaxError


def parse(content: str | bytes) -> Any:
    """Return the root of a text; entities stay unread.

    Raises:
        BadXmlError: If it is no XML.
    """
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def add_child(parent: Any, name: str, **attributes: str) -> Any:
    """Append an element of the parent's name space and return it."""
    space = etree.QName(parent).namespace
    return etree.SubElement(parent, f"{{{space}}}{name}", **attributes)


def local_name(element: Any) -> str:
    """Return an element's name without its name space; empty for a comment."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def serialised(root: Any) -> bytes:
    """Return a root as a file has it."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

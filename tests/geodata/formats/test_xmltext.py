"""Elements are written as text, whatever they hold, and read again as it was."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest

from geodata.formats.xmltext import XmlWriter, xml_text

TEXTS = ["", "plain", "a & <b> ]]>", "“é” \U0001f30d", "two\nlines\tand 'more' \"quoted\"", " "]


def written(text: str, attribute: str) -> str:
    stream = io.StringIO()
    out = XmlWriter(stream)
    with out.element("all", name=attribute), out.element("one"):
        out.leaf("leaf", text, of=attribute)
    return stream.getvalue()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("attribute", TEXTS)
def test_text_and_attributes_come_back(text: str, attribute: str) -> None:
    root = ET.fromstring(written(text, attribute))  # noqa: S314 - ours
    leaf = root.find("one/leaf")
    assert leaf is not None
    assert (leaf.text or "") == text
    assert root.get("name") == leaf.get("of") == attribute


@pytest.mark.parametrize("text", ["a\x00b", "\x1f", "a\r\nb\rc", "\ufffe", "\x7f", "\ud800"])
def test_what_xml_cannot_hold_is_replaced(text: str) -> None:
    leaf = ET.fromstring(written(text, "").encode("utf-8")).find("one/leaf")  # noqa: S314 - ours
    assert leaf is not None
    assert leaf.text == xml_text(text)


def test_elements_are_indented_and_empty_ones_short() -> None:
    lines = written("", "1").splitlines()[1:]
    assert lines == [
        '<all name="1">', " <one>", '  <leaf of="1"/>', " </one>", "</all>",
    ]  # fmt: skip


def test_an_element_that_fails_is_not_closed() -> None:
    stream = io.StringIO()
    with pytest.raises(KeyError), XmlWriter(stream).element("all"):
        raise KeyError
    assert "</all>" not in stream.getvalue()


def test_what_waits_is_written_where_it_belongs() -> None:
    stream = io.StringIO()
    out = XmlWriter(stream)
    with out.element("all"), out.waiting() as later:
        later.leaf("second", "2")
        out.leaf("first", "1")
        out.append(later)
    assert stream.getvalue().splitlines()[2:4] == [" <first>1</first>", "  <second>2</second>"]

"""XML of office files: nothing fetched or expanded, extended in its own name space."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapview.briefing.office.xml import BadXmlError, add_child, local_name, parse, serialised


def test_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    text = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'
    assert "secret" not in "".join(parse(text).itertext())


def test_what_is_no_xml_is_refused() -> None:
    with pytest.raises(BadXmlError):
        parse(b"PK")


def test_children_have_their_parents_name_space() -> None:
    root = parse('<x:a xmlns:x="urn:x"><!-- said --></x:a>')
    child = add_child(root, "b", val="1 < 2")
    assert (child.tag, local_name(child), local_name(root[0])) == ("{urn:x}b", "b", "")
    assert serialised(root).endswith(b'<!-- said --><x:b val="1 &lt; 2"/></x:a>')

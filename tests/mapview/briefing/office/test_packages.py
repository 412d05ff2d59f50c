"""Templates that are no templates are refused with a sentence; nothing outside is fetched."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import docx
import pptx
import pytest
from office_files import members_of, rewritten

from geodata.errors import FormatError
from mapview.briefing.office.packages import DECK, PAPER, Kind, read_template


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "own.pptx"
    pptx.Presentation().save(str(path))
    return path


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "own.docx"
    docx.Document().save(str(path))
    return path


def test_ordinary_files_and_templates_are_taken(deck: Path, paper: Path, tmp_path: Path) -> None:
    for path, kind, old in (
        (deck, DECK, b"presentation.main+xml"),
        (paper, PAPER, b"document.main+xml"),
    ):
        template = rewritten(
            path, tmp_path / "own.dotx", {"[Content_Types].xml": (old, b"template.main+xml")}
        )
        assert b"template.main" not in read_template(template, kind).content
        ordinary = read_template(path, kind)
        assert ordinary.links == 0
        types = members_of(ordinary.content)["[Content_Types].xml"]
        assert kind.main.encode() in types


@pytest.mark.parametrize("content", [b"", b"text", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04half"])
@pytest.mark.parametrize("kind", [DECK, PAPER])
def test_what_is_no_office_file_is_refused(content: bytes, kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "template.pptx"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"a template must be .* got .*\(template\.pptx\)"):
        read_template(path, kind)


def test_another_kind_of_file_is_refused(deck: Path, paper: Path, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"PowerPoint file .*got another kind of file"):
        read_template(paper, DECK)
    with pytest.raises(FormatError, match=r"Word file .*got another kind of file"):
        read_template(deck, PAPER)
    archive = tmp_path / "plain.zip"
    with zipfile.ZipFile(archive, "w") as plain:
        plain.writestr("a.txt", "a")
    with pytest.raises(FormatError, match="got something else"):
        read_template(archive, DECK)
    with pytest.raises(FormatError, match="must be a readable file, got: No such file"):
        read_template(tmp_path / "missing.pptx", DECK)


def test_macros_are_refused(deck: Path, tmp_path: Path) -> None:
    types = b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    plain = DECK.main.encode()
    path = rewritten(deck, tmp_path / "own.pptm", {"[Content_Types].xml": (plain, types)})
    with pytest.raises(FormatError, match="must hold no macros, got some"):
        read_template(path, DECK)


def test_what_a_template_takes_from_outside_is_counted(deck: Path, tmp_path: Path) -> None:
    relation = (
        b'<Relationship Id="rId99" TargetMode="External" Target="https://example.org/a.png" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
        b"</Relationships>"
    )
    name = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    path = rewritten(deck, tmp_path / "linked.pptx", {name: (b"</Relationships>", relation)})
    assert read_template(path, DECK).links == 1


def bomb(path: Path, sizes: list[int]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"part{number}.xml", b"\0" * size)
    return path


@pytest.mark.parametrize("sizes", [[60_000_000], [20_000_000] * 3])
def test_what_unpacks_to_too_much_is_refused_without_unpacking_it(
    sizes: list[int], tmp_path: Path
) -> None:
    path = bomb(tmp_path / "bomb.pptx", sizes)
    assert path.stat().st_size < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(FormatError, match=r"at most 50,000,000 bytes when unpacked, got more"):
            read_template(path, DECK)
        assert tracemalloc.get_traced_memory()[1] < 120_000_000
    finally:
        tracemalloc.stop()


def test_archive_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.pptx", [60_000_000])
    content = path.read_bytes()
    said = (60_000_000).to_bytes(4, "little")
    assert content.count(said) == 2
    path.write_bytes(content.replace(said, (10).to_bytes(4, "little")))
    with pytest.raises(FormatError, match="got something else"):
        read_template(path, DECK)


def test_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.pptx"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(FormatError, match="at most 20,000,000 bytes, got 20,000,001"):
        read_template(path, DECK)


def test_parts_locked_by_a_password_are_refused(deck: Path, tmp_path: Path) -> None:
    content = bytearray(deck.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 1)
    path = tmp_path / "locked.pptx"
    path.write_bytes(content)
    with pytest.raises(FormatError, match="got something else"):
        read_template(path, DECK)

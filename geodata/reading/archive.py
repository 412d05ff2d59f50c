"""Zip archives: which of their files hold tables, and which cells of a workbook are merged."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath

from geodata.reading.sheet import Refused
from geodata.reading.source import Source, unzipping

__all__ = ["members_of", "merged_of", "office_form"]

Place = tuple[int, int]
_TOKEN = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*?)(/?)>|(</table:table>)"
)
_NUMBER = {
    name: re.compile(rb"table:number-" + name.encode() + rb"=\"(\d{1,9})\"")
    for name in ("rows-repeated", "columns-repeated", "rows-spanned", "columns-spanned")
}
_NAMED = re.compile(rb"table:name=\"([^\"]*)\"")
_BUNDLE, _MERGED = 156, 176
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ID, _TARGET = re.compile(rb"\bId=\"([^\"]*)\""), re.compile(rb"\bTarget=\"([^\"]*)\"")
_OFFICE = {
    "xl/workbook.xml": "XLSX",
    "xl/workbook.bin": "XLSB",
    "word/document.xml": "a text document",
    "ppt/presentation.xml": "slides",
}
_ODF = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ODS",
    b"application/vnd.oasis.opendocument.text": "a text document",
    b"application/vnd.oasis.opendocument.presentation": "slides",
}
_UNSEEN = ("__macosx/", ".")


def members_of(source: Source) -> list[str]:
    """Return the names of the files in an archive.

    Raises:
        Refused: If it is damaged or protected, or would unpack to far more than it is.
    """
    limits = source.limits
    with unzipping(source), zipfile.ZipFile(source.path) as archive:
        infos = [one for one in archive.infolist() if not one.is_dir()]
    if len(infos) > limits.members:
        raise Refused(f"{source.name} is an archive of {len(infos):,} files; so many are not read")
    unpacked = sum(one.file_size for one in infos)
    packed = max(source.path.stat().st_size, 1)
    if unpacked > limits.unpacked or (
        unpacked > limits.ratio_from and unpacked > packed * limits.ratio
    ):
        raise Refused(
            f"{source.name} is an archive that unpacks to {unpacked:,} bytes, "
            f"{unpacked // packed:,} times what it is, and is not unpacked"
        )
    if any(one.flag_bits & 1 for one in infos):
        raise Refused(f"{source.name} is an archive that is protected by a password")
    return [one.filename for one in infos if _is_seen(one.filename)]


def _is_seen(name: str) -> bool:
    last = PurePosixPath(name).name
    return not name.casefold().startswith(_UNSEEN[0]) and not last.startswith((".", "~$"))


def office_form(source: Source) -> str:
    """Return what an office program wrote an archive as, or nothing."""
    with unzipping(source), source.open() as stream, zipfile.ZipFile(stream) as archive:
        names = set(archive.namelist())
        for member, form in _OFFICE.items():
            if member in names:
                return form
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:  # noqa: PLR2004
            return _ODF.get(archive.read("mimetype").strip(), "")
    return ""


def merged_of(raw: bytes, form: str, name: str) -> list[tuple[Place, Place]]:
    """Return the first and last line and column of each range of merged cells, from 0.

    Args:
        raw: The workbook.
        form: What it is; of another than ODS and XLSB nothing is known here.
        name: The sheet's.

    Raises:
        ValueError: If it is damaged; so are others that `zipfile` raises.
    """
    if form not in ("ODS", "XLSB"):
        return []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if form == "ODS":
            return list(_of_ods(archive.read("content.xml"), name))
        member = _member_of(archive, name)
        return list(_of_xlsb(archive.read(member))) if member else []


def _of_ods(text: bytes, name: str) -> Iterator[tuple[Place, Place]]:
    is_wanted, line, times, column = False, 0, 0, 0
    for found in _TOKEN.finditer(text):
        kind, attributes = found[1], found[2] or b""
        if found[4] or kind == b"table":
            named = _NAMED.search(attributes)
            is_wanted = named is not None and unescape(named[1].decode()) == name
            line = times = column = 0
        elif not is_wanted:
            continue
        elif kind == b"table-row":
            line, times, column = line + times, _number("rows-repeated", attributes), 0
        else:
            down = _number("rows-spanned", attributes)
            across = _number("columns-spanned", attributes)
            if down > 1 or across > 1:
                yield (line, column), (line + down - 1, column + across - 1)
            column += _number("columns-repeated", attributes)


def _number(name: str, attributes: bytes) -> int:
    found = _NUMBER[name].search(attributes)
    return int(found[1]) if found else 1


def _member_of(archive: zipfile.ZipFile, name: str) -> str:
    """Return which member of an XLSB holds a sheet."""
    targets = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.bin.rels")):
        key, target = _ID.search(tag), _TARGET.search(tag)
        if key and target:
            targets[key[1].decode()] = target[1].decode()
    book = archive.read("xl/workbook.bin")
    for kind, at in _records(book):
        if kind == _BUNDLE:
            relation, after = _text(book, at + 8)
            if _text(book, after)[0] == name:
                path = targets.get(relation, "")
                return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    return ""


def _of_xlsb(raw: bytes) -> Iterator[tuple[Place, Place]]:
    for kind, at in _records(raw):
        if kind == _MERGED:
            first, last, left, right = (_int(raw, at + 4 * one) for one in range(4))
            yield (first, left), (last, right)


def _records(raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield the kind of each record, and where what it says begins."""
    at = 0
    while at < len(raw):
        kind, at = _varied(raw, at, 2)
        size, at = _varied(raw, at, 4)
        yield kind, at
        at += size


def _varied(raw: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of as many bytes as it takes, seven bits in each, and where it ends."""
    value = 0
    for number, byte in enumerate(raw[at : at + most]):
        value |= (byte & 0x7F) << (7 * number)
        if byte < 0x80:  # noqa: PLR2004 - the last one
            return value, at + number + 1
    return value, at + most


def _int(raw: bytes, at: int) -> int:
    return int.from_bytes(raw[at : at + 4], "little")


def _text(raw: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * _int(raw, at)
    return raw[at + 4 : end].decode("utf-16-le", "replace"), end

"""Which reader a file needs: known by what is in it, never by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from geodata.errors import told
from geodata.reading.archive import members_of, office_form
from geodata.reading.limits import Limits
from geodata.reading.sheet import BadRow, Refused, Row, Sheet
from geodata.reading.source import Source, refusing

__all__ = ["open_file"]

_SHAPE = b"\x00\x00\x27\x0a"
_ZIP = b"PK\x03\x04"
# A lock file of Excel has a user's name in 54 bytes behind its length, and once more in UTF-16.
_LOCK_SIZE, _LOCK_NAME = 165, 55
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What others begin with, and what they are.
_KNOWN = (
    (b"%PDF", "a PDF document; its tables must be copied into a spreadsheet first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"PK\x05\x06", "an empty archive"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"version https://git-lfs", "a pointer to a file kept elsewhere (Git LFS), not the file"),
    (b"ARROW1", "an Arrow file; save it as Parquet"),
    (b"FEA1", "a Feather file; save it as Parquet"),
    (b"PROJCS[", "the coordinate system of a shapefile; open the .shp beside it"),
    (b"GEOGCS[", "the coordinate system of a shapefile; open the .shp beside it"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x80\x04\x95", "a Python pickle, which is never opened"),
)
_SCRIPT = re.compile(
    r"(?://|/\*|[\"']use strict|\(?function\b|import\s|export\s|window\.|"
    r"(?:var|let|const)\s+\w+\s*=|[A-Za-z_$][\w$.]*\s*=\s*[\[{])"
)
_TOPOLOGY = re.compile(rb"\"type\"\s*:\s*\"Topology\"")
_MARKUP = re.compile(r"<(?:[!?/]|[A-Za-z])")
_WORKBOOK = "urn:schemas-microsoft-com:office:spreadsheet"
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>\s*([^<]{1,80})", re.IGNORECASE)
_OF_SHAPEFILE = (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qpj", ".qmd", ".qix")
_ASIDE = re.compile(
    r"(^|/)(read_?me|licen[cs]e|codebook|metadata|changelog)[^/]*\.(txt|md|rst|html?|pdf)$"
    r"|\.(pdf|docx?|html?|md|png|jpe?g|gif|svg|tfw|lyr|qml|sld|xsl|css|js)$",
    re.IGNORECASE,
)


def open_file(
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str = "",
    limits: Limits | None = None,
) -> list[Sheet]:
    """Return the tables of a file, whoever wrote it.

    Args:
        path: The file.
        sheet: Name of the one that is wanted, or its number from 1.
        encoding: How its text is encoded, if it is known better than the file shows.
        limits: How much it may hold.

    Raises:
        Refused: If it holds no table or cannot be read; in one sentence. Reading the rows may
            raise it too, where damage shows only there.
    """
    path = Path(path)
    source = Source(path, limits or Limits(), encoding=encoding)
    name = told(path.name)[1:-1]
    if path.is_dir():
        raise Refused(f"{name} is a folder, not a file")
    with refusing(source):
        if path.stat().st_size == 0:
            raise Refused(f"{name} is an empty file")
    is_called_so = path.name.startswith("~$") and path.stat().st_size < 1024  # noqa: PLR2004 - bytes
    if is_called_so or _is_lock(path):
        which = f", which is {name[2:]}" if path.name.startswith("~$") else ""
        raise Refused(
            f"{name} is the lock file of a workbook that is open, not the workbook{which}"
        )
    found = [_guarded(one, source) for one in _open(source)]
    return found if sheet is None else [_chosen(found, sheet, name)]


def _is_lock(path: Path) -> bool:
    """Return whether a file says who has another one open: a name, its length before it, twice."""
    if path.stat().st_size != _LOCK_SIZE:
        return False
    raw = path.read_bytes()
    end = 1 + raw[0]
    again = int.from_bytes(raw[_LOCK_NAME : _LOCK_NAME + 2], "little")
    is_name = 1 < end <= _LOCK_NAME and not raw[end:_LOCK_NAME].strip(b" \0")
    return is_name and 0 < again < _LOCK_NAME


def _chosen(sheets: list[Sheet], wanted: str, name: str) -> Sheet:
    for one in sheets:
        if one.name == wanted:
            return one
    if wanted.isdecimal() and 0 < int(wanted) <= len(sheets):
        return sheets[int(wanted) - 1]
    names = ", ".join(one.name or "a table without name" for one in sheets[:20])
    raise Refused(f"{name} has no sheet {told(wanted)}; it has {names}")


def _guarded(sheet: Sheet, source: Source) -> Sheet:
    """Return a sheet whose rows end in a refusal, whatever is wrong with the bytes."""
    begin: Callable[[], Iterator[Row | BadRow]] = sheet.rows

    def rows() -> Iterator[Row | BadRow]:
        with refusing(source):
            yield from begin()

    return replace(sheet, rows=rows)


def _open(source: Source, *, is_inner: bool = False) -> list[Sheet]:
    head = source.head()
    if not head.strip(b"\0 \t\r\n"):
        raise Refused(f"{source.name} is an empty file")
    if head.startswith(_ZIP):
        if source.is_packed:
            raise Refused(f"{source.name} is an archive packed once more (gzip); unpack it first")
        return _open_zip(source, is_inner=is_inner)
    for magic, what in _KNOWN:
        if head.startswith(magic):
            raise Refused(f"{source.name} is {what}")
    if head.startswith(_OLE):
        return _open_ole(source, head)
    if opened := _open_binary(source, head):
        return opened
    return _open_text(source, head)


def _open_binary(source: Source, head: bytes) -> list[Sheet]:
    if head.startswith(b"PAR1"):
        from geodata.reading.parquet import open_parquet

        return open_parquet(source)
    from geodata.reading.layers import open_layers

    if head.startswith(b"SQLite format 3\0"):
        # Where a GeoPackage says that it is one; old ones only in the ending of their names.
        is_package = head[68:72].startswith(b"GP") or source.name.casefold().endswith(".gpkg")
        return open_layers(source, *((".gpkg", "GeoPackage") if is_package else (".db", "SQLite")))
    if head.startswith(b"fgb\x03"):
        return open_layers(source, ".fgb", "FlatGeobuf")
    if head.startswith(_SHAPE):
        if source.name.casefold().endswith(".shx"):
            raise Refused(f"{source.name} is the index of a shapefile; open the .shp beside it")
        return open_layers(source, ".shp", "shapefile", source.encoding)
    if _is_dbf(head):
        return open_layers(source, ".dbf", "dBase", source.encoding)
    return []


def _is_dbf(head: bytes) -> bool:
    if len(head) < 66 or head[0] not in (0x03, 0x30, 0x83, 0x8B, 0xF5):  # noqa: PLR2004 - dBase
        return False
    begin = int.from_bytes(head[8:10], "little")
    return 1 <= head[2] <= 12 and 1 <= head[3] <= 31 and begin >= 65 and begin % 32 in (1, 0, 8)  # noqa: PLR2004


def _open_ole(source: Source, head: bytes) -> list[Sheet]:
    from geodata.reading.workbook import open_workbook

    start = head + source.head(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in start:
        raise Refused(f"{source.name} is a workbook that is protected by a password")
    if "WordDocument".encode("utf-16-le") in start:
        raise Refused(f"{source.name} is a text document")
    return open_workbook(source, "XLS")


def _open_zip(source: Source, *, is_inner: bool) -> list[Sheet]:
    from geodata.reading.workbook import open_workbook

    form = office_form(source)
    if form in ("XLSX", "XLSB", "ODS"):
        return open_workbook(source, form)
    if form:
        raise Refused(
            f"{source.name} is {form}; its tables must be copied into a spreadsheet first"
        )
    if is_inner:
        raise Refused(f"{source.name} is an archive in an archive; unpack it first")
    names = members_of(source)
    if any(".gdb/" in one.casefold() for one in names):
        raise Refused(f"{source.name} holds a file geodatabase, which is not read; GeoPackage is")
    shapes = [one for one in names if one.casefold().endswith(".shp")]
    stems = {one.casefold()[:-4] for one in shapes}
    sheets: list[Sheet] = []
    others: list[str] = []
    for one in names:
        path = PurePosixPath(one)
        if (
            path.suffix.casefold() in _OF_SHAPEFILE
            and str(path.with_suffix("")).casefold() in stems
        ):
            continue
        if one.casefold().endswith((".shp.xml", ".xsd")) or _ASIDE.search(one):
            others.append(told(one)[1:-1])
            continue
        inner = Source(source.path, source.limits, one, tuple(names), source.encoding)
        try:
            sheets += _open(inner, is_inner=True)
        except Refused as error:
            others.append(str(error))
    if not sheets:
        reason = f": {others[0]}" if others else ""
        raise Refused(f"{source.name} is an archive without a table{reason}")
    is_kmz = any(one.form == "KML" for one in sheets) and len(sheets) == 1
    return [
        replace(one, form="KMZ" if is_kmz else f"{one.form} in a zip", notes=(*one.notes, *others))
        for one in sheets
    ]


def _open_text(source: Source, head: bytes) -> list[Sheet]:
    from geodata.reading.text import find_encoding, note_of

    found = find_encoding(source)
    text = head.decode(found.codec, "replace").lstrip("\ufeff\x1e \t\r\n")
    opened = _open_letters(source, text)
    if found.letters is None:
        return opened
    is_told = found.letters.is_sure or source.encoding
    notes = () if is_told else (note_of(found.letters),)
    return [
        replace(one, notes=(*one.notes, *notes), letters=found.letters.readings) for one in opened
    ]


def _open_letters(source: Source, text: str) -> list[Sheet]:
    from geodata.reading.text import open_delimited

    if _MARKUP.match(text):
        return _open_markup(source, text)
    if text[:1] in ("{", "["):
        return _open_json(source)
    if _is_binary(text):
        raise Refused(f"{source.name} is binary data of a kind that is not read")
    if _SCRIPT.match(text):
        raise Refused(f"{source.name} is a script (JavaScript), not data")
    return open_delimited(source)


def _open_json(source: Source) -> list[Sheet]:
    from geodata.reading.json import open_json
    from geodata.reading.text import open_delimited

    if _TOPOLOGY.search(source.head()):
        from geodata.reading.layers import open_layers

        return open_layers(source, ".topojson", "TopoJSON")
    try:
        return open_json(source)
    except Refused as error:
        if "no valid JSON" not in str(error):
            raise
        # A table may begin with a bracket.
        try:
            found = open_delimited(source)
        except Refused:
            raise error from None
        if len(found[0].columns) < 3:  # noqa: PLR2004 - what text in lines has by chance
            raise
        return found


def _open_markup(source: Source, text: str) -> list[Sheet]:
    from geodata.reading.xml import open_page, open_xml_workbook, root_of

    if _WORKBOOK in text[:2000]:
        return open_xml_workbook(source)
    if _PAGE.search(text[:2000]) and "<kml" not in text:
        if found := open_page(source):
            return found
        title = _TITLE.search(text)
        called = f" called {told(title[1].strip())}" if title else ""
        raise Refused(
            f"{source.name} is a web page{called} without a table; save the file it links to"
        )
    root = root_of(source)
    if root == "kml" or root in ("Document", "Folder", "Placemark"):
        from geodata.reading.xml import open_kml

        return open_kml(source)
    if root == "gpx":
        from geodata.reading.xml import open_gpx

        return open_gpx(source)
    if root in ("rss", "feed", "RDF"):
        from geodata.reading.layers import open_layers

        return open_layers(source, ".xml", "GeoRSS")
    raise Refused(
        f"{source.name} is XML of a kind that is not read, <{root[:40]}>; KML, GPX and GeoRSS are"
    )


def _is_binary(text: str) -> bool:
    """Return whether a text is mostly none."""
    sample = text[:4000]
    odd = sum(one == "\ufffd" or (ord(one) < 32 and one not in "\t\n\r\f\v\x1a") for one in sample)  # noqa: PLR2004
    return odd * 10 > len(sample)

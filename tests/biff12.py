"""A workbook as XLSB, which no library here writes: records of a kind, a size and a content."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

_ROW, _NUMBER, _TEXT, _BEGIN_SHEET, _END_SHEET = 0, 5, 6, 129, 130
_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS = 131, 132, 143, 144
_BEGIN_DATA, _END_DATA, _SIZE, _BUNDLE, _MERGED = 145, 146, 148, 156, 176
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _varied(value: int) -> bytes:
    found = b""
    while value > 0x7F:
        found += bytes([value & 0x7F | 0x80])
        value >>= 7
    return found + bytes([value])


def _record(kind: int, said: bytes = b"") -> bytes:
    return _varied(kind) + _varied(len(said)) + said


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _sheet(lines: Sequence[Sequence[object]], merged: Sequence[tuple[int, int, int, int]]) -> bytes:
    size = struct.pack("<4I", 0, len(lines) - 1, 0, max(map(len, lines)) - 1)
    found = _record(_BEGIN_SHEET) + _record(_SIZE, size) + _record(_BEGIN_DATA)
    for at, line in enumerate(lines):
        found += _record(_ROW, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(line):
            head = struct.pack("<II", column, 0)
            if isinstance(value, str):
                found += _record(_TEXT, head + _text(value))
            elif value is not None:
                found += _record(_NUMBER, head + struct.pack("<d", value))
    ranges = b"".join(_record(_MERGED, struct.pack("<4I", *one)) for one in merged)
    return found + _record(_END_DATA) + ranges + _record(_END_SHEET)


def write_xlsb(
    path: Path,
    sheets: dict[str, Sequence[Sequence[object]]],
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> Path:
    """Write a workbook; merged cells (first line, last, first column, last) are in all sheets."""
    bundle = relations = b""
    with zipfile.ZipFile(path, "w") as archive:
        for number, (name, lines) in enumerate(sheets.items(), start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.bin", _sheet(lines, merged))
            said = struct.pack("<II", 0, number) + _text(f"rId{number}") + _text(name)
            bundle += _record(_BUNDLE, said)
            relations += (
                f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet" '
                f'Target="worksheets/sheet{number}.bin"/>'
            ).encode()
        book = _record(_BEGIN_SHEETS) + bundle + _record(_END_SHEETS)
        archive.writestr("xl/workbook.bin", _record(_BEGIN_BOOK) + book + _record(_END_BOOK))
        of_package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{of_package}">{relations.decode()}</Relationships>',
        )
    return path

"""How much a file may hold before it is refused or a row of it is left out."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """Limits of reading; what is beyond them is no file of incidents.

    Attributes:
        columns: Of a sheet.
        rows: Of a format that says beforehand how many it has.
        cell: Letters of a cell.
        row: Letters of one line of text.
        quoted: Letters that a quoted cell may run on over line ends.
        record: Bytes of one record of JSON or XML.
        depth: Levels of nesting of JSON and XML.
        members: Files in an archive.
        unpacked: Bytes of all files of an archive, or of a packed file.
        ratio: How many times smaller an archive may be than what is in it.
        ratio_from: Unpacked bytes from which the ratio is looked at.
        workbook: Unpacked bytes of a workbook, which is read at once.
        grid: Cells of a sheet of a workbook, from the first to the last, empty ones too.
        whole: Bytes of a file that can only be read at once.
    """

    columns: int = 10_000
    rows: int = 50_000_000
    cell: int = 5_000_000
    row: int = 20_000_000
    quoted: int = 1_000_000
    record: int = 64_000_000
    depth: int = 100
    members: int = 5_000
    unpacked: int = 8_000_000_000
    ratio: int = 150
    ratio_from: int = 50_000_000
    workbook: int = 1_000_000_000
    grid: int = 40_000_000
    whole: int = 256_000_000

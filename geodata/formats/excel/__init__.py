"""XLSX for Excel and LibreOffice: records as sheets, and such a workbook as records again."""

from geodata.formats.excel.layout import SHEETS
from geodata.formats.excel.reading import KNOWN_BY, read_xlsx
from geodata.formats.excel.writing import write_xlsx

__all__ = ["KNOWN_BY", "SHEETS", "read_xlsx", "write_xlsx"]

r"""What rows does a file hold, whoever wrote it?

Example:
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "strikes.txt"
    ...     _ = path.write_text("Date;Place\n3.1.2024;Kerman\n")
    ...     (sheet,) = open_file(path)
    ...     [row.cells for row in sheet.rows()]
    [('3.1.2024', 'Kerman')]
"""

from geodata.reading.limits import Limits
from geodata.reading.opening import open_file
from geodata.reading.sheet import BadRow, Cell, Refused, Row, Sheet

__all__ = ["BadRow", "Cell", "Limits", "Refused", "Row", "Sheet", "open_file"]

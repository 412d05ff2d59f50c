"""What rows does a file hold, whoever wrote it?"""

from geodata.reading.sheet import BadRow, Cell, Refused, Row, Sheet

__all__ = ["BadRow", "Cell", "Refused", "Row", "Sheet"]

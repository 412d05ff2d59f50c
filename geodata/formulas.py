"""Text cells that a spreadsheet could take for a formula: made harmless, and brought back."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["guard", "is_risky", "unguard"]

# What Excel, LibreOffice or Google Sheets may run: = + - @ (also full-width), or a tab or line end
# before them. Spaces and apostrophes in front are covered so that the mark can be taken off again.
_RISKY = re.compile(r"^[\s']*[=+\-@＝＋－＠]|^'*[\t\r\n]")
_MARKED = re.compile(r"^'(?:[\s']*[=+\-@＝＋－＠]|'*[\t\r\n])")
# What parts cells where another list separator is set, as in most of Europe: a quotation mark that
# does not begin a cell is a letter there, so quoting does not keep a cell together.
_RISKY_WITHIN = re.compile(r"([;|\t\r\n])(?=[\s'\"]*[=+\-@＝＋－＠])")
_MARKED_WITHIN = re.compile(r"([;|\t\r\n])'(?=[\s'\"]*[=+\-@＝＋－＠])")


# More than the same, in cells that come each after U+0000: quickly sought in a long text.
_RISKY_AMONG = re.compile(r"[\0;|\t\r\n][\s'\"]*[=+\-@＝＋－＠\t\r\n]")


def guard(cell: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula, nor a part of it.

    Example:
        >>> guard("=cmd()"), guard("Kabul"), guard("Kabul;=cmd()")
        ("'=cmd()", 'Kabul', "Kabul;'=cmd()")
    """
    cell = _RISKY_WITHIN.sub(r"\1'", cell)
    return f"'{cell}" if _RISKY.match(cell) else cell


def is_risky(cells: Sequence[str]) -> bool:
    """Whether `guard` may change one of many cells; where it says no, none need be asked."""
    return _RISKY_AMONG.search("\0" + "\0".join(cells)) is not None


def unguard(cell: str) -> str:
    """Return the text that `guard` was given."""
    return _MARKED_WITHIN.sub(r"\1", cell[1:] if _MARKED.match(cell) else cell)

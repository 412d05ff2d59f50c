"""How far something may be handed on: the Traffic Light Protocol, version 2.0, by FIRST.

A record may carry its marking in a column that an import kept, called `TLP`; the highest of all
records and of what somebody asks for is that of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from geodata.errors import RequestError

__all__ = ["MARKED", "Tlp", "highest", "marking_of"]

# What a column of markings has in its name.
MARKED = "tlp"


class Tlp(StrEnum):
    """A marking, the least strict first."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    STRICT = "amber+strict"
    RED = "red"

    @property
    def label(self) -> str:
        """How it is written: never with a space.

        Example:
            >>> Tlp.STRICT.label
            'TLP:AMBER+STRICT'
        """
        return f"TLP:{self.value.upper()}"

    @property
    def color(self) -> str:
        """The colour of its letters on black, as FIRST gives it."""
        return _COLORS[self]

    @property
    def in_names(self) -> str:
        """How a file's name has it.

        Example:
            >>> Tlp.STRICT.in_names
            'TLP-AMBER-STRICT'
        """
        return self.label.replace(":", "-").replace("+", "-")

    @classmethod
    def read(cls, text: str) -> Tlp:
        """Return the marking that a text names, of version 1 too, where clear was white.

        Raises:
            RequestError: If it names none: what is marked in unknown words must not go out as if
                it were not.

        Example:
            >>> Tlp.read("TLP:Amber+Strict"), Tlp.read("white")
            (<Tlp.STRICT: 'amber+strict'>, <Tlp.CLEAR: 'clear'>)
        """
        bare = "".join(text.split()).casefold().removeprefix("tlp:")
        for one in cls:
            if bare == one or (bare == "white" and one is cls.CLEAR):
                return one
        raise RequestError(f"TLP must be one of {', '.join(cls)}, got {text!r:.40}")


_COLORS = {
    Tlp.CLEAR: "#FFFFFF",
    Tlp.GREEN: "#33FF00",
    Tlp.AMBER: "#FFC000",
    Tlp.STRICT: "#FFC000",
    Tlp.RED: "#FF2B2B",
}


def highest(markings: Iterable[Tlp | None]) -> Tlp | None:
    """Return the strictest of some markings; none where nothing is marked.

    Example:
        >>> highest([Tlp.GREEN, None, Tlp.AMBER])
        <Tlp.AMBER: 'amber'>
    """
    order = list(Tlp)
    return max((one for one in markings if one), key=order.index, default=None)


@lru_cache(maxsize=10_000)
def _is_marking(name: str) -> bool:
    """Whether a column holds markings; rows by the thousand have the same few names."""
    # Of records that are one event the columns of the second have its id in brackets.
    return name.partition("(")[0].strip().casefold() == MARKED


def marking_of(rows: Iterable[Mapping[str, str]]) -> Tlp | None:
    """Return the highest marking that rows carry, as an import kept them with records.

    Raises:
        RequestError: If one of them has a marking that is none.
    """
    found = {cell.strip() for row in rows for name, cell in row.items() if _is_marking(name)}
    return highest(Tlp.read(one) for one in found if one)

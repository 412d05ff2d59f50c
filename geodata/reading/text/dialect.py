"""Which character parts cells and which lines: what gives records of one width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from geodata.reading.limits import Limits
from geodata.reading.text.records import Broken, Dialect, records_of

__all__ = ["find_dialect", "find_end"]

_DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'"[^"]*+"')
_BROKEN_SHARE = 0.1
_EVEN = 0.5
# A preamble is no part of the table.
_PREAMBLE = 30


class _Fit(NamedTuple):
    """How well a dialect fits: the share of records of the usual width, that width, broken ones."""

    even: float
    width: int
    broken: int


def find_end(sample: str) -> str:
    r"""Return what ends the lines of a text, not counting line ends in quoted cells.

    Example:
        >>> find_end('a,b\r1,"x\ny"\r')
        '\r'
    """
    for text in (_QUOTED.sub("", sample), sample):
        lone = text.replace("\r\n", "")
        lines = text.count("\r\n") + lone.count("\n")
        if lines or "\r" in lone:
            return "\r" if lone.count("\r") > lines else "\n"
    return "\n"


def find_dialect(sample: str, end: str, limits: Limits) -> Dialect:
    """Return how a text is parted.

    Args:
        sample: Its first lines.
        end: What ends them.
        limits: How long lines and cells may be.
    """
    fits = {
        one: _fit(sample, dialect, limits)
        for one in _DELIMITERS
        if one in sample and (dialect := Dialect(one, end))
    }
    if not fits:
        return Dialect(",", end)
    best = max(fits, key=lambda one: (_score(fits[one]), -_DELIMITERS.index(one)))
    quoted = fits[best]
    if quoted.broken:
        plain = _fit(sample, Dialect(best, end, ""), limits)
        if plain.even > quoted.even + _BROKEN_SHARE:
            return Dialect(best, end, "")
    return Dialect(best, end)


def _score(fit: _Fit) -> float:
    if fit.width < 2:  # noqa: PLR2004 - one column is parted by nothing
        return 0
    return round(fit.even, 2) + (min(fit.width, 100) / 1000 if fit.even > _EVEN else 0)


def _fit(sample: str, dialect: Dialect, limits: Limits) -> _Fit:
    records = [one for _, one in records_of(iter([sample]), dialect, limits)]
    broken = sum(isinstance(one, Broken) for one in records)
    widths = [len(one) for one in records if isinstance(one, list) and any(one)]
    return _Fit(_evenness(widths, broken), _usual(widths), broken)


def _usual(widths: Sequence[int]) -> int:
    several = Counter(one for one in widths if one > 1)
    return max(several, key=lambda one: (several[one], one)) if several else 1


def _evenness(widths: Sequence[int], broken: int) -> float:
    """Return the share of records of the usual width, from the first such on, if it comes soon."""
    usual = _usual(widths)
    begin = next((at for at, one in enumerate(widths[:_PREAMBLE]) if one == usual), 0)
    counted = widths[begin:]
    return sum(one == usual for one in counted) / (len(counted) + broken + begin / 4 or 1)

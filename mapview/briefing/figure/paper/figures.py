"""What no line ends within: figures with hedge and range, and dates, as each language has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from geodata.tongue import ENGLISH, language, say
from mapview.briefing.figure.paper.fonts import Face, width_mm, wrap

__all__ = ["figures_in", "hold_figures", "wrap_whole"]

# Stands for a number in a message; and a space at which no line ends.
_GAP, _HOLDING = "\0", "\u00a0"
_NUMBER = r"\d[\d,.\u066b\u066c\u00a0]*"
# As a catalogue has them; English texts of others hedge in more words.
_HEDGES = ("nearly", "about", "over", "at least", "at least about", "at most")
_MORE_HEDGES = ("almost", "around", "more than", "fewer than")
# A day of a month and year, or these two, with the same day of another calendar in brackets. Months
# have few letters: if they had any number, a text would be read once for each of its letters.
_MONTH = r"(?=[^\W\d_]{3})[^\s\d.,:;()]{3,40}"
_DATE = rf"(?:\d{{1,2}}(?:er)? )?{_MONTH} \d{{4}}\b(?: \([^()]{{0,60}}\d{{4}}\))?"


def figures_in(text: str) -> Iterator[re.Match[str]]:
    """Yield figures and dates of a text in the language that is spoken.

    In English what is counted stands behind a figure, and is the first group where it does.
    """
    return _figure(language()).finditer(text)


def hold_figures(text: str, face: Face, width: float) -> str:
    """Return a text, cleaned, in which no line of a width ends within a figure that it holds.

    Where it does not hold a date with its day of another calendar, each of the two stays whole.
    """
    found, at = [], 0
    for figure in figures_in(text):
        start, end = figure.start(), figure.start(1) if figure[1] else figure.end()
        found += [text[at:start], _held(text[start:end], face, width)]
        at = end
    return "".join([*found, text[at:]])


def wrap_whole(text: str, face: Face, width: float, most: int) -> list[str]:
    """Return a text, cleaned, as lines as `wrap` does, of which none ends within a figure."""
    lines = wrap(hold_figures(text, face, width), face, width, most=most)
    return [one.replace(_HOLDING, " ") for one in lines]


def _held(figure: str, face: Face, width: float) -> str:
    parts = [figure] if width_mm(figure, face) <= width else figure.split(" (")
    held = (one.replace(" ", _HOLDING) if width_mm(one, face) <= width else one for one in parts)
    return " (".join(held)


@cache
def _figure(spoken: str) -> re.Pattern[str]:
    """Return the pattern of a date, or of a figure with its hedge and the end of its range."""
    hedges = [say(f"{hedge} {{n}}", n=_GAP).split(_GAP) for hedge in _HEDGES]
    before = [one.strip() for one, _ in hedges] + [*_MORE_HEDGES]
    after = [one.strip() for _, one in hedges]
    between = say("{low} to {high}", low=_GAP, high=_GAP).replace(_GAP, "")
    hedged = f"(?:{_any_of(before)} )?{_NUMBER}(?: {_any_of(after)})?"
    counted = "( [a-z]+)?" if spoken == ENGLISH else "()"
    figure = f"{hedged}(?:(?:{re.escape(between)}| ?– ?){hedged})?{counted}"
    return re.compile(rf"(?<![^\s(«“\u200f])(?:{_DATE}|{figure})")


def _any_of(words: Sequence[str]) -> str:
    """Return a pattern of any of some words, the longest first; of none where there is none."""
    said = sorted({one for one in words if one}, key=lambda one: (-len(one), one))
    return f"(?:{'|'.join(map(re.escape, said))})" if said else "(?!)"

"""Where bars begin and end: of relations on a time line, of figures on a scale from zero.

What is known is told apart from what is not. A bar never reaches further than its dates: where an
end is not stated it fades within a short, fixed length, whatever the day is today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from geodata.records import DateSpan, parse_date

__all__ = ["LEGEND", "Axis", "Piece", "axis_of", "number_pieces", "term_pieces"]

Form = Literal["sure", "unsure", "fade-in", "fade-out"]
LEGEND: tuple[tuple[Form, str], ...] = (
    ("sure", "held throughout, by what the claims say"),
    ("unsure", "began or ended at some time within"),
    ("fade-in", "beginning not stated"),
    ("fade-out", "end not stated, which is not “until today”"),
)
_FADE = 0.07
# Narrower, a bar could not be seen.
_LEAST = 0.006
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
_MOST_TICKS = 7
_HEDGES = "~?%"


class Piece(NamedTuple):
    """A part of a bar; its ends are shares of the width."""

    form: Form
    start: float
    end: float

    @property
    def left(self) -> str:
        """Where it starts, in per cent."""
        return f"{100 * self.start:.2f}%"

    @property
    def width(self) -> str:
        """How wide it is, in per cent."""
        return f"{100 * (self.end - self.start):.2f}%"

    @property
    def steps(self) -> tuple[tuple[Piece, float], ...]:
        """Its parts with their strength, for pens that draw no gradient.

        Example:
            >>> [strength for _, strength in Piece("fade-out", 0, 1).steps]
            [0.6, 0.45, 0.3, 0.15]
        """
        if not self.form.startswith("fade"):
            return ((self, 0.72 if self.form == "sure" else 0.3),)
        strengths = (0.6, 0.45, 0.3, 0.15)
        width = (self.end - self.start) / len(strengths)
        return tuple(
            (Piece(self.form, self.start + at * width, self.start + (at + 1) * width), strength)
            for at, strength in enumerate(
                strengths if self.form == "fade-out" else reversed(strengths)
            )
        )


@dataclass(frozen=True)
class Axis:
    """Years from the first to the last, the last not included, and those that are named."""

    first: int
    last: int
    step: int

    @property
    def ticks(self) -> tuple[tuple[int, float], ...]:
        """Years that are named, and where their first day lies."""
        start = -(-self.first // self.step) * self.step
        years = range(max(start, self.first), self.last, self.step)
        return tuple((year, self.at(date(max(year, 1), 1, 1))) for year in years)

    def at(self, day: date) -> float:
        """Return where a day lies, as a share of the width."""
        start = date(max(self.first, 1), 1, 1).toordinal()
        end = date(min(self.last, date.max.year), 1, 1).toordinal()
        return (day.toordinal() - start) / (end - start)


def axis_of(terms: Iterable[tuple[str, str]]) -> Axis | None:
    """Return the axis that holds all stated ends of some terms; `None` where there is none.

    Example:
        >>> axis_of([("2015", ""), ("", "2019-10")])
        Axis(first=2014, last=2021, step=1)
    """
    spans = [_span(text) for term in terms for text in term]
    days = [day for one in spans if one for day in (one.known_start, one.known_end) if day]
    if not days:
        return None
    first, last = min(days).year, max(days).year + 1
    # Room on both sides for what fades.
    room = max(1, round((last - first) * _FADE))
    first, last = max(first - room, 1), min(last + room, date.max.year)
    steps = (step for step in _STEPS if (last - first) / step <= _MOST_TICKS)
    return Axis(first, last, next(steps, _STEPS[-1]))


def term_pieces(valid_from: str, valid_to: str, axis: Axis) -> tuple[Piece, ...]:
    """Return the bar of a term; nothing where neither end is stated.

    Example:
        >>> [one.form for one in term_pieces("2015", "", Axis(2014, 2021, 1))]
        ['unsure', 'fade-out']
    """
    begun, ended = _span(valid_from), _span(valid_to)
    begins, ends = _ends(begun, axis), _ends(ended, axis)
    if begins == ends == (None, None):
        return ()
    is_hedged = any(letter in f"{valid_from}{valid_to}" for letter in _HEDGES)
    return tuple(_seen(_pieces(begins, ends, is_hedged=is_hedged)))


_Ends = tuple[float | None, float | None]


def _pieces(begins: _Ends, ends: _Ends, *, is_hedged: bool) -> Iterator[Piece]:
    (soonest, by), (since, latest) = begins, ends
    if soonest is not None and latest is not None and (by or 0) > (since or 1):
        # It may have ended before the last day on which it may have begun.
        yield Piece("unsure", soonest, latest)
        return
    yield from _turn(soonest, by)
    if by is not None and since is not None:
        yield Piece("unsure" if is_hedged else "sure", by, since)
    elif by is not None:
        yield Piece("fade-out", by, by + _FADE)
    elif since is not None and soonest is None:
        yield Piece("fade-in", since - _FADE, since)
    yield from _turn(since, latest)


def _turn(first: float | None, last: float | None) -> Iterator[Piece]:
    """Yield the days between which something began or ended."""
    if first is not None and last is not None:
        # A day that is known is no stretch of time.
        yield Piece("unsure" if last > first else "sure", first, last)
    elif first is not None:
        yield Piece("fade-out", first, first + _FADE)
    elif last is not None:
        yield Piece("fade-in", last - _FADE, last)


def _seen(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for one in pieces:
        start, end = max(one.start, 0.0), min(one.end, 1.0)
        if one.form.startswith("fade") and end <= start:
            continue
        yield Piece(one.form, min(start, 1 - _LEAST), max(end, start + _LEAST))


def _span(text: str) -> DateSpan | None:
    span = parse_date(text) if text else None
    return span if span and (span.has_start or span.has_end) else None


def _ends(span: DateSpan | None, axis: Axis) -> _Ends:
    if span is None:
        return None, None
    start, end = span.known_start, span.known_end
    return (None if start is None else axis.at(start), None if end is None else axis.at(end))


def number_pieces(low: float | None, high: float | None, most: float) -> tuple[Piece, ...]:
    """Return the bar of a figure.

    Args:
        low: What it is at least; `None` where it is only said to be at most something.
        high: What it is at most; `None` where it may be more.
        most: The highest figure of the scale.

    Example:
        >>> [one.form for one in number_pieces(1300, 2000, 2000)]
        ['sure', 'unsure']
        >>> [one.form for one in number_pieces(None, 70, 70)]
        ['unsure']
    """
    scale = (1 - _FADE) / (most or 1)
    sure = Piece("sure", 0, (low or 0) * scale)
    if high is None:
        return (sure, Piece("fade-out", sure.end, sure.end + _FADE))
    rest = Piece("unsure", sure.end, high * scale)
    return tuple(one for one in (sure, rest) if one.end > one.start)

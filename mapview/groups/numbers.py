"""The figures of a group: a series for each sort of people, each figure with who says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from geodata.records import (
    FIGURES,
    Claim,
    ClaimAbout,
    Qualifier,
    claims_differ,
    describe_date,
    parse_date,
)
from mapview.groups.bars import number_pieces
from mapview.groups.lines import NumberLine, NumberSeries
from mapview.lines import SourceLine

__all__ = ["is_number", "number_series"]

_NOUNS = {
    ClaimAbout.FATALITIES: "killed",
    ClaimAbout.INJURED: "injured",
    ClaimAbout.CASUALTIES: "killed or injured",
    ClaimAbout.ARRESTED: "arrested",
    ClaimAbout.DISPLACED: "displaced",
}
_MORE = (Qualifier.AT_LEAST, Qualifier.OVER)
_LESS = (Qualifier.AT_MOST, Qualifier.NEARLY)
_RANGES = ({Qualifier.AT_LEAST, Qualifier.AT_MOST}, {Qualifier.ABOUT})
_PAIR = 2

# Claims of one account that are one figure: one, or the two ends of a range.
_Figure = tuple[Claim, ...]


def is_number(claim: Claim) -> bool:
    """Whether a claim is a figure of a series, and not an answer to a question of its own."""
    return claim.about in FIGURES and not claim.topic


def number_series(
    claims: Sequence[Claim], cite: Callable[[str], SourceLine]
) -> tuple[NumberSeries, ...]:
    """Return the figures among claims, by whom they count.

    Args:
        claims: Claims on a group.
        cite: Gives a source by its id, as it is cited.
    """
    found: dict[tuple[ClaimAbout, str], list[Claim]] = {}
    for claim in filter(is_number, claims):
        found.setdefault((claim.about, claim.part), []).append(claim)
    return tuple(
        NumberSeries(_heading(about, part), tuple(_lines(said, cite)))
        for (about, part), said in found.items()
    )


def _heading(about: ClaimAbout, part: str) -> str:
    words = part or "whom it counts is not stated"
    noun = f" {_NOUNS[about]}" if about in _NOUNS else ""
    return f"{words[0].upper()}{words[1:]}{noun}"


def _lines(claims: Sequence[Claim], cite: Callable[[str], SourceLine]) -> Iterator[NumberLine]:
    figures = sorted(_figures(claims), key=_moment)
    most = max(max(map(_number, one)) for one in figures)
    for figure in figures:
        first = figure[0]
        same = [claim for claim in claims if claim.as_of == first.as_of]
        low, high = _bounds(figure)
        yield NumberLine(
            value=_value(figure),
            as_of=_as_of(first),
            by=first.by or "the document",
            note=" ".join(_notes(figure)),
            source=cite(first.source),
            locator=first.locator,
            cites=tuple(map(cite, first.cites)),
            differs=claims_differ(same),
            pieces=number_pieces(low, high, most),
        )


def _figures(claims: Sequence[Claim]) -> Iterator[_Figure]:
    accounts: dict[tuple[str, str, str, str], list[Claim]] = {}
    for claim in claims:
        key = (claim.source, claim.locator, claim.by, claim.as_of)
        accounts.setdefault(key, []).append(claim)
    for said in accounts.values():
        if len(said) == _PAIR and {one.qualifier for one in said} in _RANGES:
            yield tuple(sorted(said, key=_number))
        else:
            yield from ((one,) for one in said)


def _moment(figure: _Figure) -> tuple[bool, date, float]:
    span = parse_date(figure[0].as_of or "XXXX")
    return not span.has_start and not span.has_end, span.start, _number(figure[0])


def _number(claim: Claim) -> float:
    return claim.value if isinstance(claim.value, int | float) else 0


def _bounds(figure: _Figure) -> tuple[float | None, float | None]:
    if len(figure) == _PAIR:
        return _number(figure[0]), _number(figure[1])
    number, hedge = _number(figure[0]), figure[0].qualifier
    return None if hedge in _LESS else number, None if hedge in _MORE else number


def _value(figure: _Figure) -> str:
    numbers = " to ".join(dict.fromkeys(f"{claim.value:,}" for claim in figure))
    hedge = figure[0].qualifier
    is_range = len(figure) == _PAIR and hedge is not Qualifier.ABOUT
    if is_range or hedge in (None, Qualifier.EXACTLY):
        return numbers
    return f"{hedge} {numbers}"


def _as_of(claim: Claim) -> str:
    return describe_date(claim.as_of) if claim.as_of else "time not stated"


def _notes(figure: _Figure) -> Iterator[str]:
    texts = (text for claim in figure for text in (claim.caveat, claim.note))
    yield from dict.fromkeys(text for text in texts if text)

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
    is_english,
    labelled,
    number,
    parse_date,
    say,
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
        NumberSeries(_heading(about, part), tuple(_lines(said, cite)), is_own=_is_own(about, part))
        for (about, part), said in found.items()
    )


def _is_own(about: ClaimAbout, part: str) -> bool:
    return bool(part) and about not in _NOUNS


def _heading(about: ClaimAbout, part: str) -> str:
    words = part or say("whom it counts is not stated")
    noun = say(_NOUNS[about]) if about in _NOUNS else ""
    return _counted(f"{words[0].upper()}{words[1:]}", noun)


def _counted(words: str, noun: str) -> str:
    """Return whom figures count, in the words of the record, with what happened to them."""
    if not noun or is_english():
        return f"{words} {noun}".strip()
    return labelled(words, noun)


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
            by=first.by or ("the document" if is_english() else say("The source")),
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
    numbers = list(dict.fromkeys(number(_number(claim)) for claim in figure))
    said = say("{low} to {high}", low=numbers[0], high=numbers[-1]) if numbers[1:] else numbers[0]
    hedge = figure[0].qualifier
    is_range = len(figure) == _PAIR and hedge is not Qualifier.ABOUT
    if is_range or hedge in (None, Qualifier.EXACTLY):
        return said
    return say(f"{hedge} {{n}}", n=said)


def _as_of(claim: Claim) -> str:
    return describe_date(claim.as_of) if claim.as_of else say("time not stated")


def _notes(figure: _Figure) -> Iterator[str]:
    texts = (text for claim in figure for text in (claim.caveat, claim.note))
    yield from dict.fromkeys(text for text in texts if text)

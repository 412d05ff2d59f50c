"""Whether a figure that somebody wrote is one that the records give, hedge and ends among it."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.wording.figures import Figure
from geodata.wording.given import Given
from geodata.wording.numerals import Hedge

__all__ = ["matching", "why_not"]

# How far a round bound may be from the figures: "more than 90" of 94 is said, "more than 50" not.
_NEAR_BELOW, _NEAR_ABOVE, _ABOUT = 0.8, 1.25, 0.1
_OPEN = (Hedge.AT_LEAST, Hedge.AT_LEAST_ABOUT, Hedge.OVER)
# An open upper end of the records -> how it may be written.
_KEPT = {
    Hedge.AT_LEAST: _OPEN,
    Hedge.OVER: _OPEN,
    Hedge.AT_LEAST_ABOUT: (Hedge.AT_LEAST_ABOUT,),
}
_SAME = {
    Hedge.AT_LEAST: (Hedge.AT_LEAST,),
    # "At least 16" claims more, and so this may be said of it.
    Hedge.AT_LEAST_ABOUT: (Hedge.AT_LEAST_ABOUT, Hedge.AT_LEAST),
    Hedge.OVER: (Hedge.OVER,),
    Hedge.AT_MOST: (Hedge.AT_MOST,),
    Hedge.UNDER: (Hedge.UNDER,),
    Hedge.NEARLY: (Hedge.NEARLY,),
    Hedge.ABOUT: (Hedge.ABOUT, Hedge.NEARLY),
    Hedge.NONE: (Hedge.NONE,),
}


def matching(figure: Figure, given: Sequence[Given]) -> Given | None:
    """Return the figure of the records that one that is written matches.

    A number without a hedge matches one that a source gives without a hedge; a range the lowest and
    highest; a bound what all figures keep to, and are near.

    Args:
        figure: What is written.
        given: What the records give of the same people or things.
    """
    if figure.is_range:
        return _of_range(figure, given)
    for one in given:
        if one.low == one.high == figure.low and one.hedge in _SAME[figure.hedge]:
            return one
    of_value = [one for one in given if one.low == one.high == figure.low]
    if figure.hedge is Hedge.NONE:
        # Of several hedges of one number none is that of all.
        return of_value[0] if len({one.hedge for one in of_value}) > 1 else None
    # Figures of fighters say nothing of a bound of everybody, who may stand in the same words.
    people = dict.fromkeys(one.people for one in given)
    found = (_bounded(figure, [one for one in given if one.people == who]) for who in people)
    return next(filter(None, found), None)


def _of_range(figure: Figure, given: Sequence[Given]) -> Given | None:
    if figure.is_loose:
        inside = [one for one in given if figure.low <= one.low and one.high <= figure.high]
        return inside[0] if inside and len(inside) == len(given) else None
    for one in given:
        is_same = one.of_range and (one.low, one.high) == (figure.low, figure.high)
        if is_same and (one.hedge, one.hedge_high) == (figure.hedge, figure.hedge_high):
            return one
    if figure.low >= figure.high:
        return None
    for one in given:
        if one.of_range and (one.low, one.high) == (figure.low, figure.high):
            return one if _ends_fit(figure, given) and _keeps_marks(figure, one) else None
    # "At least 200" and "at most 250" of one account are one range.
    lows = [one for one in given if one.low == figure.low and one.hedge is Hedge.AT_LEAST]
    highs = [one for one in given if one.high == figure.high and one.hedge is Hedge.AT_MOST]
    return lows[0] if lows and highs else None


def _ends_fit(figure: Figure, given: Sequence[Given]) -> bool:
    """Whether the hedges of both ends are such that some source gives them."""
    for value, hedge in ((figure.low, figure.hedge), (figure.high, figure.hedge_high)):
        hedges = {one.hedge for one in given if one.low == one.high == value}
        if hedge and hedges and hedge not in hedges:
            return False
    return True


def _keeps_marks(figure: Figure, given: Given) -> bool:
    """Whether what must be said of the ends of a range is said; of a sum, no other is.

    An upper end that may be exceeded is no bound, and so "at least" before it may not be dropped.
    That a lower end is "at least" so many holds of each.
    """
    if given.incidents is None:
        return given.hedge_high not in _OPEN or figure.hedge_high in _KEPT[given.hedge_high]
    lower = (given.hedge, Hedge.AT_LEAST) if given.hedge is Hedge.NONE else (given.hedge,)
    return figure.hedge_high is given.hedge_high and figure.hedge in lower


def _bounded(figure: Figure, given: Sequence[Given]) -> Given | None:
    if not given:
        return None
    least, most = min(one.least for one in given), max(one.most for one in given)
    first = min(given, key=lambda one: one.low)
    n, hedge = figure.low, figure.hedge
    holds = {
        Hedge.AT_LEAST: n <= least and n >= least * _NEAR_BELOW,
        Hedge.AT_LEAST_ABOUT: n * (1 - _ABOUT) <= least and n >= least * _NEAR_BELOW,
        Hedge.OVER: n < least and n >= least * _NEAR_BELOW,
        Hedge.AT_MOST: most <= n <= most * _NEAR_ABOVE,
        Hedge.UNDER: most < n <= most * _NEAR_ABOVE,
        Hedge.NEARLY: n * (1 - _ABOUT) <= least and most < n,
        Hedge.ABOUT: n * (1 - _ABOUT) <= least and most <= n * (1 + _ABOUT),
    }
    return first if holds.get(hedge, False) else None


def why_not(figure: Figure, given: Sequence[Given]) -> str:
    """Return why a figure matches none of those that are given, in a sentence without its end."""
    if not given:
        return "the records give no such figure"
    near = sorted(given, key=lambda one: abs(one.low - figure.low))
    words = "; ".join(dict.fromkeys(one.words for one in near[:3]))
    hedged = [one for one in near if one.low == one.high == figure.low]
    if hedged and hedged[0].hedge is not figure.hedge:
        return f"the hedge is not that of the records: {words}"
    return f"the records give {words}"

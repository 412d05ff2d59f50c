"""Tolls that follow from claims, and which sources are independent of one another.

Nothing here is ever typed into a record; `low` and `high` are the extremes of what sources say of
the same people, and disagreement stays visible beside them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from geodata.records.dates import parse_date
from geodata.records.model import Claim, Incident
from geodata.records.vocabulary import TOLLS, ClaimAbout, Mark, Qualifier
from geodata.tongue import digits, in_brackets, language, number, parted, say

__all__ = [
    "Ends",
    "Toll",
    "bounds_words",
    "derive_toll",
    "least_of",
    "marked_ends",
    "marks_of",
    "tolls_of",
]

_KEPT = "_tolls"
_BOUNDS = (Qualifier.AT_LEAST, Qualifier.AT_MOST)
_OPEN = (Qualifier.AT_LEAST, Qualifier.OVER)
_NEAR = (Qualifier.ABOUT, Qualifier.NEARLY)


class Ends(NamedTuple):
    """The lowest and the highest figure of one toll, each with what stands before it.

    Attributes:
        low: The lowest.
        high: The highest.
        before_low: Such as "over" or "at least about"; empty where it is the bare number.
        before_high: The same for the highest.
    """

    low: int
    high: int
    before_low: str = ""
    before_high: str = ""

    @property
    def words(self) -> str:
        """Both in the language that is spoken.

        Example:
            >>> Ends(94, 100, "", "nearly").words, Ends(9, 9, "over", "over").words
            ('94 to nearly 100', 'over 9')
        """
        low, high = self.low, self.high
        first, last = _before(self.before_low, low), _before(self.before_high, high)
        if (low, self.before_low) == (high, self.before_high):
            return first
        if first.isdecimal() and last.isdecimal():
            return digits(f"{low}–{high}")
        return say("{low} to {high}", low=first, high=last)


def _before(words: str, n: int) -> str:
    return say(f"{words} {{n}}", n=n) if words else number(n)


@dataclass(frozen=True)
class Toll:
    """What the sources say of a number of people, together.

    Attributes:
        low: Smallest figure given; `None` when no source gives one, which is not zero, or when the
            figures are of different people.
        high: Largest figure given.
        best: The figure that most independent sources give; `None` on a tie.
        text: The range in words, with the sources' own hedges, who is counted, and the caveats.
        apart: The tolls of different people, where the figures are not of the same.
        people: Who is counted where not everybody is.
        marks: What must be said of `low` and `high` so that they are bounds.
        ends: What `text` says of `low` and `high`, in no language yet.
    """

    low: int | None = None
    high: int | None = None
    best: int | None = None
    text: str = "not stated"
    apart: tuple[Toll, ...] = ()
    people: str = ""
    marks: Mark = Mark.NONE
    ends: Ends | None = field(default=None, compare=False)


_NOT_STATED = Toll()


class _Figure(NamedTuple):
    """One number that one account gives; `people` is empty where it counts everybody."""

    value: int
    qualifier: Qualifier | None
    family: str
    by: str = ""
    people: str = ""
    caveats: tuple[str, ...] = ()


def derive_toll(
    claims: Sequence[Claim], about: ClaimAbout, families: Mapping[str, str] | None = None
) -> Toll:
    """Return the toll that claims about one thing add up to.

    Partial figures (claims with `part`) count only where their source and locator give no total.
    Several parts of one account are added up; a part alone says nothing of the whole, so beside a
    total it is left out, and figures of different people stay apart. Of figures for different times
    (`as_of`) only the newest count, and those whose time is not told.

    Args:
        claims: Claims of one record, about anything.
        about: `ClaimAbout.FATALITIES`, `ClaimAbout.INJURED` or another number.
        families: From `Records.families`; without it each source stands for itself.

    Example:
        >>> said = {"about": "fatalities", "source": "s", "locator": "1"}
        >>> two = [Claim(value=22, part="fighters", by="NDS", **said),
        ...        Claim(value=7, part="civilians", by="Taliban", **said)]
        >>> toll = derive_toll(two, ClaimAbout.FATALITIES)
        >>> toll.text, toll.low, toll.best
        ('22 fighters (NDS); 7 civilians (Taliban)', None, None)
    """
    about_it = [claim for claim in claims if claim.about == about]
    if not about_it:
        return _NOT_STATED
    figures = _figures(_newest(about_it), families or {})
    of_all = [figure for figure in figures if not figure.people]
    if of_all:
        return _toll(tuple(of_all), language())
    apart: dict[str, list[_Figure]] = defaultdict(list)
    for figure in figures:
        apart[figure.people].append(figure)
    tolls = tuple(
        _toll(tuple(found), language(), is_one_of_several=len(apart) > 1)
        for found in apart.values()
    )
    if len(tolls) == 1:
        return tolls[0]
    return Toll(text=parted(one.text for one in tolls), apart=tolls) if tolls else _NOT_STATED


def tolls_of(incident: Incident, families: Mapping[str, str]) -> Mapping[str, Toll]:
    """Return each toll of `TOLLS` by name; kept with the incident, since several ask for it.

    Args:
        incident: The incident.
        families: From `Records.families`.
    """
    kept = vars(incident).get(_KEPT)
    if kept is None or kept[0] is not families or kept[1] != language():
        tolls = {name: derive_toll(incident.claims, one, families) for name, one in TOLLS.items()}
        # As `cached_property` does it; a frozen model has no other way.
        kept = vars(incident)[_KEPT] = families, language(), tolls
    found: Mapping[str, Toll] = kept[2]
    return found


def _newest(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims without those that newer figures replace; those of no known day stay."""
    if not any(claim.as_of for claim in claims):
        return list(claims)
    ends = [parse_date(claim.as_of).known_end if claim.as_of else None for claim in claims]
    newest = max(filter(None, ends), default=None)
    return [claim for claim, end in zip(claims, ends, strict=True) if end in (None, newest)]


def _figures(claims: Sequence[Claim], families: Mapping[str, str]) -> list[_Figure]:
    if not any(claim.part for claim in claims):
        return [_whole(claim, families) for claim in claims]
    with_total = {(claim.source, claim.locator) for claim in claims if not claim.part}
    accounts: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    figures = []
    for claim in claims:
        if not claim.part:
            figures.append(_whole(claim, families))
        elif (claim.source, claim.locator) not in with_total:
            accounts[claim.source, claim.locator, claim.by].append(claim)
    return figures + [_figure(parts, families) for parts in accounts.values()]


def _whole(claim: Claim, families: Mapping[str, str]) -> _Figure:
    """Return what an account of everybody comes to, as nearly all are."""
    hedge = None if claim.qualifier is Qualifier.EXACTLY else claim.qualifier
    family = families.get(claim.source, claim.source)
    return _Figure(_number(claim), hedge, family, claim.by, caveats=(claim.caveat,))


def _figure(claims: Sequence[Claim], families: Mapping[str, str]) -> _Figure:
    """Return what one account comes to: a total, or its parts added up."""
    one = claims[0]
    parts = {claim.part for claim in claims}
    hedge = _hedge(claims)
    # Of "at least 5 civilians, at most 3 fighters" the sum is at least 5.
    added = [
        claim
        for claim in claims
        if hedge is not Qualifier.AT_LEAST or claim.qualifier is not Qualifier.AT_MOST
    ]
    return _Figure(
        value=sum(_number(claim) for claim in added),
        qualifier=hedge,
        family=families.get(one.source, one.source),
        by=one.by,
        people=one.part if len(parts) == 1 else "",
        caveats=tuple(claim.caveat for claim in claims),
    )


def _number(claim: Claim) -> int:
    return int(claim.value) if isinstance(claim.value, int | float) else 0


def _hedge(claims: Sequence[Claim]) -> Qualifier | None:
    """Return how the sum of some figures is hedged."""
    hedges = {c.qualifier for c in claims} - {None, Qualifier.EXACTLY}
    if len(hedges) <= 1:
        return hedges.pop() if hedges else None
    # "nearly 1,000" and "at least 5" may be 1,004: nothing is sure of their sum.
    if hedges & {*_NEAR}:
        return Qualifier.ABOUT
    return Qualifier.AT_LEAST if hedges & {*_OPEN} else Qualifier.AT_MOST


# Most accounts of a source give one small number, and so say the same of many incidents.
@lru_cache(maxsize=4_096)
def _toll(figures: tuple[_Figure, ...], spoken: str, *, is_one_of_several: bool = False) -> Toll:
    del spoken  # What is kept is kept for each language.
    values = [figure.value for figure in figures]
    low, high = min(values), max(values)
    people = f" {figures[0].people}" if figures[0].people else ""
    by = _told_by(figures) if is_one_of_several else ""
    caveats = in_brackets(text for figure in figures for text in figure.caveats)
    marks = marks_of((figure.value, figure.qualifier) for figure in figures)
    ends = _ends(figures, low, high, marks)
    text = f"{ends.words}{people}{by}{caveats}"
    return Toll(
        low, high, _most_given(figures), text, people=figures[0].people, marks=marks, ends=ends
    )


def _most_given(figures: Sequence[_Figure]) -> int | None:
    """Return the figure that most families of sources give, if there is one such figure.

    The bounds of a source that gives a figure without a hedge, too, are no figures of their own.
    """
    plain = {figure.family for figure in figures if figure.qualifier is None}
    independent = {
        (figure.value, figure.family)
        for figure in figures
        if figure.qualifier not in _BOUNDS or figure.family not in plain
    }
    votes = Counter(value for value, _ in independent).most_common(2)
    is_tie = len(votes) > 1 and votes[0][1] == votes[1][1]
    return None if is_tie else votes[0][0]


def _told_by(figures: Sequence[_Figure]) -> str:
    names = [name for name in dict.fromkeys(figure.by for figure in figures) if name]
    return f" ({', '.join(names)})" if names else ""


def _ends(figures: Sequence[_Figure], low: int, high: int, marks: Mark) -> Ends:
    """Return both ends with the sources' own hedges, where these say as much as the marks."""
    at_low, at_high = ({f.qualifier for f in figures if f.value == end} for end in (low, high))
    if low != high:
        return Ends(low, high, _at_low(at_low, marks), _at_high(at_high, marks))
    if len(at_low) == 1:
        return Ends(low, high, *[_hedge_words(*at_low)] * 2)
    if marks & Mark.OPEN and marks & Mark.NO_LOW:
        # "At most 9" and "over 9" are never true together.
        return Ends(low, high, Qualifier.AT_MOST, Qualifier.OVER)
    if marks & Mark.NO_LOW:
        return Ends(low, high, Qualifier.AT_MOST, Qualifier.AT_MOST)
    is_near = bool(marks & (Mark.NEAR_LOW | Mark.NEAR_HIGH))
    return Ends(low, high, *[_marks_words(is_near=is_near, is_open=bool(marks & Mark.OPEN))] * 2)


def _at_low(hedges: Collection[Qualifier | None], marks: Mark) -> str:
    """Return what stands before the lower of two figures."""
    if marks & Mark.NO_LOW:
        return Qualifier.AT_MOST
    if marks & Mark.NEAR_LOW:
        return _hedge_words(*hedges) if len(hedges) == 1 and {*hedges} <= {*_NEAR} else "about"
    return _hedge_words(*hedges) if len(hedges) == 1 else ""


def _at_high(hedges: Collection[Qualifier | None], marks: Mark) -> str:
    """Return what stands before the higher of two figures."""
    own = _hedge_words(*hedges) if len(hedges) == 1 else ""
    if marks & Mark.OPEN and not (len(hedges) == 1 and {*hedges} <= {*_OPEN}):
        return _marks_words(is_near=bool(marks & Mark.NEAR_HIGH), is_open=True)
    return own or _marks_words(is_near=bool(marks & Mark.NEAR_HIGH), is_open=False)


def _hedge_words(hedge: Qualifier | None) -> str:
    return "" if hedge in (None, Qualifier.EXACTLY) else str(hedge)


def _marks_words(*, is_near: bool, is_open: bool) -> str:
    return " ".join(["at least"] * is_open + ["about"] * is_near)


def marks_of(figures: Iterable[tuple[int, Qualifier | None]]) -> Mark:
    """Return what the marks of some figures of the same people are: the one rule of all sums.

    A figure says which numbers it allows: "at least 5" those from 5 on, "over 5" those above, "at
    most 5" those from 0 to 5, "about" and "nearly" some near it. Of several figures as many are
    true as can be true together, and whatever numbers these allow lie between the lowest and the
    highest, if what the marks say is said of both.

    A figure that may be exceeded opens the range only if no other that closes it goes as far:
    beside "at least 90" the number 94 is a bound, and so is 120 beside "at least 90" and "at most
    120".

    Args:
        figures: Each with its hedge, at least one.

    Example:
        >>> marks_of([(94, None), (100, Qualifier.AT_LEAST)])
        <Mark.OPEN: 1>
        >>> marks_of([(94, None), (90, Qualifier.OVER)]), marks_of([(20, Qualifier.AT_MOST)])
        (<Mark.NONE: 0>, <Mark.NO_LOW: 8>)
    """
    figures, found = set(figures), Mark.NONE
    if all(hedge in (None, Qualifier.EXACTLY) for _, hedge in figures):
        return found
    closed = [n - (hedge is Qualifier.NEARLY) for n, hedge in figures if hedge not in _OPEN]
    opened = [n + (hedge is Qualifier.OVER) for n, hedge in figures if hedge in _OPEN]
    if opened and (not closed or max(opened) > max(closed)):
        found |= Mark.OPEN
    highest = max(n for n, _ in figures)
    at_high = {hedge for n, hedge in figures if n == highest} - {*_OPEN}
    if at_high and at_high <= {*_NEAR}:
        found |= Mark.NEAR_HIGH
    capped = [n for n, hedge in figures if hedge is Qualifier.AT_MOST]
    near = [n - (hedge is Qualifier.NEARLY) for n, hedge in figures if hedge in _NEAR]
    firm = [
        n + (hedge is Qualifier.OVER)
        for n, hedge in figures
        if hedge not in (*_NEAR, Qualifier.AT_MOST)
    ]
    beyond = highest + 1
    if min(capped, default=beyond) < min([*near, *firm], default=beyond):
        return found | Mark.NO_LOW
    is_near = min(near, default=beyond) < min(firm, default=beyond)
    return found | Mark.NEAR_LOW if is_near else found


def least_of(low: int, marks: int) -> int:
    """Return what a lowest figure adds to the lower bound of a sum; 0 where it bounds nothing.

    Example:
        >>> least_of(20, Mark.NO_LOW), least_of(20, Mark.OPEN)
        (0, 20)
    """
    return 0 if marks & Mark.NO_LOW else low


def bounds_words(low: int, high: int, marks: int) -> str:
    """Return bounds in digits, with what must be said of them.

    Args:
        low: What it is at least.
        high: What it is at most, unless a mark says that this may be exceeded.
        marks: See `Mark`.

    Example:
        >>> bounds_words(938, 957, Mark.OPEN), bounds_words(938, 938, Mark.OPEN)
        ('938 to at least 957', 'at least 938')
        >>> bounds_words(938, 957, Mark.NEAR_LOW), bounds_words(3, 1_000, Mark.NEAR_HIGH)
        ('about 938 to 957', '3 to about 1,000')
    """
    ends = marked_ends(low, high, marks)
    lower, upper = _before(ends.before_low, low), _before(ends.before_high, high)
    return upper if low == high else say("{low} to {high}", low=lower, high=upper)


def marked_ends(low: int, high: int, marks: int) -> Ends:
    """Return bounds with what must be said of them; see `bounds_words`."""
    near_low, near_high = bool(marks & Mark.NEAR_LOW), bool(marks & Mark.NEAR_HIGH)
    is_one = low == high
    is_near = near_high or (is_one and near_low)
    upper = _marks_words(is_near=is_near, is_open=bool(marks & Mark.OPEN))
    lower = upper if is_one else _marks_words(is_near=near_low, is_open=False)
    return Ends(low, high, lower, upper)

"""Values that follow from claims: tolls, attribution, linked groups, agreement of sources.

Nothing here is ever typed into a record; `low` and `high` are the extremes of what sources say,
and disagreement stays visible beside them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.records.dates import DateSpan, parse_date
from geodata.records.model import Claim, Incident
from geodata.records.vocabulary import NAMING_GROUPS, Attribution, ClaimAbout, Qualifier, Stance

__all__ = [
    "Toll",
    "attribution",
    "claims_differ",
    "derive_toll",
    "linked_groups",
]

_DISAGREEING = (Stance.DENIES, Stance.DOUBTS, Stance.ASSIGNS_TO_ANOTHER_PARTY)
_CASUALTIES = (ClaimAbout.FATALITIES, ClaimAbout.INJURED)
_FIGURES = (*_CASUALTIES, ClaimAbout.ARRESTED, ClaimAbout.DISPLACED, ClaimAbout.COUNT)
_ALWAYS_OPPOSED = (ClaimAbout.ATTRIBUTION, ClaimAbout.OCCURRENCE)
_WORDS = {
    Qualifier.AT_LEAST: "at least ",
    Qualifier.AT_MOST: "at most ",
    Qualifier.ABOUT: "about ",
    Qualifier.NEARLY: "nearly ",
    Qualifier.OVER: "over ",
}


@dataclass(frozen=True)
class Toll:
    """What the sources say of a number of people, together.

    Attributes:
        low: Smallest figure given; `None` when no source gives one, which is not zero.
        high: Largest figure given.
        best: The figure most independent sources give; ties go to the lowest.
        text: The range in words, with the sources' own hedges.
    """

    low: int | None = None
    high: int | None = None
    best: int | None = None
    text: str = "not stated"


@dataclass(frozen=True)
class _Figure:
    value: int
    qualifier: Qualifier | None
    family: str


def derive_toll(
    claims: Sequence[Claim], about: ClaimAbout, families: Mapping[str, str] | None = None
) -> Toll:
    """Return the toll that claims about one thing add up to.

    Partial figures (claims with `part`) count only where their source and locator give no total;
    there they are added up.

    Args:
        claims: Claims of one record, about anything.
        about: `ClaimAbout.FATALITIES`, `ClaimAbout.INJURED` or another number.
        families: From `Records.families`; without it each source stands for itself.
    """
    figures = _figures([c for c in claims if c.about == about], families or {})
    if not figures:
        return Toll()
    values = [figure.value for figure in figures]
    low, high = min(values), max(values)
    return Toll(low, high, _most_given(figures), _range_text(figures, low, high))


def _figures(claims: Sequence[Claim], families: Mapping[str, str]) -> list[_Figure]:
    totals = [claim for claim in claims if not claim.part]
    given = {(claim.source, claim.locator) for claim in totals}
    parts: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.part and (claim.source, claim.locator) not in given:
            parts[claim.source, claim.locator].append(claim)
    figures = [_Figure(_number(c), _hedge([c]), families.get(c.source, c.source)) for c in totals]
    figures += [
        _Figure(sum(_number(c) for c in group), _hedge(group), families.get(source, source))
        for (source, _), group in parts.items()
    ]
    return figures


def _number(claim: Claim) -> int:
    return int(claim.value) if isinstance(claim.value, int | float) else 0


def _hedge(claims: Sequence[Claim]) -> Qualifier | None:
    hedges = {c.qualifier for c in claims} - {None, Qualifier.EXACTLY}
    if len(hedges) > 1:
        return Qualifier.ABOUT
    return hedges.pop() if hedges else None


def _most_given(figures: Sequence[_Figure]) -> int:
    independent = {(figure.value, figure.family) for figure in figures}
    votes = Counter(value for value, _ in independent)
    most = max(votes.values())
    return min(value for value, count in votes.items() if count == most)


def _range_text(figures: Sequence[_Figure], low: int, high: int) -> str:
    def words(value: int) -> str:
        hedges = {figure.qualifier for figure in figures if figure.value == value}
        hedge = hedges.pop() if len(hedges) == 1 else None
        return f"{_WORDS.get(hedge, '') if hedge else ''}{value:,}"

    if low == high:
        return words(low)
    plain = words(low).isdecimal() and words(high).isdecimal()
    return f"{low}–{high}" if plain else f"{words(low)} to {words(high)}"


def attribution(claims: Sequence[Claim]) -> Attribution:
    """Return what the claims together say about responsibility.

    `contested` when a party denies or doubts it, or assigns it to another party; also when a party
    denies or doubts that what somebody claims has happened at all. Claims that name several parties
    without contradicting one another, as for a joint attack, are not a contest.
    """
    about = [claim for claim in claims if claim.about is ClaimAbout.ATTRIBUTION]
    if not about:
        return Attribution.UNATTRIBUTED
    disagreeing = [claim for claim in claims if claim.stance in _DISAGREEING]
    if any(claim.about in (ClaimAbout.ATTRIBUTION, ClaimAbout.OCCURRENCE) for claim in disagreeing):
        return Attribution.CONTESTED
    if any(claim.stance is Stance.CLAIMS for claim in about):
        return Attribution.CLAIMED
    return Attribution.ATTRIBUTED


def linked_groups(incident: Incident) -> tuple[str, ...]:
    """Return the ids of the groups that any claim links to an incident, in order of first use."""
    return tuple(
        dict.fromkeys(
            claim.value
            for claim in incident.claims
            if claim.about in NAMING_GROUPS and isinstance(claim.value, str) and claim.value
        )
    )


def claims_differ(claims: Sequence[Claim], *, is_lasting: bool = False) -> bool:
    """Return whether claims about one matter disagree.

    Figures disagree when the numbers do, whatever their hedges. Dates disagree when their
    beginnings or their ends cannot be the same day, so a month agrees with a day in it. Other
    claims disagree when one of them denies, doubts or names another party.

    Args:
        claims: Claims of one record, all about the same.
        is_lasting: Whether the record is of something that lasted, as a base area; then single
            dates are moments of its time and only periods are held against each other.

    Example:
        >>> from geodata.records.model import Claim
        >>> def said(*dates):
        ...     return [Claim(about="date", value=date, source="s") for date in dates]
        >>> claims_differ(said("2018-07", "2018-07-12")), claims_differ(said("2018-04", "2018-07"))
        (False, True)
        >>> claims_differ([])
        False
    """
    if not claims:
        return False
    about = claims[0].about
    if any(claim.stance in _DISAGREEING for claim in claims):
        # A lone doubt on another matter has nothing here to disagree with.
        return about in _ALWAYS_OPPOSED or len(claims) > 1
    if about is ClaimAbout.DATE:
        return _dates_differ([str(c.value) for c in claims if c.value], is_lasting=is_lasting)
    return about in _FIGURES and _figures_differ(claims)


def _dates_differ(texts: Sequence[str], *, is_lasting: bool) -> bool:
    if not is_lasting and _never_meet([parse_date(text) for text in texts]):
        return True
    periods = [text.strip().partition("/") for text in texts if "/" in text]
    return any(
        _never_meet([parse_date(end) for end in ends if end not in ("", "..")])
        for ends in ([first for first, _, _ in periods], [last for _, _, last in periods])
    )


def _never_meet(spans: Sequence[DateSpan]) -> bool:
    return bool(spans) and max(span.start for span in spans) > min(span.end for span in spans)


def _figures_differ(claims: Sequence[Claim]) -> bool:
    accounts: dict[tuple[str, str, str], dict[str, list[Claim]]] = {}
    for claim in claims:
        account = accounts.setdefault((claim.source, claim.locator, claim.by), {})
        account.setdefault(claim.part, []).append(claim)
    figures: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    sides: dict[str, set[int]] = defaultdict(set)
    for (_, _, by), account in accounts.items():
        for part, said in account.items():
            figures[part] |= _as_figures(said)
        if "" in account or claims[0].about not in _CASUALTIES:
            continue
        total = sum(_number(claim) for said in account.values() for claim in said)
        sides[by].add(total)
        if len(account) > 1:  # One part alone says nothing of the whole.
            figures[""].add((total,))
    named = [totals for by, totals in sides.items() if by]
    return any(len(found) > 1 for found in figures.values()) or any(
        one != named[0] for one in named
    )


def _as_figures(claims: Sequence[Claim]) -> set[tuple[int, ...]]:
    """Return the figures of one account; "at least 200" and "at most 250" are one of them."""
    values = tuple(sorted({_number(claim) for claim in claims}))
    is_range = {c.qualifier for c in claims} == {Qualifier.AT_LEAST, Qualifier.AT_MOST}
    return {values} if is_range else {(value,) for value in values}

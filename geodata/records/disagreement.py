"""Which claims of a record are about one matter, and whether they disagree on it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from geodata.records.dates import DateSpan, parse_date
from geodata.records.model import Claim
from geodata.records.vocabulary import ClaimAbout, Qualifier, Stance

__all__ = ["FIGURES", "ClaimsOnMatter", "by_matter", "claims_differ", "counterpart_key"]

_CASUALTIES = (ClaimAbout.FATALITIES, ClaimAbout.INJURED, ClaimAbout.CASUALTIES)
FIGURES = (*_CASUALTIES, ClaimAbout.ARRESTED, ClaimAbout.DISPLACED, ClaimAbout.COUNT)
_DISAGREEING = (Stance.DENIES, Stance.DOUBTS, Stance.ASSIGNS_TO_ANOTHER_PARTY)
_OPEN = (Qualifier.AT_LEAST, Qualifier.OVER)
_ALWAYS_OPPOSED = (ClaimAbout.ATTRIBUTION, ClaimAbout.OCCURRENCE)

# Figures with their hedges.
_Said = list[tuple[float, Qualifier | None]]


class ClaimsOnMatter(NamedTuple):
    """Claims that can be held against each other; `topic` is empty where they state none."""

    about: ClaimAbout
    topic: str
    claims: tuple[Claim, ...]


def by_matter(claims: Sequence[Claim]) -> tuple[ClaimsOnMatter, ...]:
    """Return claims by what they are about, and after these by the topics that they state."""
    plain = [(about, "") for about in ClaimAbout]
    topics = {claim.topic: claim.about for claim in reversed(claims) if claim.topic}
    named = [(about, topic) for topic, about in reversed(topics.items())]
    found = (
        ClaimsOnMatter(about, topic, _on(claims, about, topic)) for about, topic in plain + named
    )
    return tuple(matter for matter in found if matter.claims)


def counterpart_key(claim: Claim) -> tuple[object, ...]:
    """Return what two claims share of which one may have come in the place of the other.

    Example:
        >>> from geodata.records.model import Claim
        >>> before, now = (Claim(about="fatalities", value=n, source="s") for n in (3, 4))
        >>> counterpart_key(before) == counterpart_key(now)
        True
    """
    return claim.about, claim.topic, claim.part, claim.source, claim.by, claim.role


def _on(claims: Sequence[Claim], about: ClaimAbout, topic: str) -> tuple[Claim, ...]:
    return tuple(c for c in claims if c.topic == topic and (topic or c.about is about))


def claims_differ(claims: Sequence[Claim], *, is_lasting: bool = False) -> bool:
    """Return whether claims about one matter disagree.

    - Figures disagree when the numbers for the same people at the same time do, whatever their
      hedges; those of one who tells only when they cannot all be true, for else they are a range.
    - Dates disagree when their beginnings or their ends cannot be the same day, so a month agrees
      with a day in it.
    - Claims with one topic disagree when what they say of one time is not the same, letter case
      aside.
    - Other claims disagree when one of them denies, doubts or names another party; different words
      alone are no contradiction, for they may tell of different things.

    Args:
        claims: Claims of one record, all about the same; those on different topics are not held
            against each other.
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
    topics = dict.fromkeys(claim.topic for claim in claims)
    if len(topics) > 1:
        apart = ([claim for claim in claims if claim.topic == topic] for topic in topics)
        return any(claims_differ(one, is_lasting=is_lasting) for one in apart)
    about = claims[0].about
    if any(claim.stance in _DISAGREEING for claim in claims):
        # A lone doubt on another matter has nothing here to disagree with.
        return about in _ALWAYS_OPPOSED or len(claims) > 1
    is_of_one_kind = all(claim.about is about for claim in claims)
    if is_of_one_kind and about is ClaimAbout.DATE:
        is_moment = not is_lasting or bool(claims[0].topic)
        return _dates_differ([str(c.value) for c in claims if c.value], is_moment=is_moment)
    if is_of_one_kind and about in FIGURES:
        return _figures_differ(claims)
    return bool(claims[0].topic) and _answers_differ(claims)


def _answers_differ(claims: Sequence[Claim]) -> bool:
    """Return whether what is said of one time differs; of different times it is a series."""
    answers: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        answers[claim.as_of].add(_words(claim))
    return any(len(words) > 1 for words in answers.values())


def _words(claim: Claim) -> str:
    return " ".join(str(claim.value).casefold().split())


def _dates_differ(texts: Sequence[str], *, is_moment: bool) -> bool:
    if is_moment and _never_meet([parse_date(text) for text in texts]):
        return True
    periods = [text.strip().partition("/") for text in texts if "/" in text]
    return any(
        _never_meet([parse_date(end) for end in ends if end not in ("", "..")])
        for ends in ([first for first, _, _ in periods], [last for _, _, last in periods])
    )


def _never_meet(spans: Sequence[DateSpan]) -> bool:
    return bool(spans) and max(span.start for span in spans) > min(span.end for span in spans)


def _figures_differ(claims: Sequence[Claim]) -> bool:
    accounts: dict[tuple[str, str, str, str], dict[str, list[Claim]]] = {}
    for claim in claims:
        key = (claim.source, claim.locator, claim.by, claim.as_of)
        accounts.setdefault(key, {}).setdefault(claim.part, []).append(claim)
    # Of whom and of when -> who tells it -> where -> what is said there.
    told: dict[tuple[str, str], dict[tuple[str, str], list[_Said]]] = {}
    for (source, _, by, as_of), account in accounts.items():
        said = {part: [(_number(c), c.qualifier) for c in some] for part, some in account.items()}
        # Parts add up to a whole only of people hurt, and one part alone says nothing of it.
        if "" not in account and len(account) > 1 and claims[0].about in _CASUALTIES:
            said[""] = [(sum(n for some in said.values() for n, _ in some), None)]
        for part, some in said.items():
            told.setdefault((part, as_of), {}).setdefault((source, by), []).append(some)
    return any(
        len({figure for places in by_whom.values() for figure in _as_figures(places)}) > 1
        for by_whom in told.values()
    )


def _as_figures(places: Sequence[_Said]) -> set[tuple[float, ...]]:
    """Return the figures of one who tells, in one place of a source or in several.

    What can all be true is one figure: "at least 200", 220 and "at most 250" are a range. So are
    those of one place that are all "about".
    """
    together = [one for said in places for one in said]
    if _may_all_be_true(together):
        return {tuple(sorted({n for n, _ in together}))}
    found: set[tuple[float, ...]] = set()
    for said in places:
        values = tuple(sorted({n for n, _ in said}))
        is_one = _may_all_be_true(said) or {hedge for _, hedge in said} == {Qualifier.ABOUT}
        found |= {values} if is_one else {(value,) for value in values}
    return found


def _may_all_be_true(said: _Said) -> bool:
    least = [n + (hedge is Qualifier.OVER) for n, hedge in said if hedge in _OPEN]
    most = [n for n, hedge in said if hedge is Qualifier.AT_MOST]
    given = {n for n, hedge in said if hedge not in (*_OPEN, Qualifier.AT_MOST)}
    return len(given) <= 1 and max([*least, *given], default=0) <= min(
        [*most, *given], default=math.inf
    )


def _number(claim: Claim) -> float:
    return claim.value if isinstance(claim.value, int | float) else 0

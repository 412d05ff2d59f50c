"""Who gives which figure: in a sentence, and in the lines of a call-out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from geodata.records import (
    Claim,
    Records,
    describe_value,
    in_brackets,
    is_english,
    join_words,
    say,
)

__all__ = ["MOST_NAMED", "by_speaker", "figures_said", "named", "of_whole", "within_brackets"]

MOST_NAMED = 3
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")


def named(names: Sequence[str]) -> str:
    """Return names in one list; of many only the first."""
    more = len(names) - MOST_NAMED
    if more <= 0:
        return join_words(names)
    return join_words([*names[:MOST_NAMED], say("{n} more", n=more)])


def figures_said(claims: Sequence[Claim], records: Records) -> Iterable[tuple[str, str]]:
    """Yield each figure as it is hedged, with who gives it."""
    found: dict[str, list[str]] = {}
    for claim in claims:
        value = f"{describe_value(claim, records)}{in_brackets([claim.caveat])}"
        found.setdefault(value, []).append(claim.by or _source(claim.source, records))
    for value, who in found.items():
        yield value, within_brackets(named(list(dict.fromkeys(who))))


def by_speaker(figures: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Yield figures with who gives them, plain ones of the same speakers together."""
    alike: dict[tuple[str, str], list[str]] = {}
    for value, who in figures:
        # A figure of some people keeps its own place, so that it is not read as one of all.
        alike.setdefault((who, value if "(" in value else ""), []).append(value)
    for (who, _), values in alike.items():
        yield join_words(values), who


def of_whole(claim: Claim) -> Claim:
    """Return a figure as it stands behind the word for what it counts, which it need not say."""
    return claim if is_english() or not claim.topic else claim.but(topic="")


def within_brackets(speaker: str) -> str:
    """Return a speaker as it stands within brackets itself."""
    return _BRACKETS.sub(r", \1", speaker)


def _source(identifier: str, records: Records) -> str:
    source = records.sources_by_id.get(identifier)
    return (source.publisher or source.author or source.title) if source else identifier

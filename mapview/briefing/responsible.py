"""Who is said to be responsible, in a few words: who claims it, who is blamed, who denies it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geodata.records import (
    Claim,
    ClaimAbout,
    Incident,
    Records,
    Role,
    Stance,
    group_label,
    group_words,
    in_brackets,
    say,
)
from mapview.briefing.speakers import named

__all__ = ["responsible"]

_TAKEN = (Stance.ASSIGNS, Stance.ASSESSES)
_OPPOSED = (Stance.DENIES, Stance.DOUBTS)


def responsible(incident: Incident, records: Records) -> list[str]:
    """Return who claims it, to whom else it is attributed, and who blames others or denies it."""
    told = [
        claim
        for claim in incident.claims
        if claim.about is ClaimAbout.ATTRIBUTION and claim.stance and claim.value
    ]
    actors = [claim for claim in told if claim.role in (Role.ACTOR, None)]
    claimed = [one for one in actors if one.stance is Stance.CLAIMS]
    own = _labels((one for one in claimed if _is_own(one, records)), records)
    others = [one for one in _labels(claimed, records) if one not in own]
    taken = _labels((one for one in actors if one.stance in _TAKEN), records)
    taken = [one for one in taken if one not in (*own, *others)]
    words = [
        say(f"{how} {{who}}", who=named(names))
        for how, names in (("claimed by", own), ("claimed for", others), ("attributed to", taken))
        if names
    ]
    accusing = [one for one in told if one.role is Role.ACCUSED and one.stance not in _OPPOSED]
    if words and accusing:
        # Whoever is only accused is not named without what speaks against it.
        words.append(f"{say('others blamed')}{_by(_speakers(accusing))}")
    elif accusing:
        words += _each(accusing, "{who} blamed", records)
    words += _each((one for one in told if one.role is Role.CLEARED), "{who} cleared", records)
    denying = (one for one in told if one.stance is Stance.DENIES and one.role is not Role.CLEARED)
    return words + _each(denying, "responsibility of {who} denied", records)


def _each(claims: Iterable[Claim], words: str, records: Records) -> list[str]:
    """Return what is said of parties by the same speakers, those of others apart."""
    said: dict[str, list[Claim]] = {}
    for claim in claims:
        said.setdefault(group_label(str(claim.value), records), []).append(claim)
    alike: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for label, its in said.items():
        caveats = in_brackets(one.caveat for one in its)
        alike.setdefault((tuple(_speakers(its)), caveats), []).append(label)
    return [
        f"{say(words, who=named(labels))}{_by(speakers)}{caveats}"
        for (speakers, caveats), labels in alike.items()
    ]


def _is_own(claim: Claim, records: Records) -> bool:
    """Whether a group says it of itself; an outlet of it may stand in brackets behind its name."""
    speaker = claim.by.partition(" (")[0]
    return group_words(speaker, records) == group_label(str(claim.value), records)


def _labels(claims: Iterable[Claim], records: Records) -> list[str]:
    return list(dict.fromkeys(group_label(str(one.value), records) for one in claims))


def _speakers(claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(one.by for one in claims if one.by))


def _by(speakers: Sequence[str]) -> str:
    return say(" by {who}", who=named(speakers)) if speakers else ""

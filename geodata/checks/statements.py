"""Checks of what the claims of one record say together: sources, parties, times, tolls, status.

Each check yields findings: which field, what must hold, what came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from geodata.checks.quotation import RUN_OF_WORDS, repeated_run
from geodata.records import (
    BaseArea,
    Claim,
    ClaimAbout,
    Group,
    Incident,
    Qualifier,
    Records,
    Relation,
    Role,
    Stance,
    Status,
    parties,
    role_of,
)

__all__ = [
    "Finding",
    "check_claims",
    "check_copied",
    "check_parties",
    "check_status",
    "check_strength",
    "check_tolls",
    "check_topics",
]

_DOUBTING = (Stance.DENIES, Stance.DOUBTS)
_CASUALTIES = (ClaimAbout.FATALITIES, ClaimAbout.INJURED, ClaimAbout.CASUALTIES)
_RECORD = Incident | BaseArea | Group | Relation


@dataclass(frozen=True)
class Finding:
    """What breaks a rule in one record: the field, and what must hold and what came."""

    field: str
    message: str


def check_claims(record: _RECORD, records: Records) -> Iterator[Finding]:
    """Find claims without a locator, of unlisted sources, or on unlisted groups."""
    for index, claim in enumerate(record.claims):
        where = f"claims[{index}]"
        if not claim.locator.strip():
            yield Finding(f"{where}.locator", "locator must say where in the source, got nothing")
        for source in (claim.source, *claim.cites):
            if source not in records.sources_by_id:
                yield Finding(where, f"source must be one that is listed, got {source!r}")
        if claim.names_party and claim.value not in records.groups_by_id:
            yield Finding(
                f"{where}.value", f"value must be the id of a listed group, got {claim.value!r}"
            )


def check_copied(record: _RECORD, _: Records) -> Iterator[Finding]:
    """Find texts that repeat a source word for word."""
    # `getattr` takes several times as long where a record has no such field.
    own = vars(record)
    texts: list[tuple[str, str]] = [
        (name, own[name]) for name in ("title", "summary", "note") if name in own
    ]
    for index, claim in enumerate(record.claims):
        # Most have a short value and no more; names that nobody reads are not made.
        if isinstance(claim.value, str):
            texts.append((f"claims[{index}].value", claim.value))
        if claim.caveat or claim.note:
            texts.append((f"claims[{index}].caveat", claim.caveat))
            texts.append((f"claims[{index}].note", claim.note))
    for name, text in texts:
        if run := repeated_run(text):
            yield Finding(
                name,
                f"{name} must not repeat {RUN_OF_WORDS} words in a row of a source, got {run!r}",
            )


def check_parties(record: _RECORD, records: Records) -> Iterator[Finding]:
    """Find parties without a role, and roles that contradict what is said of the party.

    A party that is accused or cleared must never stand among those who did it.
    """
    blamed = {
        str(claim.value)
        for claim in record.claims
        if claim.stance is Stance.ASSIGNS_TO_ANOTHER_PARTY
    }
    for index, claim in enumerate(record.claims):
        for message in _role_faults(claim, blamed, records):
            yield Finding(f"claims[{index}].role", message)
    roles = {role_of(claim) for claim in record.claims}
    if Role.ACTOR in roles and not roles.isdisjoint((Role.ACCUSED, Role.CLEARED)):
        yield from _contradictions(record.claims)


def _role_faults(claim: Claim, blamed: Container[object], records: Records) -> list[str]:
    role = claim.role
    if role is None:
        if not _names_group(claim, records):
            return []
        words = ", ".join(Role)
        return [f"role must be given where a party is named ({words}), got {claim.value!r}"]
    faults = []
    if role is not Role.ACCUSED and claim.stance is Stance.ASSIGNS_TO_ANOTHER_PARTY:
        faults.append(f"role must be 'accused' where another party is blamed, got '{role}'")
    if role is Role.ACCUSED and claim.value not in blamed:
        faults.append(
            "role 'accused' must rest on a claim that assigns it to that party instead, "
            f"got {claim.value!r}"
        )
    if role is Role.CLEARED and claim.stance not in _DOUBTING:
        faults.append(f"role 'cleared' must come with a denial, got {claim.stance}")
    return faults


def _contradictions(claims: Sequence[Claim]) -> Iterator[Finding]:
    named = parties(claims)
    accused = {str(c.value) for c in claims if role_of(c) is Role.ACCUSED}
    for role, others in ((Role.ACCUSED, accused), (Role.CLEARED, set(named[Role.CLEARED]))):
        for group in sorted(others.intersection(named[Role.ACTOR])):
            yield Finding(
                "claims", f"a party that is {role} must not be an actor as well, got {group!r}"
            )


def _names_group(claim: Claim, records: Records) -> bool:
    if not claim.value:
        return False
    is_target = claim.about is ClaimAbout.TARGET and claim.value in records.groups_by_id
    return claim.names_party or is_target


def check_topics(record: _RECORD, _: Records) -> Iterator[Finding]:
    """Find topics of one claim alone, which is held against nothing; a date may have its own."""
    if not any(claim.topic for claim in record.claims):
        return
    count = Counter(claim.topic for claim in record.claims)
    for index, claim in enumerate(record.claims):
        if claim.topic and count[claim.topic] == 1 and claim.about is not ClaimAbout.DATE:
            yield Finding(
                f"claims[{index}].topic",
                f"topic must be that of two claims at least, got {claim.topic!r} once",
            )


def check_strength(record: BaseArea | Group, _: Records) -> Iterator[Finding]:
    """Find numbers of what lasts without the time for which they hold."""
    for index, claim in enumerate(record.claims):
        if claim.about is ClaimAbout.COUNT and not claim.as_of:
            yield Finding(
                f"claims[{index}].as_of",
                "as_of must say for when a number of a group or an area holds (XXXX: not told), "
                "got nothing",
            )


def check_tolls(incident: Incident, _: Records) -> Iterator[Finding]:
    """Find accounts that give one number twice, or a part that is larger than its whole."""
    for about in _CASUALTIES:
        accounts: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
        for claim in incident.claims:
            if claim.about is about:
                account = (claim.source, claim.locator, claim.by, claim.as_of, claim.topic)
                accounts[account].append(claim)
        for claims in accounts.values():
            # A figure that is alone in its account contradicts none.
            if len(claims) > 1:
                yield from _overlaps(about, claims)


def _overlaps(about: ClaimAbout, claims: list[Claim]) -> Iterator[Finding]:
    given: dict[str, set[float]] = defaultdict(set)
    for claim in claims:
        if claim.qualifier not in (Qualifier.AT_LEAST, Qualifier.AT_MOST):
            given[claim.part].add(_number(claim))
    for part, numbers in given.items():
        if len(numbers) > 1:
            told = ", ".join(f"{number:g}" for number in sorted(numbers))
            yield Finding(
                "claims",
                f"{about} must be one number for the same people in one account, got {told}"
                f"{f' ({part})' if part else ''}",
            )
    totals = [_number(claim) for claim in claims if not claim.part]
    for claim in claims:
        if claim.part and totals and _number(claim) > max(totals):
            yield Finding(
                "claims",
                f"{about} of a part must not be above the whole, got {_number(claim):g} "
                f"({claim.part}) of {max(totals):g}",
            )


def _number(claim: Claim) -> float:
    return claim.value if isinstance(claim.value, int | float) else 0


def check_status(incident: Incident, _: Records) -> Iterator[Finding]:
    """Find a status that the claims about the occurrence do not bear."""
    told = [claim for claim in incident.claims if claim.about is ClaimAbout.OCCURRENCE]
    is_denied = any(claim.stance in _DOUBTING for claim in told)
    is_only_claimed = bool(told) and all(claim.stance is Stance.CLAIMS for claim in told)
    if incident.status is Status.DISPUTED and not is_denied:
        yield Finding("status", "status 'disputed' must rest on a claim that denies or doubts")
    if incident.status is Status.CLAIMED_ONLY and not is_only_claimed:
        yield Finding(
            "status", "status 'claimed only' must rest on claims of interested parties alone"
        )
    if incident.status is Status.CARRIED_OUT and is_only_claimed:
        yield Finding(
            "status",
            "status must be 'claimed only' where nobody but an interested party says that it "
            "happened, got 'carried out'",
        )

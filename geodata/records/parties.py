"""Who has to do with an incident, by role, and how firmly anybody is held responsible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.records.model import Claim, Incident
from geodata.records.vocabulary import Attribution, ClaimAbout, Role, Stance

__all__ = ["attribution", "linked_groups", "parties", "role_of"]

_DOUBTING = (Stance.DENIES, Stance.DOUBTS)
_DISAGREEING = (*_DOUBTING, Stance.ASSIGNS_TO_ANOTHER_PARTY)
# In the order in which roles are told.
_NOBODY: dict[Role, tuple[str, ...]] = dict.fromkeys(Role, ())
_ROLES_BY_STANCE = {
    Stance.CLAIMS: Role.ACTOR,
    Stance.ASSIGNS: Role.ACTOR,
    Stance.ASSESSES: Role.ACTOR,
    Stance.ASSIGNS_TO_ANOTHER_PARTY: Role.ACCUSED,
}


def role_of(claim: Claim) -> Role | None:
    """Return in which role a claim names a party; `None` where it names none.

    Records from before roles were stated follow a rule: who is claimed, assigned or assessed to be
    responsible is an actor, who is named "instead" is accused, and who is involved stands in some
    other role. A denial or a doubt about responsibility gives nobody a role.

    Example:
        >>> said = {"about": "attribution", "value": "x", "source": "s"}
        >>> str(role_of(Claim(stance="claims", **said))), role_of(Claim(stance="denies", **said))
        ('actor', None)
    """
    if not isinstance(claim.value, str) or not claim.value:
        return None
    if claim.role is not None:
        return claim.role
    if claim.about is ClaimAbout.INVOLVED:
        return Role.OTHER
    if claim.about is ClaimAbout.ATTRIBUTION and claim.stance is not None:
        return _ROLES_BY_STANCE.get(claim.stance)
    return None


def parties(claims: Sequence[Claim]) -> Mapping[Role, tuple[str, ...]]:
    """Return the ids of the groups that claims name in each role, in order of first use.

    A denial or a doubt puts nobody into a role, except that of the cleared. Who is an actor by one
    claim is not also among the accused.

    Example:
        >>> said = {"about": "attribution", "source": "s"}
        >>> two = [Claim(value="iskp", stance="claims", **said),
        ...        Claim(value="ukraine", stance="assigns to another party", **said)]
        >>> found = parties(two)
        >>> found[Role.ACTOR], found[Role.ACCUSED], found[Role.TARGET]
        (('iskp',), ('ukraine',), ())
    """
    found: dict[Role, dict[str, None]] = {}
    for claim in claims:
        role = role_of(claim)
        if role is not None and (role is Role.CLEARED or claim.stance not in _DOUBTING):
            found.setdefault(role, {})[str(claim.value)] = None
    accused = found.get(Role.ACCUSED, {})
    for actor in found.get(Role.ACTOR, ()) if accused else ():
        accused.pop(actor, None)
    return _NOBODY | {role: tuple(groups) for role, groups in found.items()}


def attribution(claims: Sequence[Claim]) -> Attribution:
    """Return what the claims together say about responsibility.

    `contested` when a party denies or doubts it, or assigns it to another party; also when a party
    denies or doubts that what somebody claims has happened at all. Claims that name several parties
    without contradicting one another, as for a joint attack, are not a contest, nor is it one that
    a party is cleared whom nobody accuses.
    """
    about = [claim for claim in claims if claim.about is ClaimAbout.ATTRIBUTION]
    if not about:
        return Attribution.UNATTRIBUTED
    disagreeing = [
        claim for claim in claims if claim.stance in _DISAGREEING and claim.role is not Role.CLEARED
    ]
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
            if claim.names_party and isinstance(claim.value, str) and claim.value
        )
    )

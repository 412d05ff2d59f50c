"""Records in plain English: places, groups, who claims or denies what, and sources as cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol
from urllib.parse import quote, urlsplit

from geodata.records.model import BaseArea, Claim, Group, Incident, Relation, Source
from geodata.records.vocabulary import ClaimAbout, Qualifier, RelationKind, Role, Stance
from geodata.records.words import (
    country_name,
    describe_stance,
    hedged,
    join_words,
)
from geodata.tongue import (
    ENGLISH,
    comma,
    describe_date,
    in_brackets,
    is_from_right,
    language,
    parted,
    place,
    say,
    speaking,
)

__all__ = [
    "NO_RESPONSIBILITY",
    "Names",
    "cite",
    "claim_words",
    "describe_claim",
    "describe_place",
    "describe_responsibility",
    "describe_value",
    "distinct_label",
    "group_label",
    "group_words",
    "relation_title",
    "safe_url",
    "stance_of",
]

NO_RESPONSIBILITY = "no claim about responsibility"
_DOCUMENT = "the document"
_HURT = {
    ClaimAbout.FATALITIES: "killed",
    ClaimAbout.INJURED: "injured",
    ClaimAbout.CASUALTIES: "killed or injured",
}
_MOST_ADDRESS = 2_000
# A name of a site or its number, and a port; no user, which looks like a site.
_SITE = re.compile(r"[\w.-]+(?::\d{1,5})?|\[[\da-fA-F:.]+\](?::\d{1,5})?")
_DOUBTING = (Stance.DENIES, Stance.DOUBTS)


class Names(Protocol):
    """What knows the names of groups and the titles of sources, as `Records` does."""

    @property
    def groups_by_id(self) -> Mapping[str, Group]:
        """Group id to group."""

    @property
    def sources_by_id(self) -> Mapping[str, Source]:
        """Source id to source."""

    def resolve_groups(self, name: str) -> tuple[str, ...]:
        """Return the ids of the groups with a name."""


def describe_place(record: Incident | BaseArea) -> str:
    """Return where something is, as far as it is named, from the smallest name to the country.

    A name that stands in a smaller one is not told twice, and a named place does not end with an
    unknown country.

    Example:
        >>> one = Incident(id="a", title="A", event_date="2024", event_types=("attack",),
        ...     place="Nangarhar Province", admin1="Nangarhar", country="AF")
        >>> describe_place(one), describe_place(one.but(place="Kashmir", admin1="", country=""))
        ('Nangarhar Province, Afghanistan', 'Kashmir')
    """
    told: list[str] = []
    for named in record.place_names:
        name = place(named, record.country)
        if not any(f" {_plain(name)} " in f" {_plain(one)} " for one in told):
            told.append(name)
    country = country_name(record.country)
    if not told or (record.country and not _ends_with(told, country)):
        told.append(country)
    return comma().join(told)


def _ends_with(names: Sequence[str], country: str) -> bool:
    return any(f" {_plain(name)}".endswith(f" {_plain(country)}") for name in names)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[\w-]+", name.casefold()))


def group_label(group_id: str, records: Names) -> str:
    """Return the shortest usual name of a group."""
    group = records.groups_by_id.get(group_id)
    return (group.short_name or group.name) if group else group_id


def distinct_label(group_id: str, shown: Iterable[str], records: Names) -> str:
    """Return a group's label, with its id where another group that is shown is called the same."""
    label = group_label(group_id, records)
    same = [one for one in shown if one != group_id and group_label(one, records) == label]
    return f"{label} [{group_id}]" if same else label


def group_words(name: str, records: Names) -> str:
    """Return the labels of all groups that a name may stand for, joined by "or"."""
    return join_words([group_label(one, records) for one in records.resolve_groups(name)], "or")


def relation_title(relation: Relation, records: Names) -> str:
    """Return in words how a group stood to another one or to its leader, without a time.

    Example:
        >>> from geodata.records.collection import Records
        >>> relation_title(Relation(id="r", subject="a", kind="at war with", object="b"), Records())
        'a, at war with b'
    """
    other = relation.object
    if relation.kind is not RelationKind.LED_BY:
        other = group_label(other, records)
    named = {"subject": group_label(relation.subject, records), "object": other}
    return say(f"{{subject}}, {relation.kind} {{object}}", **named)


def describe_responsibility(incident: Incident, records: Names) -> str:
    """Return who claims, assigns, doubts or denies responsibility for an incident.

    Each statement stands for itself; those that agree are joined, none is left out. Caveats stand
    in brackets behind it.

    Returns:
        Such as "claimed by IS-KP; responsibility of IS-KP denied by government of Iran", or
        `NO_RESPONSIBILITY`.

    Example:
        >>> from geodata.records.collection import Records
        >>> blamed = {"about": "attribution", "value": "ukraine", "source": "s", "by": "Russia"}
        >>> claim = {**blamed, "stance": "assigns to another party", "caveat": "No evidence."}
        >>> one = Incident(id="a", title="A", event_date="2024", event_types=("attack",),
        ...     claims=(claim,))
        >>> describe_responsibility(one, Records())
        'ukraine blamed by Russia (No evidence.)'
    """
    speaking = [
        (words, str(claim.value or ""), claim)
        for claim in incident.claims
        if (words := _responsibility(claim)) is not None
    ]
    if not speaking:
        return say(NO_RESPONSIBILITY)
    if len(speaking) == 1:
        return _of_one(*speaking[0], records)
    said: dict[tuple[_Words, str], list[Claim]] = {}
    for words, group, claim in speaking:
        said.setdefault((words, group), []).append(claim)
    told: dict[tuple[_Words, tuple[str, ...], str, object], list[str]] = {}
    for (words, group), claims in said.items():
        label = group_label(group, records) if group else ""
        # Who is named in one breath is told in one; who is named elsewhere stands apart.
        passages = frozenset((claim.source, claim.locator) for claim in claims)
        apart = group if words is _claimed else passages
        caveats = in_brackets(claim.caveat for claim in claims)
        told.setdefault((words, tuple(_speakers(claims)), caveats, apart), []).append(label)
    parts, is_named = [], False
    for (words, speakers, caveats, _), labels in told.items():
        # Nobody is named "instead" where nobody else was.
        told_as = _blamed_alone if words is _blamed and not is_named else words
        parts.append(told_as(join_words(labels), speakers, records) + caveats)
        is_named = is_named or words in _NAMING
    return parted(parts)


def _of_one(words: _Words, group: str, claim: Claim, records: Names) -> str:
    """Return what one statement says, as nearly all incidents have one or none."""
    told_as = _blamed_alone if words is _blamed else words
    label = group_label(group, records) if group else ""
    return told_as(label, _speakers([claim]), records) + in_brackets([claim.caveat])


def _speakers(claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(claim.by for claim in claims if claim.by))


def _claimed(group: str, speakers: Sequence[str], records: Names) -> str:
    # An outlet of a group may stand in brackets behind its name.
    own = [one for one in speakers if group_words(one.partition(" (")[0], records) == group]
    others = [one for one in speakers if one not in own]
    if not group or (others and not own):
        claimed = say("claimed for {who}", who=group) if group else say("claimed")
        return f"{claimed}{_by(speakers)}"
    _, bracket, outlet = own[0].partition(" (") if own else ("", "", "")
    beside = say(" and, for it, by {who}", who=join_words(others)) if others else ""
    return f"{say('claimed by {who}', who=f'{group}{bracket}{outlet}')}{beside}"


def _by(speakers: Sequence[str]) -> str:
    return say(" by {who}", who=join_words(speakers)) if speakers else ""


def _blamed(group: str, speakers: Sequence[str], _: Names) -> str:
    return f"{say('attributed instead to {who}', who=group)}{_by(speakers)}"


def _blamed_alone(group: str, speakers: Sequence[str], _: Names) -> str:
    return f"{say('{who} blamed', who=group)}{_by(speakers or [say(_DOCUMENT)])}"


def _cleared(group: str, speakers: Sequence[str], _: Names) -> str:
    return f"{say('{who} cleared', who=group)}{_by(speakers or [say(_DOCUMENT)])}"


def _opposed(message: str) -> _Words:
    return lambda group, by, _: f"{say(message, who=group)}{_by(by or [say(_DOCUMENT)])}"


_Words = Callable[[str, Sequence[str], Names], str]
_RESPONSIBILITY: Mapping[Stance, _Words] = {
    Stance.CLAIMS: _claimed,
    Stance.ASSIGNS: lambda group, by, _: f"{say('attributed to {who}', who=group)}{_by(by)}",
    Stance.ASSIGNS_TO_ANOTHER_PARTY: _blamed,
    Stance.ASSESSES: lambda group, by, _: f"{say('assessed to be {who}', who=group)}{_by(by)}",
    Stance.DENIES: _opposed("responsibility of {who} denied"),
    Stance.DOUBTS: _opposed("responsibility of {who} doubted"),
}


_NAMING = {_RESPONSIBILITY[one] for one in (Stance.CLAIMS, Stance.ASSIGNS, Stance.ASSESSES)}


def _responsibility(claim: Claim) -> _Words | None:
    """Return the words for what a claim says of responsibility; `None` where it says nothing."""
    if claim.about is not ClaimAbout.ATTRIBUTION or claim.stance is None:
        return None
    if claim.role in (Role.TARGET, Role.OTHER):
        return None
    if claim.role is Role.CLEARED:
        return _cleared
    if claim.role is Role.ACCUSED and claim.stance not in _DOUBTING:
        return _blamed
    return _RESPONSIBILITY[claim.stance]


def stance_of(claim: Claim) -> str:
    """Return what a claim's speaker did with it, as a verb; may be empty.

    Example:
        >>> stance_of(Claim(about="attribution", value="x", stance="denies", source="s"))
        'denied that it was'
    """
    if claim.stance is None:
        return ""
    return describe_stance(
        claim.stance, claim.about, claim.role, names_party=claim.value is not None
    )


def describe_value(claim: Claim, records: Names) -> str:
    """Return what a claim says: a hedged number, a date, a group's name, or the text itself.

    Example:
        >>> from geodata.records.collection import Records
        >>> one = Claim(about="injured", value=1200, qualifier="at least", part="men", source="s")
        >>> describe_value(one, Records()), describe_value(one.but(as_of="2015"), Records())
        ('at least 1,200 (men)', 'at least 1,200 (men; 2015)')
        >>> describe_value(one.but(topic="People hit", part=""), Records())
        'at least 1,200 injured'
    """
    if claim.value is None:
        return ""
    if claim.names_party and isinstance(claim.value, str):
        group = records.groups_by_id.get(claim.value)
        return group.name if group else claim.value
    if claim.about is ClaimAbout.DATE:
        return describe_date(str(claim.value))
    number = str(claim.value)
    if isinstance(claim.value, int | float):
        number = hedged(claim.value, claim.qualifier)
    elif claim.qualifier not in (None, Qualifier.EXACTLY):
        number = say(f"{claim.qualifier} {{n}}", n=number)
    as_of = describe_date(claim.as_of) if claim.as_of else ""
    within = parted((claim.part, as_of))
    # Under the question that it answers, a number does not stand under what it counts.
    if claim.topic and claim.about in _HURT:
        number = say(f"{{toll}} {_HURT[claim.about]}", toll=number)
    return f"{number}{f' ({within})' if within else ''}"


def describe_claim(claim: Claim, records: Names) -> str:
    """Return a claim in one line: what about, what was said, by whom, and where that was read.

    Example:
        >>> from geodata.records.collection import Records
        >>> one = Claim(about="attribution", value="ukraine", stance="assigns to another party",
        ...     role="accused", by="Russia", caveat="No evidence.", source="s", locator="page 1")
        >>> describe_claim(one, Records())
        'attribution, accused: Russia said it was instead: ukraine (No evidence.) [s, page 1]'
    """
    source = records.sources_by_id.get(claim.source)
    title = f"“{source.title}”" if source else claim.source
    where = f"{title}, {claim.locator}" if claim.locator else title
    return f"{claim_words(claim, records)} [{where}]"


def claim_words(claim: Claim, records: Names) -> str:
    """Return the same without where it was read."""
    role = f", {claim.role}" if claim.role else ""
    stance = f" {stance_of(claim)}" if claim.stance else ""
    who = f"{claim.by or _DOCUMENT}{stance}" if claim.by or stance else ""
    said = ": ".join(part for part in (who, describe_value(claim, records)) if part)
    return f"{claim.about}{role}: {said}{in_brackets([claim.caveat])}"


def cite(source: Source) -> str:
    """Return a source in one line: author, title, publisher, date.

    Example:
        >>> cite(Source(id="a", title="T", publisher="P", date="2024-01"))
        '“T”, P, January 2024'
    """
    # What is cited in Latin letters stays so to its end, or a line would turn within it.
    with speaking(ENGLISH if is_from_right() else language()):
        date = describe_date(source.date) if source.date else ""
    parts = (source.author, f"“{source.title}”", source.publisher, date)
    return ", ".join(part for part in parts if part)


def safe_url(url: str) -> str:
    """Return an address that a link may lead to, and nothing if there is none.

    It is http or https, leads to where it seems to lead, and has no character that no eye sees or
    that ends an attribute: those are written as codes.

    Example:
        >>> safe_url("javascript:alert(1)"), safe_url("https://example.org/a b")
        ('', 'https://example.org/a%20b')
        >>> safe_url("https://bank.example@other.example/")
        ''
    """
    plain = "".join(one if _is_seen(one) else quote(one, safe="") for one in url.strip())
    try:
        parts = urlsplit(plain)
        is_site = parts.scheme in ("http", "https") and _SITE.fullmatch(parts.netloc) is not None
        _ = parts.port
    except ValueError:
        return ""
    return plain if is_site and len(plain) <= _MOST_ADDRESS else ""


def _is_seen(letter: str) -> bool:
    return letter.isprintable() and letter not in ' "<>\\^`{|}'

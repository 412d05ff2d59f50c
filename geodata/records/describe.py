"""Records in plain English: places, groups, who claims or denies what, and sources as cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from geodata.records.collection import Records
from geodata.records.dates import describe_date
from geodata.records.model import BaseArea, Claim, Incident, Source
from geodata.records.vocabulary import ClaimAbout, Stance
from geodata.records.words import country_name, join_words

__all__ = [
    "cite",
    "describe_claim",
    "describe_place",
    "describe_responsibility",
    "distinct_label",
    "group_label",
    "group_words",
    "safe_url",
]


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
    for name in record.place_names:
        if not any(f" {_plain(name)} " in f" {_plain(one)} " for one in told):
            told.append(name)
    country = country_name(record.country)
    if not told or (record.country and not _ends_with(told, country)):
        told.append(country)
    return ", ".join(told)


def _ends_with(names: Sequence[str], country: str) -> bool:
    return any(f" {_plain(name)}".endswith(f" {_plain(country)}") for name in names)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[\w-]+", name.casefold()))


def group_label(group_id: str, records: Records) -> str:
    """Return the shortest usual name of a group."""
    group = records.groups_by_id.get(group_id)
    return (group.short_name or group.name) if group else group_id


def distinct_label(group_id: str, shown: Iterable[str], records: Records) -> str:
    """Return a group's label, with its id where another group that is shown is called the same."""
    label = group_label(group_id, records)
    same = [one for one in shown if one != group_id and group_label(one, records) == label]
    return f"{label} [{group_id}]" if same else label


def group_words(name: str, records: Records) -> str:
    """Return the labels of all groups that a name may stand for, joined by "or"."""
    return join_words([group_label(one, records) for one in records.resolve_groups(name)], "or")


def describe_responsibility(incident: Incident, records: Records) -> str:
    """Return who claims, assigns, doubts or denies responsibility for an incident.

    Each statement stands for itself; those that agree are joined, none is left out. Caveats stand
    in brackets behind it.

    Returns:
        Such as "claimed by IS-KP; responsibility of IS-KP denied by government of Iran", or
        "no claim about responsibility".

    Example:
        >>> blamed = {"about": "attribution", "value": "ukraine", "source": "s", "by": "Russia"}
        >>> claim = {**blamed, "stance": "assigns to another party", "caveat": "No evidence."}
        >>> one = Incident(id="a", title="A", event_date="2024", event_types=("attack",),
        ...     claims=(claim,))
        >>> describe_responsibility(one, Records())
        'attributed instead to ukraine by Russia (No evidence.)'
    """
    said: dict[tuple[Stance, str], list[str]] = {}
    caveats: dict[tuple[Stance, str], dict[str, None]] = {}
    for claim in incident.claims:
        if claim.about is ClaimAbout.ATTRIBUTION and claim.stance:
            statement = (claim.stance, str(claim.value or ""))
            speakers = said.setdefault(statement, [])
            if claim.by and claim.by not in speakers:
                speakers.append(claim.by)
            if claim.caveat:
                caveats.setdefault(statement, {})[claim.caveat] = None
    parts = [
        _RESPONSIBILITY[stance](group_label(group, records) if group else "", speakers, records)
        + "".join(f" ({caveat})" for caveat in caveats.get((stance, group), ()))
        for (stance, group), speakers in said.items()
    ]
    return "; ".join(parts) or "no claim about responsibility"


def _claimed(group: str, speakers: Sequence[str], records: Records) -> str:
    others = [one for one in speakers if group_words(one, records) != group]
    if not group or (others and len(others) == len(speakers)):
        for_group = f" for {group}" if group else ""
        return f"claimed{for_group}{_by(others or speakers)}"
    return f"claimed by {group}{f' and, for it, by {join_words(others)}' if others else ''}"


def _by(speakers: Sequence[str]) -> str:
    return f" by {join_words(speakers)}" if speakers else ""


_RESPONSIBILITY: Mapping[Stance, Callable[[str, Sequence[str], Records], str]] = {
    Stance.CLAIMS: _claimed,
    Stance.ASSIGNS: lambda group, by, _: f"attributed to {group}{_by(by)}",
    Stance.ASSIGNS_TO_ANOTHER_PARTY: lambda group, by, _: f"attributed instead to {group}{_by(by)}",
    Stance.ASSESSES: lambda group, by, _: f"assessed to be {group}{_by(by)}",
    Stance.DENIES: lambda group, by, _: f"responsibility of {group} denied{_by(by)}",
    Stance.DOUBTS: lambda group, by, _: f"responsibility of {group} doubted{_by(by)}",
}


def describe_claim(claim: Claim) -> str:
    """Return a claim in one line: what about, what is said, by whom, where it was read."""
    value = "" if claim.value is None else str(claim.value)
    said = " ".join(part for part in (claim.qualifier or "", value, claim.stance or "") if part)
    role = f" as {claim.role}" if claim.role else ""
    part = f" [{claim.part}]" if claim.part else ""
    when = f" as of {claim.as_of}" if claim.as_of else ""
    by = f" by {claim.by}" if claim.by else ""
    locator = f", {claim.locator}" if claim.locator else ""
    caveat = f" – {claim.caveat}" if claim.caveat else ""
    return f"{claim.about}: {said}{role}{part}{when}{by}{caveat} ({claim.source}{locator})"


def cite(source: Source) -> str:
    """Return a source in one line: author, title, publisher, date.

    Example:
        >>> cite(Source(id="a", title="T", publisher="P", date="2024-01"))
        '“T”, P, January 2024'
    """
    date = describe_date(source.date) if source.date else ""
    parts = (source.author, f"“{source.title}”", source.publisher, date)
    return ", ".join(part for part in parts if part)


def safe_url(url: str) -> str:
    """Return an address if it is http or https, and nothing otherwise.

    Example:
        >>> safe_url("javascript:alert(1)"), safe_url("https://example.org/a")
        ('', 'https://example.org/a')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""

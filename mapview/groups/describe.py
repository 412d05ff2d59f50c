"""A group's page made of the records: names, relations, figures, base areas, incidents by role."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from geodata.errors import RequestError
from geodata.queries import AreaView, Belongings, Filter, Key, found_by
from geodata.records import (
    PRECISION_WORDS,
    BaseArea,
    Claim,
    Group,
    Incident,
    Records,
    Relation,
    RelationKind,
    Role,
    describe_term,
    group_label,
    normalise,
    parse_date,
    parties,
    relation_title,
    role_of,
    say,
)
from geodata.scope import describe_areas
from mapview.cartography import group_hatches
from mapview.detail import area_line, claim_groups, incident_line, source_line
from mapview.groups.bars import Axis, axis_of, term_pieces
from mapview.groups.lines import (
    AreaOfGroup,
    GroupName,
    GroupPage,
    IncidentOfGroup,
    RelationLine,
    RelationSection,
    RoleOfGroup,
)
from mapview.groups.numbers import is_number, number_series

__all__ = ["describe_group", "find_group"]

_PARENTHOOD = (RelationKind.PART_OF, RelationKind.MERGED_INTO)
_Sort = Callable[[Relation, str], bool]
_SECTIONS: tuple[tuple[str, _Sort], ...] = (
    ("Leaders", lambda one, _: one.kind is RelationKind.LED_BY),
    ("Said to be part of", lambda one, id_: one.kind in _PARENTHOOD and one.subject == id_),
    ("Said to be part of it", lambda one, id_: one.kind in _PARENTHOOD and one.object == id_),
    ("Pledges", lambda one, _: one.kind is RelationKind.PLEDGED_TO),
    (
        "Allies, support and links",
        lambda one, _: (
            one.kind
            in (
                RelationKind.ALLIED_WITH,
                RelationKind.SUPPORTED_BY,
                RelationKind.SOUGHT_MERGER_WITH,
                RelationKind.LINKED_TO,
            )
        ),
    ),
    (
        "Wars and ceasefires",
        lambda one, _: one.kind in (RelationKind.AT_WAR_WITH, RelationKind.CEASEFIRE_WITH),
    ),
    (
        "Origins, splits and recruits",
        lambda one, _: (
            one.kind
            in (RelationKind.SPLIT_FROM, RelationKind.GREW_OUT_OF, RelationKind.RECRUITED_FROM)
        ),
    ),
)
_MEANINGS = {
    Role.ACTOR: ("As actor", "It claims it, or others assign or assess it."),
    Role.ACCUSED: ("Accused", "Somebody blames it, while others claim or deny it."),
    Role.CLEARED: ("Cleared", "Somebody says that it was not the one."),
    Role.TARGET: ("As target", "It was hit or aimed at."),
    Role.OTHER: ("Named otherwise", "It is named in some other role."),
}
_SCRIPTS = {
    "Latin": "Names in Latin script",
    "Arabic": "Names in Arabic script",
    "Cyrillic": "Names in Cyrillic script",
}
_NEAR = 5


def find_group(name: str, records: Records) -> str:
    """Return the id of the group with an id, a name or an alias.

    Raises:
        RequestError: If there is none, or several; the message names those that are near.
    """
    found = [one for one in records.resolve_groups(name) if one in records.groups_by_id]
    if len(found) == 1:
        return found[0]
    ids = found or _near(name, records)
    near = f"; near are {', '.join(ids)}" if ids else ""
    which = "one of several groups" if found else "the id or a name of a group"
    raise RequestError(f"a group page must be of {which}, got {name!r:.80}{near}")


def _near(name: str, records: Records) -> list[str]:
    wanted = normalise(name)
    spelt = {normalise(one): ids for one, ids in records.group_names.items()}
    spelt |= {normalise(one): (one,) for one in records.groups_by_id}
    inside = [one for one in spelt if wanted and wanted in one]
    close = difflib.get_close_matches(wanted, spelt, _NEAR, 0.7)
    return list(dict.fromkeys(id_ for one in (*close, *inside) for id_ in spelt[one]))[:_NEAR]


def describe_group(
    group_id: str, records: Records, all_areas: Sequence[BaseArea] | None = None
) -> GroupPage:
    """Return what the records tell of a group.

    Args:
        group_id: Id of a group of the records.
        records: Where to look; what they do not hold is not told.
        all_areas: The base areas of the whole record, by which groups have their hatches; those of
            the records without it.
    """
    hatches = group_hatches(records.base_areas if all_areas is None else all_areas)
    group = records.groups_by_id[group_id]
    relations = records.relations_by_group.get(group_id, ())
    axis = axis_of((one.valid_from, one.valid_to) for one in relations)
    claims = [*group.claims, *(claim for one in relations for claim in one.claims)]
    areas = tuple(_areas(group_id, records, hatches))
    drawn = sum(one.line.is_placed for one in areas)
    plain = [claim for claim in group.claims if not is_number(claim)]
    return GroupPage(
        id=group_id,
        name=group.name,
        label=group_label(group_id, records),
        kind=say(str(group.kind)),
        note=group.note,
        names=tuple(_names(group)),
        parents=tuple(_name(one, records) for one in group.parents),
        children=tuple(_name(one.id, records) for one in records.groups if group_id in one.parents),
        axis=axis,
        relations=tuple(_sections(group_id, relations, records, axis)),
        numbers=number_series(group.claims, lambda one: source_line(one, records)),
        claims=claim_groups(plain, records, is_lasting=True),
        areas=areas,
        areas_words=say(
            "{areas}; those of all times together.", areas=describe_areas(len(areas), drawn)
        ),
        roles=tuple(_roles(group_id, records)),
        sources=tuple(dict.fromkeys(claim.source for claim in claims)),
        cited=tuple(dict.fromkeys(one for claim in claims for one in claim.cites)),
    )


def _name(group_id: str, records: Records) -> GroupName:
    return GroupName(group_id, group_label(group_id, records))


def _names(group: Group) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield scripts with the other names written in them, Latin first."""
    found: dict[str, list[str]] = {"Latin": []}
    for name in dict.fromkeys((group.short_name, *group.aliases)):
        if name and name != group.name:
            found.setdefault(_script(name), []).append(name)
    for script, names in found.items():
        if names:
            yield say(_SCRIPTS.get(script, "Names in another script")), tuple(names)


def _script(text: str) -> str:
    """Return the script of the first letter; which language it is, the record does not say."""
    for letter in text:
        if letter.isalpha():
            return unicodedata.name(letter, "unknown").split()[0].capitalize()
    return "Latin"


def _sections(
    group_id: str, relations: Sequence[Relation], records: Records, axis: Axis | None
) -> Iterator[RelationSection]:
    for heading, belongs in _SECTIONS:
        chosen = [one for one in relations if belongs(one, group_id)]
        lines = [_relation(one, group_id, records, axis) for one in sorted(chosen, key=_beginning)]
        if lines:
            yield RelationSection(say(heading), tuple(lines))


def _beginning(relation: Relation) -> tuple[bool, date, date, str]:
    span = relation.span
    # What only ended stands where it ended.
    ended = parse_date(relation.valid_to) if relation.valid_to else span
    start = span.known_start or ended.known_start or span.end
    return not (span.has_start or span.has_end), start, span.end, relation.id


def _relation(
    relation: Relation, group_id: str, records: Records, axis: Axis | None
) -> RelationLine:
    is_led = relation.kind is RelationKind.LED_BY
    other = relation.object if relation.subject == group_id else relation.subject
    has_page = not is_led and other in records.groups_by_id
    pieces = term_pieces(relation.valid_from, relation.valid_to, axis) if axis else ()
    # A leader without a time stands among other relations, where the name alone says nothing.
    is_name = is_led and pieces
    return RelationLine(
        id=relation.id,
        title=relation.object if is_name else relation_title(relation, records),
        other=_name(other, records) if has_page else None,
        term=describe_term(relation.valid_from, relation.valid_to),
        is_disputed=relation.is_disputed,
        note=relation.note,
        claims=claim_groups(relation.claims, records, is_lasting=True),
        pieces=pieces,
        sources=tuple(dict.fromkeys(claim.source for claim in relation.claims)),
    )


def _areas(group_id: str, records: Records, hatches: Mapping[str, int]) -> Iterator[AreaOfGroup]:
    own = [one for one in records.base_areas if one.group == group_id]
    for area in sorted(own, key=lambda one: (parse_date(one.valid_from or "XXXX").start, one.id)):
        line = area_line(AreaView.of(area, Filter(), records), records, hatches)
        claims = claim_groups(area.claims, records, is_lasting=True)
        yield AreaOfGroup(line, say(PRECISION_WORDS[area.geo_precision]), area.note, claims)


def _roles(group_id: str, records: Records) -> Iterator[RoleOfGroup]:
    belongings = Belongings(records)
    ordered = sorted(records.incidents, key=_when)
    found = [(one, found_by(one, belongings)) for one in ordered]
    for role, (heading, meaning) in _MEANINGS.items():
        key = Key(role, group_id)
        certain = [one for one, by in found if key in by.throughout]
        possible = [one for one, by in found if key not in by.throughout and key in by.keys]
        if certain or possible:
            yield RoleOfGroup(
                role=role,
                heading=say(heading),
                meaning=say(meaning),
                certain=tuple(_incident(one, key, belongings, records) for one in certain),
                possible=tuple(_incident(one, key, belongings, records) for one in possible),
            )


def _when(incident: Incident) -> tuple[bool, date, str]:
    return not incident.span.has_start, incident.span.start, incident.id


def _incident(
    incident: Incident, key: Key, belongings: Belongings, records: Records
) -> IncidentOfGroup:
    named = parties(incident.claims)[key.role]
    above = [one for one in named if key.group in belongings.of(one)]
    through = [] if key.group in above else above
    line = incident_line(incident, records)
    caveats = _caveats(incident.claims, key.role, through or [key.group])
    return IncidentOfGroup(
        line=line,
        through=tuple(_name(one, records) for one in through),
        # Who says that it was responsible is told with its caveats already.
        caveats=tuple(one for one in caveats if one not in line.responsibility),
    )


def _caveats(claims: Iterable[Claim], role: Role, groups: Sequence[str]) -> Iterator[str]:
    naming = (one for one in claims if role_of(one) is role and one.value in groups)
    yield from dict.fromkeys(one.caveat for one in naming if one.caveat)

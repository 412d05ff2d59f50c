"""Groups, their base areas and sources for programs, and the table of all questions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geodata.errors import RequestError
from geodata.queries import AreaView, Filter, Store
from geodata.records import Group, Role, group_label, normalise
from mapview.detail import area_line, describe_area
from mapview.groups import describe_group, find_group
from mapview.programs.asking import (
    FILTER,
    KNOWN,
    MOST,
    MOST_OFFSET,
    PAGING,
    Asked,
    NotFoundError,
    Operation,
    Parameter,
    count_of,
    number,
    one_of,
)
from mapview.programs.claims import claims_json, source_json
from mapview.programs.incidents import INCIDENT_OPERATIONS

__all__ = ["OPERATIONS"]

_OF_AREAS = frozenset(
    {"from", "to", "when", "group", "country", "record", "precision", "q", "known"}
)


def _find_groups(store: Store, asked: Asked) -> dict[str, Any]:
    words = normalise(asked.get("q")).split()
    found = [
        one
        for one in store.context.groups
        if all(word in normalise(" ".join((one.id, one.name, *one.aliases))) for word in words)
    ]
    limit = number(asked, "limit", 20, MOST)
    return {"groups_found": len(found), "groups": [_group(one, store) for one in found[:limit]]}


def _group(group: Group, store: Store) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": group.name,
        "label": group_label(group.id, store.context),
        "kind": str(group.kind),
        "also_called": list(group.aliases),
    }


def _get_group(store: Store, asked: Asked) -> dict[str, Any]:
    try:
        identifier = find_group(asked.get("id"), store.context)
    except RequestError as error:
        raise NotFoundError(str(error)) from error
    page = describe_group(identifier, store.context)
    relations = [line for section in page.relations for line in section.lines]
    return {
        **_group(store.context.groups_by_id[identifier], store),
        "note": page.note,
        "relations_found": len(relations),
        "belongs_to": [one.id for one in page.parents],
        "relations": [
            {
                "title": one.title,
                "when": one.term,
                "is_disputed": one.is_disputed,
                "note": one.note,
                "claims": claims_json(one.claims),
            }
            for one in relations[:MOST]
        ],
        "claims": claims_json(page.claims),
        "figures": [
            {
                "about": one.heading,
                "figures": [
                    {
                        "value": line.value,
                        "as_of": line.as_of,
                        "by": line.by,
                        "note": line.note,
                        "source": line.source.id,
                        "locator": line.locator,
                        "differs_from_others": line.differs,
                    }
                    for line in one.lines
                ],
            }
            for one in page.numbers
        ],
        "base_areas_found": len(page.areas),
        "base_areas": [one.line.id for one in page.areas[:MOST]],
        "incidents_by_role": {
            str(role): count_of(store, Filter(groups=(identifier,), roles=(role,)))._asdict()
            for role in Role
        },
        "note_on_roles": (
            "An actor claims an attack or is named for it where nobody disputes that; accused is "
            "who is blamed while others claim or deny it. Incidents of groups that belonged to it "
            "then count, too, and an incident may have it in several roles: do not add these up."
        ),
    }


def _find_areas(store: Store, asked: Asked) -> dict[str, Any]:
    chosen = asked.chosen
    found = store.areas(replace(chosen, base_areas=True))
    limit = number(asked, "limit", 20, MOST)
    offset = number(asked, "offset", 0, MOST_OFFSET)
    after = offset + limit
    return {
        "base_areas_found": len(found),
        "base_areas": [
            _area(one, store, has_period=bool(chosen.start or chosen.end))
            for one in found[offset:after]
        ],
        "next_offset": after if limit and after < len(found) else None,
    }


def _area(view: AreaView, store: Store, *, has_period: bool = False) -> dict[str, Any]:
    """Return a base area in short; how certain it is for a period is told of one that was asked."""
    line = area_line(view, store.context, {})
    certain = {"certain_for_the_period": not line.is_faded} if has_period else {}
    return {
        "id": line.id,
        "group": line.group,
        "group_name": line.group_name,
        "kind": line.kind,
        "status": line.status,
        "place": line.place,
        "known_to": str(line.level),
        "used": line.period,
        **certain,
        "caveats": list(line.caveats),
        "sources": list(line.sources),
    }


def _get_area(store: Store, asked: Asked) -> dict[str, Any]:
    area = store.area(asked.get("id"))
    if area is None:
        raise NotFoundError(f"id must be that of a base area, got {asked.get('id')!r:.200}")
    detail = describe_area(area, store.context)
    (view,) = store.areas(Filter(ids=(area.id,)))
    return {
        **_area(view, store),
        "note": detail.note,
        "validity": detail.validity,
        "claims": claims_json(detail.claim_groups),
    }


def _find_sources(store: Store, asked: Asked) -> dict[str, Any]:
    words = normalise(asked.get("q")).split()
    sources = [
        one
        for one in store.context.sources
        if all(word in normalise(" ".join((one.id, one.title, one.author, one.publisher)))
               for word in words)
        and (one.is_document or asked.get("read_only", "on") == "off")
    ]  # fmt: skip
    limit = number(asked, "limit", 20, MOST)
    return {
        "sources_found": len(sources),
        "sources": [source_json(one.id, store.context) for one in sources[:limit]],
    }


def _about(store: Store, _: Asked) -> dict[str, Any]:
    count = count_of(store, Filter())
    return {
        "incidents": count._asdict(),
        "base_areas": len(store.context.base_areas),
        "groups": len(store.context.groups),
        "sources": len(store.context.sources),
        "changes": list(store.changes),
        "how_to_read": (
            "Everything is a claim of a source. Tolls are ranges from the lowest to the highest "
            "figure given, with “at least”, “over” or “nearly” told in words alone; where people "
            "are named, a figure counts these only. Do not average or add them, and say who gives "
            "which. Dates and places "
            "are as exact as the sources are. Cite source and locator."
        ),
    }


_WORDS = Parameter("q", "words that must all occur in a name")
_OPERATIONS = (
    *INCIDENT_OPERATIONS,
    Operation("about", "/", "What the record holds, and how to read it.", (KNOWN,), _about),
    Operation(
        "find_groups",
        "/groups",
        "Armed groups, parties and states that claims speak of, by a name in any script.",
        (_WORDS, PAGING[0], KNOWN),
        _find_groups,
    ),
    Operation(
        "get_group",
        "/groups/{id}",
        "What is recorded of a group: names, relations with their times and claims, figures, base "
        "areas, and how many incidents it stands in by role.",
        (Parameter("id", "id or name of the group, such as iskp", is_required=True), KNOWN),
        _get_group,
    ),
    Operation(
        "find_base_areas",
        "/base-areas",
        "Areas that sources name as used by a group, with the period for which that is stated.",
        (*(one for one in FILTER if one.name in _OF_AREAS), *PAGING),
        _find_areas,
    ),
    Operation(
        "get_base_area",
        "/base-areas/{id}",
        "All that is recorded of a base area, claim by claim.",
        (Parameter("id", "id of the base area", is_required=True), KNOWN),
        _get_area,
    ),
    Operation(
        "find_sources",
        "/sources",
        "Documents that claims were read in.",
        (
            _WORDS,
            Parameter(
                "read_only",
                "off to find sources, too, that are only cited by those that were read",
                one_of(("on", "off")),
            ),
            PAGING[0],
            KNOWN,
        ),
        _find_sources,
    ),
)

OPERATIONS = {one.name: one for one in _OPERATIONS}
"""All questions by name, which the JSON interface and the server for language models both ask."""

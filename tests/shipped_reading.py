"""Finding a shipped record, and claims of one."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.records.collection import Records
from geodata.records.model import BaseArea, Claim, Group, Incident, Relation


def every_record(shipped: Records) -> Iterator[Incident | BaseArea | Group | Relation]:
    """Every record that has claims."""
    yield from shipped.incidents
    yield from shipped.base_areas
    yield from shipped.groups
    yield from shipped.relations


def area(shipped: Records, identifier: str) -> BaseArea:
    return next(one for one in shipped.base_areas if one.id == identifier)


def said(record: Incident | BaseArea | Group | Relation, about: str) -> list[Claim]:
    return [claim for claim in record.claims if claim.about == about]


def rests_on_a_claim(record: BaseArea | Relation, period: str) -> bool:
    """Whether a claim on the dates of a record names an end of a period, as exactly or less so."""
    # "[..2016]" is some time up to 2016.
    told = {
        end.strip("[].") for claim in said(record, "date") for end in str(claim.value).split("/")
    }
    return any(
        end.startswith(part) or part.startswith(end)
        for part in period.split("/")
        for end in told - {""}
    )

"""What breaks a rule in a large record file, of which only some records are held at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from geodata.checks import tell_far_dates, validate_apart, validate_together
from geodata.errors import Problem
from geodata.large.cutting import NotCutError
from geodata.large.making import LargeFile
from geodata.records import BaseArea, DateSpan, Incident, Records, parse_date

__all__ = ["Checked", "check_large"]


class Checked(NamedTuple):
    """What was found in a file.

    Attributes:
        problems: What breaks a rule.
        notes: What was read otherwise than it stands there, and dates far from all others.
        incidents: How many incidents there are.
        base_areas: Likewise.
        context: The groups, sources and relations.
    """

    problems: list[Problem]
    notes: list[Problem]
    incidents: int
    base_areas: int
    context: Records


class _Date(NamedTuple):
    id: str
    event_date: str

    @property
    def span(self) -> DateSpan:
        return parse_date(self.event_date)


class _Found(NamedTuple):
    problems: list[Problem]
    linked: list[Incident]
    dates: list[_Date]
    areas: int


def check_large(path: Path) -> Checked | None:
    """Return what breaks a rule in a large record file, as `validate` finds it in others.

    Args:
        path: The file.

    Returns:
        `None` if the file is small, or is to be read whole.
    """
    problems, dates = [], []
    linked: list[Incident] = []
    areas = 0
    try:
        file = LargeFile(path)
        with closing(file.each(_check)) as parts:
            for found in parts:
                problems += found.problems
                dates += found.dates
                linked += found.linked
                areas += found.areas
    except NotCutError:
        return None
    named = {other for one in linked for other in (*one.related, *one.casualties_combined)}
    # What others name and names none itself was not held, and is asked for its figures.
    if not named.isdisjoint(file.ids - {one.id for one in linked}):
        return None
    told, context = file.told(), file.context
    problems = [*told.problems, *problems, *validate_together(_with(context, linked))]
    notes = [*told.notes, *tell_far_dates(dates)]
    return Checked(problems, notes, len(dates), areas, context)


def _check(records: Sequence[Incident | BaseArea], context: Records) -> _Found:
    whole = _with(context, records)
    linked = [one for one in whole.incidents if one.related or one.casualties_combined]
    dates = [_Date(one.id, one.event_date) for one in whole.incidents]
    return _Found(validate_apart(whole), linked, dates, len(whole.base_areas))


def _with(context: Records, records: Sequence[Incident | BaseArea]) -> Records:
    return Records.of(
        records, groups=context.groups, sources=context.sources, relations=context.relations
    )

"""What each row is, as far as it shows: an incident, a victim of one, a count, a position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geodata.importing.guesses.headers import header_words, name_score
from geodata.importing.guesses.plan import Guess, Question, RowKind
from geodata.importing.guesses.sample import Column, Sample
from geodata.importing.values import number_of

__all__ = ["kind_of_rows", "question_of_rows"]

_REPEATED = 0.15
_KINDS = {
    RowKind.INCIDENT: "an incident",
    RowKind.VICTIM: "a victim of one",
    RowKind.COUNT: "a count of many",
    RowKind.POSITION: "a position of a group",
}
_COUNTED = frozenset(
    {"events", "event count", "number of events", "incidents", "count", "n events", "month start"}
    | {"sum events", "total events", "political violence events", "attacks", "total incidents"}
)
# Words that name nothing else.
_CERTAINLY_COUNTED = _COUNTED - {"count", "attacks", "month start"}
# What only one event has.
_OF_ONE = frozenset(
    {"month", "date", "lat", "point", "geometry", "place", "admin2", "title", "text", "type"}
    | {"target", "url"}
)
_UNITS = frozenset(
    {"unit", "units", "unit name", "sidc", "symbol code", "military unit", "brigade"}
)


def question_of_rows(sample: Sample, guesses: Sequence[Guess]) -> list[Question]:
    """Return the question what a row is, where it may be no incident."""
    doubts = list(_doubts(sample, {one.role: one.columns for one in guesses}))
    return [_question(*doubts[0])] if doubts and sample.rows else []


def _doubts(sample: Sample, roles: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, RowKind]]:
    """Yield what speaks against incidents, strongest first, and what rows may be instead."""
    names = {header_words(one.name) for one in sample.columns}
    if names & _UNITS:
        yield "A column names units.", RowKind.POSITION
    if _has_outlines(sample) and not {"date", "year", "type", "killed"} & set(roles):
        yield "Outlines without a date: areas of whom, and when?", RowKind.POSITION
    if names & _COUNTED and "text" not in roles and ("id" not in roles or _counts(sample)):
        yield "A column counts events.", RowKind.COUNT
    elif _is_of_years(roles):
        yield "Rows have a country and a year, and nothing more exact.", RowKind.COUNT
    elif any("centroid" in header_words(one) for one in roles.get("lat", ())):
        yield "Coordinates are those of the middle of areas.", RowKind.COUNT
    key = next((one for one in sample.columns if _repeats(one)), None)
    if key is not None and "id" not in roles:
        yield f"“{key.name}” names several rows each.", RowKind.VICTIM
    elif key is not None and "victim" in roles:
        yield f"“{roles['victim'][0]}” names persons.", RowKind.VICTIM


def kind_of_rows(sample: Sample, guesses: Sequence[Guess]) -> RowKind:
    """Return what rows are taken for until the user says it: incidents, but for what is counted."""
    roles = {one.role: one.columns for one in guesses}
    names = {header_words(one.name) for one in sample.columns}
    is_count = names & _CERTAINLY_COUNTED and not {"title", "text"} & set(roles) and _counts(sample)
    return RowKind.COUNT if is_count or _is_of_years(roles) else RowKind.INCIDENT


def _is_of_years(roles: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether rows say how many in a year and country, and not of what."""
    return {"year", "country", "killed"} <= set(roles) and _OF_ONE.isdisjoint(roles)


def _counts(sample: Sample) -> bool:
    """Whether a column that counts events counts several."""
    counted = (one for one in sample.columns if header_words(one.name) in _COUNTED)
    return any((number_of(text) or 0) > 1 for one in counted for text in one.filled)


def _has_outlines(sample: Sample) -> bool:
    kinds = {row.geometry.geom_type for row in sample.rows if row.geometry is not None}
    return not kinds.isdisjoint(("Polygon", "MultiPolygon"))


def _repeats(column: Column) -> bool:
    """Whether a column that should name a row names several."""
    if not column.filled or name_score("id", column.name) < 100:  # noqa: PLR2004
        return False
    if len(column.filled) < len(column.texts) * 0.9:
        return False
    repeated = 1 - len(column.distinct) / len(column.filled)
    return _REPEATED < repeated < 0.98  # noqa: PLR2004 - and not the same in all


def _question(reason: str, kind: RowKind) -> Question:
    answers = [(f"row={one}", words) for one, words in _KINDS.items()]
    answers.sort(key=lambda pair: pair[0] != f"row={kind}")
    return Question("row", f"{reason} Is each row an incident?", tuple(answers))

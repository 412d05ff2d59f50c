"""What a file holds, before anything is written: its sheets, the plan, the counts, some records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from geodata.errors import RequestError
from geodata.importing.again import as_it_came
from geodata.importing.fixing import with_fixes
from geodata.importing.guesses import Plan, Sample, Settings, make_plan, plan_of_sample
from geodata.importing.known import restriction_of
from geodata.importing.looked import Looked
from geodata.importing.making import proposals_for, shared_names
from geodata.importing.rows import Importing
from geodata.importing.values import text_of
from geodata.reading import Refused, Row, Sheet
from geodata.records import BaseArea, Incident, Records, Source

__all__ = ["begin", "choose_sheets", "found_by", "look", "look_through"]

_SHOWN = 5
_NAMES_SHOWN = 10
_FEW = 200
# How much each part says that a sheet holds records.
_WEIGHTS = {
    "date": 3, "year": 3, "lat": 4, "point": 4, "geometry": 4, "place": 2, "id": 1, "text": 2,
    "title": 1, "killed": 1, "type": 1,
}  # fmt: skip


def found_by(importing: Importing, records: Records | None = None) -> Looked:
    """Return what an import has found so far."""
    sheet, plan = importing.sheets[0]
    return Looked(
        importing.form,
        plan,
        importing.account,
        records or Records(),
        tuple(proposals_for(importing.unplaced, _NAMES_SHOWN)),
        importing.evidence.source,
        sheet.columns,
        sheets=importing.names,
        notes=importing.notes,
        shared=shared_names(importing.unplaced, _NAMES_SHOWN),
        letters=sheet.letters,
    )


def choose_sheets(sheets: Sequence[Sheet], settings: Settings) -> list[tuple[Sheet, Plan]]:
    """Return the sheets that are read, each with its plan: the best, and those like it.

    Raises:
        RequestError: If a sheet was named that is not there.
        Refused: If no sheet has a row.
    """
    if settings.sheet:
        sheets = [_named(sheets, settings.sheet)]
    if len(sheets) == 1:
        return [(sheets[0], make_plan(sheets[0], settings))]
    rated = []
    for sheet in sheets:
        sample = Sample(sheet, _FEW)
        if sample.rows and sheet.columns:
            rated.append((_rate(plan_of_sample(sample, Settings()), sample), sheet))
    if not rated:
        raise Refused("a file must have at least one row of data, got none on any sheet")
    best = max(rated, key=lambda one: one[0])[1]
    alike = [sheet for _, sheet in rated if sheet.columns == best.columns]
    plan = make_plan(best, settings)
    return [(sheet, plan if sheet is best else make_plan(sheet, settings)) for sheet in alike]


def _named(sheets: Sequence[Sheet], name: str) -> Sheet:
    by_name = {one.name.casefold(): one for one in sheets}
    if name.casefold() in by_name:
        return by_name[name.casefold()]
    if name.isdecimal() and 0 < int(name) <= len(sheets):
        return sheets[int(name) - 1]
    known = ", ".join(repr(one.name) for one in sheets)
    raise RequestError(f"--sheet must name a sheet by name or number: {known}; got {name!r}")


def _rate(plan: Plan, sample: Sample) -> float:
    found = {guess.role for guess in plan.guesses}
    weight = sum(_WEIGHTS.get(one, 0) for one in found) + 20 * (plan.known is not None)
    return weight + min(len(sample.rows), _FEW) / _FEW


def begin(sheets: Sequence[Sheet], settings: Settings, dataset: str, file: str) -> Importing:
    """Return what makes the records of a file.

    Args:
        sheets: As the file has them.
        settings: What the user said.
        dataset: Begins every id.
        file: Its name.

    Raises:
        Refused: If there is nothing to read.
    """
    found = choose_sheets([as_it_came(one) for one in sheets], settings)
    # The plan is that of the file as it came: a column that names persons still does when a
    # correction has emptied it.
    chosen = [
        (with_fixes(sheet, settings.fixes, plan.columns("victim")), plan) for sheet, plan in found
    ]
    plan = chosen[0][1]
    first = chosen[0][0]
    _need_dates(plan, first)
    why = "" if settings.holds_licence else restriction_of(first.columns, _some_rows(first))
    if plan.known:
        source = plan.known.source(dataset, file)
    else:
        source = Source(id=dataset, title=file or dataset, is_document=True)
    if settings.holds_licence:
        source = source.but(may_publish=True)
    importing = Importing(chosen, settings, source, dataset, file)
    if why:
        importing.evidence.keep_back(why)
    importing.names = tuple(one.name for one in sheets)
    read = {sheet.name for sheet, _ in chosen}
    others = (one.name for one in sheets if one.name not in read and not settings.sheet)
    importing.notes += tuple(f"{name} (another table; --sheet reads it)" for name in others)
    return importing


def _some_rows(sheet: Sheet) -> Iterator[list[str]]:
    """Yield the first rows as text, read only if somebody asks for them."""
    good = (row for row in sheet.rows() if isinstance(row, Row))
    for row in islice(good, _FEW):
        yield [text_of(cell) for cell in row.cells]


def _need_dates(plan: Plan, sheet: Sheet) -> None:
    """Refuse a table of a known database from which the dates were taken out."""
    names = {one.strip().casefold() for one in sheet.columns}
    if plan.known and not plan.columns("date") and "event_date" not in names:
        asked = plan.known.mapping["date"]
        columns = asked if isinstance(asked, str) else ", ".join(asked)
        raise Refused(
            f"rows of {plan.known.name} must say when it happened ({columns}), got a table without "
            "any of these columns"
        )


def look(
    sheets: Sequence[Sheet],
    settings: Settings | None = None,
    *,
    dataset: str = "file",
    file: str = "",
    keeps_all: bool = False,
    most: int | None = None,
) -> Looked:
    """Return what a file holds; nothing is written.

    Args:
        sheets: As the file has them.
        settings: What the user said.
        dataset: Begins every id.
        file: Its name.
        keeps_all: Whether all records are kept, or the first few.
        most: How many rows of each sheet are counted; `None` for all.

    Raises:
        Refused: If there is nothing to read.
    """
    importing = begin(sheets, settings or Settings(), dataset, file)
    return look_through(importing, keeps_all=keeps_all, most=most)


def look_through(
    importing: Importing, *, keeps_all: bool = False, most: int | None = None
) -> Looked:
    """Return what an import finds; see `look`."""
    if most is not None:
        importing.through(lambda rows: islice(rows, most))
    made = importing.records()
    kept: list[Incident | BaseArea] = list(made if keeps_all else islice(made, _SHOWN))
    for _ in made:
        pass
    evidence = importing.evidence
    records = Records.of(kept, groups=evidence.groups, sources=evidence.sources)
    if not keeps_all:
        few = [one for one in kept if isinstance(one, Incident)]
        records = records.subset(incidents=few, base_areas=records.base_areas)
    looked = found_by(importing, records)
    is_part = most is not None and looked.account.rows >= most
    return replace(looked, is_part=is_part)

"""Rows of sheets become records, one after the other; what does not is told, and all is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from geodata.importing.account import Account, Rejected
from geodata.importing.fixing import CORRECTED, as_in_file, broken_cells, tell_fixed
from geodata.importing.guesses import Plan, RowKind, Settings
from geodata.importing.known import Values, names_restricted
from geodata.importing.making import (
    Doubt,
    Draft,
    Evidence,
    Named,
    NewNames,
    RowError,
    Victims,
    area_of,
    check_country,
    place_by_name,
)
from geodata.importing.table import draft_of_row
from geodata.importing.template import EXAMPLE
from geodata.importing.values import edtf_of, read_once, text_of
from geodata.reading import BadRow, Row, Sheet
from geodata.records import BASE_AREA, BaseArea, Incident, Source

__all__ = ["Found", "Importing"]

Record = Incident | BaseArea
_MOST_KEPT = 4_000
_MOST_NAMES = 10_000
# What several rows have together if their cells are merged: it would be counted once for each.
_ONCE = (
    "id", "killed", "killed_low", "killed_high", "injured", "injured_low", "injured_high",
    "casualties",
)  # fmt: skip
_DRAWN = frozenset({"record_kind", "event_types", "folder"})


@dataclass(frozen=True)
class Found:
    """What some rows came to beside records, to be added to what rows before them did.

    Attributes:
        account: What became of them.
        rejected: Those that are no records.
        persons: Ids of records with the cells that name persons.
        names: Whom and what they named.
        unplaced: The places that they named without coordinates.
    """

    account: Account
    rejected: tuple[Rejected, ...]
    persons: tuple[tuple[str, dict[str, str]], ...]
    names: NewNames
    unplaced: Counter[Named]


class Importing:
    """Makes the records of one file.

    Args:
        sheets: Those that are read, each with its plan.
        settings: What the user said.
        dataset: Begins every id.
        source: What the rows are claims of.
        file: Its name, for locators.

    Attributes:
        account: What became of the rows so far.
        evidence: The groups and sources that were named so far.
        unplaced: The names of places that rows give without coordinates, and how many do.
        persons: Columns that name persons; their cells are in no record.
        names: Those of all sheets of the file.
        notes: What else the file holds and is not read.
        earlier_files: What the manifest says of files that other records are from.
    """

    def __init__(
        self,
        sheets: Sequence[tuple[Sheet, Plan]],
        settings: Settings,
        source: Source,
        dataset: str,
        file: str,
    ) -> None:
        self.sheets = tuple(sheets)
        self.settings = settings
        self.account = Account()
        self.evidence = Evidence(dataset, source, file)
        self.unplaced: Counter[Named] = Counter()
        self.names = tuple(sheet.name for sheet, _ in sheets)
        self.earlier_files: tuple[Mapping[str, Any], ...] = ()
        self.notes = tuple(dict.fromkeys(one for sheet, _ in sheets for one in sheet.notes))

    @property
    def form(self) -> str:
        """What the file is, for people."""
        sheet, plan = self.sheets[0]
        return f"{plan.known.name} ({sheet.form})" if plan.known else sheet.form

    @property
    def persons(self) -> tuple[str, ...]:
        """Columns that name persons."""
        return tuple(
            dict.fromkeys(name for _, plan in self.sheets for name in plan.columns("victim"))
        )

    def through(self, pass_on: Callable[[Iterator[Row | BadRow]], Iterator[Row | BadRow]]) -> None:
        """Let all rows come through something that counts them, or stops after some."""
        self.sheets = tuple(
            (replace(sheet, rows=partial(_through, sheet.rows, pass_on)), plan)
            for sheet, plan in self.sheets
        )

    def records(
        self,
        reject: Callable[[Rejected], None] | None = None,
        keep_apart: Callable[[str, dict[str, str]], None] | None = None,
    ) -> Iterator[Record]:
        """Yield the records.

        Args:
            reject: Is handed each row that is none.
            keep_apart: Is handed the id of a record with the cells that name persons.
        """
        for sheet, plan in self.sheets:
            yield from self._of_sheet(sheet, plan, reject or _ignore, keep_apart)
            self.account.skipped.update(sheet.skipped)
        self.close()

    def close(self) -> None:
        """Hold counts and licence together, now that all rows were read.

        Raises:
            AssertionError: If a row was lost.
        """
        self.account.close(len(self.settings.fixes))
        if self.settings.holds_licence or self.sheets[0][1].known:
            return
        names = (one.title for one in self.evidence.sources[1:])
        if found := next(filter(names_restricted, names), None):
            self.evidence.keep_back(f"a row names “{found}” as its source")

    @property
    def is_by_row(self) -> bool:
        """Whether each row is a record by itself, so that some can be made apart from others."""
        return type(self) is Importing and all(
            plan.row is not RowKind.VICTIM for _, plan in self.sheets
        )

    def apart(self) -> Importing:
        """Return what makes records of the same sheets by `of_rows`, without their rows."""
        sheets = [
            (Sheet(one.name, one.columns, one.has_geometry, _nothing, one.form), plan)
            for one, plan in self.sheets
        ]
        evidence = self.evidence
        return Importing(sheets, self.settings, evidence.source, evidence.dataset, evidence.file)

    def of_rows(
        self, at: int, rows: Sequence[Row | BadRow], before: Mapping[str, int]
    ) -> tuple[list[Record], Found]:
        """Return the records of some rows, and what else they came to, apart from all before.

        Args:
            at: Which of the sheets they are of.
            rows: The rows.
            before: How often parts of ids came before, on which the ids depend.
        """
        sheet, plan = self.sheets[at]
        self.account, self.unplaced = Account(), Counter()
        self.evidence.begin_part(before)
        rejected: list[Rejected] = []
        persons: list[tuple[str, dict[str, str]]] = []
        records = list(
            self._of_sheet(
                replace(sheet, rows=partial(iter, rows)),
                plan,
                rejected.append,
                lambda *named: persons.append(named),
            )
        )
        names = self.evidence.end_part()
        found = Found(self.account, tuple(rejected), tuple(persons), names, self.unplaced)
        return records, found

    def take(self, found: Found) -> None:
        """Add what the rows that follow came to."""
        self.account.add(found.account)
        self.evidence.take(found.names)
        for named, count in found.unplaced.items():
            if named in self.unplaced or len(self.unplaced) < _MOST_NAMES:
                self.unplaced[named] += count

    def _of_sheet(
        self,
        sheet: Sheet,
        plan: Plan,
        reject: Callable[[Rejected], None],
        keep_apart: Callable[[str, dict[str, str]], None] | None,
    ) -> Iterator[Record]:
        persons = set(plan.columns("victim"))
        once = {name for role in _ONCE for name in plan.columns(role)}
        columns = [(name, name in persons) for name in sheet.columns]
        lower = [name.strip().casefold() for name in sheet.columns]
        victims = Victims(self.evidence) if plan.row is RowKind.VICTIM else None

        def turn_away(row: Row | BadRow, error: RowError) -> None:
            cells = as_in_file(row) if isinstance(row, Row) else (row.text[:_MOST_KEPT],)
            one = Rejected(
                row.line, error.rule, error.column, error.value, error.suggestion, cells, sheet.name
            )
            self.account.reject(one)
            reject(one)
            self._keep_broken(row, sheet, plan, (error,))

        for row in self._records_only(sheet):
            self.account.corrected += len(row.fixed) if isinstance(row, Row) else 0
            if isinstance(row, BadRow):
                turn_away(row, RowError(row.rule, "", row.text[:80]))
                continue
            cells = [text_of(cell) for cell in row.cells]
            for at in row.merged:
                cells[at] = "" if sheet.columns[at] in once else cells[at]
            self.evidence.begin(row)
            try:
                draft = self._draft(row, cells, sheet, lower, plan)
                draft.upstream = {
                    name: cell for (name, is_person), cell in zip(columns, cells, strict=True)
                    if cell and not is_person
                }  # fmt: skip
                _note_cells(draft, row, sheet, cells, persons)
                self._name_place(draft)
                self._refuse_doubtful(draft)
                if victims is not None:
                    victims.take(draft)
                    self._accept(row, draft)
                    self._keep_broken(row, sheet, plan, draft.doubts)
                    continue
                record = self._finish(draft, row, plan)
                self._refuse_doubtful(draft)
            except RowError as error:
                turn_away(row, error)
                continue
            self._accept(row, draft)
            self._keep_broken(row, sheet, plan, draft.doubts)
            if keep_apart and persons:
                named = {
                    name: cell
                    for (name, is_person), cell in zip(columns, cells, strict=True)
                    if is_person and cell
                }
                keep_apart(record.id, named)
            yield record
        if victims is not None:
            yield from victims.incidents()

    def _records_only(self, sheet: Sheet) -> Iterator[Row | BadRow]:
        """Yield rows but those of a template that only show how, and what our KML draws beside.

        Rings and outlines in it are no incidents; they have the columns of none.
        """
        kind = sheet.columns.index("record_kind") if set(sheet.columns) >= _DRAWN else -1
        for row in sheet.rows():
            if isinstance(row, Row) and kind >= 0 and row.cells[kind] in (None, "", BASE_AREA):
                self.account.skipped["base area" if row.cells[kind] else "drawing"] += 1
            elif isinstance(row, Row) and row.cells and text_of(row.cells[0]).startswith(EXAMPLE):
                self.account.skipped["example"] += 1
            else:
                yield row

    def _name_place(self, draft: Draft) -> None:
        name = draft.place or draft.admin2 or draft.admin1
        if draft.point or not name:
            return
        named = (name, draft.admin1 if draft.admin1 != name else "", draft.country)
        if named in self.unplaced or len(self.unplaced) < _MOST_NAMES:
            self.unplaced[named] += 1
        if self.settings.accepts_places:
            place_by_name(draft)

    def _accept(self, row: Row, draft: Draft) -> None:
        self.account.accept(row.line, draft.event_date, draft.doubts, has_point=draft.has_point)

    def _draft(
        self, row: Row, cells: Sequence[str], sheet: Sheet, lower: Sequence[str], plan: Plan
    ) -> Draft:
        if plan.known is None:
            return draft_of_row(
                row, dict(zip(sheet.columns, cells, strict=True)), plan, self.evidence
            )
        values = Values(
            dict(zip(lower, cells, strict=True)), lambda _, text: edtf_of(text, plan.order)
        )
        draft = plan.known.draft(values, self.evidence)
        where = draft.place or draft.admin2 or draft.admin1
        draft.title = (
            ", ".join(one for one in (draft.type_of_source, where) if one) or f"Row {row.number}"
        )
        if not draft.event_date and not draft.has_point and not where and not draft.summary:
            raise RowError("not_a_record")
        if not draft.event_date:
            draft.doubt("date_unknown")
        if not draft.has_point:
            draft.doubt("place_unknown", "latitude")
        check_country(draft, "country")
        return draft

    def _keep_broken(
        self, row: Row | BadRow, sheet: Sheet, plan: Plan, found: Iterable[RowError | Doubt]
    ) -> None:
        """Keep what can be corrected cell by cell of the first rows that break a rule."""
        for one in found:
            if isinstance(row, Row) and self.account.wants_broken(one.rule):
                broken = broken_cells(row, sheet, plan, one)
                if broken:
                    self.account.keep_broken(one.rule, broken)

    def _finish(self, draft: Draft, row: Row, plan: Plan) -> Record:
        if plan.row is RowKind.POSITION:
            return area_of(draft, row, self.evidence)
        return self.evidence.finish(draft)

    def _refuse_doubtful(self, draft: Draft) -> None:
        if not self.settings.rejects_doubtful:
            return
        for one in draft.doubts:
            if one.rule == CORRECTED:
                continue
            raise RowError(one.rule, one.column, one.value, one.suggestion)


def _note_cells(
    draft: Draft, row: Row, sheet: Sheet, cells: Sequence[str], persons: Collection[str]
) -> None:
    """Let a draft say which of its cells somebody corrected, and whose letters are in doubt."""
    if row.fixed:
        tell_fixed(draft, row, sheet, persons)
    if row.damaged:
        names = ", ".join(sheet.columns[one] for one in row.damaged)
        draft.doubt("damaged_text", names, cells[row.damaged[0]])
    for at in row.merged:
        if sheet.columns[at] not in persons:
            draft.doubt("cell_merged", sheet.columns[at], text_of(row.cells[at]))
    for name, cell in zip(sheet.columns, cells, strict=True):
        if not cell.isascii() and name not in persons and (meant := read_once(cell)):
            draft.doubt("text_read_twice", name, cell, meant)


def _through(
    begin: Callable[[], Iterator[Row | BadRow]],
    pass_on: Callable[[Iterator[Row | BadRow]], Iterator[Row | BadRow]],
) -> Iterator[Row | BadRow]:
    return pass_on(begin())


def _nothing() -> Iterator[Row | BadRow]:
    return iter(())


def _ignore(_: Rejected) -> None:
    """Let a row that is no record be."""

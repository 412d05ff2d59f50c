"""Rows that were left out of a dataset, corrected: they are added to it, and the rest stays."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from geodata import formulas
from geodata.importing import (
    ADDED_COLUMNS,
    Account,
    Evidence,
    Importing,
    Rejected,
    as_in_file,
    fixes_of,
)
from geodata.reading import Row
from geodata.records import BaseArea, Group, Incident, ReadResult, Records, Relation, Source
from geodata.workspace.folder import Dataset

__all__ = ["Adding"]

_ADDED = len(ADDED_COLUMNS)


class Adding(Importing):
    """Gives the records that a dataset has, with those of corrected rows.

    Args:
        dataset: The one that the rows were left out of.
        before: What it holds.
        corrected: Makes the records of the corrected rows.
    """

    def __init__(self, dataset: Dataset, before: ReadResult, corrected: Importing) -> None:
        super().__init__(
            corrected.sheets,
            corrected.settings,
            corrected.evidence.source,
            corrected.evidence.dataset,
            "",
        )
        self._dataset, self._before, self._corrected = dataset, before, corrected
        self.evidence = _Both(before, corrected.evidence)
        self.unplaced = corrected.unplaced
        self.earlier_files = dataset.manifest().files

    def through(self, pass_on: Callable[[Iterator[Any]], Iterator[Any]]) -> None:
        """Let the corrected rows come through something that counts them."""
        self._corrected.through(pass_on)

    @property
    def persons(self) -> tuple[str, ...]:
        """Columns that name persons."""
        return tuple(dict.fromkeys((*self._dataset.manifest().persons, *self._corrected.persons)))

    def records(
        self,
        reject: Callable[[Rejected], None] | None = None,
        keep_apart: Callable[[str, dict[str, str]], None] | None = None,
    ) -> Iterator[Incident | BaseArea]:
        """Yield the records, as `Importing.records` does."""
        lines: dict[int, tuple[str, ...]] = {}
        again: list[Rejected] = []
        named: dict[str, dict[str, str]] = dict(self._persons())

        def note(rows: Iterator[Any]) -> Iterator[Any]:
            for row in rows:
                lines[row.line] = as_in_file(row) if isinstance(row, Row) else ()
                yield row

        self._corrected.through(note)
        new = {one.id: one for one in self._corrected.records(again.append, named.__setitem__)}
        old: list[Incident | BaseArea] = [
            *self._before.records.incidents,
            *self._before.records.base_areas,
        ]
        left_out = list(self._left_out())
        still = [one for one in left_out if one.line not in lines]
        self._remember(left_out, lines)
        added = [one for one in new if one not in {record.id for record in old}]
        self._count(len(old) + len(added), [*still, *again], added=len(added))
        for rejected in (*still, *again):
            if reject:
                reject(rejected)
        found = [*(new.get(one.id, one) for one in old), *(new[one] for one in added)]
        both = Records.of(found).with_links_back()
        yield from (both.incidents_by_id.get(one.id, one) for one in found)
        for identifier, cells in named.items():
            if keep_apart:
                keep_apart(identifier, cells)

    def _remember(self, left_out: Sequence[Rejected], lines: Mapping[int, tuple[str, ...]]) -> None:
        """Let the recipe know what was corrected: next month's file may have the rows as they were.

        Without it an update would take their records for gone.
        """
        columns, persons = self.sheets[0][0].columns, set(self.persons)
        fixes = [
            fix
            for one in left_out
            if len(one.cells) == len(lines.get(one.line, ())) == len(columns)
            for fix in fixes_of(columns, one.cells, lines[one.line], persons)
        ]
        kept = tuple(dict.fromkeys((*self.settings.fixes, *fixes)))
        self.settings = replace(self.settings, fixes=kept)

    def _count(self, accepted: int, rejected: Sequence[Rejected], *, added: int) -> None:
        manifest, corrected = self._dataset.manifest(), self._corrected.account
        counts = manifest.counts
        account = Account(
            accepted=accepted,
            with_point=int(counts.get("with_point", 0)) + (corrected.with_point if added else 0),
            doubtful=corrected.doubtful,
            skipped=Counter(counts.get("skipped", {})),
            doubts=Counter(manifest.doubts) + (corrected.doubts if added else Counter()),
            examples=dict(corrected.examples),
        )
        account.rows = accepted
        days = [
            date.fromisoformat(one)
            for one in (counts.get("first_day"), counts.get("last_day"))
            if one
        ]
        days += [one for one in (corrected.first_day, corrected.last_day) if one]
        account.first_day, account.last_day = min(days, default=None), max(days, default=None)
        for one in rejected:
            account.reject(one)
        account.check()
        self.account = account

    def _left_out(self) -> Iterator[Rejected]:
        for cells in _lines(self._dataset, "rejected.csv"):
            kept, (line, rule, suggestion) = cells[:-_ADDED], cells[-_ADDED:]
            number = int(line) if line.isdecimal() else 0
            yield Rejected(number, rule, suggestion=suggestion, cells=tuple(kept))

    def _persons(self) -> Iterator[tuple[str, dict[str, str]]]:
        names = self._dataset.manifest().persons
        for identifier, *cells in _lines(self._dataset, "persons.csv"):
            yield identifier, dict(zip(names, cells, strict=False))


def _lines(dataset: Dataset, name: str) -> Iterator[list[str]]:
    path = dataset.file(name)
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows, None)
            yield from ([formulas.unguard(one) for one in row] for row in rows)


class _Both(Evidence):
    """The groups and sources of a dataset, with those that corrected rows name."""

    def __init__(self, before: ReadResult, corrected: Evidence) -> None:
        super().__init__(corrected.dataset, corrected.source, "")
        self._before, self._corrected = before.records, corrected

    @property
    def groups(self) -> tuple[Group, ...]:
        """The parties that any row names."""
        return _each(self._before.groups, self._corrected.groups)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The dataset's source and those that any row cites."""
        return _each(self._before.sources, self._corrected.sources)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """How groups relate, as the dataset has it."""
        return self._before.relations


def _each(before: Sequence[Any], more: Sequence[Any]) -> tuple[Any, ...]:
    kept: Mapping[str, Any] = {one.id: one for one in (*more, *before)}
    return tuple(kept.values())

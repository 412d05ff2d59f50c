"""What became of the rows: each is accepted or rejected and counted, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from geodata.importing.guesses import Broken
from geodata.importing.making import Doubt
from geodata.records import parse_date, say

__all__ = ["ADDED_COLUMNS", "Account", "Rejected", "describe_rule"]

# What a table of rejected rows has behind the columns of the file.
ADDED_COLUMNS = ("line", "rule", "suggestion")
_MOST_EXAMPLES = 3
_MOST_BROKEN = 20
# What each rule means, for people.
_RULES = {
    "calendar_unknown": "a year of ours long ago or of another calendar; the date holds both",
    "cell_corrected": "a cell that somebody corrected; the record says what the file has",
    "cell_merged": "merged with the cell above; it holds here too, a toll or id only above",
    "coordinates_half": "only one of latitude and longitude",
    "coordinates_out_of_range": "coordinates not on the earth",
    "coordinates_unreadable": "coordinates in no form that is known",
    "damaged_text": "letters that were lost before",
    "date_to_come": "a date after today",
    "date_unknown": "no date; listed, in no period",
    "date_unreadable": "a date in no form that is known",
    "dates_reversed": "ends before it starts; the start is kept",
    "end_unreadable": "an end in no form that is known; the start is kept",
    "estimates_out_of_order": "low, best and high are not in this order; all are kept",
    "id_repeated": "an id that another row has, too",
    "malformed_xml": "XML that is not well-formed",
    "not_a_record": "neither date nor place nor text",
    "place_unknown": "no place; listed, not drawn",
    "point_at_zero": "0, 0 for a place; listed, not drawn",
    "point_outside_country": "a point far from its country",
    "record_invalid": "a value that no record may have",
    "text_read_twice": "letters as of UTF-8 that was read as Windows-1252; they are kept",
    "toll_coded": "a toll such as -99, taken for a code of not known",
    "toll_unreadable": "a toll that is no whole number; the other cells are kept",
}


def describe_rule(rule: str) -> str:
    """Return what a rule that rows break means, for people."""
    return say(_RULES.get(rule, "a damaged row"))


@dataclass(frozen=True)
class Rejected:
    """A row that is no record, whole, and why.

    Attributes:
        line: Where it stands.
        rule: What it breaks.
        column: In which column.
        value: What stands there.
        suggestion: What it may be meant to be.
        cells: The row as it came.
        sheet: Where it was read from, if there are several.
    """

    line: int
    rule: str
    column: str = ""
    value: str = ""
    suggestion: str = ""
    cells: tuple[str, ...] = ()
    sheet: str = ""


@dataclass
class Account:
    """Counts of an import; `rows` is always `accepted` and `rejected` together.

    Attributes:
        rows: Rows of data.
        accepted: Those that became records.
        rejected: Those that did not.
        doubtful: Accepted ones with a doubt.
        with_point: Accepted ones with a usable pair of coordinates, however precise.
        skipped: What was no row, by kind; rows of a template that only show how are among it.
        rules: How many rows each rule rejected.
        doubts: How many rows each doubt is of.
        examples: A few rows of each rule and doubt.
        broken: Cells of the first rows of each, as far as they can be corrected one by one.
        corrected: Cells that somebody corrected.
        idle_fixes: Corrections of which the file has no such cell, once all rows are counted.
    """

    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    doubtful: int = 0
    with_point: int = 0
    first_day: date | None = None
    last_day: date | None = None
    skipped: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    broken: dict[str, list[Broken]] = field(default_factory=dict)
    corrected: int = 0
    idle_fixes: int = 0

    def accept(self, line: int, event_date: str, doubts: list[Doubt], *, has_point: bool) -> None:
        """Count a row that became a record."""
        self.rows += 1
        self.accepted += 1
        self.with_point += has_point
        self.doubtful += bool(doubts)
        for rule in dict.fromkeys(one.rule for one in doubts):
            self.doubts[rule] += 1
        for one in doubts:
            self._show(one.rule, line, one.column, one.value, one.suggestion)
        self._reach(event_date)

    def reject(self, row: Rejected) -> None:
        """Count a row that did not."""
        self.rows += 1
        self.rejected += 1
        self.rules[row.rule] += 1
        self._show(row.rule, row.line, row.column, row.value, row.suggestion)

    def wants_broken(self, rule: str) -> bool:
        """Whether more cells that break a rule are kept."""
        return len(self.broken.get(rule, ())) < _MOST_BROKEN

    def keep_broken(self, rule: str, one: Broken) -> None:
        """Keep the cells of a row that break a rule."""
        self.broken.setdefault(rule, []).append(one)

    def _show(self, rule: str, line: int, column: str, value: str, suggestion: str) -> None:
        shown = self.examples.setdefault(rule, [])
        if len(shown) >= _MOST_EXAMPLES:
            return
        where = f"line {line}" + (f", {column}" if column else "")
        meant = f" (meant: {suggestion}?)" if suggestion else ""
        shown.append(f"{where}: {value[:80]!r}{meant}")

    def _reach(self, event_date: str) -> None:
        span = parse_date(event_date or "XXXX")
        if span.has_start and (self.first_day is None or span.start < self.first_day):
            self.first_day = span.start
        if span.has_end and (self.last_day is None or span.end > self.last_day):
            self.last_day = span.end

    def add(self, more: Account) -> None:
        """Count what was counted of the rows that follow."""
        self.rows += more.rows
        self.accepted += more.accepted
        self.rejected += more.rejected
        self.doubtful += more.doubtful
        self.with_point += more.with_point
        self.corrected += more.corrected
        for mine, others in (
            (self.skipped, more.skipped), (self.rules, more.rules), (self.doubts, more.doubts),
        ):  # fmt: skip
            mine.update(others)
        for rule, shown in more.examples.items():
            mine_too = self.examples.setdefault(rule, [])
            mine_too += shown[: _MOST_EXAMPLES - len(mine_too)]
        for rule, cells in more.broken.items():
            kept = self.broken.setdefault(rule, [])
            kept += cells[: _MOST_BROKEN - len(kept)]
        self.first_day = min(filter(None, (self.first_day, more.first_day)), default=None)
        self.last_day = max(filter(None, (self.last_day, more.last_day)), default=None)

    def close(self, fixes: int) -> None:
        """Count corrections that found no cell, and hold the sums together: all rows are counted.

        Args:
            fixes: How many cells somebody corrected, of this file or an earlier one.

        Raises:
            AssertionError: If a row was lost.
        """
        self.idle_fixes = fixes - self.corrected
        self.check()

    def check(self) -> None:
        """Hold the sums together.

        Raises:
            AssertionError: If a row was lost.
        """
        if self.rows != self.accepted + self.rejected:
            raise AssertionError(
                f"rows must be accepted or rejected, got {self.rows}, {self.accepted}, "
                f"{self.rejected}"
            )

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as JSON has them."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "skipped": dict(self.skipped),
            "with_point": self.with_point,
            "first_day": self.first_day.isoformat() if self.first_day else None,
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "rules": dict(self.rules.most_common()),
        }

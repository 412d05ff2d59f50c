"""What reading gives, whatever the format: the good records, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.errors import Problem
from geodata.records.collection import Records

__all__ = ["ReadResult"]


@dataclass(frozen=True)
class ReadResult:
    """What a file or several hold.

    Attributes:
        records: The good records.
        problems: What was wrong with the others.
        notes: What was read otherwise than it stands there, or kept without being understood; once
            for a file.
    """

    records: Records
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @classmethod
    def merge(cls, results: Iterable[ReadResult]) -> ReadResult:
        """Return what was read together; an id that comes again is a problem."""
        results = list(results)
        problems = [problem for result in results for problem in result.problems]
        parts = [result.records for result in results]
        seen: set[str] = set()
        for record in (r for part in parts for r in (*part.incidents, *part.base_areas)):
            if record.id in seen:
                message = f"id must be unique, got {record.id} again"
                problems.append(Problem(record.id, "id", message))
            seen.add(record.id)
        notes = tuple(note for result in results for note in result.notes)
        return cls(Records.merge(parts), tuple(problems), notes)

    def with_links_back(self) -> ReadResult:
        """Return it with each incident naming whom it shares a toll with, noted if one did not.

        A toll that one of two says to be that of both is none of either alone.
        """
        lacking = self.records.links_lacking
        if not lacking:
            return self
        other, (first, *_) = next(iter(lacking.items()))
        more = sum(map(len, lacking.values())) - 1
        message = (
            f"casualties_combined must hold both ways, got {other!r} without a link back; read as "
            f"if it had one{f', and {more:,} more likewise' if more else ''}"
        )
        note = Problem(first, "casualties_combined", message)
        return ReadResult(self.records.with_links_back(), self.problems, (*self.notes, note))

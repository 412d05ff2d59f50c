"""What was found in a file, before or while a dataset is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geodata.importing.account import Account
from geodata.importing.guesses import Plan
from geodata.places.gazetteer import Proposal
from geodata.records import Records, Source

__all__ = ["Looked"]


@dataclass(frozen=True)
class Looked:
    """What a file holds.

    Attributes:
        form: What it is, for people.
        plan: How it is read.
        account: What becomes of its rows.
        records: All of them, if they were asked for, else a few.
        proposals: Names of places without coordinates, how many rows have each, and what the
            gazetteer proposes.
        source: What the rows are claims of.
        columns: Of the file.
        sheets: Names of all sheets of the file.
        is_part: Whether only the first rows were counted.
        notes: What else the file holds and is not read.
        shared: Of those names, which are of several places, and of how many.
        letters: Encodings that the bytes may be in, each with its label and some words in it.
    """

    form: str
    plan: Plan
    account: Account
    records: Records
    proposals: tuple[tuple[str, int, Proposal | None], ...] = ()
    source: Source | None = None
    columns: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    is_part: bool = False
    notes: tuple[str, ...] = ()
    shared: Mapping[str, int] = field(default_factory=dict)
    letters: tuple[tuple[str, str, str], ...] = ()

    def why_unknown(self, name: str) -> str:
        """Return why nothing is proposed for the name of a place, for people."""
        count = self.shared.get(name)
        return f"{count:,} places of that name; no country is given" if count else "not known"

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "format": self.form,
            **self.account.to_dict(),
            "mapping": self.plan.mapping,
            "questions": [one.to_dict() for one in self.plan.questions],
            "notes": list(self.notes),
            "doubts": dict(self.account.doubts.most_common()),
            "may_publish": self.source is None or self.source.may_publish,
            "licence": self.source.licence if self.source else "",
        }

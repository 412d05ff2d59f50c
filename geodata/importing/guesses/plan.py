"""How a sheet is to be read: which column plays which part, why, and what only the user can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from geodata.errors import RequestError
from geodata.importing.guesses.fixes import Fix
from geodata.importing.guesses.headers import ROLES
from geodata.importing.known import Known
from geodata.importing.values import Order

__all__ = ["SETTINGS", "Guess", "Plan", "Question", "RowKind", "Settings"]


class RowKind(StrEnum):
    """What each row is."""

    INCIDENT = "incident"
    VICTIM = "victim"
    COUNT = "count"
    POSITION = "position"


# What may be set beside the parts of columns.
SETTINGS = ("dates", "crs", "places", "encoding")
_SEVERAL = frozenset({"actor", "source"})


@dataclass(frozen=True)
class Guess:
    """A part that columns play.

    Attributes:
        role: The part.
        columns: Their names.
        evidence: Why, in a few words.
        certainty: From 0 to 100.
    """

    role: str
    columns: tuple[str, ...]
    evidence: str
    certainty: int = 100


@dataclass(frozen=True)
class Question:
    """What the data cannot prove.

    Attributes:
        about: The part or setting.
        text: The question, with real values.
        answers: What to give to `--set` or `--row`, with what it means.
    """

    about: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        answers = [{"set": given, "means": meaning} for given, meaning in self.answers]
        return {"about": self.about, "question": self.text, "answers": answers}


def _is_encoding(name: str) -> bool:
    """Whether a name is that of an encoding of text, which not all codecs are."""
    try:
        return bool("a".encode(name))
    except (LookupError, ValueError):
        return False


@dataclass(frozen=True)
class Settings:
    """What the user said, on the command line or in a recipe.

    Attributes:
        given: Parts and settings by name: a column, or a value; empty takes a part away.
        row: What a row is; `None` lets the file decide.
        sheet: Which sheet of several.
        rejects_doubtful: Whether rows with a doubt are left out.
        holds_licence: Whether data that nobody may hand on without a licence may go out.
        fixes: Cells that were corrected while the file was checked.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    row: RowKind | None = None
    sheet: str | None = None
    rejects_doubtful: bool = False
    holds_licence: bool = False
    fixes: tuple[Fix, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no file can be told."""
        for name, value in self.given.items():
            if name not in ROLES and name not in SETTINGS:
                known = ", ".join((*SETTINGS, *ROLES))
                raise RequestError(f"--set must name one of {known}, got {name!r}")
            if name == "places" and value != "accept":
                raise RequestError(f"places must be accept, got {value!r}")
            if name == "encoding" and not _is_encoding(value):
                raise RequestError(f"encoding must be one such as cp1256 or utf-8, got {value!r}")
            if name == "dates" and value not in list(Order):
                raise RequestError(f"dates must be {', '.join(Order)}, got {value!r}")

    @property
    def accepts_places(self) -> bool:
        """Whether rows that only name their place get that of the gazetteer."""
        return "places" in self.given

    @property
    def encoding(self) -> str:
        """How the text of the file is encoded, if that was given."""
        return self.given.get("encoding", "")

    @property
    def order(self) -> Order | None:
        """The order of days and months that was given."""
        return Order(self.given["dates"]) if "dates" in self.given else None

    def to_dict(self) -> dict[str, Any]:
        """Return them as a recipe keeps them."""
        kept: dict[str, Any] = {"set": dict(self.given)}
        if self.row:
            kept["row"] = str(self.row)
        if self.sheet:
            kept["sheet"] = self.sheet
        if self.rejects_doubtful:
            kept["doubtful"] = "reject"
        if self.holds_licence:
            kept["licence_held"] = True
        if self.fixes:
            kept["fix"] = [one.to_dict() for one in self.fixes]
        return kept

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Settings:
        """Return what a recipe says.

        Raises:
            RequestError: If it cannot be meant.
        """
        row = kept.get("row")
        if row is not None and row not in list(RowKind):
            raise RequestError(f"row must be {', '.join(RowKind)}, got {row!r}")
        given = kept.get("set", {})
        if not isinstance(given, Mapping):
            raise RequestError(f"set must be a table of a recipe, got {given!r:.80}")
        fixes = kept.get("fix", [])
        if not isinstance(fixes, list):
            raise RequestError(f"fix must be tables of a recipe, got {fixes!r:.80}")
        return cls(
            given={str(name): str(value) for name, value in given.items()},
            row=RowKind(row) if row else None,
            sheet=str(kept["sheet"]) if kept.get("sheet") else None,
            rejects_doubtful=kept.get("doubtful") == "reject",
            holds_licence=bool(kept.get("licence_held", False)),
            fixes=tuple(map(Fix.from_dict, fixes)),
        )


@dataclass(frozen=True)
class Plan:
    """How the rows of a sheet become records.

    Attributes:
        known: The database it is of, if any.
        guesses: Parts and their columns.
        questions: What is open.
        row: What a row is.
        order: Of days and months in the column of dates.
        crs: Of the columns of the place, where these are no degrees.
        is_lon_first: Whether a pair in one cell begins with the longitude.
        letter_o: Which hemisphere an O is, W or E; empty if nothing shows it.
    """

    known: Known | None
    guesses: tuple[Guess, ...]
    questions: tuple[Question, ...]
    row: RowKind = RowKind.INCIDENT
    order: Order | None = None
    crs: str = ""
    is_lon_first: bool = False
    letter_o: str = ""

    def columns(self, role: str) -> tuple[str, ...]:
        """Return the columns of a part."""
        return next((one.columns for one in self.guesses if one.role == role), ())

    @property
    def mapping(self) -> dict[str, Any]:
        """The parts and their columns as JSON has them."""
        found: dict[str, Any] = {
            one.role: one.columns[0] if len(one.columns) == 1 else list(one.columns)
            for one in self.guesses
        }
        if self.order:
            found["dates"] = str(self.order)
        if self.crs:
            found["crs"] = self.crs
        return found | {"row": str(self.row)}

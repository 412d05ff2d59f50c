"""`Intake`: the records of one file, what was wrong with others, and what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from geodata.errors import Problem, RecordError, told
from geodata.intake.features import identifier_of, own_fields, understand
from geodata.intake.values import is_missing, value_of
from geodata.records import (
    BaseArea,
    Group,
    Incident,
    ReadResult,
    Records,
    Relation,
    Source,
    from_feature,
    problems_of,
    record_error,
)

__all__ = ["MEMBERS", "Intake"]

MEMBERS: Mapping[str, type[Group] | type[Source] | type[Relation]] = {
    "groups": Group,
    "sources": Source,
    "relations": Relation,
}
_MOST_TOLD = 30
_TOO_DEEP = "a record must not be nested so deeply that nobody can read it"


class Intake:
    """Takes the features or rows of one file, one after the other.

    Args:
        file: Its name, for messages.
        is_table: Whether a place may stand in columns beside another column for it.
    """

    def __init__(self, file: str = "", *, is_table: bool = False) -> None:
        self._file = file
        self._is_table = is_table
        self._found: list[Incident | BaseArea] = []
        self._members: dict[str, list[Any]] = {name: [] for name in MEMBERS}
        self._problems: list[Problem] = []
        self._notes: list[Problem] = []
        self._kept: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._heights = 0
        self._bare = 0

    def problem(self, record: str, field: str, message: str) -> None:
        """Tell what keeps a record, or a part of the file, from being read."""
        self._problems.append(Problem(record, field, message, self._file))

    def note(self, field: str, message: str) -> None:
        """Tell what was read otherwise than it stands there."""
        self._notes.append(Problem("", field, message, self._file))

    def take(self, feature: object, where: str) -> None:
        """Read one feature; a bad one becomes a problem.

        Args:
            feature: GeoJSON, or a row in its form; a geometry may also be text.
            where: What it is called when it has no id.
        """
        if not self._is_table and (own := _own(feature)):
            self._found.append(own)
            return
        name = _called(feature) or where
        if not isinstance(feature, Mapping) or not isinstance(feature.get("properties"), Mapping):
            text = "a feature must be an object with properties, got something else"
            self.problem(name, "", text)
            return
        try:
            name = identifier_of(feature) or name
            understood = understand(feature, is_table=self._is_table)
            self._found.append(from_feature(understood.feature))
        except RecordError as error:
            self._problems += problems_of(error, name, self._file)
        except RecursionError:
            self.problem(name, "", _TOO_DEEP)
        else:
            self._kept.update(understood.unknown)
            self._heights += understood.has_height
            self._bare += understood.lost_claims

    def take_members(self, name: str, members: object) -> None:
        """Read a list of groups, sources or relations; bad ones become problems."""
        if not isinstance(members, list):
            self.problem(name, "", f"{name} must be a list, got {told(members)}")
            return
        for index, member in enumerate(members):
            where = _called(member) or f"{name}[{index}]"
            try:
                self._members[name].append(self._member(name, member))
            except ValidationError as error:
                self._problems += problems_of(record_error(error), where, self._file)
            except RecordError as error:
                self._problems += problems_of(error, where, self._file)
            except RecursionError:
                self.problem(where, "", _TOO_DEEP)

    def _member(self, name: str, member: object) -> Group | Source | Relation:
        model = MEMBERS[name]
        if isinstance(member, Mapping):
            unknown = [one for one in member if one not in model.model_fields]
            self._left_out.update(f"{name}.{one}" for one in unknown)
            member = {
                field: value_of(field, value)
                for field, value in member.items()
                if field in model.model_fields and not is_missing(value)
            }
        return model.model_validate(member)

    def hand_over(self) -> list[Incident | BaseArea]:
        """Return the records that were read since the last time, and hold them no longer."""
        found, self._found = self._found, []
        return found

    def join(self, other: Intake) -> None:
        """Take what another has of the next features of the file."""
        self._found += other._found
        for name, members in other._members.items():
            self._members[name] += members
        self._problems += other._problems
        self._notes += other._notes
        self._kept.update(other._kept)
        self._left_out.update(other._left_out)
        self._heights += other._heights
        self._bare += other._bare

    def result(self) -> ReadResult:
        """Return what was read, with all problems, and a note for each name not understood."""
        members = {name: tuple(found) for name, found in self._members.items()}
        records = Records.of(self._found, **members)
        return ReadResult(records, tuple(self._problems), (*self._notes, *self._counted()))

    def _counted(self) -> Iterator[Problem]:
        """Yield one note for all records that have something which none can keep as it is."""
        if self._heights:
            text = f"a place must have two coordinates, got heights in {_records(self._heights)}"
            yield Problem("", "geometry", f"{text}; they were left out", self._file)
        if self._bare:
            text = f"claims must come with their records, got {_records(self._bare)} without"
            said = "who says what in which source is not known"
            yield Problem("", "claims", f"{text}; {said}", self._file)
        rule = "a name must be that of a field"
        for names, fate in ((self._kept, "kept under upstream"), (self._left_out, "left out")):
            for name, count in names.most_common(_MOST_TOLD):
                message = f"{rule}, got another in {_records(count)}; {fate}"
                yield Problem("", name, message, self._file)
            if len(names) > _MOST_TOLD:
                message = f"{rule}, got {len(names) - _MOST_TOLD:,} others more; {fate}"
                yield Problem("", "", message, self._file)


def _own(feature: object) -> Incident | None:
    """Return the incident of a feature that stands as our own files have it, if one can be made."""
    try:
        fields = own_fields(feature) if type(feature) is dict else None
        return None if fields is None else Incident.model_validate(fields)
    except (ValidationError, LookupError, TypeError, ValueError, AttributeError, RecursionError):
        # What is wrong is told by who looks at each part.
        return None


def _called(record: object) -> str:
    identifier = record.get("id") if isinstance(record, Mapping) else None
    return str(identifier) if isinstance(identifier, str | int) else ""


def _records(count: int) -> str:
    return f"{count:,} record{'s' * (count != 1)}"

"""Who says what is in a file: claims with their source, parties, cited sources, whole records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from pydantic import ValidationError

from geodata.importing.making.draft import Draft, clean_id, invalid
from geodata.importing.values import both_counts, figure_of, is_null
from geodata.reading import Row
from geodata.records import (
    Claim,
    ClaimAbout,
    Group,
    GroupKind,
    Incident,
    Qualifier,
    RecordKind,
    Relation,
    Role,
    Source,
    Stance,
)

__all__ = ["CODES", "Evidence", "NewNames"]

_LONGEST_TITLE = 160


class NewNames(NamedTuple):
    """What some rows named that was not named before.

    Attributes:
        groups: Parties by name, in order.
        cited: Sources by name and address, in order.
        used: How often each part of an id came.
    """

    groups: Mapping[str, Group]
    cited: Mapping[str, Source]
    used: Mapping[str, int]


# How databases write that a number is not known.
CODES = frozenset({"-9", "-99", "-999"})


class Evidence:
    """Who says what is in a file, and whom it names; gathers groups and sources on the way.

    Args:
        dataset: Its name, which begins all ids.
        source: What the rows are claims of.
        file: Where they stand, for locators.

    Attributes: those of its arguments.
    """

    def __init__(self, dataset: str, source: Source, file: str) -> None:
        self.dataset = dataset
        self.source = source
        self.file = file
        self._groups: dict[str, Group] = {}
        self._cited: dict[str, Source] = {}
        self._used: dict[str, int] = {}
        self._where = ""
        self._ids: dict[str, str] = {}
        self._known = 0, 0
        self._earlier: Mapping[str, int] = {}

    def begin_part(self, before: Mapping[str, int]) -> None:
        """Let new names be those that come from here on.

        Args:
            before: How often parts of ids came before; see `used`.
        """
        self._earlier, self._used = before, {}
        self._known = len(self._groups), len(self._cited)

    def end_part(self) -> NewNames:
        """Return what was named since a part was begun."""
        groups, cited = self._known
        return NewNames(
            dict(islice(self._groups.items(), groups, None)),
            dict(islice(self._cited.items(), cited, None)),
            self._used,
        )

    @property
    def used(self) -> Mapping[str, int]:
        """How often each part of an id came so far."""
        return self._used

    def take(self, part: NewNames) -> None:
        """Add what the rows that follow named; who was named before stays as he was."""
        for name, group in part.groups.items():
            self._groups.setdefault(name, group)
        for key, source in part.cited.items():
            self._cited.setdefault(key, source)
        self._used.update(part.used)

    def begin(self, row: Row) -> None:
        """Let what follows be said of a row."""
        self._where = f"{self.file}, line {row.line}" if self.file else f"line {row.line}"

    @property
    def groups(self) -> tuple[Group, ...]:
        """The parties that were named."""
        return tuple(self._groups.values())

    @property
    def sources(self) -> tuple[Source, ...]:
        """The dataset's source and those that it cites."""
        return (self.source, *self._cited.values())

    def keep_back(self, why: str) -> None:
        """Let the rows stay out of what goes out, and say why."""
        said = self.source.licence or f"Kept back: {why}"
        self.source = self.source.but(may_publish=False, licence=said)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """How groups relate; rows of others do not say it."""
        return ()

    def party(self, name: str, kind: GroupKind = GroupKind.UNKNOWN) -> str:
        """Return the id of a party by its name."""
        if name not in self._ids:
            kept = " ".join(name.split())
            if kept not in self._groups:
                identifier = f"{self.dataset}:{clean_id(kept)}"
                self._groups[kept] = Group(id=identifier, name=kept, kind=kind)
            self._ids[name] = self._groups[kept].id
        return self._ids[name]

    def cite(self, names: Iterable[str], url: str = "") -> tuple[str, ...]:
        """Return the ids of the sources behind a row, by their names."""
        found = []
        for name in names:
            name = " ".join(name.split())  # noqa: PLW2901 - the same name, as it is kept
            if is_null(name):
                continue
            key = f"{name} {url}".strip()
            if key not in self._cited:
                identifier = f"{self.dataset}:source-{clean_id(key)}"
                self._cited[key] = Source(id=identifier, title=name[:500], url=url)
            found.append(self._cited[key].id)
        return tuple(found)

    def claim(self, about: ClaimAbout, value: Any = None, **more: Any) -> Claim:
        """Return a claim of this row."""
        return Claim(about=about, value=value, source=self.source.id, locator=self._where, **more)

    def involve(self, draft: Draft, name: str, role: Role, **more: Any) -> None:
        """Let a row name a party in a role."""
        if not is_null(name):
            draft.claims.append(
                self.claim(ClaimAbout.INVOLVED, self.party(name), role=role, **more)
            )

    def assign(self, draft: Draft, name: str, by: str, **more: Any) -> None:
        """Let a row say who did it."""
        if is_null(name):
            return
        stance = more.pop("stance", Stance.ASSIGNS)
        party = self.party(name)
        draft.claims.append(
            self.claim(ClaimAbout.ATTRIBUTION, party, stance=stance, role=Role.ACTOR, by=by, **more)
        )

    def count(
        self,
        draft: Draft,
        about: ClaimAbout,
        cell: tuple[str, str],
        qualifier: Qualifier | None = None,
        **more: Any,
    ) -> int | None:
        """Let a row say how many; a cell that is no count is a doubt of its own.

        Args:
            draft: Of the row.
            about: What is counted.
            cell: Name of the column, and what stands in it.
            qualifier: What the column itself says of all its figures.
            more: Of the claim.
        """
        column, text = cell
        if is_null(text) or text in CODES:
            return None
        figure = figure_of(text)
        if figure is None:
            draft.doubt("toll_unreadable", column, text, both_counts(text))
            return None
        low, high, hedge = figure
        if low != high and more.get("part"):
            # Figures of some are added up, which both ends of one must not be.
            draft.doubt("toll_unreadable", column, text)
            return None
        if low == high:
            draft.claims.append(self.claim(about, low, qualifier=hedge or qualifier, **more))
        else:
            for value, bound in ((low, Qualifier.AT_LEAST), (high, Qualifier.AT_MOST)):
                draft.claims.append(self.claim(about, value, qualifier=bound, **more))
        return high

    def finish(self, draft: Draft) -> Incident:
        """Return the record.

        Raises:
            RowError: If it is none.
        """
        has_point = draft.point is not None and draft.kind is RecordKind.EVENT
        try:
            return Incident(
                id=self._identifier(draft),
                title=draft.title[:_LONGEST_TITLE],
                record_kind=draft.kind,
                event_date=draft.event_date or "XXXX",
                event_types=draft.types,
                type_of_source=draft.type_of_source,
                status=draft.status,
                points=(draft.point,) if has_point and draft.point else (),
                admin2=draft.admin2,
                admin1_code=draft.admin1_code,
                summary=draft.summary,
                target=draft.target,
                **draft.shared(),
            )
        except ValidationError as error:
            raise invalid(error) from error

    def _identifier(self, draft: Draft) -> str:
        name = draft.key
        seen = self._used.get(name) or self._earlier.get(name, 0)
        seen = self._used[name] = seen + 1
        if seen > 1 and draft.upstream_id:
            draft.doubt("id_repeated", "", draft.upstream_id)
        return f"{self.dataset}:{name}" if seen == 1 else f"{self.dataset}:{name}.{seen}"

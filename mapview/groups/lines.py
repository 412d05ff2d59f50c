"""A group's page as plain values, which templates and writers print as they are."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.records import Role, number, parted, say
from mapview.groups.bars import Axis, Piece
from mapview.lines import AreaLine, ClaimGroup, IncidentLine, SourceLine

__all__ = [
    "AreaOfGroup",
    "GroupName",
    "GroupPage",
    "IncidentOfGroup",
    "NumberLine",
    "NumberSeries",
    "RelationLine",
    "RelationSection",
    "RoleOfGroup",
]


@dataclass(frozen=True)
class GroupName:
    """A group that is named, and the id of its own page."""

    id: str
    label: str


@dataclass(frozen=True, kw_only=True)
class RelationLine:
    """How the group stood to another one or to its leader.

    Attributes:
        id: Id of the relation.
        title: What is said, without a time.
        other: The other group; `None` for a leader.
        term: From when to when, in words.
        is_disputed: Whether somebody denies or doubts that it ever held.
        note: What a reader needs to know besides; may be empty.
        claims: Who says so.
        pieces: Its bar; none where no time is stated.
        sources: Ids of the documents that the claims were read in.
    """

    id: str
    title: str
    other: GroupName | None
    term: str
    is_disputed: bool
    note: str
    claims: tuple[ClaimGroup, ...]
    pieces: tuple[Piece, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class RelationSection:
    """Relations of one sort, in order of their beginnings; those without a time come last."""

    heading: str
    lines: tuple[RelationLine, ...]


@dataclass(frozen=True, kw_only=True)
class NumberLine:
    """One figure: who says it, when it held, and where that was read.

    Attributes:
        value: The figure with its hedge; a range as one.
        as_of: The time for which it holds, in words.
        by: Who says it.
        note: Caveat and note; may be empty.
        source: The document.
        locator: Where in it.
        cites: Sources behind it.
        differs: Whether another figure for the same people and time is not the same.
        pieces: Its bar, on a scale from zero that its series shares.
    """

    value: str
    as_of: str
    by: str
    note: str
    source: SourceLine
    locator: str
    cites: tuple[SourceLine, ...]
    differs: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class NumberSeries:
    """Figures that count the same people, in order of time; no figure is made of several.

    Attributes:
        heading: Whom they count, with what happened to them.
        lines: The figures.
        is_own: Whether the heading is in the words of the record alone.
    """

    heading: str
    lines: tuple[NumberLine, ...]
    is_own: bool = False


@dataclass(frozen=True)
class AreaOfGroup:
    """A base area, how exactly its place is known, and what is said of it."""

    line: AreaLine
    known: str
    note: str
    claims: tuple[ClaimGroup, ...]


@dataclass(frozen=True)
class IncidentOfGroup:
    """An incident, the groups through which this one is found in it, and their caveats.

    `through` is empty where the group itself is named.
    """

    line: IncidentLine
    through: tuple[GroupName, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RoleOfGroup:
    """The incidents in which the group stands in one role.

    Attributes:
        role: The role.
        heading: What it is called.
        meaning: What that means.
        certain: Incidents that name it, or what certainly was part of it on their days.
        possible: Those that name what may have been part of it on their days.
    """

    role: Role
    heading: str
    meaning: str
    certain: tuple[IncidentOfGroup, ...]
    possible: tuple[IncidentOfGroup, ...]

    @property
    def count(self) -> str:
        """How many incidents there are, in words.

        Example:
            >>> RoleOfGroup(role=Role.ACTOR, heading="", meaning="", certain=(), possible=()).count
            '0'
        """
        most = len(self.certain) + len(self.possible)
        if not self.possible:
            return number(most)
        return say(
            "{certain} for certain, {possible} more possibly",
            certain=len(self.certain),
            possible=len(self.possible),
        )


@dataclass(frozen=True, kw_only=True)
class GroupPage:
    """Everything that is told of a group.

    Attributes:
        id: Its id.
        name: Its name.
        label: Its shortest usual name.
        kind: What sort of party it is.
        note: What a reader needs to know of it; may be empty.
        names: Its other names by script, such as "Names in Latin script".
        parents: What it belongs to by its nature, as an army to its state.
        children: What belongs to it by its nature.
        axis: The time line of the relations; `None` where none has a stated time.
        relations: Relations and leaders.
        numbers: Strength and other figures.
        claims: What else is said of it.
        areas: Its own base areas.
        areas_words: How many they are, and how many of them a map shows.
        roles: Its incidents by role.
        sources: Ids of the documents that claims on it and its relations were read in.
        cited: Ids of the sources that these documents name for them.
    """

    id: str
    name: str
    label: str
    kind: str
    note: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    parents: tuple[GroupName, ...]
    children: tuple[GroupName, ...]
    axis: Axis | None
    relations: tuple[RelationSection, ...]
    numbers: tuple[NumberSeries, ...]
    claims: tuple[ClaimGroup, ...]
    areas: tuple[AreaOfGroup, ...]
    areas_words: str
    roles: tuple[RoleOfGroup, ...]
    sources: tuple[str, ...]
    cited: tuple[str, ...]

    @property
    def drawn(self) -> tuple[RelationSection, ...]:
        """The relations that have a stated time, as the time line draws them."""
        kept = (
            RelationSection(one.heading, tuple(line for line in one.lines if line.pieces))
            for one in self.relations
        )
        return tuple(one for one in kept if one.lines)

    @property
    def undated(self) -> tuple[RelationLine, ...]:
        """The relations of which nobody says when they held."""
        return tuple(line for one in self.relations for line in one.lines if not line.pieces)

    @property
    def has_map(self) -> bool:
        """Whether a map can show any of its base areas."""
        return any(one.line.is_placed for one in self.areas)

    def describe_map(self) -> str:
        """Return what the map of the base areas shows, for who cannot see it."""
        placed = dict.fromkeys(one.line.place for one in self.areas if one.line.is_placed)
        places = parted(placed)
        return say("Map of the base areas of {group}: {places}.", group=self.name, places=places)

    @property
    def summary(self) -> str:
        """How much the page tells, in words."""
        undated = len(self.undated)
        drawn = sum(len(one.lines) for one in self.drawn)
        if not undated:
            return say(
                "Time line of {group}: {n} relations and leaders with a stated time.",
                group=self.name,
                n=drawn,
            )
        return say(
            "Time line of {group}: {n} relations and leaders with a stated time, {more} more "
            "without one.",
            group=self.name,
            n=drawn,
            more=undated,
        )

"""One incident, base area or source as plain values: short as a line, long as a detail.

Tables, maps, pages and panels show these; nothing here knows a record or a store.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from geodata.records import (
    EventType,
    GeoPrecision,
    Status,
    Validity,
    comma,
    describe_shared_toll,
    in_brackets,
    parted,
    say,
)

__all__ = [
    "AreaDetail",
    "AreaLine",
    "Badge",
    "Change",
    "ClaimGroup",
    "ClaimLine",
    "Detail",
    "IncidentLine",
    "Related",
    "Since",
    "SourceLine",
]

_Place = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class IncidentLine:
    """An incident as a line of a table says it and a map draws it.

    Attributes:
        id: Its id.
        title: Its title.
        is_event: Whether it is one event, and not a campaign or a count.
        event_date: EDTF.
        when: Its date in words.
        start: First possible day.
        end: Last possible day.
        place: Place, district, province, country, as far as known.
        locality: The smallest of them that is named, without the country; may be empty.
        country: ISO code; may be empty.
        province: GeoNames code; may be empty.
        precision: How exactly the place is known.
        precision_words: The same in words.
        points: Where a map may show it (lon, lat); none when it is known only to the country.
        radius_km: How far off it may be; `None` where nothing says so.
        event_types: The leading one first.
        source_type: What its source calls it in few words, where there is no word of ours for the
            leading one.
        kind: Index into `mapview.cartography.style.DRAWN`.
        status: Carried out, foiled or disputed.
        status_code: Index into `mapview.cartography.style.STATUSES`.
        killed: Range with the sources' hedges, such as "94–96"; "not stated" where none is given.
        most_killed: Highest number given; `None` where none is, which is not zero.
        least_killed: Lowest number given; `None` where none is.
        together: The same as `killed` where sources do not tell the killed from the injured; may be
            empty.
        shares_toll_with: Ids of the incidents that these figures count as well.
        shares_toll_beyond: Whether they count incidents that are left out, too.
        injured: The same as `killed` for the injured.
        most_injured: The same as `most_killed` for the injured.
        responsibility: Who claims, assigns or denies it, in words.
        caveats: What must stand beside its toll, type, date and place; may be empty.
        title_caveats: What its title must stand beside as well, each with what it is of.
        sources: Ids of the documents that its claims were read in.
    """

    id: str
    title: str
    is_event: bool
    event_date: str
    when: str
    start: date
    end: date
    place: str
    locality: str
    country: str
    province: str
    precision: GeoPrecision
    precision_words: str
    points: tuple[_Place, ...]
    radius_km: float | None
    event_types: tuple[EventType, ...]
    source_type: str
    kind: int
    status: Status
    status_code: int
    killed: str
    most_killed: int | None
    least_killed: int | None
    together: str
    shares_toll_with: tuple[str, ...]
    shares_toll_beyond: bool
    injured: str
    most_injured: int | None
    responsibility: str
    caveats: tuple[str, ...]
    title_caveats: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def is_placed(self) -> bool:
        """Whether it is on the map."""
        return bool(self.points)

    @property
    def leading_type(self) -> str:
        """Its leading type in words, of its source where there is none of ours."""
        return f"“{self.source_type}”" if self.source_type else say(str(self.event_types[0]))

    @property
    def types(self) -> str:
        """Its event types in words."""
        return comma().join([self.leading_type, *(say(str(one)) for one in self.event_types[1:])])

    @property
    def doubts(self) -> tuple[str, ...]:
        """What must stand beside its toll: that it is not its own, status, and caveats."""
        shared = (self.shared,) if self.shared else ()
        status = () if self.status is Status.CARRIED_OUT else (say(str(self.status)),)
        return (*shared, *status, *self.caveats)

    @property
    def shared(self) -> str:
        """That its figures count what happened in others, too; empty where they do not."""
        has_toll = self.together or {self.killed, self.injured} != {say("not stated")}
        if not has_toll:
            return ""
        return describe_shared_toll(self.shares_toll_with, is_beyond=self.shares_toll_beyond)

    @property
    def beside(self) -> str:
        """What stands below the killed in a table."""
        return parted((self.together, self.shared))

    @property
    def what(self) -> str:
        """What happened in words: types, the status unless it was carried out, caveats."""
        status = "" if self.status is Status.CARRIED_OUT else say(str(self.status))
        return f"{parted((self.types, status))}{in_brackets((*self.caveats, *self.title_caveats))}"


@dataclass(frozen=True, kw_only=True)
class AreaLine:
    """A base area as a line of a table says it and a map draws it.

    Attributes:
        id: Its id.
        group: Id of the group.
        group_name: Name of the group.
        group_label: Shortest usual name of the group.
        kind: What kind of area.
        status: How it is told.
        place: Place, province, country, as far as known.
        locality: The smaller of place and province that is named; may be empty.
        country: ISO code; may be empty.
        province: GeoNames code; may be empty.
        level: How large the named place is.
        point: A point in it (lon, lat) where a map may draw it; `None` when it is known only to
            the country.
        radius_km: Radius of the circle that it may be drawn as.
        hatch: Index into `mapview.cartography.style.HATCHES`, the same for all of a group.
        period: From when to when it is stated to have been used, in words.
        validity: The days on which it may have been used, and on which it certainly was.
        last_day: The last day on which it may have been used, if it was lost or given up.
        standing: Index into `mapview.cartography.STANDINGS`.
        is_faded: Whether it does not certainly reach into the period that is shown.
        has_ended: Whether it was lost or given up by the end of that period.
        caveats: What must stand beside it; may be empty.
        sources: Ids of the documents that its claims were read in.
    """

    id: str
    group: str
    group_name: str
    group_label: str
    kind: str
    status: str
    place: str
    locality: str
    country: str
    province: str
    level: GeoPrecision
    point: _Place | None
    radius_km: float | None
    hatch: int
    period: str
    validity: Validity
    last_day: date | None
    standing: int
    is_faded: bool
    has_ended: bool
    caveats: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def is_placed(self) -> bool:
        """Whether it is on the map."""
        return self.point is not None

    @property
    def doubt(self) -> str:
        """Why it is drawn pale, in words; empty where it is not."""
        if not self.is_faded:
            return ""
        return say(
            "not certain for the period" if self.validity.certain else "beginning not stated"
        )


@dataclass(frozen=True)
class Badge:
    """A short label; `tone` is `plain`, `warn` or `quiet`."""

    text: str
    tone: str
    help: str = ""


@dataclass(frozen=True)
class SourceLine:
    """A source as it is cited: its words, and its address when it has one that can be opened."""

    id: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class ClaimLine:
    """One claim: what is said, who says it, and where that was read.

    `party` is the id of the group that the value names, if it does; `figure` the number that it
    gives of people; `at` which of the record's claims it is. `is_own` says that the value is in the
    record's words, where these are of another language than ours.
    """

    value: str
    stance: str
    by: str
    note: str
    source: SourceLine
    locator: str
    cites: tuple[SourceLine, ...]
    differs: bool
    party: str = ""
    figure: int | None = None
    at: int = 0
    is_own: bool = False


@dataclass(frozen=True)
class ClaimGroup:
    """All claims about one thing, with how far their sources agree.

    `leads` says that it is what readers come for: tolls and responsibility; `is_own` is that of
    `ClaimLine` for the heading.
    """

    heading: str
    summary: str
    claims: tuple[ClaimLine, ...]
    leads: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class Related:
    """An incident that belongs with this one."""

    id: str
    title: str
    date: str


@dataclass(frozen=True)
class Detail:
    """Everything that the detail view shows.

    `combined` are incidents that share its toll, `is_combined_beyond` whether there are some that
    are not shown; `parties` says which groups stand in which fact; `point` is where a map draws
    it, if that is a place and not the middle of a province.
    """

    id: str
    title: str
    date: str
    place: str
    badges: tuple[Badge, ...]
    tolls: tuple[tuple[str, str], ...]
    combined: tuple[Related, ...]
    is_combined_beyond: bool
    facts: tuple[tuple[str, str], ...]
    parties: dict[str, tuple[tuple[str, str], ...]]
    summary: str
    claim_groups: tuple[ClaimGroup, ...]
    sources: tuple[SourceLine, ...]
    related: tuple[Related, ...]
    point: _Place | None = None

    @property
    def one_toll_with(self) -> tuple[str, ...]:
        """The incidents that share its toll, each with its date, and that there are others."""
        beyond = (say("incidents that are not shown here"),) if self.is_combined_beyond else ()
        return (*(f"{one.title} ({one.date})" for one in self.combined), *beyond)

    @property
    def citation(self) -> str:
        """How it is cited; an address follows."""
        return say(
            "“{title}” ({date}), incident {id}.", title=self.title, date=self.date, id=self.id
        )


@dataclass(frozen=True)
class AreaDetail:
    """Everything that the detail view shows of a base area."""

    id: str
    group: str
    title: str
    where: str
    badges: tuple[Badge, ...]
    validity: str
    facts: tuple[tuple[str, str], ...]
    note: str
    claim_groups: tuple[ClaimGroup, ...]


@dataclass(frozen=True)
class Change:
    """An incident that is not what it was.

    Attributes:
        kind: `new`, `revised` or `withdrawn`.
        incident: Its id.
        title: Its title and date.
        told: What changed, a sentence each: old and new claims, or why it is gone.
    """

    kind: str
    incident: str
    title: str
    told: tuple[str, ...]


@dataclass(frozen=True)
class Since:
    """What has changed since an earlier pack.

    Attributes:
        heading: Since when.
        lead: How many incidents changed, in a sentence.
        changes: The new ones, those revised and those withdrawn, each in order of dates.
    """

    heading: str
    lead: str
    changes: tuple[Change, ...]

    @property
    def lines(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each change as a heading and sentences."""
        for one in self.changes:
            yield f"{say(one.kind.capitalize())}: {one.title}", one.told

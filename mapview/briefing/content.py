"""What a briefing says, whatever its format: title, counts, incidents, sources, credits, notes.

Writers lay this out and add nothing of their own, so that a page, a figure and a slide made from
one filter say the same. Here are the values alone; `mapview.briefing.compose` gathers them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from geodata.account import Contradiction
from geodata.publication import Tlp
from geodata.queries import Bounds, Filter, Histogram
from geodata.records import (
    ENGLISH,
    Records,
    labelled,
    parted,
    say,
)
from geodata.scope import (
    MOST_COUNTRIES,
    OffMap,
    Totals,
    describe_areas,
    describe_off_map,
    describe_scope,
    tell_counts,
)
from mapview.bounds import TollRange, ranges_heading
from mapview.groups import GroupPage
from mapview.lines import (
    AreaDetail,
    AreaLine,
    ClaimGroup,
    ClaimLine,
    Detail,
    IncidentLine,
    Since,
    SourceLine,
)

__all__ = [
    "CHANGED", "GROUP_SCOPE", "AreaLine", "Briefing", "ClaimGroup", "ClaimLine", "Counts",
    "IncidentLine", "Lead", "Leads", "Since", "SourceLine", "Tlp", "ToldClaim",
]  # fmt: skip

GROUP_SCOPE = (
    "Base areas and incidents of the group are those of this briefing alone. All else on it is of "
    "the whole record, as far as it may go out."
)
CHANGED = (
    "The data have changed since this link was made, so counts, places and claims may differ "
    "from what was meant (link: {link}, now: {now})."
)
"""What is said where a link leads to data other than those that it was made from."""


COLOURS = ("accent", "types")
# Digits of a map number.
_NUMBER = 8
# What the catalogue puts beside names in other letters.
_MARK = "\u200f"


@dataclass(frozen=True, kw_only=True)
class Counts(Totals):
    """How many records a briefing has.

    Attributes:
        base_areas: Base areas that the filter finds.
        areas_drawn: Those of them that are on the map.
    """

    base_areas: int = 0
    areas_drawn: int = 0


@dataclass(frozen=True)
class ToldClaim:
    """A claim that words of a briefing lead to.

    Attributes:
        incident: Id of its incident.
        title: Place and date of that, or its title where no place is named.
        heading: What the claim is on.
        line: What is said, by whom and where.
    """

    incident: str
    title: str
    heading: str
    line: ClaimLine


@dataclass(frozen=True)
class Lead:
    """A figure or date in a text, and where it leads to.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        claim: Number of the first claim that it stands for, as they are listed; 0 where it is
            counted or added up over incidents.
    """

    start: int
    end: int
    claim: int


@dataclass(frozen=True)
class Leads:
    """Where the figures and dates of a briefing's words lead to.

    Attributes:
        claims: The claims, in the order in which the words first lead to each; numbered from 1.
        texts: The figures and dates of each text.
        checked: The texts as they were held against the records; see `mapview.briefing.checked`.
    """

    claims: tuple[ToldClaim, ...] = ()
    texts: Mapping[str, tuple[Lead, ...]] = field(default_factory=dict)
    checked: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Briefing:
    """Everything that a briefing says.

    Attributes:
        title: Heading.
        short_title: The same for where there is no room for it.
        headline: What happened, in one line; empty where there is nothing.
        messages: A few sentences with numbers and who says them, which stand under it.
        note: What its author adds; may be empty and may have several lines.
        words: The filter in words.
        period: The period covered, in words.
        counts: How many records.
        as_of: As-of date in words, with what it means, such as "Sources up to about 2024".
        version: Fingerprint of the whole record that it was made from.
        made: When it was made, as its author says; empty where nobody did.
        contact: Whom to ask about it; empty for nobody.
        chosen: The filter, as it may be told beside coarsened records.
        extent: Part of the world that the map shows at first; `None` fits the content.
        records: The records, as they may go out.
        incidents: One line each, oldest first, those without a date last.
        tlp: How far it may be handed on; none where nothing is marked.
        since: What has changed since an earlier pack; none where nobody asked.
        own_types: Types in the words of sources that stand for themselves on the map, in the order
            that the whole record gives them; empty where none of these incidents has it.
        base_areas: One line each, in order of id.
        off_map: How many of the incidents no map shows, by country.
        detail: Gives all that is known of an incident by its id; made when it is asked for.
        area_detail: The same of a base area.
        contradictions: Gives what the sources disagree on; found when it is asked for.
        histogram: The timeline of the incidents.
        sources: Documents that the claims were read in, as they are cited.
        cited: Sources that those documents name.
        changes: What was changed or left out for publication, a sentence each.
        credit: Who is credited for the records; empty for none.
        map_credit: Who is credited for the map.
        border_note: What borders and names on the map mean.
        find_leads: Gives the claims that figures and dates of these words lead to; see `leads`.
        certain: Ids of the incidents that certainly fit the filter.
        group_pages: What is told of groups that somebody asked for, in that order.
        focus: Ids of incidents that figures show in one colour, and all else in grey.
        has_accent: Whether figures show the highest figures in one colour, and all else in grey.
        callouts: Lines of a text box on the map by id of an incident.
        highlights: The same of the one event, or of those of the highest figures, for layouts that
            say little else: the toll, and whether the event is in doubt.
        lead: What the program's headline begins with: place and date, or what was asked for.
        second: The second sentence of the program's headline, without its stop; may be empty.
        who: Who is said to have done it, where the short title is the program's and leaves it out.
        has_incidents: Whether incidents were asked for, and not base areas alone.
        ranges: Tolls of events that are ranges: those on which sources disagree first.
        language: In which all of this is said, but for what records say themselves.
        is_rounded: Whether its places are rounded.
    """

    title: str
    short_title: str
    headline: str
    messages: tuple[str, ...]
    note: str
    words: str
    period: str
    counts: Counts
    as_of: str
    version: str
    chosen: Filter
    extent: Bounds | None
    records: Records
    incidents: tuple[IncidentLine, ...]
    base_areas: tuple[AreaLine, ...]
    off_map: tuple[OffMap, ...]
    histogram: Histogram
    sources: tuple[SourceLine, ...]
    cited: tuple[SourceLine, ...]
    changes: tuple[str, ...]
    credit: str
    map_credit: str
    border_note: str
    detail: Callable[[str], Detail] = field(compare=False, repr=False)
    area_detail: Callable[[str], AreaDetail] = field(compare=False, repr=False)
    contradictions: Callable[[], tuple[Contradiction, ...]] = field(compare=False, repr=False)
    find_leads: Callable[[Briefing], Leads] = field(compare=False, repr=False)
    certain: frozenset[str]
    made: str = ""
    contact: str = ""
    group_pages: tuple[GroupPage, ...] = ()
    focus: tuple[str, ...] = ()
    has_accent: bool = True
    callouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    highlights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lead: str = ""
    second: str = ""
    who: str = ""
    has_incidents: bool = True
    ranges: tuple[TollRange, ...] = ()
    own_types: tuple[str, ...] = ()
    tlp: Tlp | None = None
    since: Since | None = None
    language: str = ENGLISH
    is_rounded: bool = False

    @cached_property
    def leads(self) -> Leads:
        """Where the figures and dates in headline, sentences, title and note lead to."""
        return self.find_leads(self)

    def pieces(self, text: str) -> Iterator[tuple[str, int | None]]:
        """Yield a text in pieces, each with the number of the claim that it leads to.

        The number is 0 for what is counted or added up over incidents, `None` for what leads
        nowhere: other words, and figures that the records do not give.

        Args:
            text: One of the briefing's, a line of one, or a part of one with a capital.
        """
        at = 0
        whole = text if text in self.leads.texts else ""
        whole = whole or next((o for o in self.leads.texts if _place_in(o, text) >= 0), "")
        moved = max(0, _place_in(whole, text))
        for lead in self.leads.texts.get(whole, ()):
            start, end = lead.start - moved, lead.end - moved
            if start < at or end > len(text):
                continue
            if start > at:
                yield text[at:start], None
            yield text[start:end], lead.claim
            at = end
        if at < len(text):
            yield text[at:], None

    @property
    def ranges_heading(self) -> str:
        """What stands above the ranges that a page shows."""
        return ranges_heading(self.ranges[:12], "Sources disagree on tolls")

    @property
    def credits(self) -> tuple[str, ...]:
        """Credit lines: of the records, if they have one, and of the map."""
        return (*((self.credit,) if self.credit else ()), self.map_credit)

    @cached_property
    def map_number(self) -> str:
        """A number of the map, the same in each format, size and language.

        It follows from the data, the filter, and what of it the map shows and stresses.
        """
        shown = ([one.id for one in lines] for lines in (self.incidents, self.base_areas))
        chosen = (self.extent, sorted(self.focus), sorted(self.callouts))
        told = json.dumps([self.version, self.chosen.to_query(), *shown, *chosen])
        return hashlib.sha256(told.encode()).hexdigest()[:_NUMBER]

    @property
    def imprint(self) -> tuple[tuple[str, str], ...]:
        """What a map says of itself besides its data: number, date and contact, each labelled."""
        said = (
            (say("Map number"), self.map_number),
            (say("Creation date"), self.made),
            (say("Contact"), self.contact),
        )
        return tuple((label, text) for label, text in said if text)

    @property
    def finding(self) -> str:
        """What the headline says beyond the title and the filter; empty where that is all."""
        if self.title == self.headline:
            return ""
        if self.lead != self.words:
            return self.headline
        found = self.headline.removeprefix(labelled(self.lead, "")).removeprefix(f"{self.lead}. ")
        return f"{found[:1].upper()}{found[1:]}"

    @property
    def first(self) -> str:
        """The first of two sentences of what was found, where no other title was given.

        It may stand as the title then, with `second` and the filter beneath.
        """
        if not self.second or self.title != self.words:
            return ""
        # From the right there are marks at the ends of names, which nobody sees.
        return self.finding.rstrip(_MARK).removesuffix(f". {self.second.rstrip(_MARK)}")

    @property
    def opening(self) -> tuple[str, str]:
        """A title and what stands beneath it, where the filter stands below both."""
        if self.first:
            return self.first, f"{self.second}."
        return self.says, self.finding if self.says == self.title else ""

    @property
    def says(self) -> str:
        """The title, or the headline where the title is no more than the filter in words."""
        return self.headline if self.headline and self.title == self.words else self.title

    @property
    def preview(self) -> tuple[str, str]:
        """A title and a description, as they are seen of a link before it is opened."""
        title, under = self.opening
        said = [under, f"{self.words}."] if self.first else []
        if self.headline and not self.first and self.headline != title:
            said = [f"{self.headline}."]
        return title, " ".join([*said, *self.messages[:1], f"{self.scope_of_map}."])

    @property
    def about(self) -> dict[str, object]:
        """What data files and manifests say of the briefing."""
        counts = self.counts
        return {
            "title": self.title,
            "headline": self.headline,
            "messages": list(self.messages),
            "words": self.words,
            "filter": self.chosen.to_query(),
            "scope": self.scope,
            **tell_counts(counts, self.off_map),
            "base_areas": counts.base_areas,
            "data_version": self.version,
            "as_of": self.as_of,
            "map_number": self.map_number,
            **({"made": self.made} if self.made else {}),
            **({"contact": self.contact} if self.contact else {}),
            "changes": list(self.changes),
            "credit": self.credit,
            **({} if self.language == ENGLISH else {"language": self.language}),
            **({"tlp": self.tlp.label} if self.tlp else {}),
        }

    @property
    def scope(self) -> str:
        """How many events the map shows, how many have no place, and what is only listed, in words.

        It stands in every output, so that nobody takes the map for all that is known.
        """
        return self._scope("listed")

    @property
    def scope_of_map(self) -> str:
        """The same where there is a map and no list."""
        return self._scope("not on the map")

    def _scope(self, aggregates: str) -> str:
        counts = self.counts
        areas = describe_areas(counts.base_areas, counts.areas_drawn)
        if not self.has_incidents:
            return areas or say("No base areas")
        incidents = describe_scope(counts, aggregates=aggregates)
        return parted((incidents, areas))

    @property
    def unplaced(self) -> tuple[tuple[str, str], ...]:
        """What no map shows, by country: a heading and numbers for each kind of incident."""
        return self.unplaced_in()

    def unplaced_in(self, most: int = MOST_COUNTRIES) -> tuple[tuple[str, str], ...]:
        """Return the same with at most so many countries named."""
        return describe_off_map(self.off_map, most)

    @property
    def subject(self) -> str:
        """Period and filter in words on one line; a period that the filter says is said once."""
        if self.period.casefold() in self.words.casefold():
            return self.words
        return f"{self.period} · {self.words}"


def _place_in(whole: str, text: str) -> int:
    """Return where a text stands in another, maybe without capital or stop; -1 for nowhere."""
    said = text.removesuffix(".") or text
    at = whole.find(said)
    return at if at >= 0 else whole.find(f"{said[:1].lower()}{said[1:]}")

"""What a briefing says first: its headline, and a few sentences with numbers and who says them.

All of it follows from claims. What sources give as ranges stays one, nobody who is only accused is
called an actor, and nothing is compared where ranges overlap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from geodata.queries.sums import SUMMED, TollSum, TollSums, by_shared_toll
from geodata.records import (
    NO_RESPONSIBILITY,
    ClaimAbout,
    EventType,
    Incident,
    Records,
    Status,
    by_matter,
    claims_differ,
    comma,
    country_name,
    derive_toll,
    describe_responsibility,
    in_brackets,
    is_english,
    join_words,
    parted,
    say,
    say_many,
)
from geodata.scope import Count, Totals
from mapview.briefing.responsible import responsible
from mapview.briefing.speakers import MOST_NAMED, by_speaker, figures_said, named, of_whole
from mapview.lines import AreaLine, IncidentLine

__all__ = [
    "Found", "headline", "highlights", "lead_of", "messages", "second_of",
    "short_headline", "subject_of", "who_says",
]  # fmt: skip

_MOST_COMPARED = 5_000
_UNNAMED = re.compile(r"of part \d+")


def subject_of(lines: Sequence[IncidentLine]) -> IncidentLine | None:
    """Return the one event, or else the one campaign or count, that a briefing is about."""
    events = [line for line in lines if line.is_event]
    told = events or lines
    return told[0] if len(told) == 1 else None


@dataclass(frozen=True)
class Found:
    """What a message is of.

    Attributes:
        lines: The incidents of a briefing.
        areas: Its base areas.
        records: The same as records, as they may go out.
        counts: How many incidents there are.
        certain: Ids of the incidents that certainly are what was asked for.
        types: The types that alone were asked for, in words; empty for all.
    """

    lines: Sequence[IncidentLine]
    areas: Sequence[AreaLine]
    records: Records
    counts: Totals
    certain: Collection[str]
    types: Collection[str] = ()

    @cached_property
    def sums(self) -> TollSums:
        """Adds up tolls; what it derived once it keeps."""
        return TollSums(self.records.families)

    @cached_property
    def by_killed(self) -> list[IncidentLine]:
        """Events with a figure of killed, be it of some people only, the highest first.

        Of those that share one toll only the first is there: it is none of each.
        """
        return self.ranked(self.lines)

    def ranked(self, lines: Iterable[IncidentLine]) -> list[IncidentLine]:
        """Return those of some incidents that `by_killed` would hold of them alone."""
        most = {one.id: _most_killed(one, self.records) for one in lines if one.is_event}
        some = (self.lines_by_id[one] for one, killed in most.items() if killed)
        ranked = sorted(some, key=lambda one: (-most[one.id], one.id))
        whole = [self.records.incidents_by_id[one.id] for one in ranked]
        first = {together[0].id for together, _ in by_shared_toll(whole)}
        return [one for one in ranked if one.id in first]

    @cached_property
    def lines_by_id(self) -> dict[str, IncidentLine]:
        """The incidents by their ids."""
        return {one.id: one for one in self.lines}

    @cached_property
    def single_highest(self) -> IncidentLine | None:
        """The event that is certainly asked for and has a higher figure of killed than all others.

        There is none where only one has a figure.
        """
        first, *others = [_most_killed(one, self.records) for one in self.by_killed[:2]] or [0]
        if not others or first <= others[0]:
            return None
        return self.by_killed[0] if self._is_counted(self.by_killed[0]) else None

    @cached_property
    def only_figure(self) -> IncidentLine | None:
        """The event that is certainly asked for and alone has a figure of killed, all its own.

        There is none where a campaign or count has one, too, which may be of other events.
        """
        unknown = say("not stated")
        told = [one for one in self.lines if one.killed != unknown or one.together]
        if self.by_killed != told or len(told) != 1 or told[0].shared:
            return None
        return told[0] if self._is_counted(told[0]) else None

    def _is_counted(self, one: IncidentLine) -> bool:
        """Whether an event is certainly asked for and has a figure of everybody who was killed."""
        alone = [self.records.incidents_by_id[one.id]]
        everybody = self.sums.of(ClaimAbout.FATALITIES, alone, self.certain).everybody
        # A figure of some people only is none beside a sum of everybody's.
        return one.id in self.certain and bool(everybody.incidents.possible)

    @property
    def highest(self) -> list[IncidentLine]:
        """The events of the highest figures of killed, which no other one's reaches."""
        first, rest = self.by_killed[:MOST_NAMED], self.by_killed[MOST_NAMED:]
        most = _most_killed(rest[0], self.records) if rest else -1
        return [one for one in first if _most_killed(one, self.records) > most]

    def total(self, about: ClaimAbout) -> TollSum:
        """Return what the tolls of the incidents add up to."""
        total = self.sums.of(about, self.records.incidents, self.certain)
        # People whose name may not go out are not the same ones in each incident.
        apart = tuple(one for one in total.apart if not _UNNAMED.fullmatch(one.people))
        return replace(total, apart=apart)


def headline(found: Found, words: str) -> str:
    """Return what happened, in one line; empty where there is nothing.

    Args:
        found: What it is of.
        words: What was asked for, in words.

    Returns:
        Such as "Kerman, 3 January 2024: 94 to nearly 100 killed; claimed by Islamic State".
    """
    if one := subject_of(found.lines):
        return _of_one(one, found.records)
    if found.only_figure:
        # It has a colon of its own.
        return f"{words}. {short_headline(found.only_figure)}. {second_of(found)}"
    if found.lines:
        return say("{label}: {values}", label=words, values=_of_many(found))
    if not found.areas:
        return ""
    groups = [group for group, _ in Counter(one.group_label for one in found.areas).most_common()]
    counted = say_many("{n} base area", "{n} base areas", len(found.areas))
    return say("{areas} of {groups}", areas=counted, groups=named(groups))


def _of_one(line: IncidentLine, records: Records) -> str:
    lead, told = _what_happened(line)
    return _joined(lead, [*told, *responsible(records.incidents_by_id[line.id], records)])


def short_headline(line: IncidentLine) -> str:
    """Return what happened without who is said to have done it, for where there is little room.

    A headline that is cut off might leave out who denies it.
    """
    return _joined(*_what_happened(line))


def lead_of(found: Found, words: str) -> str:
    """Return what a headline begins with: place and time, or what was asked for.

    Args:
        found: What it is of.
        words: What was asked for, in words.
    """
    subject = subject_of(found.lines)
    return _what_happened(subject)[0] if subject else words


def who_says(line: IncidentLine, records: Records) -> str:
    """Return who is said to have done it, as it stands under a short headline; may be empty."""
    said = responsible(records.incidents_by_id[line.id], records)
    return _sentence(parted(said)) if said else ""


def highlights(found: Found) -> dict[str, tuple[str, ...]]:
    """Return the one event, or those of the highest figures, with what a map says beside each.

    Those that no map shows are passed over: what is called out is the highest of what is seen. The
    first of a few that share a toll says it, the others that it is shared.
    """
    subject = subject_of(found.lines)
    placed = [subject] if subject else [one for one in found.lines if one.is_placed]
    placed = [one for one in placed if one.is_placed]
    by_id = found.records.incidents_by_id
    events = [by_id[one.id] for one in placed if one.is_event]
    sharing = {one.id: some for some, _ in by_shared_toll(events) for one in some if some[1:]}
    said: dict[str, tuple[str, ...]] = {}
    for first in (placed if subject else found.ranked(placed))[:MOST_NAMED]:
        said[first.id] = (_toll_and_doubt(first),) if _toll(first) else ()
        together = sharing.get(first.id, ())
        for one in together if len(together) <= MOST_NAMED else ():
            doubts = found.lines_by_id[one.id].doubts
            said.setdefault(one.id, (parted(doubts),) if doubts else ())
    return said


def _toll_and_doubt(line: IncidentLine) -> str:
    """Return a toll with what is in doubt of its event, where little else is said of that."""
    return parted([_toll(line), *line.doubts])


def _joined(lead: str, told: Sequence[str]) -> str:
    return say("{label}: {values}", label=lead, values=parted(told)) if told else lead


def _what_happened(line: IncidentLine) -> tuple[str, list[str]]:
    """Return place and time, and what is said of it: the toll, or else the types."""
    where = line.locality or (country_name(line.country) if line.country else "")
    toll = _toll(line)
    says_what = line.types != EventType.OTHER or bool(toll)
    if not line.is_event or not where or not says_what:
        where = line.title
    caveats = (*line.caveats, *(line.title_caveats if where == line.title else ()))
    what = f"{line.types}{in_brackets(caveats)}"
    if line.status is Status.CARRIED_OUT and not caveats:
        told = [toll] if toll else [what] if says_what else []
    else:
        status = [] if line.status is Status.CARRIED_OUT else [say(str(line.status))]
        told = [comma().join([what, *status]), *([toll] if toll else [])]
    told += [line.shared] if line.shared else []
    return say("{place}, {date}", place=where, date=line.when), told


def _toll(line: IncidentLine) -> str:
    for text, word in ((line.killed, "killed"), (line.injured, "injured")):
        if text != say("not stated"):
            # Figures of different people stand beside one another.
            apart = ";" in text or "(" in text
            return say(f"{word}: {{toll}}" if apart else f"{{toll}} {word}", toll=text)
    return line.together


def _of_many(found: Found) -> str:
    counts, killed = found.counts, found.total(ClaimAbout.FATALITIES).everybody
    counted = counts.words
    if not killed.incidents.possible:
        return counted
    if second := second_of(found):
        # How many there are stands beside every headline.
        first = say("the figures given add up to {toll} killed", toll=killed.shortest)
        return f"{first}. {second}"
    return say(
        "{counted}; the figures given add up to {toll} killed",
        counted=counted,
        toll=killed.shortest,
    )


def second_of(found: Found) -> str:
    """Return the second sentence of a headline, without its stop; empty where it has but one."""
    if subject_of(found.lines):
        return ""
    if one := found.single_highest:
        event = _place_and_toll(one, found)
        return say("The highest figures of killed are for {event}", event=event)
    return say("No other event has a figure of killed") if found.only_figure else ""


def messages(found: Found, *, is_told: bool = True) -> tuple[str, ...]:
    """Return at most five sentences that stand under the headline.

    Args:
        found: What they are of.
        is_told: Whether `headline` stands above them, and nothing else in its place.
    """
    if not found.lines:
        return ()
    if one := subject_of(found.lines):
        return tuple(_about_one(found.records.incidents_by_id[one.id], one, found.records))
    return tuple(_about_many(found, is_told=is_told))


def _about_one(incident: Incident, line: IncidentLine, records: Records) -> Iterable[str]:
    for about, word in SUMMED.items():
        figures = [of_whole(one) for one in incident.claims if one.about is about]
        if figures:
            said = (
                f"{value} ({who})"
                for value, who in by_speaker(
                    (value.removesuffix(f" {word}"), who)
                    for value, who in figures_said(figures, records)
                )
            )
            yield _sentence(say(f"{word}: {{toll}}", toll=parted((*said, line.shared))))
    responsibility = describe_responsibility(incident, records)
    yield _sentence(
        f"{say('Responsibility:')} {responsibility}"
        if responsibility != say(NO_RESPONSIBILITY)
        else responsibility
    )
    differing = [
        (_lowered(topic) if is_english() else topic) or say(str(about))
        for about, topic, claims in by_matter(incident.claims)
        if claims_differ(claims, is_lasting=False)
    ]
    yield _sentence(
        say(
            "Place: {place}; date: {date}",
            place=line.precision_words,
            date=_how_exact(incident),
        )
    )
    if differing:
        yield _sentence(say("Accounts differ on {what}", what=join_words(differing)))


def _how_exact(incident: Incident) -> str:
    exact = incident.span.precision
    return say(f"known to the {exact}" if exact in ("day", "month", "year") else str(exact))


def _about_many(found: Found, *, is_told: bool) -> Iterable[str]:
    lines = found.lines
    only = found.only_figure
    if only and (said := responsible(found.records.incidents_by_id[only.id], found.records)):
        yield _sentence(_joined(_place_and_date(only), said))
    for about in (ClaimAbout.FATALITIES, ClaimAbout.INJURED):
        # The headline says whose figure of killed is the only one.
        if not (only and is_told and about is ClaimAbout.FATALITIES):
            yield from _added_up(about, found.total(about))
    events = [one for one in lines if one.is_event]
    highest = found.highest
    if len(highest) > 1:
        words = join_words([_place_and_toll(one, found) for one in highest])
        yield _sentence(say("The highest figures of killed are given for {events}", events=words))
    sure = Counter(one.leading_type for one in events if one.id in found.certain)
    kinds = _most_often(Counter(one.leading_type for one in events), sure)
    # That what was asked for is most often of the type that was asked for says nothing.
    is_said = [kind for kind, _ in kinds] == list(found.types)
    if kinds and kinds[0][1] > 1 and not is_said:
        named = (f"{kind} ({Count(sure[kind], count).words})" for kind, count in kinds)
        yield _sentence(say("Most often recorded: {types}", types=join_words(list(named))))
    if len(lines) <= _MOST_COMPARED:
        differing = [one.id in found.certain for one in found.records.incidents if _differs(one)]
        if differing:
            yield _sentence(_differing(Count(sum(differing), len(differing))))


def _added_up(about: ClaimAbout, total: TollSum) -> Iterable[str]:
    count = total.everybody.incidents.possible
    if not count and not total.apart:
        return
    apart = f"figures of {SUMMED[about]} " if not count and is_english() else ""
    words = f"{apart}{total.words}"
    if count == 1 and not total.apart:
        # There is nothing to add to one figure.
        yield _sentence(say("Sources give {sum}", sum=words))
    else:
        yield _sentence(say("Added up over events, sources give {sum}", sum=words))


def _most_often(counts: Counter[str], sure: Counter[str]) -> list[tuple[str, int]]:
    """Return the first kinds that are certainly more often recorded than all that are left out.

    None is where most are of none of the kinds: what is lumped together is no kind of its own.
    """
    ranked = counts.most_common()
    if ranked and counts[say("other")] == ranked[0][1]:
        return []
    for n in range(min(MOST_NAMED, len(ranked)), 0, -1):
        rest = max((count for _, count in ranked[n:]), default=0)
        if min(sure[kind] for kind, _ in ranked[:n]) > rest:
            return ranked[:n]
    return []


def _place_and_toll(line: IncidentLine, found: Found) -> str:
    doubts = list(line.doubts)
    others = [found.lines_by_id[o] for o in line.shares_toll_with if o in found.lines_by_id]
    if others and len(others) == len(line.shares_toll_with):
        beyond = [say("incidents that are not shown here")] if line.shares_toll_beyond else []
        places = join_words([*map(_place_and_date, others), *beyond])
        doubts[0] = say("toll shared with {places}", places=places)
    return f"{_place_and_date(line)} ({parted([line.killed, *doubts])})"


def _place_and_date(line: IncidentLine) -> str:
    return say("{place}, {date}", place=line.locality or line.title, date=line.when)


def _differing(count: Count) -> str:
    n, words = count.possible, count.words
    if count.certain == n:
        return say_many("Accounts differ on {n} incident", "Accounts differ on {n} incidents", n)
    listed = say("Accounts differ on incidents: {n}", n=words)
    return f"Accounts differ on {words} incidents" if is_english() else listed


def _most_killed(line: IncidentLine, records: Records) -> int:
    """Return the highest figure of the killed that is given, be it of some people only."""
    if line.most_killed is not None or line.killed == say("not stated"):
        return line.most_killed or 0
    claims = records.incidents_by_id[line.id].claims
    toll = derive_toll(claims, ClaimAbout.FATALITIES, records.families)
    return max((one.high or 0 for one in toll.apart), default=0)


def _differs(incident: Incident) -> bool:
    return any(
        claims_differ(claims, is_lasting=False) for _, _, claims in by_matter(incident.claims)
    )


def _lowered(topic: str) -> str:
    """Return a heading as it stands within a sentence."""
    return topic[:1].lower() + topic[1:] if topic[1:2].islower() else topic


def _sentence(text: str) -> str:
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", ".)")) else f"{text}."

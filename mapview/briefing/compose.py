"""How a briefing is gathered from a store: what is asked for, and what of it may be said.

Nothing here depends on the clock: equal records give equal briefings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

from geodata import account
from geodata.errors import RecordError, RequestError
from geodata.publication import Publication, highest
from geodata.queries import (
    AreaView,
    Bounds,
    Filter,
    Store,
    describe_filter,
    describe_period,
    histogram_of,
)
from geodata.records import (
    ENGLISH,
    Records,
    describe_date,
    group_label,
    is_english,
    language_asked,
    parse_date,
    say,
    span_words,
    speaking,
)
from geodata.scope import off_map_by_country, totals_of
from mapview.briefing.callouts import callout
from mapview.briefing.checked import find_leads, no_leads
from mapview.briefing.content import (
    COLOURS,
    AreaLine,
    Briefing,
    Counts,
    IncidentLine,
    Since,
    SourceLine,
    Tlp,
)
from mapview.briefing.message import (
    Found,
    headline,
    highlights,
    lead_of,
    messages,
    second_of,
    short_headline,
    subject_of,
    who_says,
)
from mapview.briefing.progress import Progress
from mapview.briefing.ranges import toll_ranges
from mapview.briefing.since import changed_since, read_pack
from mapview.cartography import KINDS, TEXTS, group_hatches
from mapview.detail import (
    area_line,
    describe_area,
    describe_incident,
    incident_line,
    source_line,
)
from mapview.groups import GroupPage, describe_group, find_group
from mapview.outgoing import known_areas, outgoing

__all__ = ["BriefingOptions", "compose"]

_MOST_TITLE = 200
_MOST_NOTE = 5_000
_MOST_HEADLINE = 300
_MOST_MESSAGE = 600
_MOST_MESSAGES = 12
_MOST_CREDIT = 1_000
_MOST_CONTACT = 200
_BOTH = "All incidents and base areas"
ONLY = "only"
_BETWEEN = re.compile(r"[/,]|\.\.")


@dataclass(frozen=True, kw_only=True)
class BriefingOptions:
    """What somebody wants a briefing to be.

    Attributes:
        title: Heading; empty for the headline of a single incident, else the filter in words.
        note: Free text of the author, shown as such; empty for none. Line ends are kept.
        as_of: EDTF date for "as of"; empty for that of the newest source.
        made: EDTF date on which it was made; empty to say none, since no clock is asked.
        contact: Whom to ask about it; empty for nobody.
        extent: West, south, east, north of the map at first, in degrees; `None` fits the content.
            It is not used beside coarsened records.
        publication: What must be coarsened or left out.
        credit: Who is credited for the records; empty for their own credit line, which records of
            others do not have.
        group_pages: Ids or names of groups whose pages join the briefing.
        tlp: How far it may be handed on; records that are marked more strictly win.
        since: An earlier pack, since which is told what has changed. It must be of the same filter,
            and is not used beside coarsened records, whose ids are new.
        headline: What happened, in the author's words; empty for the program's.
        messages: The sentences under it in the author's words; none for the program's.
        areas: `only` for base areas without incidents, or the id or name of a group whose base
            areas are shown alone; empty for what the filter says.
        focus: Ids of incidents that figures show in one colour, and all else in grey.
        callouts: Ids of incidents that have a text box on the map: who gives which toll.
        colour: What colours of figures tell: "accent" for what matters most in one colour and all
            else in grey, or "types".
        language: In which the program says what it says; records stay in theirs.
    """

    title: str = ""
    headline: str = ""
    messages: tuple[str, ...] = ()
    areas: str = ""
    focus: tuple[str, ...] = ()
    callouts: tuple[str, ...] = ()
    colour: str = COLOURS[0]
    note: str = ""
    as_of: str = ""
    made: str = ""
    contact: str = ""
    extent: Bounds | None = None
    publication: Publication = field(default_factory=Publication)
    credit: str = ""
    group_pages: tuple[str, ...] = ()
    tlp: Tlp | None = None
    since: Path | None = None
    language: str = ENGLISH


def compose(
    store: Store,
    chosen: Filter,
    options: BriefingOptions | None = None,
    progress: Progress | None = None,
) -> Briefing:
    """Return what a briefing on the records that a filter finds says.

    Args:
        store: The whole record.
        chosen: Which of it.
        options: Title, note and what else its author wants.
        progress: Told how far the work is; may stop it.

    Raises:
        FormatError: If the earlier pack cannot be read.
        RequestError: If title, note or credit are too long, the earlier pack is of another filter,
            the as-of date is no EDTF date, a part of the map is asked for beside rounded places,
            there is no such group, or none that may be told of.
        Cancelled: If `progress` was cancelled.
    """
    options = options or BriefingOptions()
    with speaking(language_asked(options.language)):
        return _composed(store, chosen, options, progress or Progress())


def _composed(
    store: Store, chosen: Filter, options: BriefingOptions, progress: Progress
) -> Briefing:
    _check(options)
    progress.step(0, "Gathering the records")
    rounding = progress.part(0.1, 0.7).watch("Rounding places")
    groups = _group_ids(options, store)
    publication = replace(options.publication, groups=groups)
    given = outgoing(store, chosen, publication, rounding)
    is_only, group = options.areas == ONLY, ""
    if options.areas and not is_only:
        group = find_group(options.areas, store.context)
    records = _with_areas(given.records, group, groups, is_only=is_only)
    for one in groups:
        if one not in records.groups_by_id:
            raise RequestError(
                "a page on a group must rest on sources that may be published, "
                f"got {one!r:.80}, of which none speaks"
            )
    known = known_areas(store, publication)
    pages = tuple(describe_group(one, records, known) for one in groups)
    progress.step(0.7, "Counting")
    areas = _area_lines(given.told, records, group_hatches(known))
    types = store.own_types
    drawn = (incident_line(one, records, types) for one in records.incidents)
    lines = tuple(sorted(drawn, key=_moment))
    by_id = {one.id: one for one in records.base_areas}
    find = records.incidents_by_id.get
    words = _words(given.told, store.context, group, is_only=is_only)
    for name, ids in (("focus", options.focus), ("callout", options.callouts)):
        _check_found(name, ids, lines)
    counts = _counts(records, areas, store, given.certain)
    kinds = [say(str(one)) for one in given.told.event_types]
    kinds = kinds or [f"“{one}”" for one in given.told.source_types]
    found = Found(lines, areas, records, counts, given.certain, kinds)
    own = _one_line(options.headline)
    says = own or headline(found, words)
    subject = subject_of(lines)
    # A single incident is told by what happened, several by what was asked for.
    title = _one_line(options.title) or own
    return Briefing(
        title=title or (says if subject else words),
        short_title=title or (short_headline(subject) if subject else words),
        headline=says,
        messages=tuple(map(_one_line, options.messages)) or messages(found, is_told=not title),
        note=options.note.strip(),
        words=words,
        period=_period(given.told, lines),
        counts=counts,
        as_of=_as_of(options, records, pages),
        made=describe_date(options.made) if options.made else "",
        contact=_one_line(options.contact),
        version=given.version,
        chosen=given.told,
        extent=options.extent,
        records=records,
        incidents=lines,
        base_areas=areas,
        off_map=off_map_by_country(records.incidents, given.certain),
        histogram=histogram_of(
            records.incidents, (given.told.start, given.told.end), given.certain
        ),
        sources=_cited(_read_in(records, pages), records),
        cited=_cited(_named_there(records, pages), records),
        changes=given.changes,
        credit=options.credit or say(given.credit),
        map_credit=say(TEXTS["attribution"]),
        border_note=say(TEXTS["border_note"]),
        language=options.language,
        detail=lambda one: describe_incident(records.incidents_by_id[one], records, find),
        area_detail=lambda one: describe_area(by_id[one], records),
        contradictions=partial(account.contradictions, records),
        find_leads=find_leads if is_english() else partial(no_leads, _own_texts(options)),
        certain=given.certain,
        group_pages=pages,
        focus=options.focus,
        has_accent=options.colour == COLOURS[0],
        callouts={one: callout(records.incidents_by_id[one], records) for one in options.callouts},
        highlights=highlights(found),
        lead="" if own else lead_of(found, words),
        second="" if own else second_of(found),
        who=who_says(subject, records) if subject and not title else "",
        has_incidents=not is_only,
        ranges=toll_ranges(lines, records),
        own_types=_left(types, lines),
        tlp=highest((options.tlp, given.marking)),
        since=_since(options.since, records, given.told, store),
        is_rounded=publication.coarsen is not None,
    )


def _own_texts(options: BriefingOptions) -> list[tuple[str, str]]:
    """Return what the author wrote, with the name of each text."""
    own = [("headline", options.headline), ("title", options.title), ("note", options.note)]
    return own + [("message", one) for one in options.messages]


def _since(pack: Path | None, records: Records, told: Filter, store: Store) -> Since | None:
    def is_known(one: str) -> bool:
        return store.totals(Filter(ids=(one,))).shown > 0

    if pack is None:
        return None
    return changed_since(read_pack(pack), records, told.to_query(), is_known)


def _left(own: Sequence[str], lines: Iterable[IncidentLine]) -> tuple[str, ...]:
    """Return the types that stand for themselves without the words of those that do not occur."""
    drawn = {line.kind - len(KINDS) for line in lines}
    found = [one if at in drawn else "" for at, one in enumerate(own)]
    return tuple(found) if any(found) else ()


def _with_areas(records: Records, group: str, pages: Sequence[str], *, is_only: bool) -> Records:
    """Return records without incidents, or with the base areas of one group alone."""
    if not group and not is_only:
        return records
    return records.subset(
        incidents=() if is_only else records.incidents,
        base_areas=[one for one in records.base_areas if group in ("", one.group)],
        groups=pages,
    )


def _words(chosen: Filter, context: Records, group: str, *, is_only: bool) -> str:
    """Return the filter in words, with what of base areas was asked for besides."""
    words, both = describe_filter(chosen, context), say(_BOTH)
    if is_only and not words.startswith(both):
        raise RequestError(
            f"areas must not be 'only' where kinds of incidents are chosen, got {words!r:.80}"
        )
    if is_only:
        return f"{say('Base areas')}{words.removeprefix(both)}"
    if not group:
        return words
    label = group_label(group, context)
    told = words.replace(both, say("All incidents"), 1)
    return f"{told}; {say('base areas of {group} alone', group=label)}"


def _check_found(name: str, ids: Iterable[str], lines: Iterable[IncidentLine]) -> None:
    placed = {one.id for one in lines if one.is_placed}
    for one in ids:
        if one not in placed:
            raise RequestError(
                f"{name} must be the id of an incident that was found and is on the map, "
                f"got {one!r:.80}"
            )


def _group_ids(options: BriefingOptions, store: Store) -> tuple[str, ...]:
    found = (find_group(name, store.context) for name in options.group_pages)
    return tuple(dict.fromkeys(found))


def _area_lines(
    chosen: Filter, records: Records, hatches: Mapping[str, int]
) -> tuple[AreaLine, ...]:
    # The records are what the filter found; only the period says how each area is drawn in it.
    views = (AreaView.of(one, chosen, records) for one in records.base_areas)
    return tuple(area_line(view, records, hatches) for view in sorted(views, key=_area_id))


def _area_id(view: AreaView) -> str:
    return view.area.id


def _moment(line: IncidentLine) -> tuple[bool, date, str]:
    return (not parse_date(line.event_date).has_start, line.start, line.id)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _check(options: BriefingOptions) -> None:
    if len(options.messages) > _MOST_MESSAGES:
        raise RequestError(
            f"message must be given at most {_MOST_MESSAGES} times, got {len(options.messages):,}"
        )
    for name, text, most in (
        ("headline", options.headline, _MOST_HEADLINE),
        *(("message", one, _MOST_MESSAGE) for one in options.messages),
        ("title", options.title, _MOST_TITLE),
        ("note", options.note, _MOST_NOTE),
        # It is never cut, so it must find room everywhere.
        ("credit", options.credit, _MOST_CREDIT),
        ("contact", options.contact, _MOST_CONTACT),
    ):
        if len(text) > most:
            raise RequestError(f"{name} must have at most {most:,} characters, got {len(text):,}")
    if options.extent and options.publication.coarsen:
        raise RequestError(
            "extent must not be given with coarsen, got both: a part of the map chosen around "
            "places that are rounded tells where they are"
        )
    if options.since and options.publication.coarsen:
        raise RequestError(
            "since must not be given with coarsen, got both: rounded records have other ids, so "
            "that nobody can say which of them were revised"
        )
    if options.colour not in COLOURS:
        allowed = ", ".join(COLOURS)
        raise RequestError(f"colour must be one of {allowed}, got {options.colour!r:.40}")
    for name, given in (("as-of", options.as_of), ("made", options.made)):
        try:
            _ = parse_date(given) if given else None
        except RecordError as error:
            raise RequestError(f"{name} must be an EDTF date, got {given!r:.40}") from error


def _counts(
    records: Records, areas: Sequence[AreaLine], store: Store, certain: frozenset[str]
) -> Counts:
    return Counts(
        **vars(totals_of(records.incidents, store.totals(Filter()), certain)),
        base_areas=len(areas),
        areas_drawn=sum(area.is_placed for area in areas),
    )


def _period(chosen: Filter, lines: Sequence[IncidentLine]) -> str:
    """Return the filter's period, or else the days that the incidents lie between."""
    if chosen.start or chosen.end:
        words = describe_period(chosen)
        return words[0].upper() + words[1:]
    firsts = [line for line in lines if parse_date(line.event_date).has_start]
    lasts = [line for line in lines if parse_date(line.event_date).has_end]
    if not firsts or not lasts:
        return say("All dates")
    # Each end is said as its record says it: "in 1992" must not become its first day.
    ends = (
        min((line.start, -len(line.event_date), _named(line, 0)) for line in firsts)[-1],
        max((line.end, len(line.event_date), _named(line, -1)) for line in lasts)[-1],
    )
    said = list(dict.fromkeys(map(describe_date, ends)))
    return span_words(*said) if len(said) > 1 else said[0]


def _named(line: IncidentLine, which: Literal[0, -1]) -> str:
    """Return the first or last date that a record's EDTF names, of an interval or a set."""
    return [part for part in _BETWEEN.split(line.event_date.strip("[]{}")) if part.strip()][which]


def _as_of(options: BriefingOptions, records: Records, pages: Sequence[GroupPage]) -> str:
    if options.as_of:
        return say("As of {date}", date=describe_date(options.as_of))
    read_in = _read_in(records, pages)
    newest = account.newest_document(one for one in records.sources if one.id in read_in)
    return say("Sources up to {date}", date=describe_date(newest)) if newest else ""


def _read_in(records: Records, pages: Sequence[GroupPage]) -> set[str]:
    shown = [one.sources for one in (*records.incidents, *records.base_areas)]
    return {source for sources in (*shown, *(one.sources for one in pages)) for source in sources}


def _named_there(records: Records, pages: Sequence[GroupPage]) -> set[str]:
    # What only a claim on a group rests on says nothing of what is shown, unless its page is.
    shown = (*records.incidents, *records.base_areas)
    named = {source for one in shown for source in one.cited_sources}
    named |= {source for one in pages for source in one.cited}
    return named - _read_in(records, pages)


def _cited(sources: Iterable[str], records: Records) -> tuple[SourceLine, ...]:
    """Return sources as they are cited, in order of their words."""
    lines = [source_line(one, records) for one in sources]
    return tuple(sorted(lines, key=lambda line: (line.text.casefold(), line.id)))

"""A brief on one page: what happened, the sentences, the map, what sources disagree on, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from geodata.errors import FormatError
from mapview.briefing.figure.paper import (
    Columns,
    Face,
    Paragraph,
    Rect,
    clean,
    figures_in,
    labelled,
    say,
    say_many,
    set_columns,
)
from mapview.briefing.figure.scene import MapData
from mapview.briefing.figure.sheet.frames import Frames, with_insets
from mapview.briefing.figure.sheet.legend_box import LegendBox, brief_items, set_legend, with_counts
from mapview.briefing.figure.sheet.plan import Plan
from mapview.briefing.figure.sheet.range_box import RangeBox, set_ranges
from mapview.briefing.figure.sheet.told import head_words, note_words, on_map, unseen_words
from mapview.briefing.figure.sheet.words import Words, height_of, set_words, shortened
from mapview.briefing.figure.sizes import Size

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["brief_plan"]

_MARGIN_MM = 14.0
_GAP_MM = 3.2
# Letters in points: of the headline, of who says it, of sentences, of counts, of legend and bars,
# and of sources and credits. All shrink together where there is much to say.
_HEAD, _UNDER, _SENTENCE, _SCOPE, _LEGEND, _SMALL = 20.0, 12.0, 10.0, 9.0, 8.0, 7.0
_SHRINK = (1.0, 0.95, 0.9, 0.85, 0.8)
_GROWN = (1.25, 1.2, 1.15, 1.1, 1.05)
_MAP = 0.92
# The map takes what is left, but never less than this share of the page.
_LARGE_MAP, _LEAST_MAP, _SMALL_MAP = 0.38, 0.3, 0.2
_AROUND_KM = 240
# What sources disagree on stands beside the legend, on this share of the width.
_RANGES = 0.46
_MOST_RANGES_MM = 46.0
_LEGEND_COLUMN_MM = 44.0
_ABOVE_SENTENCE_MM = 1.1
# Sentences that are tried, and how many lines of the author's note; sources are named first.
_SENTENCES = (12, 8, 5, 3, 1, 0)
_NOTE_LINES = 6
_MOST_SOURCES = 12
_CLAIM = "claim-"
_READING = (
    "A range gives the lowest and the highest figure of the sources; “nearly”, “over” and the like "
    "are their own words. No figure given is not zero. “Claimed by” says that a party names "
    "itself; “attributed to”, that another party or a source names it. Nothing is placed more "
    "exactly than a document does."
)


def brief_plan(briefing: Briefing, data: MapData, size: Size) -> Plan:
    """Return where everything stands on the one page.

    Raises:
        FormatError: If the page is too small for what must be said.
    """
    for least, count, sources in _attempts(len(briefing.messages)):
        for shrink in _GROWN if least == _LARGE_MAP else _SHRINK:
            plan = _Page(briefing, data, size, shrink, count, sources).plan(least)
            if plan is not None:
                return plan
    raise FormatError(
        "a brief must have room for headline, map and credits on its page, "
        f"got {size.width_mm:.0f} x {size.height_mm:.0f} mm"
    )


def _attempts(messages: int) -> Iterator[tuple[float, int, int]]:
    """Yield least map, sentences and sources named, with ever less on the page."""
    yield _LARGE_MAP, messages, _MOST_SOURCES
    yield _LEAST_MAP, messages, _MOST_SOURCES
    yield _SMALL_MAP, messages, _MOST_SOURCES
    for count in _SENTENCES:
        if count < messages or not count:
            yield _SMALL_MAP, count, _MOST_SOURCES // 2
    yield _SMALL_MAP, 0, 0


@dataclass(frozen=True)
class _Page:
    """What is to be laid out; so many sentences, so many sources, letters shrunk by a factor."""

    briefing: Briefing
    data: MapData
    size: Size
    shrink: float
    sentences: int
    sources: int

    @cached_property
    def inner(self) -> Rect:
        """The page without its margin."""
        return Rect(0, 0, self.size.width_mm, self.size.height_mm).grown(-_MARGIN_MM)

    def face(self, size: float, *, is_bold: bool = False) -> Face:
        """Return letters of so many points, shrunk."""
        return Face(size * self.shrink, bold=is_bold)

    def plan(self, least: float) -> Plan | None:
        """Return where everything stands; `None` where the map would be smaller than a share."""
        left, top, right, end = self.inner
        words, notes = self.words, self.notes("")
        map_top = top + height_of(words) + _GAP_MM
        # Whatever the map shows, it needs a legend of some height, and these besides.
        taken = notes.height + height_of(self.strip) + 2 * _GAP_MM
        if end - taken - map_top < least * self.size.height_mm:
            return None
        # Legend and notes depend on what the map shows, and that on the room these leave.
        box = Rect(left, map_top, right, map_top + least * self.size.height_mm)
        data = on_map(self.briefing, self.data, around_km=_AROUND_KM)
        for _ in range(2):
            frames = with_insets(data, box, _MAP)
            legend, ranges = self.under_map(frames)
            notes = self.notes(unseen_words(frames))
            notes_top = end - notes.height
            height = max(legend.height, ranges.height if ranges else 0.0)
            under = notes_top - _GAP_MM - height
            bottom = under - _GAP_MM - height_of(self.strip) - (_GAP_MM / 2 if self.strip else 0)
            if bottom - map_top < least * self.size.height_mm:
                return None
            box = Rect(left, map_top, right, bottom)
        frames = with_insets(data, box, _MAP)
        legend, ranges = self.under_map(frames)
        # The map may have moved once more, and what is said of it must be of what is drawn.
        notes = self.notes(unseen_words(frames))
        return Plan(
            frames,
            self.size,
            legend=(legend, (left, under)),
            ranges=(ranges, (right - ranges.width, under)) if ranges else None,
            notes=(notes, (left, notes_top)),
            words=(
                ("Title", words[:1], (left, top)),
                ("In short", words[1:], (left, top + height_of(words[:1]))),
                ("Not on the map", self.strip, (left, box.bottom + _GAP_MM / 2)),
            ),
        )

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """The headline, who is said to have done it, counts, note and sentences."""
        head = head_words(self.briefing)
        width, gap = self.inner.width, _GAP_MM / 2
        whole = set_words(head.whole, self.face(_HEAD, is_bold=True), width)
        parts = [_leading(whole, head.whole, self.briefing)]
        if head.under and not self.is_said(head.under):
            parts.append(set_words(head.under, self.face(_UNDER), width, gap=gap))
        subject = self.briefing.subject
        if head.whole.startswith(self.briefing.words):
            # The headline begins with what was asked for.
            subject = subject.removesuffix(self.briefing.words).removesuffix(" · ")
        scope = " · ".join(one for one in (subject, self.briefing.scope_of_map) if one)
        face = self.face(_SCOPE)
        parts.append(set_words(scope, face, width, color="ink_muted", gap=gap))
        face = self.face(_SENTENCE)
        said = list(self.briefing.messages[: self.sentences])
        if len(said) < len(self.briefing.messages):
            left = len(self.briefing.messages) - len(said)
            said.append(
                say_many(
                    "{n} more sentence finds no room here.",
                    "{n} more sentences find no room here.",
                    left,
                )
            )
        if note := note_words(self.briefing):
            said.append(shortened(note, face, width, _NOTE_LINES))
        above = [gap, *(_ABOVE_SENTENCE_MM for _ in said)]
        for one, space in zip(said, above, strict=False):
            words = set_words(one, face, width, gap=space)
            parts.append(_leading(words, one, self.briefing))
        return tuple(parts)

    def is_said(self, second: str) -> bool:
        """Whether a sentence has all figures of the second of a headline, if all find room."""
        figures = [one[0] for one in figures_in(second)] if self.briefing.second else []
        said = self.briefing.messages if self.sentences >= len(self.briefing.messages) else ()
        told = ({one[0] for one in figures_in(text)} for text in said)
        return bool(figures) and any(some.issuperset(figures) for some in told)

    @cached_property
    def strip(self) -> tuple[Words, ...]:
        """What no map shows, by country."""
        face, width = self.face(_LEGEND), self.inner.width
        said = (
            f"{labelled(one[:1].lower() + one[1:], them)}." for one, them in self.briefing.unplaced
        )
        return tuple(set_words(f"{say('Not on the map')} – {one}", face, width) for one in said)

    def under_map(self, frames: Frames) -> tuple[LegendBox, RangeBox | None]:
        """Return the legend, and beside it what sources disagree on."""
        width, face = self.inner.width, self.face(_LEGEND)
        wide = _RANGES * width
        ranges = set_ranges(self.briefing.ranges, face, wide, _MOST_RANGES_MM)
        room = width - wide - 2 * _GAP_MM if ranges else width
        columns = max(1, int(room / (_LEGEND_COLUMN_MM * self.shrink)))
        items = with_counts(brief_items(frames.contents.legend), *frames.contents.counted)
        return set_legend(items, face, room, columns), ranges

    def notes(self, unseen: str) -> Columns:
        """Return what no frame shows, sources by number, how to read it, changes and credits."""
        briefing, face = self.briefing, self.face(_SMALL)
        found = [Paragraph("", unseen)] if unseen else []
        claims = _claims(briefing, self.sources)
        if claims:
            found.append(
                Paragraph(say("Where each figure stands"), f"{'; '.join(claims.values())}.")
            )
        found.append(Paragraph(say("Sources"), _numbered(briefing, self.sources)))
        found.append(Paragraph(say("How to read it"), say(_READING)))
        if briefing.changes:
            found.append(Paragraph(say("Changed for publication"), " ".join(briefing.changes)))
        made_from = [
            one
            for one in (
                briefing.as_of,
                say("Data version {version}", version=briefing.version),
                *(labelled(label, text).rstrip(".") for label, text in briefing.imprint),
            )
            if one
        ]
        words = (*(f"{one}." for one in made_from), *briefing.credits, briefing.border_note)
        found.append(Paragraph(say("Credits"), " ".join(words)))
        return replace(set_columns(found, face, self.inner.width, 2), marks=tuple(claims.items()))


def _leading(words: Words, text: str, briefing: Briefing) -> Words:
    """Return words whose figures lead to where their claims are told."""
    if " ".join(words.lines) != text:
        return words
    leads, at = [], 0
    for piece, claim in briefing.pieces(text):
        if claim:
            leads.append((at, at + len(piece), f"{_CLAIM}{claim}"))
        at += len(piece)
    return replace(words, leads=tuple(leads))


def _claims(briefing: Briefing, most: int) -> dict[str, str]:
    """Return what claims say with source and paragraph, by the names that figures lead to."""
    numbers = {one.id: at for at, one in enumerate(briefing.sources, 1)}
    told = briefing.leads.claims[:most]
    of_several = len({one.incident for one in told}) > 1
    found, before = {}, ""
    for number, one in enumerate(told, 1):
        on = f"{one.title}, {one.heading.lower()}" if of_several else one.heading
        of = "" if on == before else f"{on}: "
        where = f"[{numbers.get(one.line.source.id, '–')}] {one.line.locator}".strip()
        found[f"{_CLAIM}{number}"] = clean(f"{of}{one.line.value}, {where}")
        before = on
    return found


def _numbered(briefing: Briefing, most: int) -> str:
    """Return sources by their numbers, as slides and documents have them."""
    if not briefing.sources:
        return say("None for what is shown.")
    named = [f"[{at}] {one.text.rstrip('.')}" for at, one in enumerate(briefing.sources, 1)]
    more = len(named) - most
    said: Sequence[str] = named[:most]
    if more > 0:
        documents = (
            say_many("{n} more document", "{n} more documents", more)
            if said
            else say_many("{n} document", "{n} documents", more)
        )
        said = [*said, documents]
    cited = say("; and {n} cited there", n=len(briefing.cited)) if briefing.cited else ""
    return f"{'; '.join(said)}{cited}."

"""What layouts say that have room for little: texts whole, the most important first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapview.briefing.figure.scene import MapData, short_date, short_place
from mapview.briefing.figure.sheet.frames import Frames
from mapview.briefing.figure.sheet.notes import count_unseen
from mapview.briefing.office import clean, shorten
from mapview.cartography import OTHER, TEXTS, LegendEntry, labelled, say

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing, SourceLine

__all__ = [
    "Head", "credit_words", "head_words", "mark_words", "note_words", "on_map", "sentences",
    "source_words", "unseen_words",
]  # fmt: skip

_MOST_SOURCES, _MOST_NAME, _MOST_FIGURE = 5, 80, 60
# Marks that need words, of which the first clause is enough.
_MARKS = (
    "discs", "areadisc", "bounds", "hollow", "ring", "province",
    "headquarters", "camp", "control", "lost", "faded",
)  # fmt: skip
_SEMICOLON = re.compile("[;\u061b]")
_HATCHED = "Hatched: where a group was based, a pattern each"
# Around a place that stands alone so much is shown, in km, that a reader knows the country.
_AROUND_KM = 620


@dataclass(frozen=True)
class Head:
    """What is said first.

    Attributes:
        lead: Place and date, or what was asked for; empty where the headline says it.
        what: The headline, or what of it comes after the lead.
        under: What stands under it; empty for nothing.
        whole: Lead and headline in one.
        asked: What was asked for, where none of these says it.
    """

    lead: str
    what: str
    under: str
    whole: str
    asked: str = ""


def head_words(briefing: Briefing) -> Head:
    """Return what is said first; all of it is said whole.

    The author's own title comes before what the program says; the filter in words comes last.
    """
    if briefing.who:
        return _parted(briefing.lead, briefing.short_title, briefing.who)
    if briefing.first:
        title, under = briefing.opening
        return Head("", title, under, title, briefing.subject)
    if not briefing.headline or briefing.title in (briefing.headline, briefing.words):
        return _parted(briefing.lead, briefing.headline or briefing.title, "")
    return Head("", briefing.title, briefing.headline, briefing.title)


def _parted(lead: str, words: str, under: str) -> Head:
    before = labelled(lead, "")
    if lead and words.startswith(before):
        what = words.removeprefix(before)
        return Head(lead, f"{what[0].upper()}{what[1:]}", under, words)
    return Head("", words, under, words)


def note_words(briefing: Briefing) -> str:
    """Return the author's note as such; empty where there is none."""
    note = " ".join(briefing.note.split())
    return labelled(say("Author’s note"), note) if note else ""


def sentences(briefing: Briefing) -> list[str]:
    """Return what may follow on a card, the most important first."""
    note = note_words(briefing)
    said = [one for one in briefing.messages if not (briefing.who and _is_who(one))]
    return [*([note] if note else []), *said] or [f"{briefing.scope_of_map}."]


def _is_who(sentence: str) -> bool:
    return sentence.startswith(say("Responsibility:"))


def source_words(briefing: Briefing) -> str:
    """Return who published the documents, each once, and how many sources they cite."""
    if not briefing.sources:
        return say("Sources: none for what is shown.")
    named = list(dict.fromkeys(_publisher(one, briefing) for one in briefing.sources))
    more = len(named) - _MOST_SOURCES
    if more > 0:
        named = [*named[:_MOST_SOURCES], say("{n} more", n=more)]
    cited = say(", and {n} cited there", n=len(briefing.cited)) if briefing.cited else ""
    return f"{labelled(say('Sources'), '; '.join(named))}{cited}."


def _publisher(line: SourceLine, briefing: Briefing) -> str:
    source = briefing.records.sources_by_id.get(line.id)
    name = (source.publisher or source.author or source.title) if source else line.text
    # A dataset may have whole paragraphs in their place.
    return shorten(clean(name), _MOST_NAME)


def unseen_words(frames: Frames) -> str:
    """Return how many places no frame shows; empty where there is none."""
    unseen = frames.scene.unseen(frames.views)
    return labelled(say("Not in the frame"), count_unseen(unseen)) if unseen.weight else ""


def credit_words(briefing: Briefing, *, has_countries: bool = True) -> Iterable[str]:
    """Yield what must stand on every sheet besides what it shows and its sources.

    Args:
        briefing: What it says.
        has_countries: Whether it says in which countries what is not on the map was.
    """
    made_from = (briefing.as_of, say("Data version {version}", version=briefing.version))
    yield " ".join((f"{briefing.scope_of_map}.", *(f"{one}." for one in made_from if one)))
    for heading, numbers in briefing.unplaced_in(2) if has_countries else ():
        yield f"{labelled(heading, numbers)}."
    if briefing.changes:
        yield labelled(say("Changed for publication"), " ".join(briefing.changes))
    credit = [briefing.credit] if briefing.credit else []
    yield " ".join((*credit, labelled(say("Map"), TEXTS["credits_short"]), briefing.border_note))


def on_map(
    briefing: Briefing,
    data: MapData,
    *,
    around_km: float = _AROUND_KM,
    has_accent: bool | None = None,
) -> MapData:
    """Return what a map shows, with call-outs at what matters most if nobody chose others.

    Args:
        briefing: What it says.
        data: What there is.
        around_km: How far around a place that stands alone it shows the ground.
        has_accent: Whether what matters most is in one colour, which must be said then; `None` for
            what was asked for, where no hatch needs its own. What stands alone always is.
    """
    wanted = {} if briefing.callouts else briefing.highlights
    is_alone = len({one.id for one in data.incidents}) == 1
    if has_accent is None:
        # Groups are told by the colours of their hatches, too.
        has_accent = briefing.has_accent and not data.areas
    accent = wanted if (has_accent or is_alone) and not briefing.focus else {}
    places = tuple(
        replace(
            one,
            says=wanted.get(one.id, one.says),
            is_focus=one.is_focus or one.id in accent,
        )
        for one in data.incidents
    )
    if briefing.focus:
        red = say("Red: chosen")
    elif _is_only(briefing):
        red = say("Red: the only figure of killed on the map")
    else:
        red = say("Red: among the highest tolls")
    return replace(data, incidents=places, around_km=around_km, red=red)


def _is_only(briefing: Briefing) -> bool:
    """Whether of the incidents that a map shows only one has a figure of killed."""
    unknown = say("not stated")
    return sum(one.is_placed and one.killed != unknown for one in briefing.incidents) == 1


def _figure(toll: str) -> str:
    """Return a toll, whole; nothing where it is as long as a sentence, for the map has it."""
    return f": {toll}" if len(toll) <= _MOST_FIGURE else ""


def _clause(entry: LegendEntry) -> str:
    """Return the first clause of an entry, which says of what it is where no icon shows it."""
    if entry.form == "areadisc":
        return say("Dotted disc: several, none of them at a known place")
    return _SEMICOLON.split(entry.label)[0].strip()


def mark_words(briefing: Briefing, frames: Frames) -> str:
    """Return what the marks of a map without a legend mean; empty where they need no words."""
    places = frames.scene.data.incidents
    entries = frames.contents.legend
    said = []
    if {one.is_focus for one in places} == {True, False}:
        seen = (one for _, _, one in frames.views[0].holding(places))
        red = {one.id: one for one in seen if one.is_focus and one.says}
        named = (
            f"{say('{place}, {date}', place=short_place(o.name), date=short_date(o.date))}"
            f"{_figure(o.says[0])}"
            for o in red.values()
        )
        if briefing.focus:
            said.append(say("Red: chosen"))
        elif red:
            events = "; ".join(named)
            said.append(
                say("Red: the only figure of killed on the map ({event})", event=events)
                if _is_only(briefing)
                else say("Red: among the highest figures ({events})", events=events)
            )
    if sum(one.form == "symbol" for one in entries) > 1:
        said.append(say("Shapes: kinds of incident"))
    if any(one.form == "symbol" and one.kind > OTHER for one in entries):
        said.append(say("Letters: types in the words of their sources"))
    said += [_clause(one) for one in entries if one.form in _MARKS]
    said += [say(_HATCHED)] if any(one.form == "hatch" for one in entries) else []
    said += [say("Dashed line: disputed border") for one in entries if one.form == "border"]
    return f"{'. '.join(said)}." if said else ""

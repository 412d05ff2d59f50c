"""What stands in words below the map: as-of date, changes, sources, credits, as paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.scope import MOST_COUNTRIES, Count
from mapview.briefing.figure.paper import Paragraph
from mapview.briefing.figure.scene import Cluster, short_place

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["count_unseen", "paragraphs"]

# More documents are counted; more lines are cut. Credits and what was changed never are.
_MOST_SOURCES = 8
_MOST_SOURCE_LINES = 14
_MOST_UNSEEN_LINES = 6
_MOST_UNPLACED_LINES = 4
# Countries that are named where there is little room.
_BRIEF_COUNTRIES = 2


def paragraphs(
    briefing: Briefing, unseen: Cluster, *, short: bool = False, brief: bool = False
) -> list[Paragraph]:
    """Return what must stand on every figure besides title, period and counts.

    Args:
        briefing: What it says.
        unseen: Places that neither the map nor an inset shows.
        short: Whether there is little room, so that sources are counted instead of named.
        brief: Whether there is so little that places outside the frame are counted too.
    """
    found = []
    if unseen.weight:
        words = count_unseen(unseen) if brief else _unseen(unseen)
        found.append(Paragraph("Not in the frame", words, _MOST_UNSEEN_LINES))
    for heading, numbers in briefing.unplaced_in(_BRIEF_COUNTRIES if brief else MOST_COUNTRIES):
        found.append(Paragraph(heading, f"{numbers}.", _MOST_UNPLACED_LINES))
    found.append(_as_of(briefing))
    if briefing.changes:
        found.append(Paragraph("Changed for publication", " ".join(briefing.changes)))
    found.append(Paragraph("Sources", _sources(briefing, short=short), _MOST_SOURCE_LINES))
    found.append(Paragraph("Credits", " ".join(briefing.credits)))
    found.append(Paragraph("", briefing.border_note))
    return found


def _as_of(briefing: Briefing) -> Paragraph:
    for lead in ("As of", "Sources up to"):
        if briefing.as_of.startswith(lead):
            when = briefing.as_of.removeprefix(lead).strip()
            return Paragraph(lead, f"{when}. Data version {briefing.version}.")
    return Paragraph("Data version", f"{briefing.version}.")


def _sources(briefing: Briefing, *, short: bool) -> str:
    if not briefing.sources:
        return "None for what is shown."
    if short:
        cited = f" and {len(briefing.cited):,} cited there" if briefing.cited else ""
        return f"{_some(len(briefing.sources), 'document')}{cited}, named in the data."
    named = [line.text.rstrip(".") for line in briefing.sources[:_MOST_SOURCES]]
    more = len(briefing.sources) - len(named)
    words = "; ".join(named)
    if more:
        words += f"; and {_some(more, 'more document')}"
    if briefing.cited:
        words += f"; and {_some(len(briefing.cited), 'source')} cited there, see the data"
    return words + "."


def _some(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _unseen(unseen: Cluster) -> str:
    places = dict.fromkeys(short_place(place.name) or place.id for place in unseen.incidents)
    parts = [", ".join(places)] if places else []
    if unseen.areas:
        groups = ", ".join(dict.fromkeys(area.label for area in unseen.areas))
        parts.append(f"{_some(len(unseen.areas), 'base area')} ({groups})")
    return "; ".join(parts) + "."


def count_unseen(unseen: Cluster) -> str:
    """Return how many incidents and base areas no frame shows, in words."""
    possible = {place.id for place in unseen.incidents}
    certain = {place.id for place in unseen.incidents if place.is_certain}
    areas = len(unseen.areas)
    counted = ((len(certain), len(possible), "incident"), (areas, areas, "base area"))
    return ", ".join(_between(*some) for some in counted if some[1]) + "."


def _between(certain: int, possible: int, what: str) -> str:
    return (
        _some(possible, what)
        if certain == possible
        else f"{Count(certain, possible).words} {what}s"
    )

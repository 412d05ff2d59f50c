"""What stands in words below the map: as-of date, changes, sources, credits, as paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.scope import MOST_COUNTRIES, Count
from mapview.briefing.figure.paper import (
    Paragraph,
    comma,
    labelled,
    say,
    say_many,
)
from mapview.briefing.figure.scene import Cluster, short_place

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["count_unseen", "paragraphs"]

# More documents are counted; more lines are cut. Credits and what was changed never are.
_MOST_SOURCES = 8
_MOST_SOURCE_LINES = 14
_MOST_UNSEEN_LINES = 6
_MOST_UNPLACED_LINES = 4
ONE_CITED = "and {n} source cited there, see the data"
MANY_CITED = "and {n} sources cited there, see the data"
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
        found.append(Paragraph(say("Not in the frame"), words, _MOST_UNSEEN_LINES))
    for heading, numbers in briefing.unplaced_in(_BRIEF_COUNTRIES if brief else MOST_COUNTRIES):
        found.append(Paragraph(heading, f"{numbers}.", _MOST_UNPLACED_LINES))
    found.append(_as_of(briefing, has_imprint=not brief))
    if briefing.changes:
        found.append(Paragraph(say("Changed for publication"), " ".join(briefing.changes)))
    found.append(Paragraph(say("Sources"), _sources(briefing, short=short), _MOST_SOURCE_LINES))
    found.append(Paragraph(say("Credits"), " ".join(briefing.credits)))
    found.append(Paragraph("", briefing.border_note))
    return found


def _as_of(briefing: Briefing, *, has_imprint: bool) -> Paragraph:
    version = say("Data version {version}", version=briefing.version)
    imprint = briefing.imprint if has_imprint else ()
    more = "".join(f" {labelled(label, text).rstrip('.')}." for label, text in imprint)
    for message in ("As of {date}", "Sources up to {date}"):
        lead, when = _led(message, briefing.as_of)
        if lead:
            return Paragraph(lead, f"{when}. {version}.{more}")
    lead, number = _led("Data version {version}", version)
    return Paragraph(lead, f"{number or version}.{more}")


def _led(message: str, said: str) -> tuple[str, str]:
    """Return what was said as a lead and the value, where the language has that at its end."""
    lead, _, rest = say(message).partition("{")
    is_led = lead and rest.endswith("}") and said.startswith(lead)
    return (lead.strip(), said.removeprefix(lead).strip()) if is_led else ("", "")


def _sources(briefing: Briefing, *, short: bool) -> str:
    if not briefing.sources:
        return say("None for what is shown.")
    if short:
        count, cited = len(briefing.sources), len(briefing.cited)
        documents = say_many("{n} document", "{n} documents", count)
        if cited:
            return say(
                "{documents} and {n} cited there, named in the data.", documents=documents, n=cited
            )
        return say("{documents}, named in the data.", documents=documents)
    named = [line.text.rstrip(".") for line in briefing.sources[:_MOST_SOURCES]]
    more = len(briefing.sources) - len(named)
    words = "; ".join(named)
    if more:
        words += f"; {say_many('and {n} more document', 'and {n} more documents', more)}"
    if briefing.cited:
        words += f"; {say_many(ONE_CITED, MANY_CITED, len(briefing.cited))}"
    return words + "."


def _unseen(unseen: Cluster) -> str:
    places = dict.fromkeys(short_place(place.name) or place.id for place in unseen.incidents)
    parts = [comma().join(places)] if places else []
    if unseen.areas:
        groups = ", ".join(dict.fromkeys(area.label for area in unseen.areas))
        areas = say_many("{n} base area", "{n} base areas", len(unseen.areas))
        parts.append(f"{areas} ({groups})")
    return "; ".join(parts) + "."


def count_unseen(unseen: Cluster) -> str:
    """Return how many incidents and base areas no frame shows, in words."""
    possible = {place.id for place in unseen.incidents}
    certain = {place.id for place in unseen.incidents if place.is_certain}
    counted = []
    if certain != possible:
        counted.append(say("{n} incidents", n=Count(len(certain), len(possible)).words))
    elif possible:
        counted.append(say_many("{n} incident", "{n} incidents", len(possible)))
    if unseen.areas:
        counted.append(say_many("{n} base area", "{n} base areas", len(unseen.areas)))
    return f"{comma().join(counted)}."

"""The last pages of a document: the sources, and how all of it is read."""

from __future__ import annotations

from typing import Final

from mapview.briefing.content import Briefing, SourceLine
from mapview.briefing.document.paper import Paper
from mapview.briefing.document.writing import add_link, write
from mapview.briefing.office import no_source, reading_notes, say, say_many, shorten, site_of

__all__ = ["add_reading", "add_sources"]

_MOST_SOURCES: Final = 500
_MOST_TEXT: Final = 600


def add_sources(paper: Paper, briefing: Briefing) -> None:
    """Add the sources, numbered as the tables refer to them."""
    paper.heading(say("Sources"))
    if not briefing.sources:
        paper.paragraph(no_source())
        return
    for line in briefing.sources:
        _add_source(paper, line, is_numbered=True)
    if briefing.cited:
        paper.heading(say("Sources that these documents name"), 2)
        for line in briefing.cited[:_MOST_SOURCES]:
            _add_source(paper, line, is_numbered=False)
        more = len(briefing.cited) - _MOST_SOURCES
        if more > 0:
            said = say_many(
                "{n} more is in the data of the same filter.",
                "{n} more are in the data of the same filter.",
                more,
            )
            paper.paragraph(said)


def _add_source(paper: Paper, line: SourceLine, *, is_numbered: bool) -> None:
    text = shorten(line.text, _MOST_TEXT)
    paragraph = paper.item(text, is_numbered=is_numbered, is_of_records=True)
    site = site_of(line.url)
    if site:
        write(paragraph, ". ", is_of_records=True)
        add_link(paragraph, site, line.url)


def add_reading(paper: Paper, briefing: Briefing) -> None:
    """Add how the document is read, what was changed in it, and its credits."""
    paper.heading(say("How to read this"))
    for reading in reading_notes(briefing):
        paper.heading(reading.heading, 2)
        notes = [note for note in reading.notes if note]
        for index, note in enumerate(notes):
            # A few lines alone on a last page look lost.
            paper.item(note).paragraph_format.keep_with_next = index < len(notes) - 1

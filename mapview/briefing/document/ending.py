"""The last pages of a document: the sources, and how all of it is read."""

from __future__ import annotations

from typing import Final

from mapview.briefing.content import Briefing, SourceLine
from mapview.briefing.document.paper import Paper
from mapview.briefing.document.writing import add_link, write
from mapview.briefing.office import NO_SOURCE, reading_notes, shorten, site_of

__all__ = ["add_reading", "add_sources"]

_MOST_SOURCES: Final = 500
_MOST_TEXT: Final = 600


def add_sources(paper: Paper, briefing: Briefing) -> None:
    """Add the sources, numbered as the tables refer to them."""
    paper.heading("Sources")
    if not briefing.sources:
        paper.paragraph(NO_SOURCE)
        return
    for line in briefing.sources:
        _add_source(paper, line, is_numbered=True)
    if briefing.cited:
        paper.heading("Sources that these documents name", 2)
        for line in briefing.cited[:_MOST_SOURCES]:
            _add_source(paper, line, is_numbered=False)
        more = len(briefing.cited) - _MOST_SOURCES
        if more > 0:
            paper.paragraph(f"{more:,} more are in the data of the same filter.")


def _add_source(paper: Paper, line: SourceLine, *, is_numbered: bool) -> None:
    paragraph = paper.item(shorten(line.text, _MOST_TEXT), is_numbered=is_numbered)
    site = site_of(line.url)
    if site:
        write(paragraph, ". ")
        add_link(paragraph, site, line.url)


def add_reading(paper: Paper, briefing: Briefing) -> None:
    """Add how the document is read, what was changed in it, and its credits."""
    paper.heading("How to read this")
    for reading in reading_notes(briefing):
        paper.heading(reading.heading, 2)
        notes = [note for note in reading.notes if note]
        for index, note in enumerate(notes):
            # A few lines alone on a last page look lost.
            paper.item(note).paragraph_format.keep_with_next = index < len(notes) - 1

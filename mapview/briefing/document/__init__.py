"""A briefing as a document (DOCX): native text, tables, captions and chart around the map.

python-docx is only read when a document is written.
"""

from __future__ import annotations

from pathlib import Path

from mapview.briefing.content import Briefing
from mapview.briefing.office import DrawGroup, DrawMap
from mapview.briefing.progress import Progress

__all__ = ["write_document"]


def write_document(
    briefing: Briefing,
    draw_map: DrawMap,
    *,
    draw_periods: DrawMap | None = None,
    draw_group: DrawGroup | None = None,
    template: Path | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Return a briefing as a Word file; equal briefings give equal bytes.

    Args:
        briefing: What it says.
        draw_map: Draws its map.
        draw_periods: Draws small maps by period; none without it.
        draw_group: Draws time lines and maps of groups that have a page; none without it.
        template: The user's own .docx or .dotx. Its styles, page, headers and footers are used;
            text in it is left out. A4 in quiet colours without one.
        progress: Told how far the writing is; may stop it.

    Raises:
        FormatError: If the template cannot be used.
        Cancelled: If `progress` was cancelled.
    """
    from mapview.briefing.document.charts import add_ranges, add_tallies, add_timeline
    from mapview.briefing.document.ending import add_reading, add_sources
    from mapview.briefing.document.front import add_front, add_periods
    from mapview.briefing.document.groups import add_groups
    from mapview.briefing.document.paper import Paper
    from mapview.briefing.document.records import (
        add_areas,
        add_claims,
        add_disagreements,
        add_incidents,
    )

    progress = progress or Progress()
    progress.step(0.0, "Opening the document")
    paper = Paper(briefing, template)
    for told in paper.told:
        progress.step(0.02, told)
    add_front(paper, briefing, draw_map)
    if draw_periods:
        add_periods(paper, briefing, draw_periods)
    add_ranges(paper, briefing)
    progress.step(0.6, "Writing the tables")
    rows = len(briefing.incidents) + len(briefing.base_areas)
    if rows > 1:
        paper.turn()
    add_incidents(paper, briefing)
    progress.step(0.75, "Writing the tables")
    add_areas(paper, briefing)
    if rows > 1:
        paper.turn()
    progress.step(0.85, "Writing timeline and sources")
    if len(briefing.incidents) != 1:
        add_timeline(paper, briefing)
    add_tallies(paper, briefing)
    add_disagreements(paper, briefing)
    add_claims(paper, briefing)
    add_groups(paper, briefing, draw_group)
    add_sources(paper, briefing)
    add_reading(paper, briefing)
    progress.step(0.95, "Packing the document")
    return paper.close()

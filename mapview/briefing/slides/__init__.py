"""A briefing as slides (PPTX): native text, table, chart and legend around a picture of the map.

At most six slides say it, but for a long note by the author; what it rests on is in an annex.

python-pptx is only read when slides are written.
"""

from __future__ import annotations

from pathlib import Path

from mapview.briefing.content import Briefing
from mapview.briefing.message import subject_of
from mapview.briefing.office import DrawGroup, DrawMap, say
from mapview.briefing.progress import Progress

__all__ = ["write_slides"]


def write_slides(
    briefing: Briefing,
    draw_map: DrawMap,
    *,
    draw_group: DrawGroup | None = None,
    template: Path | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Return a briefing as a PowerPoint file; equal briefings give equal bytes.

    Args:
        briefing: What it says.
        draw_map: Draws its map.
        draw_group: Draws time lines and maps of groups that have a page; none without it.
        template: The user's own .pptx or .potx. Its layouts, colours, fonts and slide size are
            used; slides in it are left out. 16:9 in quiet colours without one.
        progress: Told how far the writing is; may stop it.

    Raises:
        FormatError: If the template cannot be used.
        Cancelled: If `progress` was cancelled.
    """
    from mapview.briefing.slides.charts import add_overview, add_ranges, add_where
    from mapview.briefing.slides.claims import (
        add_claims,
        add_other_claims,
        add_told_claims,
    )
    from mapview.briefing.slides.deck import Deck
    from mapview.briefing.slides.ending import Annex, add_reading, add_sources
    from mapview.briefing.slides.groups import add_groups
    from mapview.briefing.slides.listing import add_listing
    from mapview.briefing.slides.mapped import add_legend, add_map
    from mapview.briefing.slides.opening import add_opening

    progress = progress or Progress()
    progress.step(0.0, "Opening the slides")
    deck = Deck(briefing, template)
    for told in deck.told:
        progress.step(0.02, told)
    one = subject_of(briefing.incidents)
    add_opening(deck, briefing)
    legend = add_map(deck, briefing, draw_map)
    if briefing.counts.events > 1:
        add_overview(deck, briefing)
        add_where(deck, briefing)
    add_ranges(deck, briefing)
    if one:
        add_claims(deck, briefing, one.id)
    annex = Annex(deck)
    annex.part(say("Legend of the map"))
    add_legend(deck, legend)
    annex.part(say("Incidents"))
    add_listing(deck, briefing, progress.part(0.6, 0.9).step)
    if one:
        annex.part(say("Further claims"))
        add_other_claims(deck, briefing, one.id)
    annex.part(say("Claims that these words lead to"))
    add_told_claims(deck, briefing)
    progress.step(0.9, "Writing groups and sources")
    annex.part(say("Groups"))
    add_groups(deck, briefing, draw_group)
    annex.part(say("Sources"))
    add_sources(deck, briefing)
    annex.part(say("How to read this"))
    add_reading(deck, briefing)
    annex.close()
    progress.step(0.95, "Packing the slides")
    return deck.close()

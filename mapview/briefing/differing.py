"""How two versions of a dataset differ, as a page with a map."""

from __future__ import annotations

from geodata.queries import Catalogue, Filter, Store
from geodata.records import Incident, Records
from geodata.workspace import Between, Changed
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.page import write_page

__all__ = ["difference_page"]


def difference_page(found: Between, before: Catalogue, now: Catalogue, words: str) -> bytes:
    """Return the offline page with the incidents that differ; their titles say how.

    Args:
        found: How the versions differ.
        before: The older one.
        now: The newer one.
        words: What is said of both; up to its colon it is the title.
    """
    changed = {one.id: one for one in found.changed}
    incidents = [
        *(_marked("New", one) for one in now.incidents(found.new)),
        *(_marked("Changed", one, changed[one.id]) for one in now.incidents(changed)),
        *(_marked("Withdrawn", one) for one in before.incidents(found.withdrawn)),
    ]
    context = Records.merge([now.context, before.context])
    store = Store.of(context.subset(incidents=incidents, base_areas=[]))
    how = "Titles say which are new, changed or withdrawn: search for one of these words."
    options = BriefingOptions(title=words.partition(":")[0], messages=(words, how))
    return write_page(compose(store, Filter(base_areas=False), options))


def _marked(word: str, incident: Incident, changed: Changed | None = None) -> Incident:
    said = changed.said if changed else ()
    told = [f"{one.what}: before {one.before or '–'}; now {one.now or '–'}." for one in said]
    summary = " ".join(one for one in (*told, incident.summary) if one)
    return incident.but(title=f"{word}: {incident.title}", summary=summary)

"""Exports of records: which formats there are, in our colours, and what a file says of itself.

The command, the route and the download button all take the bytes from `Format.pieces`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from geodata.formats.registry import FORMATS, Format
from geodata.publication.prepare import Publication
from geodata.queries import Filter, Store, describe_filter
from geodata.records import BASE_AREA, Records
from geodata.scope import describe_scope, off_map_by_country, tell_counts, totals_of
from mapview.cartography import HATCHES, KINDS
from mapview.outgoing import outgoing

__all__ = ["EXPORTS", "export_name", "file_name", "prepare_export"]

_COLORS = {
    **{event_type: kind.color.light for kind in KINDS for event_type in kind.types},
    BASE_AREA: HATCHES[0].color.light,
}


EXPORTS: Mapping[str, Format] = {
    ending: one.colored(_COLORS) for ending, one in FORMATS.items() if one.is_written
}


def prepare_export(
    store: Store, chosen: Filter, publication: Publication | None = None
) -> tuple[Records, dict[str, Any]]:
    """Return the records of an export and what it says of itself.

    Args:
        store: The whole record.
        chosen: Which of it.
        publication: What must be coarsened or left out; by default only what its licence forbids
            to publish.

    Returns:
        The records as they may go out; filter, counts, data version; credit and changes if
        there are any.
    """
    given = outgoing(store, chosen, publication or Publication())
    records = given.records
    totals = totals_of(records.incidents, store.totals(Filter()), given.certain)
    about = {
        "title": describe_filter(given.told, store.context),
        "filter": given.told.to_query(),
        "scope": describe_scope(totals),
        **tell_counts(totals, off_map_by_country(records.incidents, given.certain)),
        "base_areas": len(records.base_areas),
        "data_version": given.version,
        "credit": given.credit,
        "changes": list(given.changes),
    }
    empty = {name for name in ("credit", "changes", "not_on_the_map") if not about[name]}
    return records, {name: value for name, value in about.items() if name not in empty}


def export_name(chosen: Filter, kind: Format) -> str:
    """Return the name of an export's file; see `file_name`.

    Example:
        >>> export_name(Filter.from_query("from=2018&country=TJ"), EXPORTS["csv"])
        'incidents-from-2018-01-01-country-TJ.csv'
    """
    return file_name("incidents", chosen, kind.ending)


def file_name(stem: str, chosen: Filter, ending: str) -> str:
    """Return a file name that says what is in the file, in plain letters.

    Example:
        >>> file_name("briefing", Filter(), "pdf")
        'briefing.pdf'
    """
    words = re.sub(r"[^A-Za-z0-9-]+", "-", chosen.to_query()).strip("-")[:80].strip("-")
    return f"{stem}-{words}.{ending}" if words else f"{stem}.{ending}"

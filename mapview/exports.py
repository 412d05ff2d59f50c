"""Exports of records: which formats there are, in our colours, and what their files are called.

The command, the route and the download button all take the bytes from `Format.pieces`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from geodata.formats.registry import FORMATS, Format
from geodata.queries import Filter
from geodata.records import BASE_AREA
from mapview.cartography import HATCHES, KINDS, qgis_styles

__all__ = ["EXPORTS", "export_name", "file_name"]

_LOOKS = {
    "colors": {
        **{event_type: kind.color.light for kind in KINDS for event_type in kind.types},
        BASE_AREA: HATCHES[0].color.light,
    },
    "styles": qgis_styles(),
}


EXPORTS: Mapping[str, Format] = {
    ending: one.dressed(_LOOKS) for ending, one in FORMATS.items() if one.is_written
}


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

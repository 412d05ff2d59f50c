"""Exports of records: which formats there are, in our colours, and what their files are called.

The command, the route and the download button all take the bytes from `Format.pieces`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from geodata.formats.registry import FORMATS, Format, KmlSymbols
from geodata.queries import Filter, in_column
from geodata.records import BASE_AREA, EventType, Records
from mapview.cartography import (
    DRAWN,
    HATCHES,
    KINDS,
    OTHER,
    STATUSES,
    Primitive,
    drawn_as,
    drawn_mark,
    drawn_symbol,
    kind_of,
    qgis_styles,
    standing_of,
)
from mapview.pictures import picture_of

__all__ = ["EXPORTS", "export_as", "export_name", "file_name"]


def export_as(ending: str, own: Sequence[str] = ()) -> Format:
    """Return a format as it is exported, in our looks.

    Args:
        ending: One of `EXPORTS`.
        own: Types in the words of sources that stand for themselves, as the store that the records
            are of has them. A file has the looks of those that occur in it, and tells no others.
    """
    kind = FORMATS[ending]
    if not kind.look:
        return kind
    return replace(kind, write=partial(_write_dressed, kind, tuple(own)))


def _write_dressed(
    kind: Format, own: Sequence[str], path: str | Path, records: Records, **options: Any
) -> None:
    kind.dressed(_looks(records, own)).save(path, records, **options)


def _looks(records: Records, own: Sequence[str]) -> Mapping[str, Any]:
    # Records may be read anew each time, and where no type stands for itself they say nothing.
    found = {
        one.type_of_source: drawn_as(one.event_types, in_column(one.type_of_source), own)
        for one in (records.incidents if own else ())
        if one.event_types[0] is EventType.OTHER
    }
    there = {at - len(KINDS) for at in found.values()}
    colors = {event_type: kind.color.light for kind in KINDS for event_type in kind.types}
    colors[BASE_AREA] = HATCHES[0].color.light
    own_kinds = {f"own:{one}": at for one, at in found.items() if at > OTHER}
    colors |= {key: DRAWN[at].color.light for key, at in own_kinds.items()}
    symbols = KmlSymbols(colors, partial(_picture, own_kinds))
    styles = qgis_styles([one if at in there else "" for at, one in enumerate(own)])
    return {"colors": colors, "symbols": symbols, "styles": styles}


def _picture(own_kinds: Mapping[str, int], look: str, detail: str) -> bytes:
    """Return a symbol as a file has it; see `KmlSymbols.draw`."""
    if look == BASE_AREA:
        mark = drawn_mark(standing_of(detail), 0)
        return picture_of(mark or (_DOT,))
    status = next(at for at, one in enumerate(STATUSES) if one.id == detail)
    return picture_of(drawn_symbol(own_kinds.get(look, kind_of([look])), status))


# Where a base area is that has no mark: its outline says more, but a file may have none.
_DOT = Primitive(shape="circle", at=(0.0, 0.0, 4.0), fill=HATCHES[0].color.light, halo=3.0)


EXPORTS: Mapping[str, Format] = {
    ending: export_as(ending) for ending, one in FORMATS.items() if one.is_written
}


def export_name(chosen: Filter, kind: Format) -> str:
    """Return the name of an export's file; see `file_name`.

    Example:
        >>> export_name(Filter.from_query("from=2018&country=TJ"), EXPORTS["csv"])
        'incidents-from-2018-01-01-country-TJ.csv'
    """
    return file_name("incidents", chosen, kind.ending)


def file_name(stem: str, chosen: Filter, ending: str, marking: str = "") -> str:
    """Return a file name that says what is in the file, in plain letters.

    Example:
        >>> file_name("briefing", Filter(), "pdf")
        'briefing.pdf'
        >>> file_name("briefing", Filter(), "pdf", "TLP-RED")
        'briefing-TLP-RED.pdf'
    """
    words = re.sub(r"[^A-Za-z0-9-]+", "-", chosen.to_query()).strip("-")[:80].strip("-")
    return "-".join(part for part in (stem, words, marking) if part) + f".{ending}"

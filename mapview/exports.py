"""Exports of the filtered records: what each kind is called and how its text is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geodata.datasets import CREDIT
from geodata.filters import Filter
from geodata.formats.csv import to_csv
from geodata.formats.geojson import to_collection
from geodata.store import Store
from geodata.words import describe_filter

__all__ = ["EXPORTS", "Export", "about_export", "export_name"]


@dataclass(frozen=True)
class Export:
    """A kind of export.

    Args:
        ending: File ending without the dot.
        label: What a button says.
        media_type: For HTTP.
        pieces: Gives the text of the file, piece by piece.
    """

    ending: str
    label: str
    media_type: str
    pieces: Callable[[Store, Filter], Iterator[str]]


def about_export(store: Store, chosen: Filter) -> dict[str, Any]:
    """Return what an export says of itself: filter, counts, data version, credit."""
    totals = store.totals(chosen)
    return {
        "title": describe_filter(chosen, store.records),
        "filter": chosen.to_query(),
        "incidents": totals.shown,
        "incidents_in_all": totals.all,
        "incidents_not_placed": totals.unplaced,
        "data_version": store.version,
        "credit": CREDIT,
    }


def _geojson(store: Store, chosen: Filter) -> Iterator[str]:
    about = {"mapview": about_export(store, chosen)}
    yield from to_collection(store.select(chosen), about=about)


def _csv(store: Store, chosen: Filter) -> Iterator[str]:
    # Excel takes a CSV for UTF-8 only by its byte-order mark.
    yield "\ufeff"
    yield from to_csv(store.select(chosen))


EXPORTS: Mapping[str, Export] = {
    "geojson": Export("geojson", "GeoJSON", "application/geo+json", _geojson),
    "csv": Export("csv", "CSV", "text/csv; charset=utf-8", _csv),
}


def export_name(chosen: Filter, kind: Export) -> str:
    """Return a file name that says what is in the file, in plain letters.

    Example:
        >>> export_name(Filter.from_query("from=2018&country=TJ"), EXPORTS["csv"])
        'incidents-from-2018-01-01-country-TJ.csv'
    """
    words = re.sub(r"[^A-Za-z0-9-]+", "-", chosen.to_query()).strip("-")[:80].strip("-")
    return f"incidents-{words}.{kind.ending}" if words else f"incidents.{kind.ending}"

"""Features and lines of some incidents, made at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from geodata.formats.kept.keeping import SCHEMA, TOLD, FeatureBlock, Witness
from geodata.formats.kept.lines import CsvLines, lines_to_csv
from geodata.formats.kept.texts import FeatureTexts
from geodata.records import Incident, Records, Stance

__all__ = ["feature_block", "many_to_csv"]


def feature_block(
    incidents: Sequence[Incident], context: Records, told: Collection[str] = TOLD
) -> FeatureBlock:
    """Return the features of some incidents.

    Args:
        incidents: The incidents.
        context: Has at least the groups and sources that they name.
        told: What is made for exports to copy: features as `text`, and each as a `line` of a table.
    """
    values, sources, lons, lats = [], [], [], []
    speakers: set[str] = set()
    for one in incidents:
        values.append(sorted({str(claim.value) for claim in one.claims}))
        sources.append(list(dict.fromkeys([*one.sources, *one.cited_sources])))
        lon, lat = zip(*one.points, strict=True) if one.points else ((), ())
        lons.append(lon)
        lats.append(lat)
        speakers.update(
            claim.by.partition(" (")[0] for claim in one.claims if claim.stance is Stance.CLAIMS
        )
    columns: dict[str, Sequence[Any]] = {
        "id": [one.id for one in incidents],
        "is_placed": [one.is_mappable for one in incidents],
        "lons": lons,
        "lats": lats,
        "values": values,
        "sources": sources,
        **_told(incidents, context, told),
    }
    schema = pa.schema([one for one in SCHEMA if one.name in columns])
    rows = pa.table([pa.array(columns[one.name], one.type) for one in schema], schema=schema)
    named = {one for some in values for one in some}, {one for some in sources for one in some}
    return FeatureBlock(rows, Witness.of(*named, speakers, context))


def _told(
    incidents: Sequence[Incident], context: Records, told: Collection[str]
) -> dict[str, list[str]]:
    """Return what is made of each incident for exports to copy."""
    made, to_line = FeatureTexts(context), CsvLines(context)
    found: dict[str, list[str]] = {name: [] for name in TOLD if name in told}
    texts, lines = found.get("text"), found.get("line")
    for one in incidents if found else ():
        parts = made.parts(one)
        if texts is not None:
            texts.append(f",\n{made.of_parts(one, parts)}")
        if lines is not None:
            lines.append(to_line.of(one, parts))
    return found


def many_to_csv(batches: Iterable[Sequence[Incident]], context: Records) -> Iterator[str]:
    """Yield the same of incidents of which only a batch is held.

    Args:
        batches: The incidents.
        context: The base areas that follow, and the groups and sources of all.
    """
    made, lines = FeatureTexts(context), CsvLines(context)
    of_each = (lines.of(one, made.parts(one)) for batch in batches for one in batch)
    yield from lines_to_csv(of_each, context)

"""Features and lines of some incidents, made at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from geodata.formats.kept.keeping import SCHEMA, FeatureBlock, Witness
from geodata.formats.kept.lines import CsvLines, lines_to_csv
from geodata.formats.kept.texts import FeatureTexts
from geodata.records import Incident, Records, Stance

__all__ = ["feature_block", "many_to_csv"]


def feature_block(incidents: Sequence[Incident], context: Records) -> FeatureBlock:
    """Return the features of some incidents.

    Args:
        incidents: The incidents.
        context: Has at least the groups and sources that they name.
    """
    made, to_line = FeatureTexts(context), CsvLines(context)
    values, sources, texts, lines = [], [], [], []
    speakers: set[str] = set()
    for one in incidents:
        parts = made.parts(one)
        texts.append(f",\n{made.of_parts(one, parts)}")
        lines.append(to_line.of(one, parts))
        values.append(sorted({str(claim.value) for claim in one.claims}))
        sources.append(list(dict.fromkeys([*one.sources, *one.cited_sources])))
        speakers.update(
            claim.by.partition(" (")[0] for claim in one.claims if claim.stance is Stance.CLAIMS
        )
    columns: list[Sequence[Any]] = [
        [one.id for one in incidents],
        [one.is_mappable for one in incidents],
        [[lon for lon, _ in one.points] for one in incidents],
        [[lat for _, lat in one.points] for one in incidents],
        *(values, sources, texts, lines),
    ]
    rows = pa.table(list(map(pa.array, columns, SCHEMA.types)), schema=SCHEMA)
    named = {one for some in values for one in some}, {one for some in sources for one in some}
    return FeatureBlock(rows, Witness.of(*named, speakers, context))


def many_to_csv(batches: Iterable[Sequence[Incident]], context: Records) -> Iterator[str]:
    """Yield the same of incidents of which only a batch is held.

    Args:
        batches: The incidents.
        context: The base areas that follow, and the groups and sources of all.
    """
    made, lines = FeatureTexts(context), CsvLines(context)
    of_each = (lines.of(one, made.parts(one)) for batch in batches for one in batch)
    yield from lines_to_csv(of_each, context)

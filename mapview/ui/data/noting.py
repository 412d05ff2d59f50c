"""What is to be known of the datasets on the map: rows that were left out or have a doubt."""

from __future__ import annotations

from typing import Any

from geodata.importing import describe_rule
from geodata.workspace import Dataset, dataset_at
from mapview.data import data_files

__all__ = ["notices_of_datasets"]


def notices_of_datasets() -> list[dict[str, Any]]:
    """Return words and lines for each dataset of which not every row is shown as it came."""
    found = (dataset_at(named) for named in data_files())
    notices = (_notice_of(one) for one in found if one)
    return [one for one in notices if one["lines"]]


def _notice_of(dataset: Dataset) -> dict[str, Any]:
    manifest = dataset.manifest()
    rows, rejected = (manifest.counts.get(name, 0) for name in ("rows", "rejected"))
    rules = {**manifest.counts.get("rules", {}), **manifest.doubts}
    words = f"{rejected:,} of {rows:,} rows were left out"
    return {
        "words": f"{dataset.name}: {words if rejected else 'some rows have a doubt'}",
        "lines": [f"{count:,} × {describe_rule(rule)}" for rule, count in rules.items()],
    }

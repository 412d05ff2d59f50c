"""Datasets in columns made of records, without a file that they were imported from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from geodata.records import Records
from geodata.workspace.folder import LAYOUT, MANIFEST, Manifest
from geodata.workspace.writing import write_records

__all__ = ["make_dataset"]


def make_dataset(folder: Path, records: Records) -> Path:
    """Write records as a dataset called like its folder; ids of incidents must begin so."""
    folder.mkdir(parents=True)
    context = replace(records, incidents=(), base_areas=())
    made = (*records.incidents, *records.base_areas)
    written = write_records(folder, made, lambda: context, folder.name)
    manifest = Manifest(folder.name, layout=LAYOUT, **vars(written))
    (folder / MANIFEST).write_text(manifest.to_text(), encoding="utf-8")
    return folder

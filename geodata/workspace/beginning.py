"""What makes the records of a file: for a new dataset, or in the place of those of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geodata.formats.registry import read_records
from geodata.importing import Importing, Settings, begin, is_again
from geodata.reading import Sheet, open_file
from geodata.records import ReadResult
from geodata.workspace.adding import Adding
from geodata.workspace.folder import Dataset
from geodata.workspace.opening import read_all
from geodata.workspace.recipes import read_recipe
from geodata.workspace.whole import Whole, read_whole

__all__ = ["begin_file", "begin_update"]


def begin_file(path: Path, settings: Settings, dataset: str) -> Importing:
    """Return what makes the records of a file; one of ours gives them as they are.

    Args:
        path: The file.
        settings: What the user said.
        dataset: Begins every id that is made.

    Raises:
        GeodataError: If it cannot be read.
    """
    return _begin(path, open_file(path, encoding=settings.encoding), settings, dataset)


def _begin(path: Path, sheets: Sequence[Sheet], settings: Settings, dataset: str) -> Importing:
    importing = begin(sheets, settings, dataset, path.name)
    result = read_whole(path, sheets)
    return importing if result is None else Whole(importing, result)


def begin_update(dataset: Dataset, path: Path) -> tuple[Importing, ReadResult]:
    """Return what makes the new records of a dataset, and what it holds now.

    The file is read as the one before was, and its source is called and licensed as somebody said.
    Rows that were left out and come again, corrected, are added to those that are there.

    Args:
        dataset: What is updated.
        path: Its new file, or a table of its left-out rows.

    Raises:
        GeodataError: If one of them cannot be read.
    """
    manifest = dataset.manifest()
    before = read_all([dataset.folder], read_records)
    settings = read_recipe(dataset.file("recipe.toml"))
    sheets = open_file(path)
    are_left_out = any(is_again(one) for one in sheets)
    if settings.encoding and not are_left_out:
        # What was left out was written by us, as UTF-8.
        sheets = open_file(path, encoding=settings.encoding)
    if are_left_out and settings.sheet:
        settings = replace(settings, sheet=None)
    importing = _begin(path, sheets, settings, manifest.name)
    kept = before.records.sources_by_id.get(manifest.name)
    if kept is not None:
        is_of_file = kept.title in {str(one.get("name", "")) for one in manifest.files}
        now = importing.evidence.source
        title = now.title if is_of_file and not are_left_out else kept.title
        importing.evidence.source = now.but(title=title, licence=kept.licence or now.licence)
    return (Adding(dataset, before, importing) if are_left_out else importing), before

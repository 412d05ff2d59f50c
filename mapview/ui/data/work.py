"""Looking at a file that was handed in, and the work that makes a dataset of it and shows that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from geodata.errors import FormatError
from geodata.importing import Looked, Settings, begin, look
from geodata.reading import open_file
from geodata.workspace import Workspace, build
from mapview.briefing.progress import Progress
from mapview.data import change_files

__all__ = ["importer", "look_at"]

_T = TypeVar("_T")
_KEY = "data_looked"
# So many are counted while one checks, within a second; all of them on import.
MOST_LOOKED = 5_000
_TOLD_EVERY = 1_000


def look_at(token: str, path: Path, settings: Settings) -> Looked:
    """Return what a file holds, read as somebody said; kept until something else is said.

    Raises:
        GeodataError: If it cannot be read, or not so.
    """
    asked = (token, settings)
    kept: tuple[Any, Looked] | None = st.session_state.get(_KEY)
    if kept is None or kept[0] != asked:
        with st.spinner("Reading the file …"):
            looked = look(open_file(path), settings, file=path.name, most=MOST_LOOKED)
        kept = st.session_state[_KEY] = (asked, looked)
    return kept[1]


def importer(
    path: Path, settings: Settings, name: str, about: dict[str, str], progress: Progress
) -> bytes:
    """Make a dataset of a file and put it on the map; whatever stops it leaves nothing.

    Args:
        path: The file.
        settings: How it is read.
        name: Of the dataset.
        about: What its source is called and how it is licensed, as far as somebody said.
        progress: Told how far it is; may stop it.

    Returns:
        The name.

    Raises:
        GeodataError: If no row is a record, or nothing can be written.
        Cancelled: If it was stopped.
    """
    workspace = Workspace()
    workspace.check_free(name)
    importing = begin(open_file(path), settings, name, path.name)
    importing.through(lambda rows: _told(rows, progress))
    source = importing.evidence.source
    if about:
        importing.evidence.source = source.but(**about)
    built = build(workspace, name, importing, [path])
    if built is None:
        rows = importing.account.rows
        raise FormatError(f"at least one row must be a record, got none of {rows:,}")
    try:
        progress.step(1, "Opening the map")
        change_files(lambda files: [*files, str(built[0].folder.resolve())])
    except BaseException:
        workspace.remove(name)
        raise
    return name.encode()


def _told(rows: Iterator[_T], progress: Progress) -> Iterator[_T]:
    for number, row in enumerate(rows):
        if number % _TOLD_EVERY == 0:
            progress.step(0, f"{number:,} rows read")
        yield row

"""The page "Data" with the work behind it: files are looked at, imported, compared, applied."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geodata.errors import FormatError
from geodata.importing import Looked, Settings, describe_rule, look_through
from geodata.workspace import Workspace, begin_file, begin_update, build, compare
from mapview.briefing.progress import Progress
from mapview.data import change_files
from mapview.ui.data import check, page, update
from mapview.ui.markup import say
from mapview.web.handing import incoming

__all__ = ["show"]

_T = TypeVar("_T")
_KEY = "data_looked"
# So many are counted while one checks, within a second; all of them on import.
MOST_LOOKED = 5_000
_TOLD_EVERY = 1_000
_MOST_TOLD = 20


def show(pages: Mapping[str, StreamlitPage]) -> None:
    """Draw the page.

    Args:
        pages: All pages, by name.
    """
    page.show(
        pages,
        check.Work(look_at, importer, _drop),
        update.Work(compare_update, apply_update, _drop),
    )


def _drop(token: str) -> None:
    incoming().drop(token)


def look_at(token: str, path: Path, settings: Settings) -> Looked:
    """Return what a file holds, read as somebody said; kept until something else is said.

    Raises:
        GeodataError: If it cannot be read, or not so.
    """
    asked = (token, settings)
    kept: tuple[Any, Looked] | None = st.session_state.get(_KEY)
    if kept is None or kept[0] != asked:
        with st.spinner(say("Reading the file …")):
            looked = look_through(begin_file(path, settings, "file"), most=MOST_LOOKED)
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
    importing = begin_file(path, settings, name)
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


def compare_update(path: Path, name: str, progress: Progress) -> bytes:
    """Return as JSON what a new file would change in a dataset; nothing is changed.

    Args:
        path: The file.
        name: Of the dataset.
        progress: Told how far it is; may stop it.

    Raises:
        GeodataError: If the file cannot be read, or the dataset.
    """
    progress.step(0, "Opening the dataset")
    importing, before = begin_update(Workspace().get(name), path)
    importing.through(lambda rows: _told(rows, progress))
    found = compare(before, importing.records())
    account = importing.account
    told = {
        "counts": found.to_dict(),
        "rows": account.rows,
        "accepted": account.accepted,
        "left_out": [(describe_rule(one), count) for one, count in account.rules.most_common()],
        "changed": list(found.values.items()),
        **{
            kind: [(one, found.titles.get(one, "")) for one in ids[:_MOST_TOLD]]
            for kind, ids in (("new", found.new), ("gone", found.gone))
        },
    }
    return json.dumps(told).encode()


def apply_update(path: Path, name: str, progress: Progress) -> bytes:
    """Put a new file in the place of a dataset's; whatever stops it leaves what is there.

    Args: as for `compare_update`.

    Returns:
        The name.

    Raises:
        GeodataError: If no row is a record, or nothing can be written.
    """
    workspace = Workspace()
    importing, _ = begin_update(workspace.get(name), path)
    importing.through(lambda rows: _told(rows, progress))
    if build(workspace, name, importing, [path]) is None:
        raise FormatError("at least one row must be a record, got none")
    progress.step(1, "Opening the map")
    # Where it is shown, it is read anew.
    change_files(lambda files: files)
    return name.encode()


def _told(rows: Iterator[_T], progress: Progress) -> Iterator[_T]:
    for number, row in enumerate(rows):
        if number % _TOLD_EVERY == 0:
            progress.step(0, f"{number:,} rows read")
        yield row

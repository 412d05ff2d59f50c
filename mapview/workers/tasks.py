"""What the heavy work is: each task writes one file from the records of its process.

They are called by name in another process, so what they take is plain values.
"""

from __future__ import annotations

import gzip
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any

from geodata.errors import ChangedError
from geodata.queries import Filter
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.figure.sizes import SHEETS, sheet_of
from mapview.briefing.page import prepare_pages, write_page
from mapview.briefing.progress import Progress
from mapview.briefing.writers import Layout, check_count, write_briefing
from mapview.data import current_store, read_ahead
from mapview.exports import export_as
from mapview.outgoing import prepare_export
from mapview.workers.names import Named, Wanted

__all__ = [
    "get_ready",
    "of_version",
    "open_shown",
    "write_card",
    "write_embedded",
    "write_export",
    "write_file",
]

_LEVEL = 5


def get_ready() -> None:
    """Make what all embedded pages share, so that none of them waits for it."""
    prepare_pages()


def open_shown() -> None:
    """Open what is shown by now, so that no task opens it for itself."""
    read_ahead()


def of_version(
    out: IO[bytes],
    progress: Progress,
    version: str,
    task: Named | partial[None],
    chosen: Filter,
    *more: Any,
) -> None:
    """Do another task, if the data are still those that it was asked for.

    Who waited in a queue may have been overtaken, and who opens what was pushed into an engine gets
    the last push: nothing may have the mark of one and the rows of another.

    Args:
        out: Where to.
        progress: Told how far it is; may stop it.
        version: Of the data.
        task: What to do.
        chosen: Which records.
        more: What else it takes.

    Raises:
        ChangedError: If the data are others.
    """
    if current_store(chosen.known).version != version:
        raise ChangedError
    task(out, progress, chosen, *more)


def write_embedded(
    out: IO[bytes], progress: Progress, chosen: Filter, home: str, language: str
) -> None:
    """Write the page that other pages frame.

    Args:
        out: Where to.
        progress: Told how far it is; may stop it.
        chosen: Which records.
        home: As `write_page` takes it.
        language: One of `LANGUAGES`.
    """
    store = current_store(chosen.known)
    check_count(store.totals(chosen).shown, "html")
    options = BriefingOptions(language=language)
    briefing = compose(store, chosen, options, progress=progress.part(0, 0.3))
    page = write_page(briefing, embedded=True, home=home, progress=progress.part(0.3, 1))
    out.write(page)


def write_card(out: IO[bytes], progress: Progress, chosen: Filter, dpi: int) -> None:
    """Write the card of a filter, without base areas, which hide what happened.

    Args:
        out: Where to.
        progress: Told how far it is; may stop it.
        chosen: Which records.
        dpi: Pixels an inch, 96 for all of them.
    """
    store = current_store(chosen.known)
    shown = replace(chosen, base_areas=False)
    check_count(store.totals(shown).shown, "png")
    briefing = compose(store, shown, progress=progress.part(0, 0.3))
    sheet = SHEETS["card"]
    layout = Layout(replace(sheet.size, dpi=dpi), sheet.composition)
    out.write(write_briefing(briefing, "png", layout=layout, progress=progress.part(0.3, 1)))


def write_export(
    out: IO[bytes], progress: Progress, chosen: Filter, ending: str, *, is_packed: bool = False
) -> None:
    """Write the records that a filter finds in a file format.

    Args:
        out: Where to.
        progress: Told how far it is; may stop it.
        chosen: Which records.
        ending: Of the format; see `export_as`.
        is_packed: Whether to compress the whole file with gzip.
    """
    store = current_store(chosen.known)
    progress.step(0, "Gathering the records")
    records, about = prepare_export(store, chosen)
    kind = export_as(ending, store.own_types)
    packed = gzip.GzipFile("", "wb", _LEVEL, out, mtime=0) if is_packed else nullcontext(out)
    with packed as file:
        for piece in kind.pieces(records, about, progress.watch("Writing")):
            file.write(piece)


def write_file(
    out: IO[bytes], progress: Progress, chosen: Filter, options: BriefingOptions, wanted: Wanted
) -> None:
    """Write a briefing in a format.

    Args:
        out: Where to.
        progress: Told how far it is; may stop it.
        chosen: Which records.
        options: As `compose` takes them.
        wanted: What kind of file.
    """
    store = current_store(chosen.known)
    check_count(store.totals(chosen).shown, wanted.ending)
    briefing = compose(store, chosen, options, progress.part(0, 0.1))
    with tempfile.TemporaryDirectory(prefix="mapview-") as folder:
        path = None
        if wanted.template:
            ending, content = wanted.template
            path = Path(folder) / f"template{ending}"
            path.write_bytes(content)
        layout = Layout.on(sheet_of(wanted.sheet) if wanted.sheet else None, path)
        layout = replace(layout, multiples=wanted.multiples, step=wanted.step)
        writing = progress.part(0.1, 1.0)
        out.write(write_briefing(briefing, wanted.ending, layout=layout, progress=writing))

"""A large record file as a dataset in columns that lasts as long as somebody asks it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from geodata.errors import FormatError
from geodata.large.cutting import NotCutError
from geodata.large.making import LargeFile, Make
from geodata.records import Records
from geodata.workspace import Dataset, Opened

__all__ = ["open_large"]

Write = Callable[[Path, str, Iterator[Any], Callable[[], Records]], Dataset]


def open_large(path: Path, make: Make, write: Write) -> Opened | None:
    """Return a large record file as a dataset, in a folder of its own that goes with it.

    Args:
        path: The file.
        make: Brings some records into columns: `geodata.workspace.in_columns`.
        write: Writes them: `geodata.workspace.write_dataset`.

    Returns:
        `None` if the file is small, does not stand as our own do, or there is no room on the disk:
        it is read whole then, and says what is wrong with it.
    """
    try:
        file = LargeFile(path)
        folder = Path(tempfile.mkdtemp(prefix="mapview-"))
    except (NotCutError, OSError):
        return None
    try:
        with closing(file.each(make)) as blocks:
            dataset = write(folder, path.stem, blocks, lambda: file.context)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, NotCutError | FormatError):
            return None
        raise
    # It goes when nobody holds the dataset any more, or the program ends.
    weakref.finalize(dataset, shutil.rmtree, folder, ignore_errors=True)
    found = file.told()
    return Opened(dataset, found.problems, found.notes)

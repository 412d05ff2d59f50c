"""What exports copy of a large file, made once it is open: nobody waits for it to look at a map."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, wait
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import Any

import pyarrow.parquet as pq

from geodata.errors import FormatError
from geodata.formats.kept import FeatureBlock, Kept, feature_block
from geodata.helpers import Helpers
from geodata.records import Incident, Records
from geodata.workspace.folder import DETAILS, FEATURES, Dataset

__all__ = ["keep_features"]

# Groups of rows of the details, some 4,000 records: a second of work.
_GROUPS = 31
# So many pieces wait at most, some megabytes each.
_MOST_WAITING = 2
# Whoever asks a question comes first.
_STAND_BACK = 15
_POLL_S = 0.2


class _LeftError(Exception):
    """They are not made here: nobody needs them, somebody else has made them, or it cannot be."""


class _Maker:
    """Makes features of records as they stand in a file.

    Args:
        told: The file of the details, and what its records may name.
    """

    def __init__(self, told: tuple[Path, Records]) -> None:
        if hasattr(os, "nice"):
            os.nice(_STAND_BACK)
        path, self._context = told
        self._file = pq.ParquetFile(path, pre_buffer=False)

    def __call__(self, groups: Sequence[int]) -> FeatureBlock:
        """Return the features of the records in some groups of rows."""
        texts = self._file.read_row_groups(list(groups), ["record"], use_threads=False)["record"]
        incidents = [Incident.model_validate_json(text) for text in texts.to_pylist()]
        return feature_block(incidents, self._context)


def keep_features(dataset: Dataset, context: Records, is_over: Event) -> None:
    """Make the features of a dataset that has none, in another process that stands back.

    An export that comes sooner makes them itself, as it does where they cannot be made here.

    Args:
        dataset: The dataset.
        context: What its records may name.
        is_over: Set when nobody needs them any more; they are left then.
    """
    path, details = dataset.file(FEATURES), dataset.file(DETAILS)
    if path.is_file() or not os.access(path.parent, os.W_OK):
        return
    with (
        # The dataset may go meanwhile, with its folder.
        suppress(_LeftError, FormatError, OSError),
        closing(Helpers(_Maker, (details, context), 1)) as helpers,
        Kept(path, dataset.manifest().version, _all).keeping(context) as writer,
    ):
        if writer is None:
            return
        for block in _blocks(helpers, details, is_over):
            if path.is_file():
                raise _LeftError
            writer.add(block)


def _blocks(helpers: Helpers, details: Path, is_over: Event) -> Iterator[FeatureBlock]:
    with pq.ParquetFile(details) as file:
        count = file.num_row_groups
    waiting: deque[Future[Any]] = deque()
    for first in range(0, count, _GROUPS):
        waiting.append(helpers.ask(range(first, min(first + _GROUPS, count))))
        if len(waiting) > _MOST_WAITING:
            yield _awaited(waiting.popleft(), is_over)
    yield from (_awaited(made, is_over) for made in waiting)


def _awaited(made: Future[Any], is_over: Event) -> FeatureBlock:
    while not made.done():
        if is_over.is_set():
            raise _LeftError
        wait([made], _POLL_S)
    try:
        block: FeatureBlock = made.result()
    except (RuntimeError, CancelledError) as error:
        raise _LeftError from error
    return block


def _all() -> None:
    """Return which features are wanted: those of all."""

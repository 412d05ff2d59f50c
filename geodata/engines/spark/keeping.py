"""The datasets in a folder for Spark, listed and taken away; no cluster is asked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geodata.engines.spark.folder import SHOWN, noted_of, pushed_at, shown_of, state_folder
from geodata.engines.versions import Kept, PushedDataset, chosen, version_to_go, versions_text
from geodata.errors import StoreError
from geodata.files import open_atomic

__all__ = ["datasets_in_folder", "remove_from_folder"]


def datasets_in_folder(place: Path) -> list[PushedDataset]:
    """Return what a folder holds, by name; see `pushed_datasets`."""
    return [_dataset(place / name) for name in _names(place)]


def _names(place: Path) -> list[str]:
    if not place.is_dir():
        raise StoreError(f"the folder {place} must be there, as it is for the cluster, got none")
    return sorted(one.parent.name for one in place.glob(f"*/{SHOWN}"))


def _dataset(folder: Path) -> PushedDataset:
    told = shown_of(folder) or {}
    now = Kept("", *(told[one] for one in ("version", "state", "incidents", "rows", "layout")))

    def size_of(state: int) -> int:
        files = (one for one in state_folder(folder, state).rglob("*") if one.is_file())
        return sum(one.stat().st_size for one in files)

    return PushedDataset.of(folder.name, now, noted_of(folder), pushed_at(folder, told), size_of)


def remove_from_folder(place: Path, name: str, version: str | None) -> Kept | None:
    """Take a dataset away, or one of its older versions; see `remove_pushed`.

    Before a folder goes, nothing speaks of it any more: whoever ends this leaves files at most.
    """
    folder = place / chosen(_names(place), [name])
    noted = noted_of(folder)
    with _writable(folder):
        if version is None:
            (folder / SHOWN).unlink()
            for state in sorted(noted.states):
                _remove_state(folder, state)
            # Of a push that was ended something may be left, or another is being made.
            with suppress(OSError):
                folder.rmdir()
            return None
        gone = version_to_go(noted, version, name)
        states = {one.state for one in gone}
        rest = noted.without(states)
        shown = shown_of(folder) or {}
        told = {
            **shown,
            "pushed": pushed_at(folder, shown).isoformat(),
            "state_before": rest.state_before,
            "versions": versions_text(rest.versions),
        }
        with open_atomic(folder / SHOWN) as file:
            json.dump(told, file)
        for state in sorted(states):
            _remove_state(folder, state)
        return gone[-1]


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"the folder {folder} must be writable for who removes what is in it, got: "
            f"{error.strerror or error}"
        ) from error


def _remove_state(folder: Path, state: int) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(state_folder(folder, state))

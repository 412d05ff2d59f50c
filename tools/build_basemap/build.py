"""Builds the offline basemap: `python tools/build_basemap/build.py [--work DIR] [--out DIR]`."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from pathlib import Path

import detail
import inputs
import labels
import outlook
import repairs
import shapes
import units
import water
import waters

OUT = Path(__file__).parents[2] / "geodata" / "data" / "basemap"


def main() -> None:
    """Fetch, repair, shape and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="folder for inputs, kept between runs")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument(
        "--outlook", action="store_true", help="make only that anew, of the provinces in --out"
    )
    parser.add_argument("--waters", action="store_true", help="make only names of waters anew")
    arguments = parser.parse_args()
    if arguments.outlook:
        with gzip.open(arguments.out / "provinces.topojson.gz", "rt", encoding="utf-8") as file:
            _write(arguments.out / "outlook.topojson.gz", outlook.outlook(json.load(file)))
        _write_checksums(arguments.out)
    elif arguments.waters:
        _write(arguments.out / "waters.json.gz", waters.waters())
        _write_checksums(arguments.out)
    elif arguments.work:
        build(arguments.work.resolve(), arguments.out)
    else:
        with tempfile.TemporaryDirectory() as work:
            build(Path(work), arguments.out)


def build(work: Path, out: Path) -> None:
    """Write the six data files and their checksums into `out`."""
    fetched = inputs.fetch(work)
    parts = units.repaired_units(fetched)
    names = units.province_names(parts)
    world, provinces = shapes.build(
        fetched.mapshaper, work, units.features(parts, names), water.lakes(fetched.water)
    )
    country_names = fetched.country_names | repairs.COUNTRY_NAMES
    for geometry in world["objects"]["countries"]["geometries"]:
        geometry["properties"]["name"] = country_names[geometry["properties"]["iso"]].strip()
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "world.topojson.gz", world)
    _write(out / "provinces.topojson.gz", provinces)
    _write(out / "outlook.topojson.gz", outlook.outlook(provinces))
    _write(out / "labels.json.gz", labels.labels(parts, fetched.towns, country_names))
    _write(out / "detail.topojson.gz", detail.detail(fetched, parts, work))
    _write(out / "waters.json.gz", waters.waters())
    _write_checksums(out)


def _write(path: Path, content: object) -> None:
    """Write compact JSON, compressed without a time stamp so that runs agree."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


def _write_checksums(out: Path) -> None:
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(out.glob("*.gz"))
    ]
    (out / "CHECKSUMS").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()

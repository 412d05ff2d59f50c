"""Tolls of the shipped record in every file: no figure stands out where sources tie."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import read_back

from geodata.formats.csv import write_csv
from geodata.formats.excel import write_xlsx
from geodata.formats.flatgeobuf import write_flatgeobuf
from geodata.formats.geojson import write_geojson
from geodata.formats.geopackage import write_geopackage
from geodata.formats.geoparquet import write_geoparquet
from geodata.queries.columns import SCHEMA
from geodata.queries.table import to_table
from geodata.records.collection import Records

# Lowest and highest figure, and the one that most independent sources give: none on a tie.
TOLLS = {
    "kerman-2024-01-03": (94, 100, None),
    "krasnogorsk-2024-03-22": (144, 145, None),
    "kabul-2021-08-26": (170, 182, None),
    # Fighters and civilians are no two counts of the same people.
    "nangarhar-2019-04-30": (None, None, None),
    "danghara-2018-07-29": (4, 4, 4),
}
HEADINGS = ("lowest figure", "highest figure", "figure most sources give")
Row = Mapping[str, Any]


def _csv_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _geojson_rows(path: Path) -> list[Row]:
    features = json.loads(path.read_text("utf-8"))["features"]
    return [{"id": one["id"], **one["properties"]} for one in features]


def _gpkg_rows(path: Path) -> list[Row]:
    return read_back.gpkg_rows(path, "incidents")


READERS: dict[str, tuple[Callable[..., None], Callable[[Path], list[Row]]]] = {
    "csv": (write_csv, _csv_rows),
    "geojson": (write_geojson, _geojson_rows),
    "gpkg": (write_geopackage, _gpkg_rows),
    "parquet": (write_geoparquet, read_back.parquet_rows),
    "fgb": (write_flatgeobuf, read_back.fgb_rows),
}


@pytest.fixture(scope="module")
def some(shipped: Records) -> Records:
    """The incidents of `TOLLS` alone."""
    incidents = [one for one in shipped.incidents if one.id in TOLLS]
    return shipped.subset(incidents=incidents, base_areas=())


@pytest.mark.parametrize("ending", READERS)
def test_no_file_gives_a_figure_where_sources_tie(
    ending: str, some: Records, tmp_path: Path
) -> None:
    write, read = READERS[ending]
    path = tmp_path / f"out.{ending}"
    write(path, some)
    found = {
        row["id"]: tuple(
            None if row.get(name) in (None, "") else int(row[name])
            for name in ("fatalities_low", "fatalities_high", "fatalities_best")
        )
        for row in read(path)
    }
    assert found == TOLLS


def test_a_workbook_calls_the_figure_what_it_is(some: Records, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_xlsx(path, some)
    rows = read_back.xlsx_rows(path, "Incidents")
    assert not [name for name in rows[0] if "best" in name.casefold()]
    found = {
        row["Id"]: tuple(
            None if row[f"Killed, {words}"] == "" else int(row[f"Killed, {words}"])
            for words in HEADINGS
        )
        for row in rows
    }
    assert found == TOLLS


def test_the_table_of_queries_knows_no_range_over_different_people(some: Records) -> None:
    rows = {row["id"]: row for row in to_table(some).to_pylist()}
    found = {one: (row["fatalities_low"], row["fatalities_high"]) for one, row in rows.items()}
    assert found == {one: bounds[:2] for one, bounds in TOLLS.items()}


def test_the_table_of_queries_holds_no_best_figure() -> None:
    assert not [name for name in SCHEMA.names if "best" in name]

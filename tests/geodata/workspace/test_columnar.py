"""What a dataset in columns is to others: GeoParquet in order, records as JSON, in small groups."""

from __future__ import annotations

import json

import duckdb
import geopandas
import pyarrow.parquet as pq
import pytest
from columnar_datasets import make_dataset
from plain_loop import random_records

from geodata.queries import SCHEMA, to_table
from geodata.queries.table import morton_order
from geodata.records import Incident
from geodata.workspace.columnar import ColumnWriter, in_columns
from geodata.workspace.writing import write_records

RECORDS = random_records(300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_dataset(tmp_path_factory.mktemp("work") / "own", RECORDS)


def test_rows_are_those_of_the_table_in_its_order(folder):
    rows = pq.read_table(folder / "incidents.parquet")
    assert rows.select(SCHEMA.names).schema.equals(SCHEMA)
    keys = [("id", "ascending"), ("x", "ascending"), ("y", "ascending")]
    expected = to_table(RECORDS)
    assert rows.select(SCHEMA.names).sort_by(keys) == expected.sort_by(keys)
    # Only rows at one place may stand otherwise.
    for axis in ("x", "y"):
        assert rows[axis] == rows.take(morton_order(rows["x"], rows["y"]))[axis]


def test_the_database_has_the_same_rows(folder):
    with duckdb.connect(str(folder / "incidents.duckdb"), read_only=True) as connection:
        found = connection.execute("select * from incidents").to_arrow_table()
    assert (
        found.to_pylist()
        == pq.read_table(folder / "incidents.parquet", columns=SCHEMA.names).to_pylist()
    )


def test_other_programs_open_the_rows_as_a_map(folder):
    frame = geopandas.read_parquet(folder / "incidents.parquet")
    drawn = frame[frame.geometry.notna()]
    assert len(drawn) == sum(len(one.points) for one in RECORDS.incidents)
    assert list(drawn.geometry.x) == list(drawn["lon"])
    assert list(drawn.geometry.y) == list(drawn["lat"])


def test_records_are_json_by_id_in_the_order_in_which_they_came(folder):
    file = pq.ParquetFile(folder / "details.parquet")
    assert max(file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)) == 128
    rows = file.read().to_pylist()
    assert [row["id"] for row in rows] == [one.id for one in RECORDS.incidents]
    assert [json.loads(row["record"])["title"] for row in rows] == [
        one.title for one in RECORDS.incidents
    ]
    found = pq.read_table(folder / "ids.parquet").to_pylist()
    assert [row["id"] for row in found] == sorted(row["id"] for row in rows)
    assert all(rows[row["row"]]["id"] == row["id"] for row in found)


def test_batches_are_written_as_they_fill(tmp_path, monkeypatch):
    monkeypatch.setattr("geodata.workspace.writing._BATCH", 7)
    written = write_records(tmp_path, RECORDS.incidents, lambda: RECORDS, "own")
    assert written.incidents == len(RECORDS.incidents)
    texts = pq.read_table(tmp_path / "details.parquet")["record"].to_pylist()
    assert tuple(map(Incident.model_validate_json, texts)) == RECORDS.incidents
    rows = pq.read_table(tmp_path / "incidents.parquet")
    assert rows.num_rows == to_table(RECORDS).num_rows


@pytest.mark.parametrize(("sorted_at_once", "parted_at_once"), [(1, 3), (7, 100), (8, 5)])
def test_rows_are_sorted_alike_however_few_at_once(
    folder, tmp_path, monkeypatch, sorted_at_once, parted_at_once
):
    monkeypatch.setattr("geodata.workspace.columnar._ROWS_SORTED", sorted_at_once)
    monkeypatch.setattr("geodata.workspace.columnar._ROWS_PARTED", parted_at_once)
    write_records(tmp_path, RECORDS.incidents, lambda: RECORDS, "own")
    ours = pq.ParquetFile(tmp_path / "incidents.parquet")
    assert ours.metadata.num_row_groups > 1
    assert ours.read().equals(pq.read_table(folder / "incidents.parquet"))
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "base_areas.geojson", "details.parquet", "features.parquet", "groups.json", "ids.parquet",
        "incidents.duckdb", "incidents.parquet", "relations.json", "sources.json",
    ]  # fmt: skip


def test_what_fails_leaves_nothing_half_sorted(tmp_path):
    def write() -> None:
        with ColumnWriter(tmp_path) as writer:
            writer.add(in_columns(RECORDS.incidents[:1], RECORDS))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert [one.name for one in tmp_path.iterdir()] == ["details.parquet"]

"""Tests of GeoParquet: what version 1.1 asks, read by DuckDB, pyarrow and geopandas."""

from __future__ import annotations

import json

import duckdb
import geopandas
import pyarrow.parquet as pq
import pytest
import read_back
import shapely
from fixed_records import base_area, everything, incident, rectangle
from hypothesis import example, given, settings
from strategies import record_sets

from geodata.formats.geoparquet import write_geoparquet, write_many_geoparquet
from geodata.formats.kept import feature_block
from geodata.records.collection import Named, Records
from geodata.records.features import to_area_feature, to_feature
from geodata.records.model import Group, Source


@pytest.fixture(scope="module")
def shipped(shipped):
    """The shipped records with the groups and sources that they name, as an export has them."""
    named = Named()
    named.take([*shipped.incidents, *shipped.base_areas])
    return shipped.subset_of(named, incidents=shipped.incidents, base_areas=shipped.base_areas)


@pytest.fixture(scope="module", params=["whole", "in batches"])
def file(shipped, tmp_path_factory, request):
    path = tmp_path_factory.mktemp("parquet") / "out.parquet"
    about = {"title": "All", "changes": ["One."]}
    if request.param == "whole":
        write_geoparquet(path, shipped, about=about)
    else:
        batches = (shipped.incidents[at : at + 50] for at in range(0, len(shipped.incidents), 50))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("geodata.formats.geoparquet._ROWS_A_GROUP", 100)
            write_many_geoparquet(path, batches, shipped, feature_block, about=about)
        assert pq.ParquetFile(path).num_row_groups > 1
    return path


def geo_of(path):
    return json.loads(pq.read_schema(path).metadata[b"geo"])


def test_the_metadata_are_those_of_version_1_1(file):
    geo = geo_of(file)
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert column["encoding"] == "WKB"
    assert column["orientation"] == "counterclockwise"
    assert "Point" in column["geometry_types"]
    assert "crs" not in column  # which means longitude and latitude, WGS 84
    assert len(column["bbox"]) == 4


@settings(max_examples=25)
@given(records=record_sets())
@example(records=everything())
def test_metadata_and_values_fit_any_records(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "out.parquet"
    write_geoparquet(path, records)
    column = geo_of(path)["columns"]["geometry"]
    features = [to_feature(one, records) for one in records.incidents]
    features += [to_area_feature(one, records) for one in records.base_areas]
    placed = [one["geometry"] for one in features if one["geometry"]]
    assert column["geometry_types"] == sorted({one["type"] for one in placed})
    geometries = [row["geometry"] for row in pq.read_table(path).to_pylist()]
    assert [g is None for g in geometries] == [one["geometry"] is None for one in features]
    assert ("bbox" in column) == bool(placed)
    for geometry in filter(None, geometries):
        west, south, east, north = column["bbox"]
        for lon, lat in shapely.get_coordinates(shapely.from_wkb(geometry)):
            assert south <= lat <= north
            assert west <= lon <= east if west <= east else (lon >= west or lon <= east)


@pytest.mark.parametrize(
    ("parts", "box"),
    [
        ([rectangle(-100, 0, 20, is_hollow=False)], [-100, 0, -80, 20]),
        (
            [rectangle(170, 0, 10, is_hollow=False), rectangle(-180, 0, 10, is_hollow=False)],
            [170, 0, -170, 10],
        ),
    ],
)
def test_the_box_may_cross_the_antimeridian(parts, box, tmp_path):
    area = base_area(geometry={"type": "MultiPolygon", "coordinates": parts})
    write_geoparquet(tmp_path / "out.parquet", Records((), (area,)))
    assert geo_of(tmp_path / "out.parquet")["columns"]["geometry"]["bbox"] == box


def test_geopandas_reads_it(file, shipped):
    frame = geopandas.read_parquet(file).set_index("id")
    assert frame.crs == "OGC:CRS84"
    assert list(frame.index) == [one.id for one in (*shipped.incidents, *shipped.base_areas)]
    lon, lat = shipped.incidents_by_id["kerman-2024-01-03"].points[0]
    assert frame.geometry["kerman-2024-01-03"].coords[0] == (lon, lat)
    assert frame.geometry.isna().sum() == sum(not one.points for one in shipped.incidents) + sum(
        one.geometry is None for one in shipped.base_areas
    )


def test_duckdb_asks_claims_and_sources(file):
    query = f"""
        select claim.value, claim.number, claim.source, claim.locator
        from (select unnest(claims) as claim from read_parquet('{file}')
              where id = 'kerman-2024-01-03')
        where claim.about = 'fatalities' order by claim.number
    """  # noqa: S608
    with duckdb.connect() as connection:
        found = connection.sql(query).fetchall()
        (days,) = connection.sql(
            f"select typeof(date_start), typeof(fatalities_low) from '{file}' limit 1"  # noqa: S608
        ).fetchall()
    assert {row[1] for row in found} >= {94.0, 96.0, 100.0}
    assert all(source and locator for _, _, source, locator in found)
    assert days == ("DATE", "BIGINT")


def test_records_are_told_apart_by_kind(file, shipped):
    rows = read_back.parquet_rows(file, "record_kind")
    areas = [row for row in rows if row["record_kind"] == "base area"]
    assert len(areas) == len(shipped.base_areas) == len(rows) - len(shipped.incidents)


def test_groups_and_sources_are_in_the_metadata(file, shipped):
    members = read_back.parquet_members(file)
    assert members["about"] == {"title": "All", "changes": ["One."]}
    assert [Group(**one) for one in members["groups"]] == list(shipped.groups)
    assert [Source(**one) for one in members["sources"]] == list(shipped.sources)


def test_lists_and_empty_values_are_kept_apart(tmp_path):
    write_geoparquet(tmp_path / "out.parquet", Records((incident(), incident("b"))))
    row, _ = read_back.parquet_rows(tmp_path / "out.parquet")
    assert row["event_types"] == ["bombing"]
    assert (row["actors"], row["place"], row["geometry"]) == (None, None, None)
    assert row["claims"] == []

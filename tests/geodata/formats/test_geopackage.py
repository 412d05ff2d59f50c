"""Tests of GeoPackage: layers and tables that SQLite and geopandas read, each with its type."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import geopandas
import pyogrio
import pytest
import read_back
import shapely
from fixed_records import base_area, everything, incident
from shapely.geometry import shape

from geodata.formats.geopackage import write_geopackage
from geodata.records.collection import Records
from geodata.records.model import Group, Relation, Source


@pytest.fixture(scope="module")
def file(shipped, tmp_path_factory):
    path = tmp_path_factory.mktemp("gpkg") / "out.gpkg"
    write_geopackage(path, shipped, about={"title": "All"})
    return path


def test_layers_and_tables_have_the_names_of_what_is_in_them(file):
    assert pyogrio.list_layers(file).tolist() == [
        ["incidents", "MultiPoint"],
        ["base_areas", "Unknown"],
        ["claims", None],
        ["groups", None],
        ["sources", None],
        ["relations", None],
        ["about", None],
    ]


def test_the_database_is_whole_and_has_no_clock(file):
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma application_id").fetchall() == [(0x47504B47,)]
        dates = connection.execute("select distinct last_change from gpkg_contents").fetchall()
    assert dates == [("1980-01-01T00:00:00.000Z",)]


def test_geopandas_reads_places_and_days(file, shipped):
    frame = geopandas.read_file(file, layer="incidents").set_index("id")
    assert frame.crs == "EPSG:4326"
    assert list(frame.index) == [one.id for one in shipped.incidents]
    for one in shipped.incidents:
        geometry = frame.geometry[one.id]
        points = [] if geometry is None else shapely.get_coordinates(geometry).tolist()
        assert points == [list(point) for point in one.points]
    assert {g.geom_type for g in frame.geometry if g is not None} == {"MultiPoint"}
    assert str(frame["date_start"].dtype).startswith("datetime64")
    assert frame.loc["kerman-2024-01-03", "date_end"].date().isoformat() == "2024-01-03"
    assert frame.loc["kerman-2024-01-03", "fatalities_low"] == 94


def test_base_areas_keep_their_outlines(everything_records, tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, everything_records)
    frame = geopandas.read_file(path, layer="base_areas").set_index("id")
    for area in everything_records.base_areas:
        assert frame.geometry[area.id].equals(shape(area.geometry))


def test_claims_join_their_records_and_sources(file, shipped):
    with closing(sqlite3.connect(file)) as connection:
        query = (
            "select count(*) from claims join sources on sources.id = claims.source "
            "join (select id from incidents union select id from base_areas union "
            "select id from groups union select id from relations) as record "
            "on record.id = claims.record_id"
        )
        ((joined,),) = connection.execute(query).fetchall()
        plan = "explain query plan select * from claims where record_id = 'x'"
        assert "claims_by_record" in str(connection.execute(plan).fetchall())
    named = (*shipped.groups, *shipped.relations)
    everyone = (*shipped.incidents, *shipped.base_areas, *named)
    assert joined == sum(len(one.claims) for one in everyone) > 1_000


def test_groups_sources_and_relations_come_back(everything_records, tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, everything_records)
    for table, model in (("groups", Group), ("sources", Source), ("relations", Relation)):
        rows = read_back.gpkg_rows(path, table)
        wanted = getattr(everything_records, table)
        lists = [name for name, field in model.model_fields.items() if field.default == ()]
        for row, one in zip(rows, wanted, strict=True):
            stated = {name: value for name, value in row.items() if value is not None}
            stated |= {name: json.loads(row[name]) for name in lists if row.get(name)}
            stated.pop("fid")
            held = one.model_copy(update={"claims": ()}) if table != "sources" else one
            assert without_nul(model(**stated)) == without_nul(held)


def without_nul(record):
    """Text columns cannot hold U+0000; in JSON it is written in letters."""
    return record.model_dump_json().replace("\\u0000", "\ufffd")


def test_lists_and_source_ids_are_json(everything_records, tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, everything_records)
    row, bare = read_back.gpkg_rows(path, "incidents")
    assert json.loads(row["event_types"])[:2] == ["bombing", "suicide bombing"]
    assert json.loads(row["sources"]) == ["copy"]
    assert json.loads(row["cited_sources"]) == ["book"]
    assert (bare["sources"], bare["related"], bare["geom"]) == (None, None, None)


def test_several_are_written_at_once_and_settings_stay(tmp_path):
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1999-01-01T00:00:00.000Z"})
    try:
        paths = [tmp_path / f"{n}.gpkg" for n in range(6)]
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda path: write_geopackage(path, everything()), paths))
        assert len({path.read_bytes() for path in paths}) == 1
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE").startswith("1999-01-01")
        assert pyogrio.get_gdal_config_option("OGR_SQLITE_SYNCHRONOUS") is None
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def test_layers_are_there_without_records(tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, Records())
    assert geopandas.read_file(path, layer="incidents").empty
    assert len(pyogrio.list_layers(path)) == 7


def test_one_record_alone(tmp_path):
    path = tmp_path / "out.gpkg"
    write_geopackage(path, Records((incident(points=((60, 30),)),), (base_area(geometry=None),)))
    assert geopandas.read_file(path, layer="incidents").geometry[0].geoms[0].coords[0] == (60, 30)
    assert geopandas.read_file(path, layer="base_areas").geometry[0] is None


def test_no_column_is_of_a_kind_that_qgis_cannot_save(shipped, tmp_path):
    write_geopackage(tmp_path / "out.gpkg", shipped)
    for layer, _ in pyogrio.list_layers(tmp_path / "out.gpkg"):
        about, _ = pyogrio.read_arrow(tmp_path / "out.gpkg", layer=layer)
        assert set(about["ogr_subtypes"]) <= {"OFSTNone", "OFSTBoolean"}
